//! What the text before a sentence says of who is meant in it.

use super::topic::Topic;
use crate::model::ids::ActorId;

/// What the text before a sentence says of who is meant.
#[derive(Debug, Default, Clone)]
pub(super) struct Memory {
    /// Countries named so far in the paragraph, in order, each once.
    pub(super) paragraph: Vec<ActorId>,
    /// Countries of the sentence before.
    pub(super) sentence: Vec<ActorId>,
    /// The partners of the last claim.
    pub(super) partners: Vec<ActorId>,
    /// Whether the paragraph names the focus anywhere.
    pub(super) names_focus: bool,
    /// What the article is about.
    pub(super) topic: Topic,
    /// Whom the text has told to be at war with the focus.
    pub(super) enemies: Vec<ActorId>,
    /// How many sentences ago that was.
    pub(super) age: usize,
}

impl Memory {
    /// Keeps whom a claim tied to the focus: the countries, or a bloc alone.
    pub(super) fn tied(&mut self, mut partners: Vec<ActorId>) {
        if partners.len() > 1 || self.partners.iter().any(ActorId::is_country) {
            partners.retain(ActorId::is_country);
        }
        self.partners = partners;
    }

    /// Whether an act of nobody that is named may be of the two that the article is about: not right
    /// after one with another partner.
    pub(super) fn may_be_with_topic(&self) -> bool {
        let partner = self.topic.partner.as_ref();
        match self.partners.as_slice() {
            [last] => partner == Some(last),
            _ => partner.is_some(),
        }
    }

    /// The one country besides the focus that the paragraph has named.
    pub(super) fn only_other(&self, focus: &ActorId) -> Option<&ActorId> {
        let mut others = self.paragraph.iter().filter(|c| *c != focus);
        others.next().filter(|_| others.next().is_none())
    }
}
