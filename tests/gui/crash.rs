//! `kill -9` while the analyst works: what was done up to a second before is offered again.

use std::time::{Duration, Instant};

use attache::model::ids::{ActorId, ItemId};
use attache::model::session::{CorpusSource, Session};
use attache::model::view::View;
use attache::store::atomic::RealFs;
use attache::store::session_file;
use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::tree::role_containing;
use crate::window::{CTRL, Desk};
use crate::{TITLES, open_article, wait_for_sample};

const CTRL_SHIFT: Modifiers = CTRL.plus(Modifiers::SHIFT);

/// An edit that is older than this must outlive the kill.
const KEPT_AFTER: Duration = Duration::from_secs(1);

/// Xorshift (Marsaglia 2003), so that each run is another and every test run the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 8) % end
    }
}

/// What one kill cost.
struct Cost {
    done: usize,
    recovered: usize,
}

/// Works, is killed somewhere, opens again and recovers.
fn kill_and_recover(desk: &Desk, dice: &mut Dice, most: u64, has_file: bool) -> Cost {
    let data = desk.path("config");
    if data.exists() {
        std::fs::remove_dir_all(&data).expect("what the run before left");
    }
    let arguments: &[&str] = if has_file { &["work.ron"] } else { &[] };
    if has_file {
        let path = desk.path("work.ron");
        let id = ItemId(uuid::Uuid::from_u128(7));
        let by = ActorId::new("BY");
        let session = Session::new(id, CorpusSource::Sample, by, "Ann".to_owned());
        session_file::save(&RealFs, &path, &session, &View::default()).expect("it is saved");
        let _ = std::fs::remove_file(desk.path("work.ron.journal"));
    }
    let mut window = desk.open(arguments);
    wait_for_sample(&mut window);
    open_article(&mut window, TITLES[2]);
    window.key(Modifiers::NONE, Key::J);
    let mut done: Vec<Instant> = Vec::new();
    let edits = 1 + dice.below(most);
    for edit in 0..edits {
        match edit % 10 {
            0 => window.strike(Modifiers::NONE, Key::Y),
            odd if odd % 2 == 1 => window.strike(CTRL, Key::Z),
            _ => window.strike(CTRL_SHIFT, Key::Z),
        }
        done.push(Instant::now());
    }
    // The first one at least is older than a second.
    let first = *done.first().expect("one at least");
    std::thread::sleep((KEPT_AFTER + Duration::from_millis(50)).saturating_sub(first.elapsed()));
    std::thread::sleep(Duration::from_millis(dice.below(40)));
    window.kill();
    let killed = Instant::now();

    let mut window = desk.open(arguments);
    window.wait_for(role_containing(
        Role::Heading,
        "Changes that were not saved",
    ));
    let said = window
        .wait_for(role_containing(Role::Label, "Attaché ended before "))
        .name;
    let count = said.trim_start_matches("Attaché ended before ");
    let count = count.split(' ').next().and_then(|count| count.parse().ok());
    let recovered: usize = count.unwrap_or_else(|| panic!("no number in {said}"));
    window.click("Recover");
    window.wait_for(role_containing(Role::Label, "Recovered: "));
    window.kill();
    let due = done
        .iter()
        .filter(|at| killed.duration_since(**at) >= KEPT_AFTER)
        .count();
    assert!(
        recovered >= due && recovered <= done.len(),
        "{recovered} of {} recovered, {due} were older than a second",
        done.len()
    );
    Cost {
        done: done.len(),
        recovered,
    }
}

fn run(runs: usize, most: u64) {
    let desk = Desk::new();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut done, mut recovered) = (0, 0);
    for number in 0..runs {
        let cost = kill_and_recover(&desk, &mut dice, most, number % 2 == 0);
        done += cost.done;
        recovered += cost.recovered;
    }
    println!(
        "| kill -9 while editing, the real binary | {runs} runs, {done} edits: recovery offered {runs}/{runs}, \
         {recovered} edits recovered, none older than 1 s lost |"
    );
}

#[test]
fn what_was_done_is_offered_after_a_kill() {
    run(2, 12);
}

#[test]
#[ignore = "long: ./x soak"]
fn soak_fifty_kills() {
    run(50, 200);
}
