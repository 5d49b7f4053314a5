//! What is known of an article besides its text, each datum with where it comes from.

use super::claim::named_enum;
use super::date::When;
use super::span::Span;

named_enum! {
    /// How an article's publication date is known.
    PublicationStatus {
        /// The text prints it.
        Stated = "stated", "Stated";
        /// The text prints none.
        Missing = "missing", "Missing";
        /// The text prints one that what it tells of contradicts.
        Conflict = "conflict", "Conflict";
        /// A digest that covers a period.
        Period = "period", "Period";
    }
}

/// When an article was published, as far as its text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The printed value; `None` where none is.
    pub when: Option<When>,
    /// How it is known.
    pub status: PublicationStatus,
    /// Where it is printed.
    pub span: Option<Span>,
    /// Why it has this status, in words for the analyst: what the text says and what contradicts
    /// it.
    pub reason: String,
    /// When the content points to, where that differs from the printed date.
    pub content_when: Option<When>,
}

impl Publication {
    /// No date is printed.
    #[must_use]
    pub fn missing(reason: &str) -> Self {
        Self {
            when: None,
            status: PublicationStatus::Missing,
            span: None,
            reason: reason.to_owned(),
            content_when: None,
        }
    }
}

named_enum! {
    /// Why a range is not the article.
    FurnitureReason {
        /// The author's line. Read into the metadata.
        Byline = "byline", "byline";
        /// The line with the publication date. Read into the metadata.
        DateLine = "date_line", "date line";
        /// Rubric, section or category line.
        Rubric = "rubric", "rubric";
        /// The headline printed once more.
        RepeatedTitle = "repeated_title", "headline printed again";
        /// Other articles: "Similar articles", "Read also", a teaser glued on.
        RelatedItems = "related_items", "similar articles";
        /// Newsletter and subscription prompts.
        Newsletter = "newsletter", "newsletter prompt";
        /// Photo credits and captions.
        PhotoCredit = "photo_credit", "photo credit";
        /// Menus, languages, share buttons.
        Navigation = "navigation", "navigation";
        /// Tags and keywords.
        Tags = "tags", "tags";
        /// Leftovers of markup.
        Markup = "markup", "markup residue";
        /// Front matter: fields before the text.
        FrontMatter = "front_matter", "front matter";
        /// Agency sign-off, contact, copyright.
        SignOff = "sign_off", "sign-off";
        /// Other articles of the source print it, too.
        Repeated = "repeated", "printed on many pages of this source";
        /// The analyst marked it.
        Marked = "marked", "marked by the analyst";
    }
}

/// A range that is not the article: masked with a reason, never deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Furniture {
    /// The range.
    pub span: Span,
    /// Why.
    pub reason: FurnitureReason,
}

named_enum! {
    /// The language of an article, as far as the extraction knows languages.
    Language {
        /// English.
        English = "en", "English";
        /// Russian.
        Russian = "ru", "Russian";
        /// Belarusian.
        Belarusian = "be", "Belarusian";
        /// Ukrainian.
        Ukrainian = "uk", "Ukrainian";
        /// Any other, or too little text to tell.
        Other = "und", "Other";
    }
}
