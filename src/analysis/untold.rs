//! What a copy tells that the article it is folded under does not.
//!
//! A page that is brought up to date is all but a paragraph of the one before, and so folded under
//! it by its text ([`super::near`]): a claim of that paragraph would count nowhere. Here such an
//! article takes the place of the one that stood for it, where it tells all that the other does;
//! else it stands by itself.
//!
//! Time: linear in the claims of folded articles.

use rustc_hash::FxHashSet;

use super::near::{Folds, is_copy};
use super::table::Table;
use crate::model::claim::ClaimKind;
use crate::model::ids::ActorId;
use crate::model::sketch::Sketch;

/// What an article tells.
#[derive(Default)]
struct Told {
    passages: FxHashSet<u64>,
    /// What was done with whom, whatever the wording.
    acts: FxHashSet<(ClaimKind, ActorId)>,
}

impl Told {
    fn of(table: &Table, row: u32) -> Self {
        let mut told = Self::default();
        for claim in table.row(row).into_iter().flat_map(|row| row.claims()) {
            told.passages.extend(claim.passages.into_iter().flatten());
            let with = claim.partners.into_iter();
            told.acts.extend(with.map(|partner| (claim.kind, partner)));
        }
        told
    }

    /// Whether an article tells nothing beyond this: each of its claims rests on a sentence that
    /// is here, too, or is of an act of a kind that was done here with one of its partners.
    fn holds(&self, table: &Table, row: u32) -> bool {
        let mut claims = table.row(row).into_iter().flat_map(|row| row.claims());
        claims.all(|claim| {
            let mut passages = claim.passages.iter().flatten();
            let mut partners = claim.partners.iter();
            claim.partners.is_empty()
                || passages.any(|passage| self.passages.contains(passage))
                || partners.any(|partner| self.acts.contains(&(claim.kind, partner.clone())))
        })
    }
}

/// The folds of texts that are alike, but for articles that tell more than the one that they are
/// folded under.
pub(super) fn without_untold(alike: &Folds, table: &Table) -> Folds {
    let mut changed = false;
    let groups: Vec<(u32, Vec<u32>)> = alike
        .groups()
        .into_iter()
        .map(|(head, folded)| {
            let new = regrouped(table, head, folded);
            changed |= new.0 != head || new.1.len() != folded.len();
            new
        })
        .collect();
    if !changed {
        return alike.clone();
    }
    let groups = groups.iter().filter(|(_, folded)| !folded.is_empty());
    let groups = groups.map(|(head, folded)| (*head, folded.as_slice()));
    Folds::from_groups(alike.articles(), groups).unwrap_or_else(|| alike.clone())
}

/// Who stands for a group, and who is folded under it.
fn regrouped(table: &Table, head: u32, folded: &[u32]) -> (u32, Vec<u32>) {
    let told = Told::of(table, head);
    let (within, beyond): (Vec<u32>, Vec<u32>) =
        folded.iter().partition(|row| told.holds(table, **row));
    let Some(fullest) = beyond.iter().copied().max_by_key(|row| len(table, *row)) else {
        return (head, within);
    };
    let more = Told::of(table, fullest);
    let is_held = |row: &u32| is_copy_of(table, *row, fullest) && more.holds(table, *row);
    if !is_held(&head) {
        return (head, within);
    }
    let others = folded.iter().copied().filter(|row| *row != fullest);
    let others = std::iter::once(head).chain(others).filter(is_held);
    (fullest, others.collect())
}

fn sketch(table: &Table, row: u32) -> Option<&Sketch> {
    table.row(row)?.sketch()
}

fn len(table: &Table, row: u32) -> u32 {
    sketch(table, row).map_or(0, Sketch::len)
}

fn is_copy_of(table: &Table, one: u32, other: u32) -> bool {
    let both = sketch(table, one).zip(sketch(table, other));
    both.is_some_and(|(one, other)| is_copy(one, other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::across::Across;
    use crate::analysis::sample::{Article, claim};
    use crate::model::sketch::Sketch;
    use crate::model::span::Span;

    /// Articles with these claims (kind, partner), on texts that are all but alike: by row, what
    /// it is folded under.
    fn heads(articles: &[&[(ClaimKind, &str)]]) -> Vec<Option<u32>> {
        let words: Vec<String> = (0..300).map(|n| format!("word{n}")).collect();
        let rows = articles.iter().zip(0_usize..).map(|(claims, row)| {
            let mut article = Article::new(&"x".repeat(200 + row));
            for (at, (kind, partner)) in claims.iter().enumerate() {
                let at = at * 20;
                article = article.suggest(claim(at..at + 9, *kind, &["BY", partner], None));
            }
            let mut facts = article.facts();
            let text = words.get(..280 + 5 * row).unwrap().join(" ");
            facts.sketch = Box::new(Sketch::of(&text, [Span::new(0, text.len())]));
            facts
        });
        let table: Table = rows.collect::<Vec<_>>().iter().collect();
        let across = Across::new(&table, &|_| false);
        (0..)
            .take(articles.len())
            .map(|row| across.folds.head_of(row))
            .collect()
    }

    #[test]
    fn who_tells_more_stands_for_the_others_or_by_itself() {
        use ClaimKind::{Delivery, Meeting, Visit};
        let old = &[(Visit, "CN"), (Delivery, "EG")];
        assert_eq!(heads(&[old, old]), [None, Some(0)]);
        let new: &[_] = &[(Visit, "CN"), (Delivery, "EG"), (Delivery, "SD")];
        assert_eq!(heads(&[old, new]), [Some(1), None]);
        assert_eq!(heads(&[old, old, new]), [Some(2), Some(2), None]);
        let other: &[_] = &[(Visit, "CN"), (Meeting, "RS")];
        assert_eq!(heads(&[old, other]), [None, None]);
        assert_eq!(heads(&[old, old, other]), [None, Some(0), None]);
    }
}
