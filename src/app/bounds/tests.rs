use std::sync::Arc;

use proptest::prelude::*;

use super::End::{Last, Start};
use super::*;
use crate::extract::Context;
use crate::extract::lexicon::Lexicon;
use crate::extract::site::Sites;
use crate::model::actor::ActorBook;
use crate::model::ids::{ActorId, ArticleId};

const TEXT: &str = "Minsk and Ankara\n\nMay 12, 2016\n\n\
    Belarus and Turkey signed a memorandum. Порт «Пивденный» закрыт! Cafe\u{301} 🇧🇾 opened.\n\n\
    The second paragraph has one sentence.\n";

fn read(text: &str) -> OpenArticle {
    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new("BY");
    let context = Context::new(&lexicon, &focus);
    let sites = Arc::new(Sites::default());
    let id = ArticleId([1; 32]);
    OpenArticle::read(0, id, "test.txt", text.into(), &context, &sites, None)
}

fn span_of(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

#[test]
fn steps_lead_through_words_sentences_and_paragraphs() {
    let article = read(TEXT);
    let step = |part: &str, grain, forward| {
        let here = Here::Passage(span_of(TEXT, part));
        stepped(&article, here, grain, forward).map(|span| article.slice(span))
    };
    assert_eq!(step("Порт", Grain::Word, true), Some("Пивденный"));
    assert_eq!(step("Порт", Grain::Word, false), Some("memorandum"));
    let sentence = "Порт «Пивденный» закрыт!";
    // The sentence around a word first, then those beside it.
    for forward in [true, false] {
        assert_eq!(step("закрыт", Grain::Sentence, forward), Some(sentence));
    }
    let before = "Belarus and Turkey signed a memorandum.";
    assert_eq!(step(sentence, Grain::Sentence, false), Some(before));
    assert_eq!(step(before, Grain::Sentence, true), Some(sentence));
    let last = "The second paragraph has one sentence.";
    let whole = step("закрыт", Grain::Paragraph, true).unwrap();
    assert!(whole.starts_with(before) && whole.ends_with("opened."));
    assert_eq!(step(whole, Grain::Paragraph, true), Some(last));
    assert_eq!(step(last, Grain::Paragraph, true), None);
    let from_place = |at, grain| {
        let found = stepped(&article, Here::Place(at), grain, true);
        found.map(|span| article.slice(span))
    };
    assert_eq!(from_place(0, Grain::Paragraph), Some("Minsk and Ankara"));
    assert_eq!(from_place(0, Grain::Word), Some("Minsk"));
    let end_of_title = "Minsk and Ankara".len();
    assert_eq!(from_place(end_of_title, Grain::Word), Some("May"));
}

#[test]
fn an_end_moves_to_where_something_ends_and_a_start_to_where_it_begins() {
    let article = read(TEXT);
    let move_by = |part: &str, end, grain, forward| {
        let moved = nudged(&article, span_of(TEXT, part), end, grain, forward);
        moved.map(|span| article.slice(span))
    };
    let (word, character) = (Grain::Word, Grain::Character);
    assert_eq!(move_by("Turkey", Last, word, true), Some("Turkey signed"));
    assert_eq!(move_by("Turkey signed", Last, word, false), Some("Turkey"));
    assert_eq!(move_by("Turkey", Start, word, false), Some("and Turkey"));
    assert_eq!(move_by("and Turkey", Start, word, true), Some("Turkey"));
    assert_eq!(
        move_by("Turkey", Last, word, false),
        None,
        "nothing is left"
    );
    // What one reads as a character is one, however many code points it has.
    assert_eq!(move_by("Caf", Last, character, true), Some("Cafe\u{301}"));
    let flag = "opened";
    assert_eq!(move_by(flag, Start, character, false), Some(" opened"));
    assert_eq!(
        move_by(" opened", Start, character, false),
        Some("🇧🇾 opened")
    );
    assert_eq!(
        move_by("a memorandum", Last, Grain::Sentence, true),
        Some("a memorandum.")
    );
    let back = move_by("Порт", Start, Grain::Sentence, false);
    assert_eq!(back, Some("Belarus and Turkey signed a memorandum. Порт"));
    let on = move_by("signed", Last, Grain::Paragraph, true).unwrap();
    assert!(on.ends_with("opened."));
}

proptest! {
    #[test]
    fn whatever_is_nudged_fits_the_text_and_holds_something(
        text in "[a-zа-я .!\n🇧🇾e\u{301}]{0,120}",
        at in 0usize..130,
        len in 1usize..40,
        steps in proptest::collection::vec((any::<bool>(), 0usize..4, any::<bool>()), 1..20),
    ) {
        let article = read(&text);
        let mut span = Span::new(at, at + len).clamped_to(&text);
        let grains = [Grain::Character, Grain::Word, Grain::Sentence, Grain::Paragraph];
        for (is_start, grain, forward) in steps {
            let end = if is_start { End::Start } else { End::Last };
            let Some(grain) = grains.get(grain) else { continue };
            if let Some(moved) = nudged(&article, span, end, *grain, forward) {
                prop_assert!(moved.of(&text).is_some_and(|part| !part.trim().is_empty()));
                prop_assert_eq!(end.other().of(moved), end.other().of(span));
                let (was, is) = (end.of(span), end.of(moved));
                prop_assert!(forward == (is > was) && is != was);
                span = moved;
            }
        }
    }

    /// Steps forward come to the end of the text, however words and breaks lie.
    #[test]
    fn stepping_on_comes_to_an_end(text in "[a-zа-я .\n]{0,80}") {
        let article = read(&text);
        for grain in [Grain::Word, Grain::Sentence, Grain::Paragraph] {
            let mut here = Here::Place(0);
            let mut seen = Vec::new();
            while let Some(span) = stepped(&article, here, grain, true) {
                prop_assert!(seen.last().is_none_or(|last: &Span| last.end <= span.start));
                seen.push(span);
                here = Here::Passage(span);
            }
            let mut back = Vec::new();
            while let Here::Passage(span) = here {
                back.push(span);
                match stepped(&article, here, grain, false) {
                    Some(span) => here = Here::Passage(span),
                    None => break,
                }
            }
            back.reverse();
            prop_assert_eq!(seen, back, "the way back is the way");
        }
    }
}
