//! "В 2019 г. Кения …": a time that opens its sentence, before the full stop of an abbreviation.
//!
//! Such a stop ends nothing, whatever capital follows: nothing has been said yet. That is so where
//! all words before it are those of dates, and where the sentence begins with a preposition or a
//! connective and no word of it may be a verb.

use crate::extract::letter::{is_alphanumeric, lower};
use crate::extract::lexicon::list::Words;
use crate::extract::steps;
use crate::extract::time::is_date_word;

/// A time that opens a sentence has no more bytes.
const BYTES: usize = 200;
/// Nor more words.
const WORDS: usize = 12;

/// What may stand before the time that opens a sentence: a preposition that puts off the verb.
#[rustfmt::skip]
static PREPOSITIONS: Words = Words::new(&[
    "в", "во", "на", "с", "со", "к", "ко", "по", "за", "до", "от", "из", "у", "о", "об", "при",
    "для", "после", "около", "перед", "между", "через", "согласно", "ў", "з", "па", "да", "пра",
    "пасля", "перад", "паводле", "зі", "із", "від", "про", "під", "над", "після",
]);

/// Words that lead over to a sentence or set off what it begins with.
#[rustfmt::skip]
static CONNECTIVES: Words = Words::new(&[
    "так", "ещё", "еще", "уже", "лишь", "только", "также", "именно", "однако", "например",
    "кроме", "того", "этого", "этом", "всего", "тогда", "затем", "но", "а", "и", "або", "та",
    "і", "ужо", "вже", "ще", "яшчэ", "таксама", "також", "однак", "аднак", "акрамя", "крім",
    "напомним", "впервые", "упершыню", "вперше", "вновь", "снова", "ранее", "раней", "раніше",
    "позднее", "позже",
]);

/// Conjunctions after which a clause begins with its time: "сообщил, что в 2019 г. Кения …".
#[rustfmt::skip]
static BEGIN_A_CLAUSE: Words = Words::new(&[
    "что", "когда", "где", "если", "как", "поскольку", "хотя", "чтобы", "але", "калі", "што",
    "дзе", "коли", "що", "де", "якщо", "но", "а",
]);

/// Endings that finite verbs and short participles of the past have; nouns may have them, too.
#[rustfmt::skip]
const VERB_ENDINGS: &[&str] = &[
    "л", "ла", "ло", "ли", "лся", "лась", "лось", "лись", "ет", "ёт", "ит", "ут", "ют", "ат",
    "ят", "ется", "ится", "утся", "ются", "атся", "ятся", "ан", "ана", "ано", "аны", "ен",
    "ена", "ено", "ены", "ён", "ыт", "ыта", "ыто", "ыты", "лі", "ўся", "лася", "лося", "лися",
    "ў", "ив", "ав", "вся", "єть", "ється", "иться", "ить", "уть", "ють", "ать", "ять", "уць",
    "юць", "ецца", "іцца", "уцца", "юцца",
];

/// Whether `before` is no more than the time that opens a sentence or a clause.
pub(super) fn is_time_only(before: &str) -> bool {
    if before.len() > BYTES {
        // A clause of a longer sentence may still begin with its time.
        let from = before.ceil_char_boundary(before.len() - BYTES);
        return before.get(from..).is_some_and(clause_is_time_only);
    }
    steps::count(before.len());
    let words = || words_of(before);
    let all_of_dates = words().next().is_some() && words().all(is_of_a_date);
    all_of_dates || opens_with_a_preposition(before) || clause_is_time_only(before)
}

fn words_of(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(|c| !is_alphanumeric(c))
        .filter(|word| !word.is_empty())
}

fn is_of_a_date(word: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X');
    word.chars().all(is_number) || is_date_word(&lower(word))
}

/// "По итогам 2018 г. Кения …", "Кроме того, на выставке в 2013 г. Кения …".
fn opens_with_a_preposition(before: &str) -> bool {
    let mut words = words_of(before)
        .map(|word| lower(word))
        .skip_while(|word| CONNECTIVES.has(word));
    let opens = words
        .next()
        .is_some_and(|word| PREPOSITIONS.has(&word) || is_of_a_date(&word));
    let may_be_verb = |word: &str| {
        word.chars().count() > 3
            && !is_date_word(word)
            && VERB_ENDINGS.iter().any(|ending| word.ends_with(ending))
    };
    opens
        && !before.contains(['—', '–', ':', ';', '«', '"', '“'])
        && words_of(before).count() <= WORDS
        && words.all(|word| !may_be_verb(&word))
}

/// "…, что в 2019 г. Кения": all from the last conjunction on is the time.
fn clause_is_time_only(before: &str) -> bool {
    let Some((_, clause)) = before.rsplit_once(',') else {
        return false;
    };
    steps::count(clause.len());
    let mut words = words_of(clause);
    let begins = words
        .next()
        .is_some_and(|word| BEGIN_A_CLAUSE.has(&lower(word)));
    begins && words.clone().count() > 0 && words.all(is_of_a_date)
}
