//! How long a frame of the real window takes, drawn and tessellated without a screen, over five
//! articles, over 100,000 and over the libraries that the bench `library` made; how many frames it
//! asks for while nothing happens; and what the background needs for a key press in the filter and
//! for reading all articles.
//!
//! `cargo bench --bench frame`, or `… -- PART` for the corpora with PART in their name, and
//! `… -- PART SCENE` for but those scenes of them. Fails when a median is over budget, or when
//! anything is drawn while nothing happens.

use std::path::Path;
use std::time::{Duration, Instant};

use attache::app::action::Action;
use attache::app::command::Command;
use attache::app::highlights::{HighlightFilter, HighlightWish};
use attache::app::{Desktop, Start};
use attache::model::annotation::{Annotation, Quote};
use attache::model::codebook::Code;
use attache::model::edit::Edit;
use attache::model::ids::{ActorId, ArticleId, ItemId};
use attache::model::session::{CorpusSource, Session};
use attache::model::span::Span;
use attache::model::view::View;
use attache::store::atomic::RealFs;
use attache::store::corpus::Corpus;
use attache::store::{session_file, synthetic};
use attache::ui::Window;
use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    RawInput, Rect, TouchPhase, ViewportId, pos2, vec2,
};

#[path = "common/kept.rs"]
mod kept;

/// What a frame may take at the median.
const BUDGET: Duration = Duration::from_millis(4);

/// Frames of each scene.
const FRAMES: usize = 400;

/// How soon a key that is held down comes again: 30 times a second.
const KEY_REPEAT: Duration = Duration::from_millis(33);

/// How often each short article is opened.
const ROUNDS: usize = 10;

/// How long the background may take for anything.
const PATIENCE: Duration = Duration::from_mins(10);

fn main() {
    let mut asked = std::env::args().skip(1).filter(|arg| !arg.starts_with('-'));
    let (part, scene) = (asked.next(), asked.next().unwrap_or_default());
    let corpora = [
        ("5 articles", Start::Sample),
        ("100,000 articles", Start::Synthetic(100_000)),
    ];
    let mut over = Vec::new();
    let is_asked = |name: &str| {
        part.as_ref()
            .is_none_or(|part| name.contains(part.as_str()))
    };
    let highlights = "100,000 highlights";
    if is_asked(highlights) {
        over.extend(measure_highlights(highlights, 100_000));
    }
    for (name, start) in corpora {
        if is_asked(name) {
            over.extend(measure(name, start, &scene));
        }
    }
    for many in [10_000, 100_000, 1_000_000] {
        let name = format!("library of {many}");
        let dir = kept::home().map(|home| home.join(format!("library-{many}")));
        if let Some(dir) = dir.filter(|dir| dir.is_dir() && is_asked(&name)) {
            measure_first_frames(&name, &dir);
            over.extend(measure(&name, Start::Paths(vec![dir]), &scene));
        }
    }
    if is_asked("articles opened") {
        measure_opening();
    }
    assert!(over.is_empty(), "over budget: {}", over.join("; "));
}

/// Measures the scenes with `part` in their name on a corpus; gives back those that are over budget.
fn measure(corpus: &str, start: Start, part: &str) -> Vec<String> {
    println!("{corpus}");
    let began = Instant::now();
    let mut stage = Stage::new(start);
    let mut scenes = Vec::new();

    scenes.push(("  while reading", stage.frames_until_idle()));
    let count = stage.window.workbench.corpus.len();
    println!(
        "  all {count} there after {:.0} ms",
        millis(began.elapsed())
    );

    let mut play = |name: &'static str, scene: &mut dyn FnMut(&mut Stage) -> Vec<Duration>| {
        if name.contains(part) {
            scenes.push((name, scene(&mut stage)));
        }
    };
    play("idle", &mut |stage| stage.scene(|_| Vec::new()));
    play("list scrolled", &mut |stage| {
        stage.scrolled(pos2(150.0, 300.0))
    });
    play("reader scrolled", &mut |stage| {
        stage.scrolled(pos2(600.0, 300.0))
    });
    play("pointer over the chart", &mut |stage| {
        stage.scene(over_chart)
    });
    play("chart brushed", &mut Stage::brushed);
    let mut answers = Vec::new();
    play("filter typed", &mut |stage| {
        stage.settle();
        let (typed, answered) = stage.typed("minsk russia 2016");
        answers = answered;
        typed
    });
    let mut steps = Vec::new();
    play("suggestion accepted", &mut |stage| {
        let (accepted, took) = stage.accepted();
        steps = took;
        accepted
    });
    scenes.push(("  answer to a key", answers));
    scenes.push(("  step to a suggestion", steps));
    scenes.retain(|(_, times)| !times.is_empty());
    stage.settle();

    let mut over = Vec::new();
    for (scene, mut times) in scenes {
        times.sort_unstable();
        let at = |percent: usize| times.get(times.len() * percent / 100).copied();
        let (median, late) = (at(50).unwrap_or_default(), at(99).unwrap_or_default());
        let most = times.last().copied().unwrap_or_default();
        println!(
            "  {scene:<24} median {:>7.2} ms   p99 {:>7.2} ms   most {:>7.2} ms",
            millis(median),
            millis(late),
            millis(most)
        );
        // Beside the frames: the first ones make the fonts, and no frame waits for an answer.
        if median > BUDGET && !scene.starts_with(' ') {
            over.push(format!("{corpus}, {scene}: {:.2} ms", millis(median)));
        }
    }
    let asked = stage.frames_asked_for();
    println!("  frames asked for while nothing happens: {asked}");
    if asked > 0 {
        over.push(format!("{corpus}: {asked} frames while nothing happens"));
    }
    if !corpus.starts_with("library") {
        stage.cancelled();
    }
    over
}

/// How long it takes from the wish to open a library to the first frame that shows its list, its
/// chart and an article: with what the system knows of its files, and without. The window itself
/// is there.
fn measure_first_frames(name: &str, dir: &Path) {
    kept::drop_caches(dir);
    println!("{name}, from the wish to the first frame with");
    for (state, rounds) in [("cold", 1), ("warm", 5)] {
        for _ in 0..rounds {
            let began = Instant::now();
            let mut stage = Stage::new(Start::Paths(vec![dir.to_owned()]));
            let mut shown: [Option<Duration>; 3] = [None; 3];
            while shown.contains(&None) {
                stage.frame(Vec::new());
                for (shown, is_there) in shown.iter_mut().zip(stage.shows()) {
                    *shown = shown.or_else(|| is_there.then(|| began.elapsed()));
                }
                assert!(began.elapsed() < PATIENCE, "never full");
                // As the desktop draws: no more often than the screen shows.
                std::thread::sleep(Duration::from_millis(4));
            }
            let [list, chart, article] = shown.map(|shown| shown.map_or(0.0, millis));
            println!("  {state}: list {list:.0} ms, chart {chart:.0} ms, article {article:.0} ms");
            stage.settle();
        }
    }
}

/// How long it takes from the click on an article to the frame that shows its text: of three
/// kilobytes, one after the other, and of three megabytes with 5,000 highlights.
fn measure_opening() {
    println!("articles opened");
    let dir = tempfile::tempdir().expect("a folder");
    let corpus = dir.path().join("corpus");
    std::fs::create_dir(&corpus).expect("a folder");
    let mut speech = String::new();
    for number in 0.. {
        if speech.len() >= 3_000_000 {
            break;
        }
        speech.push_str(&synthetic::news(5, number));
        speech.push('\n');
    }
    std::fs::write(corpus.join("a-speech.txt"), &speech).expect("written");
    for number in 0..40 {
        let text = synthetic::news(6, number);
        std::fs::write(corpus.join(format!("b-{number}.txt")), text).expect("written");
    }
    let mut stage = Stage::new(Start::Paths(vec![corpus]));
    stage.settle();
    let workbench = &mut stage.window.workbench;
    let rows = 0..workbench.corpus.len();
    let ids: Vec<ArticleId> = rows.filter_map(|row| workbench.corpus.id(row)).collect();
    let long = ids
        .iter()
        .copied()
        .find(|id| {
            let row = workbench.corpus.row(*id).unwrap_or_default();
            workbench
                .corpus
                .text(row)
                .is_ok_and(|text| text.len() > 1_000_000)
        })
        .expect("the speech");
    let mut short_ones = Vec::new();
    for _ in 0..ROUNDS {
        let ids = ids.iter().filter(|id| **id != long);
        short_ones.extend(ids.map(|id| stage.opened(*id)));
    }
    stage.window.workbench.dispatch(Action::OpenArticle(long));
    stage.settle();
    for n in 0..5_000 {
        let start = n * (speech.len() / 5_000);
        let span = Span::new(start, start + 60).clamped_to(&speech);
        stage.window.workbench.dispatch(Action::Annotate {
            id: None,
            span,
            codes: Vec::new(),
            note: String::new(),
        });
    }
    stage.settle();
    let mut long_ones = Vec::new();
    for id in ids.iter().filter(|id| **id != long) {
        stage.opened(*id);
        long_ones.push(stage.opened(long));
    }
    for (what, times) in [("3 KB", &mut short_ones), ("3 MB, again", &mut long_ones)] {
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let late = times.get(times.len() * 99 / 100).copied();
        println!(
            "  {what:<24} median {:>7.2} ms   p99 {:>7.2} ms, to the frame that shows it",
            millis(median),
            millis(late.unwrap_or_default())
        );
    }
    let mut times = stage.scrolled(pos2(600.0, 300.0));
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    println!(
        "  3 MB scrolled            median {:>7.2} ms   p99 {:>7.2} ms",
        millis(at(50).unwrap_or_default()),
        millis(at(99).unwrap_or_default())
    );
}

/// The five articles with so many highlights in all: the list of them and the reader.
fn measure_highlights(name: &str, count: usize) -> Vec<String> {
    println!("{name}");
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("highlights.ron");
    session_file::save(&RealFs, &path, &highlighted(count), &View::default()).expect("saved");
    let mut stage = Stage::new(Start::Session(path));
    stage.settle();
    let began = Instant::now();
    stage
        .window
        .workbench
        .dispatch(Command::GoAnnotations.into());
    let filter = HighlightFilter {
        everywhere: true,
        ..HighlightFilter::default()
    };
    let wish = |filter: HighlightFilter| Action::Highlights(HighlightWish::Filter(filter));
    stage.window.workbench.dispatch(wish(filter.clone()));
    stage.settle();
    println!("  listed after {:.0} ms", millis(began.elapsed()));
    let listed = stage.window.workbench.highlights().listing.rows.len();
    assert_eq!(listed, count);
    for (what, filter) in [
        (
            "by words",
            HighlightFilter {
                words: "belarus".to_owned(),
                ..filter.clone()
            },
        ),
        (
            "by actor",
            HighlightFilter {
                actor: Some(ActorId::new("CN")),
                ..filter.clone()
            },
        ),
        ("all again", filter),
    ] {
        let began = Instant::now();
        stage.window.workbench.dispatch(wish(filter));
        while !stage.window.workbench.is_idle() {
            std::thread::sleep(Duration::from_micros(200));
        }
        println!(
            "  {what}: {:.0} ms, in the background",
            millis(began.elapsed())
        );
    }
    let scenes = [
        ("highlights scrolled", stage.scrolled(pos2(1100.0, 220.0))),
        ("reader scrolled", stage.scrolled(pos2(600.0, 300.0))),
        ("idle", stage.scene(|_| Vec::new())),
    ];
    let mut over = Vec::new();
    for (scene, mut times) in scenes {
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let most = times.last().copied().unwrap_or_default();
        let (shown, most) = (millis(median), millis(most));
        println!("  {scene:<24} median {shown:>7.2} ms   most {most:>7.2} ms");
        if median > BUDGET {
            over.push(format!("{name}, {scene}: {shown:.2} ms"));
        }
    }
    over
}

/// A session on the sample with so many highlights on its sentences.
fn highlighted(count: usize) -> Session {
    let corpus = Corpus::sample();
    let item = |n: usize| ItemId(uuid::Uuid::from_u128(n as u128));
    let focus = ActorId::new("BY");
    let mut session = Session::new(item(0), CorpusSource::Sample, focus, "Анна".to_owned());
    for n in 0..40 {
        let code = Code {
            parent: (n % 4 > 0).then(|| item(n - n % 4 + 1)),
            ..Code::named(&format!("code {n}"), u8::try_from(n % 8).unwrap_or(0))
        };
        let _inverse = Edit::Code(item(n + 1), Some(code)).apply(&mut session);
    }
    for n in 0..count {
        let row = n % corpus.len();
        let (Some(article), Ok(text)) = (corpus.id(row), corpus.text(row)) else {
            continue;
        };
        let start = n.wrapping_mul(7919) % text.len();
        let span = Span::new(start, (start + 40 + n % 200).min(text.len())).clamped_to(&text);
        let annotation = Annotation {
            span,
            quote: Quote::of(&text, span),
            codes: vec![item(1 + n % 40), item(1 + n / 7 % 40)],
            note: String::new(),
            by: if n % 3 == 0 { "Анна" } else { "Ben" }.to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let _inverse =
            Edit::Annotation(article, item(1_000 + n), Some(annotation)).apply(&mut session);
    }
    session
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn over_chart(frame: usize) -> Vec<Event> {
    let x = 80.0 + (frame * 7 % 560) as f32;
    vec![Event::PointerMoved(pos2(x, 660.0 + (frame % 60) as f32))]
}

/// The window, and a clock for it.
struct Stage {
    ctx: Context,
    window: Window,
    time: f64,
    /// How long the window can wait for its next frame, as it said in the last one.
    patience: Duration,
}

impl Stage {
    fn new(start: Start) -> Self {
        let ctx = Context::default();
        let window = Window::new(&ctx, start, Desktop::default());
        Self {
            ctx,
            window,
            time: 0.0,
            patience: Duration::ZERO,
        }
    }

    /// Draws and tessellates a frame; how long that took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let began = Instant::now();
        let Self { ctx, window, .. } = self;
        let mut output = ctx.run_ui(input, |ui| {
            window.logic(ui.ctx());
            window.ui(ui);
        });
        // Nothing is put on a screen.
        output.textures_delta.clear();
        let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = began.elapsed();
        assert!(!primitives.is_empty(), "nothing was drawn");
        let root = output.viewport_output.get(&ViewportId::ROOT);
        self.patience = root.map_or(Duration::MAX, |root| root.repaint_delay);
        took
    }

    /// Draws a frame whenever there is news, until nothing runs and nothing more is asked for.
    #[inline(never)]
    fn frames_until_idle(&mut self) -> Vec<Duration> {
        let began = Instant::now();
        let mut times = Vec::new();
        loop {
            let was_idle = self.window.workbench.is_idle();
            times.push(self.frame(Vec::new()));
            if was_idle && self.window.workbench.is_idle() && self.patience == Duration::MAX {
                return times;
            }
            assert!(began.elapsed() < PATIENCE, "never idle");
            // As the desktop draws: no more often than the screen shows.
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    /// Whether the last frame showed a list, a chart, an article.
    fn shows(&self) -> [bool; 3] {
        let bench = &self.window.workbench;
        let is_drawn = bench.timeline.series.iter().any(|series| series.total > 0);
        [!bench.list.is_empty(), is_drawn, bench.article.is_some()]
    }

    #[inline(never)]
    fn settle(&mut self) {
        self.frames_until_idle();
    }

    fn scene(&mut self, events: impl Fn(usize) -> Vec<Event>) -> Vec<Duration> {
        (0..FRAMES).map(|frame| self.frame(events(frame))).collect()
    }

    /// The wheel turned over a place, down and up again.
    fn scrolled(&mut self, at: Pos2) -> Vec<Duration> {
        self.frame(vec![Event::PointerMoved(at)]);
        let times = self.scene(|frame| {
            let down = if frame < FRAMES / 2 { -1.0 } else { 1.0 };
            vec![Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, 90.0 * down),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            }]
        });
        self.settle();
        times
    }

    /// A text typed in the filter and deleted again: the frames, and how long the list and the
    /// chart took to follow each key.
    #[inline(never)]
    fn typed(&mut self, text: &str) -> (Vec<Duration>, Vec<Duration>) {
        self.window.workbench.dispatch(Command::FindArticle.into());
        self.frame(Vec::new());
        let letters = text.chars().map(|letter| Event::Text(letter.to_string()));
        let deletes = text.chars().map(|_| Event::Key {
            key: Key::Backspace,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        let (mut frames, mut answers) = (Vec::new(), Vec::new());
        for event in letters.chain(deletes) {
            let before = self.window.workbench.view.filter.clone();
            let pressed = Instant::now();
            frames.push(self.frame(vec![event]));
            assert_ne!(
                self.window.workbench.view.filter, before,
                "the key did nothing"
            );
            while !self.window.workbench.is_idle() {
                std::thread::sleep(Duration::from_micros(200));
            }
            answers.push(pressed.elapsed());
            frames.push(self.frame(Vec::new()));
        }
        self.ctx.memory_mut(|memory| {
            if let Some(field) = memory.focused() {
                memory.surrender_focus(field);
            }
        });
        (frames, answers)
    }

    /// From the wish for an article to the end of the frame that shows its text.
    fn opened(&mut self, id: ArticleId) -> Duration {
        let took = self.until_shown(id);
        self.settle();
        took
    }

    #[inline(never)]
    fn until_shown(&mut self, id: ArticleId) -> Duration {
        let began = Instant::now();
        self.window.workbench.dispatch(Action::OpenArticle(id));
        loop {
            let took = self.frame(Vec::new());
            let shown = self.window.workbench.article.as_ref();
            if shown.is_some_and(|article| article.id == id) {
                let all = began.elapsed();
                assert!(all >= took, "a frame takes part of the time");
                return all;
            }
            assert!(began.elapsed() < PATIENCE, "never shown");
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    /// A span of the chart marked with the pointer, wider and narrower.
    fn brushed(&mut self) -> Vec<Duration> {
        let button = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let from = pos2(200.0, 690.0);
        self.frame(vec![Event::PointerMoved(from), button(from, true)]);
        let at = |frame: usize| pos2(200.0 + (frame * 5 % 400) as f32, 690.0);
        let times = self.scene(|frame| vec![Event::PointerMoved(at(frame))]);
        self.frame(vec![button(at(FRAMES), false)]);
        times
    }

    /// Suggestions accepted as fast as a key repeats that is held down: the frames, and what the
    /// step before each took.
    #[inline(never)]
    fn accepted(&mut self) -> (Vec<Duration>, Vec<Duration>) {
        let (mut frames, mut steps) = (Vec::new(), Vec::new());
        for _ in 0..40 {
            let began = Instant::now();
            for command in [Command::NextUndecided, Command::Accept] {
                self.window.workbench.dispatch(Action::from(command));
            }
            steps.push(began.elapsed());
            let took = self.frame(Vec::new());
            frames.push(took);
            std::thread::sleep(KEY_REPEAT.saturating_sub(took));
        }
        (frames, steps)
    }

    /// How many of a second's frames ask for another one.
    fn frames_asked_for(&mut self) -> usize {
        self.settle();
        let asks = (0..60).filter(|_| {
            self.frame(Vec::new());
            self.patience < Duration::MAX
        });
        asks.count()
    }

    /// Reads everything anew and stops it at once.
    fn cancelled(&mut self) {
        let focus = attache::model::ids::ActorId::new("RU");
        let began = Instant::now();
        self.window.workbench.dispatch(Action::SetFocus(focus));
        println!(
            "  another focus: the window waits {:.1} ms",
            millis(began.elapsed())
        );
        self.frame(Vec::new());
        std::thread::sleep(Duration::from_millis(30));
        self.frame(Vec::new());
        let progress = self.window.workbench.progress.clone();
        let began = Instant::now();
        self.window.workbench.dispatch(Action::CancelJob);
        self.settle();
        let shown = progress.map_or("no progress".to_owned(), |progress| progress.text());
        println!(
            "  stopped at “{shown}”, idle after {:.0} ms",
            millis(began.elapsed())
        );
    }
}
