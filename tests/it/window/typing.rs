//! By typing alone: through an article from reading to the next one, on a Latin and on a Russian
//! keyboard; and the boundaries of what is selected and highlighted.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};

use super::{CTRL, CTRL_SHIFT, Desk, NONE, TITLES};
use attache::analysis::standing::State;
use attache::app::action::Action;
use attache::model::annotation::Annotation;
use attache::model::finding::{Finding, FindingKind};
use attache::model::span::Span;

const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;

/// What is printed on the keys.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    Latin,
    Russian,
}

/// The keys that type on both, by their place, and what they type on a Russian keyboard.
const RUSSIAN: [(Key, char); 34] = [
    (Key::Q, 'й'),
    (Key::W, 'ц'),
    (Key::E, 'у'),
    (Key::R, 'к'),
    (Key::T, 'е'),
    (Key::Y, 'н'),
    (Key::U, 'г'),
    (Key::I, 'ш'),
    (Key::O, 'щ'),
    (Key::P, 'з'),
    (Key::OpenBracket, 'х'),
    (Key::CloseBracket, 'ъ'),
    (Key::A, 'ф'),
    (Key::S, 'ы'),
    (Key::D, 'в'),
    (Key::F, 'а'),
    (Key::G, 'п'),
    (Key::H, 'р'),
    (Key::J, 'о'),
    (Key::K, 'л'),
    (Key::L, 'д'),
    (Key::Semicolon, 'ж'),
    (Key::Quote, 'э'),
    (Key::Z, 'я'),
    (Key::X, 'ч'),
    (Key::C, 'с'),
    (Key::V, 'м'),
    (Key::B, 'и'),
    (Key::N, 'т'),
    (Key::M, 'ь'),
    (Key::Comma, 'б'),
    (Key::Period, 'ю'),
    (Key::Slash, '.'),
    (Key::Space, ' '),
];

impl Layout {
    /// What the key at a place types, if it types.
    fn types(self, place: Key) -> Option<char> {
        match self {
            Self::Russian => RUSSIAN
                .iter()
                .find(|(key, _)| *key == place)
                .map(|(_, c)| *c),
            Self::Latin if place == Key::Space => Some(' '),
            Self::Latin => {
                let mut name = place.name().chars();
                let first = name.next().filter(|_| name.next().is_none());
                first.map(|c| c.to_ascii_lowercase())
            }
        }
    }

    /// The place of the key that types `c`.
    fn place_of(self, c: char) -> Key {
        let places = RUSSIAN.iter().map(|(key, _)| *key);
        let mut places = places.chain([Key::Period]);
        places
            .find(|place| self.types(*place) == Some(c))
            .unwrap_or_else(|| panic!("no key types {c}"))
    }
}

/// Somebody who only types.
struct Typist {
    desk: Desk,
    layout: Layout,
}

impl Typist {
    /// Presses the key at a place, as winit and egui tell of it: the logical key is what is printed
    /// on it or, where egui knows no such key, the one at the same place.
    fn press(&mut self, modifiers: Modifiers, place: Key) {
        let typed = self.layout.types(place);
        let logical = typed.and_then(|c| Key::from_name(&c.to_string()));
        let press = |pressed| Event::Key {
            key: logical.unwrap_or(place),
            physical_key: Some(place),
            pressed,
            repeat: false,
            modifiers,
        };
        let text = typed.filter(|_| !modifiers.command && !modifiers.alt);
        // A press and what it types come in one frame.
        let events = &mut self.desk.harness.input_mut().events;
        events.push(Event::ModifiersChanged(modifiers));
        events.push(press(true));
        events.extend(text.map(|text| Event::Text(text.to_string())));
        self.desk.settle();
        self.desk.harness.event(press(false));
        self.desk.harness.event(Event::ModifiersChanged(NONE));
        self.desk.settle();
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.press(NONE, self.layout.place_of(c));
        }
    }

    fn selected(&self) -> String {
        self.desk.look(|bench| {
            let span = bench.selected_text.unwrap_or_default();
            bench.article.as_ref().unwrap().slice(span).to_owned()
        })
    }

    /// The highlight in hand: its words now, and itself.
    fn in_hand(&self) -> (String, Annotation) {
        self.desk.look(|bench| {
            let (_, one) = bench.highlight_in_hand().expect("a highlight in hand");
            let article = bench.article.as_ref().unwrap();
            (article.slice(one.span).to_owned(), one.clone())
        })
    }

    /// A little further, a screen further, and back to the beginning.
    fn reads(&mut self) {
        self.press(CTRL, Key::Num2);
        let heading = |typist: &Self| {
            let found = typist.desk.all(Role::Heading, TITLES[1]);
            found.first().map(|heading| heading.rect.top())
        };
        let top = heading(self).expect("the title is in view");
        self.press(NONE, Key::ArrowDown);
        assert!(heading(self).unwrap() < top, "scrolled a little");
        self.press(NONE, Key::Space);
        assert!(
            heading(self).is_none_or(|now| now < 0.0),
            "a screen further"
        );
        self.press(NONE, Key::Home);
        assert_eq!(heading(self), Some(top));
    }

    /// A paragraph, the sentence that follows it, a word, and more. Returns what is selected.
    fn selects(&mut self) -> String {
        self.press(NONE, Key::P);
        assert_eq!(self.selected().trim(), TITLES[1]);
        self.press(NONE, Key::S);
        self.press(NONE, Key::S);
        self.press(SHIFT, Key::S);
        let sentence = self.selected();
        assert!(sentence.ends_with('.'), "{sentence}");
        self.press(NONE, Key::ArrowRight);
        self.press(NONE, Key::ArrowRight);
        self.press(NONE, Key::ArrowLeft);
        let word = self.selected();
        assert!(sentence.starts_with(&word) && !word.contains(' '), "{word}");
        self.press(SHIFT, Key::ArrowDown);
        assert_eq!(
            self.selected(),
            sentence,
            "extended to where the sentence ends"
        );
        self.press(CTRL_SHIFT, Key::ArrowLeft);
        assert!(self.selected().len() < sentence.len());
        self.press(SHIFT, Key::ArrowDown);
        sentence
    }

    /// Codes it, with a note; then nudges what is highlighted.
    fn codes_and_nudges(&mut self, sentence: &str, code: &str, note: &str) {
        self.press(NONE, Key::A);
        self.write(code);
        self.press(NONE, Key::Tab);
        self.write(note);
        self.press(CTRL, Key::Enter);
        let (words, kept) = self.in_hand();
        assert_eq!((words.as_str(), kept.note.as_str()), (sentence, note));
        assert_eq!(self.desk.steps(), 1);
        for _ in 0..3 {
            self.press(CTRL_SHIFT, Key::ArrowLeft);
        }
        self.press(NONE, Key::O);
        self.press(SHIFT, Key::ArrowRight);
        let (words, moved) = self.in_hand();
        assert_eq!(self.desk.steps(), 2, "moves in a row are one step");
        assert_eq!(self.desk.undo_name().as_deref(), Some("Move boundary"));
        assert!(
            sentence.contains(&words)
                && !sentence.starts_with(&words)
                && !sentence.ends_with(&words)
        );
        assert_eq!(
            moved.quote.exact, words,
            "it is known by its words as they are now"
        );
        self.press(CTRL, Key::Z);
        assert_eq!(self.in_hand().1, kept, "all of them are taken back at once");
        self.press(CTRL_SHIFT, Key::Z);
        self.press(NONE, Key::Escape);
        assert!(self.desk.look(|bench| bench.highlight_in_hand().is_none()));
        self.press(NONE, Key::H);
        assert_eq!(self.in_hand().0, words);
    }

    fn decides(&mut self) {
        self.press(NONE, Key::J);
        let first = self.desk.look(|bench| bench.current).expect("a suggestion");
        self.press(NONE, Key::Y);
        self.press(NONE, Key::N);
        let states: Vec<State> = self
            .desk
            .entries()
            .iter()
            .map(|entry| entry.state)
            .collect();
        let count = |state| states.iter().filter(|one| **one == state).count();
        assert_eq!((count(State::Accepted), count(State::Rejected)), (1, 1));
        assert!(self.desk.look(|bench| bench.current) != Some(first));
    }

    fn notes_and_goes_on(&mut self, remark: &str) {
        self.press(NONE, Key::T);
        self.write(remark);
        self.press(NONE, Key::Escape);
        self.press(ALT, Key::ArrowDown);
        let next = self.desk.open_title();
        assert!(next.is_some() && next.as_deref() != Some(TITLES[1]));
        self.press(NONE, Key::S);
        assert!(!self.selected().is_empty(), "and so on in the next article");
    }
}

fn through_an_article(layout: Layout, code: &str, note: &str, remark: &str) {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[1]);
    let before = desk.look(|bench| (*bench.session).clone());
    let mut typist = Typist { desk, layout };
    typist.reads();
    let sentence = typist.selects();
    typist.codes_and_nudges(&sentence, code, note);
    typist.decides();
    typist.notes_and_goes_on(remark);

    typist.desk.look(|bench| {
        let codes = bench.session.codebook.codes.values();
        let names: Vec<&str> = codes.map(|code| code.name.as_str()).collect();
        assert_eq!(names, [code]);
        let work = bench.session.work.values().next().unwrap();
        assert_eq!(
            work.note.as_ref().map(|note| note.text.as_str()),
            Some(remark)
        );
    });
    while typist.desk.steps() > 0 {
        typist.press(CTRL, Key::Z);
    }
    assert_eq!(typist.desk.look(|bench| (*bench.session).clone()), before);
}

#[test]
fn an_article_by_typing_alone() {
    through_an_article(Layout::Latin, "supply", "who pays", "well informed");
}

#[test]
fn an_article_by_typing_alone_on_a_russian_keyboard() {
    through_an_article(
        Layout::Russian,
        "поставки",
        "кто платит. объем",
        "хорошая статья",
    );
}

#[test]
fn keys_of_the_reader_are_left_to_lists_and_fields() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[1]);
    // The list has the keyboard after a click: its arrows move in it.
    desk.key(NONE, Key::ArrowDown);
    assert_ne!(desk.open_title().as_deref(), Some(TITLES[1]));
    desk.key(NONE, Key::ArrowUp);
    desk.key(NONE, Key::ArrowRight);
    assert_eq!(desk.look(|bench| bench.selected_text), None);
    // Enter leads into the text.
    desk.key(NONE, Key::Enter);
    desk.key(NONE, Key::ArrowRight);
    let word = desk.look(|bench| bench.selected_text).expect("a word");
    desk.key(NONE, Key::T);
    desk.type_text("one two");
    desk.key(CTRL_SHIFT.plus(Modifiers::CTRL), Key::ArrowLeft);
    desk.type_text("three");
    assert_eq!(desk.look(|bench| bench.selected_text), Some(word));
    let note = desk.look(|bench| {
        let on_article = bench.session.work.values().next().unwrap();
        on_article.note.as_ref().map(|note| note.text.clone())
    });
    assert_eq!(
        note.as_deref(),
        Some("one three"),
        "the field's own selection"
    );
}

#[test]
fn a_run_of_nudges_ends_when_something_else_is_done() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.key(CTRL, Key::Num2);
    desk.key(NONE, Key::S);
    desk.key(NONE, Key::A);
    desk.type_text("Supply");
    desk.key(NONE, Key::Enter);
    let span_of =
        |desk: &Desk| -> Span { desk.look(|bench| bench.highlight_in_hand().unwrap().1.span) };
    let whole = span_of(&desk);
    desk.key(CTRL_SHIFT, Key::ArrowLeft);
    desk.key(CTRL_SHIFT, Key::ArrowLeft);
    assert_eq!(desk.steps(), 2);
    // Another highlight in between, and this one again: another run.
    desk.key(NONE, Key::H);
    desk.key(SHIFT, Key::ArrowRight);
    assert_eq!(desk.steps(), 3);
    desk.key(CTRL, Key::Z);
    desk.key(SHIFT, Key::ArrowRight);
    assert_eq!(desk.steps(), 3, "after an undo it is a step of its own");
    desk.key(CTRL, Key::Z);
    desk.key(CTRL, Key::Z);
    assert_eq!(span_of(&desk), whole);
    // Delete asks nothing, and can be undone.
    desk.key(NONE, Key::Delete);
    assert!(desk.look(|bench| {
        bench
            .session
            .work
            .values()
            .all(|work| work.annotations.is_empty())
    }));
    desk.key(CTRL, Key::Z);
    assert_eq!(span_of(&desk), whole, "and it is in hand again");
}

#[test]
fn a_finding_is_edited_by_typing_alone() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[1]);
    let entries = desk.entries();
    for kind in [FindingKind::Time, FindingKind::Claim] {
        let entry = entries
            .iter()
            .find(|one| one.kind() == kind && one.is_open());
        let key = entry.expect("a finding").key;
        desk.dispatch(Action::SelectFinding(key, true));
        desk.key(NONE, Key::E);
        // The cursor stands in the date.
        desk.key(CTRL, Key::A);
        desk.type_text("2011-03");
        desk.key(CTRL, Key::Enter);
        let edited = desk
            .entries()
            .into_iter()
            .find(|one| one.key == key)
            .unwrap();
        assert_eq!(edited.state, State::Edited);
        let when = match &edited.finding {
            Finding::Time(time) => time.when.clone(),
            Finding::Claim(claim) => claim.time.when.clone(),
            _ => None,
        };
        assert_eq!(
            when.map(|when| when.to_string()).as_deref(),
            Some("2011-03")
        );
    }
}

#[test]
fn keys_that_come_within_one_frame_all_count() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.key(CTRL, Key::Num2);
    let press = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: NONE,
    };
    // Escape lets go of what the key before it selected, and not of the keyboard.
    let events = [Key::S, Key::Escape].map(press);
    desk.harness.input_mut().events.extend(events);
    desk.settle();
    assert_eq!(desk.look(|bench| bench.selected_text), None);
    desk.key(NONE, Key::ArrowRight);
    let word = desk.look(|bench| bench.selected_text);
    assert!(word.is_some(), "the reader has lost the keyboard");
}
