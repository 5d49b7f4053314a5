//! What list, chart and queries cost over the columns of 100,000 and 1,000,000 articles with three
//! claims each, made from a few thousand that were read: memory, and time on all cores.
//!
//! `cargo bench --bench table -- ROWS` takes one number of articles.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a bench that fails says so"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use attache::analysis::across::Across;
use attache::analysis::facets::facets;
use attache::analysis::facts::{ArticleFacts, ClaimFact, ClaimKey, Known, facts_of};
use attache::analysis::fields::{self, Days, Field, Progress};
use attache::analysis::list::Orders;
use attache::analysis::sums::sum;
use attache::analysis::table::{Keep, PartBuilder, Table};
use attache::analysis::timeline::{Side, Timeline};
use attache::analysis::told::Chosen;
use attache::extract::lexicon::Lexicon;
use attache::extract::rules::{self, rules};
use attache::extract::{Context, extract};
use attache::model::actor::ActorBook;
use attache::model::claim::ClaimKind;
use attache::model::date::{Day, When};
use attache::model::ids::{ActorId, ArticleId, SuggestionId};
use attache::model::sketch::Sketch;
use attache::model::view::{ChartView, Column, Unit};
use attache::store::synthetic;
use fixedbitset::FixedBitSet;

/// So many articles are read; all others are made from them.
const READ: usize = 3_000;
/// Articles of a part.
const PART: usize = 25_000;
const RUNS: usize = 9;

fn main() {
    let asked: Option<usize> = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let models = read();
    let pool: Vec<ClaimFact> = models
        .iter()
        .flat_map(|f| f.claims.iter().cloned())
        .collect();
    println!("{} articles read, {} claims", models.len(), pool.len());
    for rows in [100_000, 1_000_000] {
        if asked.is_none_or(|asked| asked == rows) {
            measure(rows, &models, &pool);
        }
    }
    if let Some(rows) = asked.filter(|rows| ![100_000, 1_000_000].contains(rows)) {
        measure(rows, &models, &pool);
    }
}

/// The facts of articles as they are read.
fn read() -> Vec<ArticleFacts> {
    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new("BY");
    let known = Known {
        focus: &focus,
        book: &ActorBook::default(),
        country_of: &|actor| lexicon.country(actor),
        rule_no: &|rule| rules::number(&rule.0),
    };
    let read = |number: usize| {
        let text = synthetic::article(7, number);
        let extraction = extract(&text, &Context::new(&lexicon, &focus));
        let sketch = Sketch::of(&text, extraction.sentences.iter().copied());
        facts_of(
            ArticleId([0; 32]),
            "",
            &text,
            &extraction,
            sketch,
            None,
            &known,
        )
    };
    (0..READ).map(read).collect()
}

/// A small generator of numbers (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end.max(1) as u64).unwrap_or(0)
    }

    /// A day of twenty years, a month, a year, or a few days.
    fn when(&mut self) -> Option<When> {
        let day = Day(13_000 + i32::try_from(self.below(7_300)).ok()?);
        let date = day.date()?;
        let text = match self.below(20) {
            0..=8 => date.to_string(),
            9..=12 => date.strftime("%Y-%m").to_string(),
            13..=15 => date.strftime("%Y").to_string(),
            16..=17 => format!("{date}/{}", Day(day.0 + 3).date()?),
            18 => format!("../{date}"),
            _ => return None,
        };
        text.parse().ok()
    }
}

/// Another article of the same kind: its own date, source and three claims.
fn another(number: usize, models: &[ArticleFacts], pool: &[ClaimFact]) -> ArticleFacts {
    let mut dice = Dice(number as u64);
    let at = dice.below(models.len());
    let mut facts = models[at].clone();
    for bytes in facts.id.0.chunks_mut(8) {
        bytes.copy_from_slice(&dice.roll().to_be_bytes());
    }
    facts.title = format!("{} {}", facts.title, number % 1_000).into();
    facts.source = format!(
        "https://site-{}.example/news/{}/article-{number}",
        dice.below(200),
        dice.below(12)
    )
    .into();
    facts.publication = (dice.below(10) > 0).then(|| dice.when()).flatten();
    facts.claims = (0..3)
        .map(|_| {
            let mut claim = pool[dice.below(pool.len())].clone();
            claim.key = ClaimKey::Suggested(SuggestionId(dice.roll()));
            claim.when = dice.when();
            if let Some(when) = &claim.when {
                (claim.days, claim.vague) = (when.days(), when.is_vague());
            } else {
                claim.days.first = None;
                claim.days.last = None;
                claim.vague = true;
            }
            claim
        })
        .collect();
    facts
}

fn table(rows: usize, models: &[ArticleFacts], pool: &[ClaimFact]) -> Table {
    let parts = (0..rows).step_by(PART).map(|start| {
        let mut builder = PartBuilder::new(Keep::VIEWS);
        for number in start..(start + PART).min(rows) {
            builder.push(&another(number, models, pool));
        }
        Arc::new(builder.finish())
    });
    Table::of_parts(parts)
}

fn measure(rows: usize, models: &[ArticleFacts], pool: &[ClaimFact]) {
    let began = Instant::now();
    let mut table = table(rows, models, pool);
    println!(
        "\n{rows} articles, {:.0} bytes each ({:.1} MB), made in {:.1} s",
        table.bytes() as f64 / rows as f64,
        table.bytes() as f64 / 1e6,
        began.elapsed().as_secs_f64()
    );
    let across = Across::default();
    let focus = ActorId::new("BY");
    let mut tenth = FixedBitSet::with_capacity(rows);
    let mut dice = Dice(1);
    tenth.extend((0..rows).filter(|_| dice.below(10) == 0));
    let tenth = Arc::new(tenth);
    let chart = |unit: Unit, some: Option<&Arc<FixedBitSet>>| {
        let view = ChartView {
            unit,
            ..ChartView::default()
        };
        let chosen = some.map(Chosen::rows).unwrap_or_default();
        Timeline::compute(&table, &chosen, &across, &view, &focus, &|_| 0)
    };
    for unit in Unit::ALL {
        let name = unit.label().to_lowercase();
        time(&format!("timeline of {name}, everything"), || {
            chart(*unit, None)
        });
        time(&format!("timeline of {name}, a tenth"), || {
            chart(*unit, Some(&tenth))
        });
    }
    let whole = chart(Unit::Claims, None);
    let series = &whole.series[0];
    let mark = whole.mark(series, whole.bins.count / 2, Side::Cooperative, None);
    let mark = mark.unwrap();
    let members = || whole.members(&table, &across, &mark, &|row| row, &|| false);
    println!("    {} members", members().len());
    time("members of a mark", members);

    let names = |actor: &ActorId| actor.as_str().to_owned();
    for column in Column::ALL {
        let began = Instant::now();
        Orders::default().rows(&table, (*column, false), &names);
        println!(
            "  {:<36} {:>9.2} ms",
            format!("order by {}", column.label().to_lowercase()),
            millis(began.elapsed())
        );
    }
    let mut orders = Orders::default();
    let by = (Column::Published, true);
    orders.rows(&table, by, &names);
    time("list: order walked against a tenth", || {
        let order = orders.rows(&table, by, &names);
        let kept = order.iter().filter(|row| tenth.contains(**row as usize));
        kept.copied().collect::<Vec<u32>>()
    });
    time("facets of everything", || {
        facets(&table, None, None, &focus)
    });
    time("facets of a tenth", || {
        facets(&table, Some(&tenth), None, &focus)
    });
    time("sums", || sum(&table, rules().len()));
    let known = fields::Known {
        table: &table,
        across: &across,
        within: None,
    };
    let days = Days {
        first: Some(Day(16_000)),
        last: Some(Day(17_000)),
    };
    for (name, field) in [
        ("partner:CN", Field::Partner(ActorId::new("CN"))),
        ("kind:delivery", Field::Kind(ClaimKind::Delivery)),
        ("happened:…", Field::Happened(days)),
        ("published:…", Field::Published(days)),
        ("status:undecided", Field::Status(Progress::Undecided)),
        ("source:site-7", Field::Source("site-7.example".to_owned())),
    ] {
        time(&format!("field {name}"), || field.rows(&known));
    }
    let mut facts = table.facts(7).unwrap();
    facts.decided += 1;
    let began = Instant::now();
    table.set(7, &facts);
    println!(
        "  {:<36} {:>9.2} ms",
        "a decision: the table",
        millis(began.elapsed())
    );
    let began = Instant::now();
    orders.follow(&table, &[7], &names);
    println!(
        "  {:<36} {:>9.2} ms",
        "a decision: the order",
        millis(began.elapsed())
    );
}

/// Prints the median of some runs.
fn time<T>(what: &str, mut work: impl FnMut() -> T) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            black_box(work());
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("  {what:<36} {:>9.2} ms", millis(times[RUNS / 2]));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
