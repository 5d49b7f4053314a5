//! What a large session costs: 100,000 highlights and 500,000 decisions on 5,000 articles. Opening,
//! saving (with its backups, as the job does it), and an edit on its way into the journal.
//!
//! `cargo bench --no-default-features --bench session -- DECISIONS` takes another number; highlights
//! are a fifth of it. Exits with 1 when a budget of the table in `docs/testing.md` is passed.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so")]

use std::borrow::Cow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use attache::model::actor::MentionClass;
use attache::model::annotation::{Annotation, Quote};
use attache::model::claim::{Claim, ClaimKind, ClaimTime, Modality, Polarity, Role, RoleActor};
use attache::model::codebook::Code;
use attache::model::edit::Edit;
use attache::model::finding::{Finding, Mention, Rule};
use attache::model::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use attache::model::session::{CorpusSource, Decision, Session, Verdict};
use attache::model::span::Span;
use attache::model::view::View;
use attache::store::atomic::RealFs;
use attache::store::journal::{Act, Base, Journal, Start};
use attache::store::session_file::{self, Saving};

const ARTICLES: usize = 5_000;
const RUNS: usize = 5;
/// Budgets: what the analyst waits for at most.
const OPEN: Duration = Duration::from_secs(2);
const SAVE: Duration = Duration::from_secs(1);
const APPEND: Duration = Duration::from_millis(2);
const FRAME: Duration = Duration::from_millis(16);

fn main() -> ExitCode {
    let asked = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let decisions: usize = asked.unwrap_or(500_000);
    let session = large(decisions, decisions / 5);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.ron");
    session_file::save(&RealFs, &path, &session, &View::default()).unwrap();
    let megabytes = std::fs::metadata(&path).unwrap().len() >> 20;
    println!(
        "{decisions} decisions, {} highlights: {megabytes} MB",
        decisions / 5
    );

    let open = median(|| drop(session_file::load(&path).unwrap()));
    let mut known = session_file::load(&path).unwrap().on_disk;
    let mut changed = session.clone();
    let (mut round, mut settled) = (0, Duration::ZERO);
    let save = median_of(|| {
        round += 1;
        // Another state each time, as a save has.
        let _inverse = Edit::Analyst(format!("analyst {round}")).apply(&mut changed);
        let saving = Saving {
            path: &path,
            session: &changed,
            view: &View::default(),
            known: known.as_ref(),
            backups: true,
            announce: &|_| {},
        };
        let began = Instant::now();
        let mut saved = saving.run(&RealFs).unwrap();
        let took = began.elapsed();
        // What the analyst is not kept waiting for.
        let began = Instant::now();
        saved.settle()(&RealFs);
        settled = settled.max(began.elapsed());
        known = Some(saved.on_disk);
        took
    });
    let copy = first_edit(&session);
    // One article with all that a book may hold.
    let copy_of_book = first_edit(&large_in(1, 10_000, 2_000));
    let (append, synced) = journal(&session, &path);
    let mut is_within = true;
    for (what, took, budget) in [
        ("opening the session file", open, Some(OPEN)),
        ("saving it, in the background", save, Some(SAVE)),
        (
            "until its backup is on the disk, too, at most",
            settled,
            None,
        ),
        (
            "the first edit during a save, for the window",
            copy,
            Some(FRAME),
        ),
        (
            "the same in an article of 12,000 decisions and highlights",
            copy_of_book,
            Some(FRAME),
        ),
        ("an edit, for the window", append, Some(APPEND)),
        ("an edit, until it is on the disk", synced, None),
    ] {
        let verdict = match budget {
            Some(budget) if took > budget => {
                is_within = false;
                format!("over its budget of {budget:?}")
            }
            Some(budget) => format!("budget {budget:?}"),
            None => String::new(),
        };
        println!("{what}: {took:.2?} {verdict}");
    }
    ExitCode::from(u8::from(!is_within))
}

fn median(mut run: impl FnMut()) -> Duration {
    median_of(|| {
        let began = Instant::now();
        run();
        began.elapsed()
    })
}

fn median_of(run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = std::iter::repeat_with(run).take(RUNS).collect();
    times.sort_unstable();
    times.swap_remove(RUNS / 2)
}

/// The first edit while somebody else holds the session, as a save does.
fn first_edit(session: &Session) -> Duration {
    let held = Arc::new(session.clone());
    let (article, work) = held.work.iter().next().unwrap();
    let (id, decision) = work.decisions.iter().next().unwrap();
    let decision = Box::new(Decision {
        by: "Ольга".to_owned(),
        ..decision.clone()
    });
    let edit = Edit::Decision(*article, *id, Some(decision));
    median_of(|| {
        let (mut mine, edit) = (Arc::clone(&held), edit.clone());
        let began = Instant::now();
        let _inverse = edit.apply(Arc::make_mut(&mut mine));
        began.elapsed()
    })
}

/// The slowest of a hundred edits: for the window, and until each is on the disk.
fn journal(session: &Session, path: &Path) -> (Duration, Duration) {
    let start = Start {
        session: session.id,
        base: Base::File(session_file::load(path).unwrap().on_disk.unwrap().hash),
        beside: path.to_owned(),
        elsewhere: None,
        lock: None,
        recovered: Vec::new(),
        replaces: true,
    };
    let mut journal = Journal::begin(Arc::new(RealFs), start, Arc::new(|| {}));
    let (mut append, mut synced) = (Duration::ZERO, Duration::ZERO);
    for (article, work) in session.work.iter().take(100) {
        let (id, decision) = work.decisions.iter().next().unwrap();
        let edit = Edit::Decision(*article, *id, Some(Box::new(decision.clone())));
        let began = Instant::now();
        journal.append(Act::Step, "Accept claim", Some(*article), edit);
        append = append.max(began.elapsed());
        while journal.synced() < journal.number() {
            std::thread::yield_now();
        }
        synced = synced.max(began.elapsed());
    }
    (append, synced)
}

fn large(decisions: usize, highlights: usize) -> Session {
    large_in(ARTICLES, decisions, highlights)
}

fn large_in(articles: usize, decisions: usize, highlights: usize) -> Session {
    let item = |n: usize| ItemId(uuid::Uuid::from_u128(n as u128));
    let focus = ActorId::new("BY");
    let mut session = Session::new(item(0), CorpusSource::Sample, focus, "Анна".to_owned());
    for n in 0..40 {
        let code = Code {
            definition: "What it stands for.".to_owned(),
            ..Code::named(&format!("code {n}"), 3)
        };
        let _inverse = Edit::Code(item(1 + n), Some(code)).apply(&mut session);
    }
    let at = jiff::Timestamp::UNIX_EPOCH;
    let article = |n: usize| {
        let mut bytes = [0; 32];
        let hash = (n % articles).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&hash.to_le_bytes());
        }
        ArticleId(bytes)
    };
    for n in 0..decisions {
        let place = n / articles * 40;
        let finding = if n % 3 == 0 {
            claim(place)
        } else {
            Finding::Mention(Mention {
                span: Span::new(place, place + 7),
                actor: ActorId::new("RU"),
                class: MentionClass::Demonym,
            })
        };
        let decision = Decision {
            quotes: Vec::new(),
            verdict: if n % 4 == 0 {
                Verdict::Rejected
            } else {
                Verdict::Accepted
            },
            finding,
            rule: Rule(Cow::Borrowed("claim/hosted-meeting")),
            by: "Анна".to_owned(),
            at,
        };
        let id = SuggestionId((n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let work = session.work.or_default(article(n));
        work.decisions.insert(id, decision);
    }
    for n in 0..highlights {
        let place = n / articles * 90;
        let highlight = Annotation {
            span: Span::new(place, place + 60),
            quote: Quote {
                exact: "Minsk hosted the talks on joint production of chassis.".to_owned(),
                prefix: "The ministry said on Monday that ".to_owned(),
                suffix: " The parties agreed to meet agai".to_owned(),
                rival: None,
            },
            codes: vec![item(1 + n % 40)],
            note: String::new(),
            by: "Анна".to_owned(),
            at,
        };
        let work = session.work.or_default(article(n));
        work.annotations.insert(item(1_000 + n), highlight);
    }
    session
}

fn claim(place: usize) -> Finding {
    let party = |code: &str| RoleActor {
        actor: ActorId::new(code),
        role: Role::Party,
    };
    Finding::Claim(Claim {
        kind: ClaimKind::Meeting,
        modality: Modality::Done,
        polarity: Polarity::Cooperative,
        actors: vec![party("BY"), party("RU")],
        items: vec!["chassis".to_owned()],
        time: ClaimTime {
            when: "2016-04-22".parse().ok(),
            span: Some(Span::new(place, place + 12)),
        },
        evidence: vec![Span::new(place, place + 120)],
    })
}
