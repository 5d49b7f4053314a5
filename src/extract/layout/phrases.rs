//! The words that furniture is known by, in English, Russian, Belarusian and Ukrainian, in lower
//! case. Each list is of phrases that sites at large use; none is of one site.

mod credit;
mod metadata;
mod prompt;
mod related;
mod site;

pub(super) use credit::{
    ABOUT_AUTHOR, CREDIT, CREDIT_END, CREDIT_WITHIN, FIGURES, IN_THE_PICTURE, MEDIA, SIDES,
    SIGN_OFF, SIGN_OFF_OPENS,
};
pub(super) use metadata::{ABOUT, BYLINE, DATE_LINE_WORDS, PARTICLES, PUBLISHED};
pub(super) use prompt::{PROMPT, PROMPT_SHORT};
pub(super) use related::{RELATED, RELATED_LINE, RELATED_OPENS, RELATED_WHAT, RELATED_WHICH};
pub(super) use site::{COMMENTS, HOME, NAVIGATION, NEWSLETTER, SHARE, SITE, TAGS};
