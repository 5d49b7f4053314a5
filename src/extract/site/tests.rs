use super::*;
use crate::extract::lexicon::Lexicon;
use crate::extract::{Context, extract};
use crate::model::actor::ActorBook;
use crate::model::article::FurnitureReason;
use crate::model::extraction::Extraction;
use crate::model::ids::ActorId;
use crate::model::seeds::SAMPLE;

/// What the articles of one folder have in common.
fn sites(texts: &[impl AsRef<str>]) -> Sites {
    let mut survey = Survey::default();
    for (text, n) in texts.iter().zip(0..) {
        survey.add(
            &format!("folder/{n}.txt"),
            &observe(&Lined::new(text.as_ref())),
        );
    }
    survey.sites()
}

fn read(text: &str, sites: &Sites) -> Extraction {
    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new("BY");
    let context = Context {
        site: sites.of("folder/any.txt"),
        ..Context::new(&lexicon, &focus)
    };
    extract(text, &context)
}

/// The lines that are masked as repeated.
fn repeated<'a>(text: &'a str, read: &Extraction) -> Vec<&'a str> {
    let masks = read.furniture();
    masks
        .filter(|mask| mask.reason == FurnitureReason::Repeated)
        .flat_map(|mask| mask.span.of(text).unwrap().lines())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// An article of its own: title, date line, paragraphs.
fn article(n: usize, date: &str) -> String {
    let things = ["harbour", "bridge", "school", "railway", "hospital", "mill"];
    let thing = things[n % things.len()];
    let verbs = [
        "dredged", "painted", "rebuilt", "closed", "sold", "measured",
    ];
    let verb = verbs[n % verbs.len()];
    let paragraph = |m: usize| {
        let other = things[(n + m) % things.len()];
        format!(
            "The {thing} number {n} of the town will be {verb} before the {other} in week {}, \
             the council of ward {m}{n} said after {} hours of talks about the {verb} {other}.",
            n * 7 + m,
            n + m * 3,
        )
    };
    let paragraphs: Vec<String> = (1..6).map(paragraph).collect();
    format!(
        "The {thing} is to be {verb}, ward {n} hears\n\n{date}\n\n{}\n",
        paragraphs.join("\n\n")
    )
}

#[test]
fn three_of_the_samples_share_a_block() {
    let sites = sites(&SAMPLE);
    for (at, text) in SAMPLE.iter().enumerate() {
        let plain = read(text, &Sites::default());
        let known = read(text, &sites);
        // The heading above the block tells of it already: nothing changes.
        assert_eq!(known.title, plain.title);
        assert_eq!(known.sentences, plain.sentences, "body of sample {at}");
        assert_eq!(known.publication, plain.publication);
        // Without the heading only the other samples tell.
        let bare = text.replace("Similar articles\n", "");
        let found = repeated(&bare, &read(&bare, &sites)).join("\n");
        assert_eq!(found.contains("Catholic conference"), at < 3, "{found}");
        let body = read(&bare, &sites).sentences;
        let kept = |span: &Span| span.of(&bare).unwrap().contains("Helsinki 2.0");
        assert!(!body.iter().any(kept), "sample {at}");
    }
}

#[test]
fn what_a_site_prints_on_its_pages_is_furniture() {
    let top = "Your trusted voice from the valley since the flood of the old days.";
    let end = "All rights to what stands here are with the people of the valley press.\nWrite to the keeper of the page with praise and blame alike";
    let texts: Vec<String> = (0..4)
        .map(|n| format!("{top}\n{}\n{end}", article(n, "5 May 2016")))
        .collect();
    let sites = sites(&texts);
    for (n, text) in texts.iter().enumerate() {
        let read = read(text, &sites);
        // The last line is known to follow a text without any help.
        assert_eq!(repeated(text, &read), [top, end.lines().next().unwrap()]);
        let title = read.title.and_then(|title| title.of(text));
        assert!(title.is_some_and(|title| title.ends_with(&format!("ward {n} hears"))));
        assert_eq!(read.sentences.len(), 5, "the body is whole");
        assert_eq!(read.publication.when.unwrap().to_string(), "2016-05-05");
    }
}

#[test]
fn what_reports_quote_stays_in_their_body() {
    let quoted = "The ministry said in a statement that the work would begin in spring and would be paid for by the state alone.";
    let texts: Vec<String> = (0..4)
        .map(|n| {
            let text = article(n, "5 May 2016");
            let (head, rest) = text.split_once(" talks").unwrap();
            format!("{head} talks.\n\n{quoted}\n\nThere were{rest}")
        })
        .collect();
    let sites = sites(&texts);
    assert!(sites.of("folder/a.txt").unwrap().repeats(quoted).is_some());
    for text in &texts {
        let read = read(text, &sites);
        assert!(repeated(text, &read).is_empty());
        assert!(read.sentences.iter().any(|s| s.of(text) == Some(quoted)));
    }
}

#[test]
fn copies_of_one_article_tell_nothing_of_their_site() {
    let once = article(1, "5 May 2016 10:30");
    let copies: Vec<String> = (0..6)
        .map(|n| format!("Headline number {n} of the same wire report\n\n{once}"))
        .collect();
    assert_eq!(sites(&copies), Sites::default());
    assert_eq!(sites(&copies[..0]), Sites::default());
}

#[test]
fn a_minute_that_many_articles_share_is_doubted() {
    let shared = "April 22, 2016 18:20";
    let mut texts: Vec<String> = (0..5).map(|n| article(n, shared)).collect();
    texts.push(article(5, "May 3, 2016 18:20"));
    let known = sites(&texts);
    let moved = read(&texts[0], &known).publication;
    assert_eq!(moved.status, PublicationStatus::Conflict);
    assert_eq!(moved.when.unwrap().to_string(), "2016-04-22");
    assert!(
        moved.reason.contains("4 other articles"),
        "{}",
        moved.reason
    );
    let own = read(&texts[5], &known).publication;
    assert_eq!(own.status, PublicationStatus::Stated);
    // A day without its clock, and midnight, are shared by right.
    for date in ["April 22, 2016", "2016-04-22 00:00"] {
        let texts: Vec<String> = (0..5).map(|n| article(n, date)).collect();
        let found = read(&texts[0], &sites(&texts)).publication;
        assert_eq!(found.status, PublicationStatus::Stated, "{date}");
    }
}

#[test]
fn a_survey_of_many_articles_stays_small() {
    let mut survey = Survey {
        most: 50,
        ..Survey::default()
    };
    let end = "All rights to what stands here are with the people of the valley press.";
    for n in 0..200 {
        let text = format!("{}\n{end}", article(n, "5 May 2016"));
        survey.add(&format!("folder/{n}.txt"), &observe(&Lined::new(&text)));
        assert!(survey.counted <= survey.most.max(80));
    }
    let site = survey.sites();
    let known = site.of("folder/x.txt").unwrap();
    assert!(known.repeats(end).is_some_and(|articles| articles > 150));
}

#[test]
fn the_stamp_tells_what_matters_for_an_article() {
    let end = "All rights to what stands here are with the people of the valley press.";
    let texts: Vec<String> = (0..4)
        .map(|n| format!("{}\n{end}", article(n, "5 May 2016")))
        .collect();
    let sites = sites(&texts);
    let site = sites.of("folder/a.txt").unwrap();
    assert_ne!(site.stamp(&observe(&Lined::new(&texts[0]))), 0);
    assert_eq!(
        site.stamp(&observe(&Lined::new(&article(9, "5 May 2016")))),
        0
    );
}

#[test]
fn a_source_is_a_host_or_a_folder() {
    assert_eq!(source_of("https://example.org/a/b.html"), "example.org");
    assert_eq!(source_of("folder/sub/a.txt"), "folder/sub");
    assert_eq!(source_of("a.txt"), "");
    assert_eq!(clock("May 3, 2016 at 9:05 pm"), Some("9:05"));
    assert_eq!(clock("date: 2016-04-22T18:20:31"), Some("18:20"));
    assert_eq!(clock("Updated: 3 May"), None);
    assert_eq!(clock("00:00:00"), None);
}
