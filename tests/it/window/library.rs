//! Libraries: made, paused, opened, searched.

use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;

use attache::app::Start;
use attache::app::action::Action;
use attache::app::command::Command;
use attache::job::library::{CsvColumns, Plan, Reading, build, update};
use attache::model::ids::ActorId;
use attache::model::session::CorpusSource;
use attache::store::watch::Unwatched;
use egui::accesskit::Role;
use egui::{Key, vec2};

use super::search::shown;
use super::{CTRL, Desk, NONE};

/// A library of the sample's articles.
fn library(home: &Path) -> std::path::PathBuf {
    let dir = home.join("library");
    let plan = Plan {
        from: vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")],
        reading: Reading::new(ActorId::new("BY")),
        csv: CsvColumns::default(),
        part_articles: Some(2),
    };
    let summary = build(&dir, &plan, &Unwatched).unwrap();
    assert_eq!((summary.articles, summary.parts), (5, 3));
    dir
}

#[test]
fn a_library_opens_as_a_folder_does() {
    let home = Rc::new(tempfile::tempdir().unwrap());
    let dir = library(home.path());
    let mut desk = Desk::open_in(&home, Start::Paths(vec![dir]), vec2(1280.0, 800.0));
    assert_eq!(shown(&desk), 5, "{}", desk.dump());
    assert!(
        desk.has(Role::Button, ", cooperative"),
        "the chart is empty"
    );
    desk.fill("Search articles", "missile partner:RU");
    let found = shown(&desk);
    assert!((1..5).contains(&found), "{found}");
    desk.dispatch(Action::SetFilter(String::new()));
    // Decisions lie over what the library tells, and are kept.
    desk.dispatch(Command::Next.into());
    desk.dispatch(Command::Accept.into());
    desk.fill("Search articles", "status:accepted");
    assert_eq!(shown(&desk), 1);
    let file = home.path().join("session.ron");
    desk.dispatch(Action::SaveTo(file.clone()));
    drop(desk);
    let desk = Desk::open_in(&home, Start::Session(file), vec2(1280.0, 800.0));
    assert_eq!(
        desk.look(|bench| bench.view.filter.clone()),
        "status:accepted"
    );
    assert_eq!(shown(&desk), 1, "{}", desk.dump());
}

#[test]
fn a_library_is_made_of_a_table_paused_and_gone_on_with() {
    const COUNT: usize = 400;
    let mut desk = Desk::sample();
    let mut table = "place,body,day\n".to_owned();
    for n in 0..COUNT {
        let _ = writeln!(
            table,
            "wire/{n},\"Minsk and Beijing signed agreement {n} on 5 May 2015.\",2015-05-06"
        );
    }
    let (from, dir) = (desk.path("articles.csv"), desk.path("library"));
    std::fs::write(&from, table).unwrap();
    desk.by_palette("New library");
    desk.fill("Articles from", &from.display().to_string());
    desk.fill("Library folder", &dir.display().to_string());
    desk.fill("CSV columns", "body");
    // The cursor stays in the field that is to be corrected.
    desk.key(NONE, Key::Enter);
    assert!(
        desk.has(Role::Label, "is not FIELD=COLUMN"),
        "{}",
        desk.dump()
    );
    assert!(!dir.exists());
    desk.key(CTRL, Key::A);
    desk.type_text("text=body, published=day, source=place");
    // The same as a click on each, before the work can be over.
    {
        let make = desk.get(Role::Button, "Make");
        desk.press_without_waiting(&make);
        let mut window = desk.window.borrow_mut();
        let workbench = &mut window.as_mut().unwrap().workbench;
        workbench.dispatch(Action::PauseJob(true));
    }
    desk.harness.run_steps(3);
    let go_on = desk.get(Role::Button, "Go on");
    assert!(desk.has(Role::Label, "Paused. "), "{}", desk.dump());
    std::thread::sleep(std::time::Duration::from_millis(200));
    desk.harness.run_steps(3);
    assert_eq!(shown(&desk), 5, "nothing is made while it is paused");
    desk.click_on(&go_on);
    assert_eq!(shown(&desk), COUNT, "{}", desk.dump());
    // The dates that came along hold for the article that is open, too.
    assert!(desk.look(|bench| bench.article.is_some()));
    desk.fill("Search articles", "published:2015 beijing");
    assert_eq!(shown(&desk), COUNT);
}

/// Articles of one source: lines that they share are its furniture.
fn wire(home: &Path) -> std::path::PathBuf {
    let mut lines = String::new();
    for (n, country) in ["Serbia", "Egypt", "Angola", "Vietnam", "Cuba"]
        .iter()
        .enumerate()
    {
        let text = format!(
            "Minsk and {country} signed contract {n} on 5 May 2015.\\n\\nThe wire reports from China every \
             day, and its readers write to us from Poland.\\n\\nThe deal is worth {n}0 million dollars."
        );
        let _ = writeln!(
            lines,
            r#"{{"source": "wire/{n}", "title": "Wire {n}", "published": "2015-05-0{}", "text": "{text}"}}"#,
            n + 1
        );
    }
    let from = home.join("wire.jsonl");
    std::fs::write(&from, lines).unwrap();
    let dir = home.join("wire");
    let plan = Plan {
        from: vec![from],
        reading: Reading::new(ActorId::new("BY")),
        csv: CsvColumns::default(),
        part_articles: None,
    };
    build(&dir, &plan, &Unwatched).unwrap();
    dir
}

#[test]
fn opening_an_article_of_a_library_changes_nothing_that_the_library_tells() {
    let home = Rc::new(tempfile::tempdir().unwrap());
    let dir = wire(home.path());
    let mut desk = Desk::open_in(&home, Start::Paths(vec![dir]), vec2(1280.0, 800.0));
    assert_eq!(shown(&desk), 5);
    assert!(desk.look(|bench| bench.article.is_some()));
    assert_eq!(desk.look(|bench| bench.facts.log().len()), 0);
    // A shared line counts nowhere, with work on the article as without it.
    desk.fill("Search articles", "partner:PL");
    assert_eq!(shown(&desk), 0);
    desk.dispatch(Action::SetFilter(String::new()));
    desk.open_article("Wire 2");
    desk.dispatch(Command::Next.into());
    desk.dispatch(Command::Accept.into());
    let file = home.path().join("session.ron");
    desk.dispatch(Action::SaveTo(file.clone()));
    drop(desk);
    let mut desk = Desk::open_in(&home, Start::Session(file), vec2(1280.0, 800.0));
    assert_eq!(desk.look(|bench| bench.facts.log().len()), 1);
    desk.fill("Search articles", "partner:CN");
    assert_eq!(shown(&desk), 0, "{}", desk.dump());
}

#[test]
fn a_session_made_on_a_folder_goes_on_in_a_library() {
    let home = Rc::new(tempfile::tempdir().unwrap());
    let dir = library(home.path());
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut desk = Desk::open_in(&home, Start::Paths(vec![seeds]), vec2(1280.0, 800.0));
    desk.dispatch(Command::Next.into());
    desk.dispatch(Command::Accept.into());
    let list = desk.look(|bench| bench.list.clone());
    desk.dispatch(Action::Relocate(dir.clone()));
    assert_eq!(
        desk.look(|bench| bench.session.corpus.clone()),
        CorpusSource::Library(dir)
    );
    assert_eq!(desk.look(|bench| bench.list.clone()), list);
    desk.fill(
        "Search articles",
        "status:accepted missile OR status:accepted",
    );
    assert_eq!(shown(&desk), 1, "{}", desk.dump());
    desk.dispatch(Action::SetFilter(String::new()));
    desk.dispatch(Command::Undo.into());
    assert!(desk.look(|bench| matches!(bench.session.corpus, CorpusSource::Paths(_))));
    assert_eq!(shown(&desk), 5);
}

/// What a library lacks, and which of its articles are nowhere else any more, is seen.
#[test]
fn damage_and_lost_files_of_a_library_are_shown() {
    let home = Rc::new(tempfile::tempdir().unwrap());
    let [from, dir] = ["from", "library"].map(|name| home.path().join(name));
    std::fs::create_dir(&from).unwrap();
    for n in 0..4 {
        let text =
            format!("Headline {n}\n\nMinsk and Beijing signed agreement {n} on 5 May 2015.\n");
        std::fs::write(from.join(format!("{n}.txt")), text).unwrap();
    }
    let plan = Plan {
        from: vec![from.clone()],
        reading: Reading::new(ActorId::new("BY")),
        csv: CsvColumns::default(),
        part_articles: Some(2),
    };
    build(&dir, &plan, &Unwatched).unwrap();
    std::fs::remove_file(from.join("0.txt")).unwrap();
    update(&dir, &[], &Unwatched).unwrap();
    let mut desk = Desk::open_in(&home, Start::Paths(vec![dir.clone()]), vec2(1280.0, 800.0));
    assert_eq!(shown(&desk), 4);
    desk.fill("Search articles", "is:vanished");
    assert_eq!(shown(&desk), 1, "{}", desk.dump());
    let row = desk.part(Role::ListItem, "Headline 0, no date, missing, file gone");
    desk.click_on(&row);
    assert!(desk.has(Role::Label, "file gone"), "{}", desk.dump());
    drop(desk);

    let manifest = attache::store::library::Manifest::load(&dir).unwrap();
    let part = dir.join("parts").join(&manifest.parts[1].name);
    std::fs::write(part.join("claims.parquet"), "").unwrap();
    let mut desk = Desk::open_in(&home, Start::Paths(vec![dir.clone()]), vec2(1280.0, 800.0));
    assert_eq!(shown(&desk), 2);
    assert!(desk.has(Role::Label, "library update"), "{}", desk.dump());
    let link = desk.part(Role::Button, "2 articles of this library can’t be read");
    desk.click_on(&link);
    assert!(desk.has(Role::Label, "claims.parquet"), "{}", desk.dump());
}

#[test]
fn the_open_library_takes_in_what_is_new() {
    let home = Rc::new(tempfile::tempdir().unwrap());
    let (texts, dir) = (home.path().join("texts"), home.path().join("library"));
    std::fs::create_dir(&texts).unwrap();
    let put = |name: &str, text: &str| std::fs::write(texts.join(name), text).unwrap();
    put(
        "a.txt",
        "Belarus and Laos signed an agreement on drones on 5 May 2015.\n",
    );
    let plan = Plan {
        from: vec![texts.clone()],
        reading: Reading::new(ActorId::new("BY")),
        csv: CsvColumns::default(),
        part_articles: None,
    };
    build(&dir, &plan, &Unwatched).unwrap();
    let mut desk = Desk::open_in(&home, Start::Paths(vec![dir]), vec2(1280.0, 800.0));
    desk.dispatch(Command::Next.into());
    desk.dispatch(Command::Accept.into());
    put(
        "b.txt",
        "Belarus and Chad signed an agreement on trucks on 6 May 2016.\n",
    );
    desk.by_palette("Update the library");
    assert_eq!(desk.look(|bench| bench.corpus.len()), 2);
    assert!(desk.has(Role::Label, "1 new article"), "{}", desk.dump());
    // The session goes on.
    desk.fill("Search articles", "status:accepted");
    assert_eq!(shown(&desk), 1);
    let mut desk = Desk::sample();
    assert_eq!(
        desk.look(|bench| bench.why_not(Command::UpdateLibrary)),
        Some("The articles are not in a library.")
    );
    desk.dispatch(Command::UpdateLibrary.into());
}
