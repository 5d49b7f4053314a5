//! The beginnings of other articles, told by how lines stand together, whatever they say.

use super::line::Line;
use super::roles::{Role, Roles};
use crate::model::article::FurnitureReason as Reason;

const EXCERPT: Role = Role::Furniture(Reason::RelatedItems, "line/excerpt");

impl Roles {
    /// Several lines that are cut off in the middle.
    pub(super) fn cut_off(&mut self, lines: &[Line<'_>]) {
        /// One or two may trail off on purpose.
        const SEVERAL: usize = 3;
        let is_cut = |line: &Line<'_>| {
            (8..60).contains(&line.words)
                && (line.text.ends_with("...") || line.text.ends_with('…'))
        };
        let cut: Vec<usize> = (0..lines.len())
            .filter(|at| self.is_body(*at) && lines.get(*at).is_some_and(is_cut))
            .collect();
        if cut.len() >= SEVERAL {
            for at in cut {
                self.set(at, EXCERPT);
            }
        }
    }

    /// Headline and one sentence, again and again to the end: what else the site has.
    pub(super) fn pairs(&mut self, lines: &[Line<'_>], first_prose: usize) {
        /// So many pairs are no section of an article.
        const PAIRS: usize = 3;
        /// Longer prose is a paragraph.
        const WORDS: usize = 40;
        let body: Vec<usize> = (first_prose..lines.len())
            .filter(|at| self.is_body(*at))
            .collect();
        let mut from = body.len();
        let mut pairs = 0;
        while let Some([headline, text]) =
            from.checked_sub(2).and_then(|start| body.get(start..from))
            && let (Some(first), Some(second)) = (lines.get(*headline), lines.get(*text))
            && first.is_unended()
            && (4..=16).contains(&first.words)
            && second.is_prose()
            && second.words <= WORDS
        {
            pairs += 1;
            from -= 2;
        }
        if pairs >= PAIRS {
            for at in body.get(from..).unwrap_or_default() {
                self.set(*at, EXCERPT);
            }
        }
    }
}
