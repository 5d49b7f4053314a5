//! Who: each decision says who made it and when; a session is opened as another analyst.

use attache::app::Start;
use attache::app::action::Action;
use attache::model::session::Decision;
use attache::store::settings::Settings;
use egui::Key;
use egui::accesskit::Role;
use egui::vec2;

use super::lost::{crash, reopen, save_as};
use super::{CTRL, Desk, NONE, TITLES};

/// The decisions of the session, the first one first.
fn decisions(desk: &Desk) -> Vec<Decision> {
    let mut all: Vec<Decision> = desk.look(|bench| {
        let work = bench.session.work.values();
        let all = work.flat_map(|work| work.decisions.values());
        all.cloned().collect()
    });
    all.sort_by_key(|decision| decision.at);
    all
}

/// Decides on the next open suggestion, and looks at it again.
fn decide(desk: &mut Desk, key: Key) {
    desk.key(NONE, Key::U);
    let current = desk.look(|bench| bench.current).unwrap();
    desk.key(NONE, key);
    desk.dispatch(Action::SelectFinding(current, true));
}

#[test]
fn each_decision_says_who_made_it_and_when() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.dispatch(Action::SetAnalyst("Ann".to_owned()));
    decide(&mut desk, Key::Y);
    let at = attache::app::words::signed("Ann", decisions(&desk)[0].at);
    assert!(
        desk.has(Role::Label, &format!("Accepted by {at}")),
        "{}",
        desk.dump()
    );
    // Somebody else goes on, by a name that is known or typed.
    desk.click(Role::Button, "Analyst: Ann");
    assert!(desk.has(Role::Button, "Ann"), "{}", desk.dump());
    desk.fill("Name", "Бо");
    desk.key(NONE, Key::Enter);
    decide(&mut desk, Key::E);
    desk.key(CTRL, Key::Enter);
    assert!(desk.has(Role::Label, "by Бо, "), "{}", desk.dump());
    let by: Vec<String> = decisions(&desk)
        .into_iter()
        .map(|decision| decision.by)
        .collect();
    assert_eq!(by, ["Ann", "Бо"]);
    desk.key(CTRL, Key::Z);
    desk.key(CTRL, Key::Z);
    assert!(
        desk.has(Role::Button, "Analyst: Ann"),
        "that can be taken back, too"
    );
}

#[test]
fn a_session_is_opened_as_another_analyst() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.dispatch(Action::SetAnalyst("Ann".to_owned()));
    decide(&mut desk, Key::Y);
    let path = save_as(&mut desk, "ann.ron");
    let config = desk.path("config");
    let home = crash(desk);
    let bo = Settings {
        analyst: "Bo".to_owned(),
        ..Settings::load_from(&config)
    };
    bo.save_to(&config).unwrap();

    // Nothing is signed with a name that nobody has asked for.
    let mut desk = reopen(&home, Start::Session(path.clone()));
    assert!(
        desk.has(Role::Label, "signed “Ann”; you are “Bo”"),
        "{}",
        desk.dump()
    );
    desk.click(Role::Button, "Go on as Ann");
    assert!(!desk.has(Role::Label, "you are “Bo”"));
    decide(&mut desk, Key::N);
    assert_eq!(decisions(&desk).last().unwrap().by, "Ann");
    assert_eq!(
        Settings::load_from(&config).analyst,
        "Bo",
        "that holds for this session only"
    );
    let home = crash(desk);

    let mut desk = reopen(&home, Start::Session(path));
    desk.click(Role::Button, "Discard");
    desk.click(Role::Button, "Work as Bo");
    decide(&mut desk, Key::N);
    let all = decisions(&desk);
    let by: Vec<&str> = all.iter().map(|decision| decision.by.as_str()).collect();
    assert_eq!(by, ["Ann", "Bo"], "what Ann did stays hers");
    assert!(desk.has(Role::Label, "Rejected by Bo, "), "{}", desk.dump());
}

/// A folder about others is not followed for the focus of the sample without a word.
#[test]
fn articles_that_tell_nothing_of_the_focus_ask_whom_to_follow() {
    let texts = [
        "A fisheries pact\n\nKenya and Uganda signed a fisheries pact on 4 May 2020. Kenya welcomed it.\n",
        "Ferries\n\nKenya bought two ferries from Tanzania in 2019.\n",
    ];
    let mut desk = Desk::on_articles(&texts);
    let asked = "nothing here ties Belarus to anybody";
    assert!(desk.has(Role::Label, asked), "{}", desk.dump());
    desk.click(Role::Button, "Follow Kenya");
    assert!(!desk.has(Role::Label, asked), "{}", desk.dump());
    assert_eq!(desk.undo_name().as_deref(), Some("Change focus"));
    assert_eq!(desk.look(|bench| bench.view.colors.len()), 2);
    let mut desk = Desk::on_articles(&texts);
    desk.click(Role::Button, "Keep Belarus");
    assert!(!desk.has(Role::Label, asked), "{}", desk.dump());
    assert_eq!(desk.undo_name(), None);
    let desk = Desk::sample();
    assert!(!desk.has(Role::Label, "ties"), "{}", desk.dump());
}

/// At 150 % a window of 1280×800 is so many points wide.
#[test]
fn in_a_narrow_window_the_answers_to_that_question_are_whole() {
    let texts = [
        "A fisheries pact\n\nKenya and Uganda signed a fisheries pact on 4 May 2020. Kenya welcomed it.\n",
    ];
    for width in [853.0, 700.0] {
        let mut desk = Desk::on_articles_in(&texts, vec2(width, 533.0));
        for answer in ["Follow Kenya", "Choose…", "Keep Belarus"] {
            let button = desk.get(Role::Button, answer);
            assert!(button.rect.right() <= width - 8.0, "{width}: {button:?}");
        }
        desk.click(Role::Button, "Keep Belarus");
        assert!(!desk.has(Role::Label, "nothing here ties Belarus"));
    }
}
