use std::sync::atomic::AtomicUsize;
use std::sync::mpsc;
use std::time::Duration;

use super::*;
use crate::model::ids::{ActorId, ItemId};
use crate::model::session::{CorpusSource, Session};
use crate::model::view::View;
use crate::store::atomic::RealFs;
use crate::store::corpus::Corpus;

/// Jobs, and a receiver that hears each wake.
fn jobs<M: Send + 'static>() -> (Jobs<M>, mpsc::Receiver<()>) {
    let (sender, woken) = mpsc::channel();
    let wake: Wake = Arc::new(move || {
        let _ = sender.send(());
    });
    (Jobs::new(wake), woken)
}

/// All events until nothing runs any more.
fn all_events<M: Send + 'static>(jobs: &mut Jobs<M>, woken: &mpsc::Receiver<()>) -> Vec<Event<M>> {
    let mut events = Vec::new();
    while jobs.is_busy() {
        woken.recv().unwrap();
        events.extend(jobs.poll());
    }
    events
}

fn messages<M>(events: Vec<Event<M>>) -> Vec<M> {
    let messages = events.into_iter().filter_map(|event| match event {
        Event::Message { message, .. } => Some(message),
        _ => None,
    });
    messages.collect()
}

#[test]
fn a_job_tells_of_its_beginning_its_findings_and_its_end_in_order() {
    let (mut jobs, woken) = jobs();
    let id = jobs.spawn("Counting", |context| {
        assert_eq!(std::thread::current().name(), Some("job Counting"));
        for n in 1..=1000_u64 {
            context.report(n, 1000, "counting");
            context.send(n);
        }
    });
    let events = all_events(&mut jobs, &woken);
    assert!(matches!(&events[0], Event::Begin { job, name } if *job == id && name == "Counting"));
    assert!(matches!(
        events.last(),
        Some(Event::End {
            outcome: Outcome::Done,
            ..
        })
    ));
    let reports = events
        .iter()
        .filter(|e| matches!(e, Event::Report { .. }))
        .count();
    assert!(reports <= 100, "{reports}");
    assert_eq!(messages(events), (1..=1000).collect::<Vec<_>>());
}

#[test]
fn a_cancelled_job_ends_as_cancelled() {
    let (mut jobs, woken) = jobs::<()>();
    let id = jobs.spawn("Endless", |context| {
        while !context.is_cancelled() {
            std::thread::yield_now();
        }
    });
    jobs.cancel(id);
    let events = all_events(&mut jobs, &woken);
    assert!(matches!(
        events.last(),
        Some(Event::End {
            outcome: Outcome::Cancelled,
            ..
        })
    ));
}

#[test]
fn a_panic_ends_the_job_and_nothing_else() {
    let (mut jobs, woken) = jobs::<u8>();
    jobs.spawn("Faulty", |_| panic!("row {} is odd", 3));
    let events = all_events(&mut jobs, &woken);
    let Some(Event::End { outcome, .. }) = events.last() else {
        panic!("no end")
    };
    assert_eq!(*outcome, Outcome::Panicked("row 3 is odd".to_owned()));
    jobs.spawn("Next", |context| context.send(1));
    assert_eq!(messages(all_events(&mut jobs, &woken)), [1]);
}

#[test]
fn dropping_the_jobs_stops_work_that_waits_to_be_heard() {
    let (mut jobs, _woken) = jobs();
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    jobs.spawn("Talkative", move |context| {
        while !context.is_cancelled() {
            context.send(0);
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    drop(jobs);
    // The thread is joined: nothing is sent any more.
    assert!(sent.load(Ordering::Relaxed) <= WAITING_EVENTS + 1);
    assert_eq!(Arc::strong_count(&sent), 1);
}

#[test]
fn a_save_is_finished_even_when_the_program_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let id = ItemId(uuid::Uuid::from_u128(1));
    let session = Session::new(id, CorpusSource::Sample, ActorId::new("BY"), "Ann".into());
    let (mut jobs, _woken) = jobs();
    jobs.save_session(
        Arc::new(RealFs),
        SaveSession {
            path: path.clone(),
            session: Arc::new(session.clone()),
            view: View::default(),
            known: None,
            lock: None,
            announcer: None,
        },
        |_, saved| saved.is_ok(),
    );
    drop(jobs);
    assert_eq!(
        crate::store::session_file::load(&path).unwrap().session,
        session
    );
}

#[test]
fn a_walk_answers_every_row_in_order_with_errors_among_them() {
    let (mut jobs, woken) = jobs();
    let corpus = Arc::new(Corpus::synthetic(700, 1));
    let rows: Vec<usize> = (0..=700).rev().collect();
    let lengths = |row, id, text: &str| (row, id, text.len());
    jobs.walk_corpus(
        "Reading",
        Arc::clone(&corpus),
        rows.clone(),
        lengths,
        |answers| answers,
    );
    let chunks = messages(all_events(&mut jobs, &woken));
    assert!(chunks.len() > 1, "answers come in chunks");
    let answers: Vec<_> = chunks.into_iter().flatten().collect();
    assert_eq!(
        answers.iter().map(|(row, _)| *row).collect::<Vec<_>>(),
        rows
    );
    assert!(answers[0].1.is_err(), "there is no row 700");
    for (row, answer) in &answers[1..] {
        let (told_row, id, len) = answer.as_ref().unwrap();
        assert_eq!((told_row, corpus.id(*row)), (row, Some(*id)));
        assert_eq!(*len as u64, corpus.size_bytes(*row).unwrap());
    }
}

#[test]
fn sessions_and_articles_are_opened_in_the_background() {
    #[derive(Debug)]
    enum Found {
        Session(bool),
        Articles(usize),
    }
    let (mut jobs, woken) = jobs();
    jobs.import(CorpusSource::Sample, |import| {
        Found::Articles(import.corpus.len())
    });
    jobs.open_session("/no/such/session.ron".into(), |_, loaded| {
        Found::Session(loaded.is_ok())
    });
    let found = messages(all_events(&mut jobs, &woken));
    assert_eq!(found.len(), 2);
    for found in found {
        match found {
            Found::Articles(count) => assert_eq!(count, 5),
            Found::Session(is_ok) => assert!(!is_ok),
        }
    }
}

/// A worker that begins each request when `begin` says so, and a receiver that hears each wake.
fn gated() -> (
    Latest<u32, u32>,
    mpsc::Sender<()>,
    mpsc::Receiver<u32>,
    mpsc::Receiver<()>,
) {
    let (begin, may_begin) = mpsc::channel();
    let (at_work, has_begun) = mpsc::channel();
    let (sender, woken) = mpsc::channel();
    let wake: Wake = Arc::new(move || {
        let _ = sender.send(());
    });
    let latest = Latest::new("answers", wake, move |request, cancel: &Cancel| {
        let _ = at_work.send(request);
        let _ = may_begin.recv();
        (!cancel.is_cancelled()).then_some(request * 10)
    });
    (latest, begin, has_begun, woken)
}

#[test]
fn only_the_newest_request_is_answered() {
    let (latest, begin, has_begun, woken) = gated();
    latest.ask(1);
    assert_eq!(has_begun.recv(), Ok(1));
    (2..=5).for_each(|request| latest.ask(request));
    assert!(latest.is_busy() && latest.take().is_none());
    begin.send(()).unwrap();
    woken.recv().unwrap();
    assert_eq!(latest.take(), None, "the first was asked to stop");
    assert_eq!(has_begun.recv(), Ok(5));
    begin.send(()).unwrap();
    woken.recv().unwrap();
    assert_eq!(latest.take(), Some(50));
    assert!(!latest.is_busy() && latest.take().is_none());
}

#[test]
fn an_answer_that_is_nearly_there_is_waited_for() {
    let (latest, begin, has_begun, _woken) = gated();
    let long = Duration::from_mins(1);
    assert_eq!(latest.take_within(long), None, "nothing is asked");
    latest.ask(1);
    assert_eq!(has_begun.recv(), Ok(1));
    let short = Duration::from_millis(1);
    assert_eq!(latest.take_within(short), None, "it is not there in time");
    begin.send(()).unwrap();
    assert_eq!(latest.take_within(long), Some(10));
}

#[test]
fn a_request_that_panics_has_no_answer_and_the_next_has() {
    let (sender, woken) = mpsc::channel();
    let wake: Wake = Arc::new(move || {
        let _ = sender.send(());
    });
    let latest = Latest::new("answers", wake, |request: u32, _: &Cancel| {
        assert_ne!(request, 1, "an odd request");
        Some(request)
    });
    for (request, answer) in [(1, None), (2, Some(2))] {
        latest.ask(request);
        woken.recv().unwrap();
        assert_eq!(latest.take(), answer);
        assert!(!latest.is_busy());
    }
}

#[test]
fn dropping_it_ends_the_worker() {
    let (latest, begin, has_begun, _woken) = gated();
    latest.ask(1);
    assert_eq!(has_begun.recv(), Ok(1));
    begin.send(()).unwrap();
    drop(latest);
    assert!(has_begun.recv().is_err(), "the worker is gone");
}

#[test]
fn work_that_is_paused_waits_until_it_may_go_on() {
    let (mut jobs, _woken) = jobs::<&'static str>();
    let (at_work, has_begun) = mpsc::channel();
    let (may_look, looks) = mpsc::channel::<()>();
    let job = jobs.spawn("resting", move |context| {
        let _ = at_work.send(());
        let _ = looks.recv();
        let waited = context.wait_while_paused();
        context.send(if waited.is_some() {
            "waited"
        } else {
            "did not"
        });
    });
    has_begun.recv().unwrap();
    jobs.pause(job, true);
    may_look.send(()).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let told = |jobs: &mut Jobs<&'static str>| -> Vec<&'static str> {
        let events = jobs.poll().into_iter();
        let messages = events.filter_map(|event| match event {
            Event::Message { message, .. } => Some(message),
            _ => None,
        });
        messages.collect()
    };
    assert!(told(&mut jobs).is_empty());
    jobs.pause(job, false);
    let mut heard = Vec::new();
    while jobs.is_busy() {
        heard.extend(told(&mut jobs));
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(heard, ["waited"]);
}

#[test]
fn progress_in_bytes_is_told_however_it_falls() {
    let (mut jobs, _woken) = jobs::<()>();
    jobs.spawn("counting bytes", |context| {
        // No hundredth of the whole is ever met.
        for done in [7, 1_000_003, 2_000_003] {
            context.report(done, 3_000_001, "bytes");
            std::thread::sleep(Duration::from_millis(BETWEEN_REPORTS + 20));
        }
        context.report(3_000_001, 3_000_001, "bytes");
    });
    let mut told = Vec::new();
    while jobs.is_busy() {
        for event in jobs.poll() {
            if let Event::Report { progress, .. } = event {
                told.push(progress.done);
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(told, [7, 1_000_003, 2_000_003, 3_000_001]);
}
