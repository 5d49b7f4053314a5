//! Texts that tempt a rule to look at everything again and again. For tests and benches: reading
//! one that is twice as long may take twice as long.

/// A kind of hostile text.
#[derive(Debug, Clone, Copy)]
pub struct Hostile {
    /// What it is, in words.
    pub name: &'static str,
    /// The size at which it is worth measuring, in bytes.
    pub bytes: usize,
    before: &'static str,
    piece: &'static str,
    after: &'static str,
}

impl Hostile {
    /// Such a text of about so many bytes.
    #[must_use]
    pub fn text(&self, bytes: usize) -> String {
        let times = bytes / (self.before.len() + self.piece.len() + self.after.len());
        let mut text = self.before.repeat(times);
        text.push_str(&self.piece.repeat(times));
        text.push_str(&self.after.repeat(times));
        text
    }
}

const MB: usize = 1_000_000;

const fn of(name: &'static str, bytes: usize, piece: &'static str) -> Hostile {
    Hostile {
        name,
        bytes,
        before: "",
        piece,
        after: "",
    }
}

const fn nested(
    name: &'static str,
    before: &'static str,
    piece: &'static str,
    after: &'static str,
) -> Hostile {
    Hostile {
        name,
        bytes: 4 * MB,
        before,
        piece,
        after,
    }
}

/// All kinds.
pub const ALL: &[Hostile] = &[
    of("one line of words", 50 * MB, "word "),
    of(
        "one line of sentences",
        50 * MB,
        "Minsk said on 3 May that it had no comment. ",
    ),
    of("one word", 50 * MB, "a"),
    of("one word, Cyrillic", 50 * MB, "ж"),
    of("a million lines of one word", 5 * MB, "word\n"),
    of("lines of one word, Cyrillic", 5 * MB, "слово\n"),
    of("dates in a row", 4 * MB, "12 May 2016, last week, "),
    of(
        "dates in a row, Cyrillic",
        4 * MB,
        "5 мая 2016 года, на прошлой неделе, ",
    ),
    of("lines of dates", 4 * MB, "3 May 2017\n"),
    of("lines of dates in figures", 4 * MB, "04/05/2018\n"),
    of("labelled dates", 4 * MB, "Published: 3 May 2017, 10:30\n"),
    of("days without a year", 4 * MB, "on 3 May and 4 June "),
    of("names in a row", 4 * MB, "Belarus and Serbia, "),
    of("names in a row, Cyrillic", 4 * MB, "Беларусь и Сербия, "),
    of("capitals in a row", 4 * MB, "in Minsk, Moscow and "),
    of(
        "people in a row",
        4 * MB,
        "Zambian Defence Minister Davies Chama, ",
    ),
    of(
        "acts in one sentence",
        4 * MB,
        "Belarus signed a deal with China to deliver tanks and ",
    ),
    of(
        "acts in one sentence, Cyrillic",
        4 * MB,
        "Беларусь подписала соглашение с Китаем о поставке танков и ",
    ),
    of(
        "words of acts",
        4 * MB,
        "agreement signed to sell, visited, refused ",
    ),
    of(
        "dated acts in one paragraph",
        4 * MB,
        "On 3 May 2016 Belarus sold 5 tanks to China. ",
    ),
    of(
        "acts in paragraphs",
        4 * MB,
        "Belarus sold tanks to China in 2016.\n\n",
    ),
    of(
        "acts in paragraphs, Cyrillic",
        4 * MB,
        "Беларусь продала Китаю танки в 2016 году.\n\n",
    ),
    of(
        "headlines",
        4 * MB,
        "Belarus and China to sign a deal on 5 May 2016\n",
    ),
    of("items of a list", 4 * MB, "- Belarus sold tanks to China\n"),
    of(
        "items of a list in one line",
        4 * MB,
        "1. Minsk agreed. 2. Sofia did not. ",
    ),
    of("digits", 4 * MB, "7"),
    of("groups of digits", 4 * MB, "2016-05-03-"),
    of(
        "pointers to other articles",
        4 * MB,
        "READ MORE. Related Story. ",
    ),
    of(
        "firms and what they say",
        4 * MB,
        "It said so. About Minsk Works ",
    ),
    of("full stops", 4 * MB, ". "),
    of("full stops without a space", 4 * MB, "."),
    of("initials", 4 * MB, "A. B. "),
    of("abbreviations", 4 * MB, "U.S."),
    of("hyphens", 4 * MB, "Sino-Serbian-"),
    of("apostrophes", 4 * MB, "Minsk’s’"),
    of("spaces", 4 * MB, " "),
    of("empty lines", 4 * MB, "\n"),
    of("tags", 4 * MB, "<p>Minsk</p>"),
    of("tags that stay open", 4 * MB, "<a <"),
    of("characters by name", 4 * MB, "Minsk&rsquo;s&nbsp;"),
    of("lines that print a date each", 4 * MB, "5 May: Minsk: \n"),
    of("addresses", 4 * MB, "https://"),
    of("pictures", 4 * MB, "![](a)"),
    nested("pictures that stay open", "![", "a", "]("),
    of("joined letters", 4 * MB, "e\u{301}\u{200d}"),
    nested("nested brackets", "(", "Minsk. ", ")"),
    nested("nested quotes", "“‘", "he said. ", "’”"),
    nested("brackets that stay open", "", "(he said. [It ", ""),
    nested("quotes that stay open", "", "“he said. «It ", ""),
];
