//! Who did what, and when; and who is working now.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::words::signed;
use super::workbench::Workbench;
use crate::analysis::standing::FindingKey;
use crate::model::annotation::Analyst;
use crate::model::edit::Edit;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::session::Verdict;

impl Workbench {
    /// Who decided on a finding and when, in words: "Accepted by Ann, 22 Apr 2016 14:05". `None` for
    /// what nobody has decided on.
    #[must_use]
    pub fn decided_by(&self, article: ArticleId, key: FindingKey) -> Option<String> {
        let work = self.work(article)?;
        let (verb, by, at) = match key {
            FindingKey::Suggested(id) => {
                let decision = work.decisions.get(&id)?;
                let verb = match decision.verdict {
                    Verdict::Accepted => "Accepted",
                    Verdict::Rejected => "Rejected",
                    Verdict::Edited(_) => "Edited",
                };
                (verb, &decision.by, decision.at)
            }
            FindingKey::Made(id) => {
                let made = work.made.get(&id)?;
                ("Made by hand", &made.by, made.at)
            }
        };
        Some(format!("{verb} by {}", signed(by, at)))
    }

    /// Who put there what an edit puts, and when.
    pub(super) fn signed_of(edit: &Edit) -> Option<String> {
        let (by, at) = match edit {
            Edit::Decision(.., Some(decision)) => (&decision.by, decision.at),
            Edit::Made(.., Some(made)) => (&made.by, made.at),
            Edit::Annotation(.., Some(annotation)) => (&annotation.by, annotation.at),
            Edit::Note(_, Some(note)) | Edit::Memo(_, Some(note)) => (&note.by, note.at),
            Edit::Publication(_, Some(ruling)) => (&ruling.by, ruling.at),
            Edit::Link(_, Some(link)) => (&link.by, link.at),
            _ => return None,
        };
        Some(signed(by, at))
    }

    /// All who did something in this session, and who is working in it, by name.
    pub(super) fn analysts(&self) -> Vec<Analyst> {
        let session = &self.session;
        let mut all: BTreeSet<&Analyst> =
            BTreeSet::from([&session.analyst, &self.settings.analyst]);
        for work in session.work.values() {
            all.extend(work.decisions.values().map(|decision| &decision.by));
            all.extend(work.made.values().map(|made| &made.by));
            all.extend(work.annotations.values().map(|annotation| &annotation.by));
            all.extend(work.note.iter().map(|note| &note.by));
            all.extend(work.publication.iter().map(|ruling| &ruling.by));
        }
        all.extend(session.memos.values().map(|memo| &memo.by));
        all.extend(session.links.values().map(|link| &link.by));
        let named = all.into_iter().filter(|name| !name.trim().is_empty());
        named.cloned().collect()
    }

    /// Whom the session follows without anything to show for it: nothing in all articles ties the
    /// focus to anybody, and nobody has said that it is meant. `None` as long as that is not so.
    /// With it, whom the open article names most.
    #[must_use]
    pub fn asks_whom_to_follow(&self) -> Option<Option<&ActorId>> {
        let is_read = self.unread <= self.lost.len()
            && !self.background.is_reading()
            && !self.is_stale
            && self.article.is_some();
        let ties_nobody = self.view.colors.is_empty() && self.session.work.is_empty();
        let is_kept = self.kept_focus.as_ref() == Some(&self.session.focus);
        let asks = is_read && ties_nobody && !is_kept && self.refusal().is_none();
        asks.then(|| {
            let article = self.article.as_ref()?;
            let named = article.extraction.countries.iter();
            let others = named.filter(|country| country.code != self.session.focus);
            others
                .max_by_key(|country| country.mentions)
                .map(|country| &country.code)
        })
    }

    /// Whom the session may well follow: the focus' partners in the articles of the list, those in
    /// most articles first, then whom the open article names, the most often first; each once.
    #[must_use]
    pub fn likely_focuses(&self) -> Vec<ActorId> {
        let partners = self.facets.partners.iter().map(|(actor, _)| actor);
        let article = self.article.as_ref();
        let mut named: Vec<_> = article
            .into_iter()
            .flat_map(|article| &article.extraction.countries)
            .collect();
        named.sort_by_key(|country| Reverse(country.mentions));
        let mut found = Vec::new();
        for actor in partners.chain(named.into_iter().map(|country| &country.code)) {
            if *actor != self.session.focus && !found.contains(actor) {
                found.push(actor.clone());
            }
        }
        found
    }

    /// Whether to ask who is working: the session was left by somebody else than this user, and can
    /// be changed.
    #[must_use]
    pub fn asks_who(&self) -> bool {
        let session = &self.session.analyst;
        self.left_by.as_ref() == Some(session)
            && *session != self.settings.analyst
            && self.refusal().is_none()
    }
}
