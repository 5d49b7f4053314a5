//! What is being typed: dialogs and editors, before anything of it becomes an edit.

use std::path::PathBuf;

use super::coding::CodeDialog;
use super::keeping::KeepOverlay;
use crate::analysis::standing::FindingKey;
use crate::model::actor::{ActorKind, MentionClass};
use crate::model::article::{Furniture, FurnitureReason};
use crate::model::claim::{Claim, ClaimKind, ClaimTime, Modality, Polarity, Role, RoleActor};
use crate::model::date::When;
use crate::model::finding::{Finding, Mention, TimeBasis, TimeExpression};
use crate::model::ids::{ActorId, ItemId};
use crate::model::session::Thing;
use crate::model::span::Span;

/// A code that a highlight gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeChoice {
    /// One of the codebook.
    Existing(ItemId),
    /// A new one of this name, made on the spot.
    New(String),
}

/// Whom a surface names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActorChoice {
    /// An actor that there is.
    Existing(ActorId),
    /// A new actor.
    New {
        /// Its name.
        name: String,
        /// What sort of actor it is.
        kind: ActorKind,
        /// The country that it belongs to.
        country: Option<ActorId>,
    },
    /// Nobody: a look-alike.
    Nobody,
    /// Whatever the gazetteer says.
    Gazetteer,
}

/// What a typed path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPurpose {
    /// A session to open.
    OpenSession,
    /// A folder or file to open as a new session.
    OpenFolder,
    /// The folder that holds this session's articles now.
    Relocate,
    /// The file to save the session to.
    SaveAs,
    /// A session to merge into this one.
    MergeWith,
    /// A session whose analyst is compared with this one's.
    CompareWith,
    /// A table of codes to take into the codebook.
    ImportCodes,
    /// The table to write the codebook to.
    ExportCodes,
    /// The folder whose articles a new library is made of.
    LibraryArticles,
    /// The folder of a new library.
    LibraryFolder,
}

/// What waits until unsaved work is saved or given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// Close the window.
    Quit,
    /// Open a session file.
    OpenSession(PathBuf),
    /// Open files and folders.
    OpenPaths(Vec<PathBuf>),
    /// Open the sample.
    OpenSample,
    /// Open a backup (first) of a session (second).
    OpenBackup(PathBuf, PathBuf),
    /// Open a session without a file that a crash left.
    Recover,
    /// Show what was opened, which has come after the analyst had gone on working.
    Arrived,
}

/// A library that is to be made, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryWish {
    /// The folder or file that holds the articles.
    pub from: String,
    /// The folder of the library.
    pub dir: String,
    /// Which columns of CSV files hold what, as [`CsvColumns`] reads it.
    ///
    /// [`CsvColumns`]: crate::job::library::CsvColumns
    pub columns: String,
}

/// A dialog over the window, with what is typed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// Ways to begin.
    Welcome,
    /// All commands by name.
    Palette {
        /// What is typed.
        query: String,
        /// The place of the current match.
        chosen: usize,
    },
    /// All shortcuts.
    Shortcuts,
    /// Version and licences.
    About,
    /// A path typed by hand, because no file dialog answers or one is not wanted.
    Path {
        /// What it is for.
        purpose: PathPurpose,
        /// What is typed.
        text: String,
        /// Why what was typed before could not be used.
        problem: Option<String>,
    },
    /// Unsaved work would be dropped.
    Unsaved(Pending),
    /// A file of this name is there already, where this is to be written.
    Overwrite(PathPurpose, PathBuf),
    /// What a crash left, a broken file, backups.
    Keep(KeepOverlay),
    /// A highlight being made or changed.
    Annotate {
        /// The highlight that is changed; `None` for a new one.
        id: Option<ItemId>,
        /// The passage.
        span: Span,
        /// Its text.
        quote: String,
        /// The codes given so far.
        codes: Vec<ItemId>,
        /// What is typed in the field for codes.
        typed: String,
        /// The note.
        note: String,
    },
    /// A question about a code.
    Code(CodeDialog),
    /// Whom a surface names.
    NameActor {
        /// The surface.
        surface: String,
        /// What is typed to find an actor.
        query: String,
        /// What sort a new actor would be.
        kind: ActorKind,
        /// The code of a new actor's country, as typed.
        country: String,
    },
    /// Counts one actor as another.
    MergeActor {
        /// The actor that is counted as another.
        actor: ActorId,
        /// What is typed to find the other.
        query: String,
    },
    /// The actor to follow.
    Focus {
        /// What is typed to find it.
        query: String,
    },
    /// Who is working.
    Analyst {
        /// The name, as typed.
        name: String,
        /// All who did something in this session.
        known: Vec<String>,
    },
    /// The name of the search that is to be kept.
    KeepSearch {
        /// What is typed.
        name: String,
    },
    /// A library that is to be made.
    NewLibrary {
        /// What is typed.
        wish: LibraryWish,
        /// Why what was typed before could not be used.
        problem: Option<String>,
    },
    /// What a thing is linked with.
    Link {
        /// The thing.
        from: Thing,
        /// What is typed to find the other one.
        query: String,
    },
    /// Files that could not be read.
    Unreadable,
}

/// An actor of a claim being edited: typed, then looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorDraft {
    /// Who.
    pub actor: ActorId,
    /// In what part.
    pub role: Role,
}

/// A claim being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimDraft {
    /// What kind of act.
    pub kind: ClaimKind,
    /// How firmly.
    pub modality: Modality,
    /// For or against.
    pub polarity: Polarity,
    /// Who.
    pub actors: Vec<ActorDraft>,
    /// What is typed to find another actor.
    pub actor_query: String,
    /// Items, separated by semicolons.
    pub items: String,
    /// EDTF, or nothing.
    pub when: String,
    /// Where the text says when.
    pub when_span: Option<Span>,
    /// The passages.
    pub evidence: Vec<Span>,
}

/// A finding being edited, or being made (`key` is `None`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingDraft {
    /// What it replaces.
    pub key: Option<FindingKey>,
    /// What is typed.
    pub content: DraftContent,
}

/// The fields of a finding being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftContent {
    /// A mention.
    Mention {
        /// Where.
        span: Span,
        /// Whom.
        actor: ActorId,
        /// How.
        class: MentionClass,
        /// What is typed to find another actor.
        query: String,
    },
    /// A time expression; EDTF, or nothing where it can't be resolved.
    Time {
        /// Where.
        span: Span,
        /// The value as typed.
        when: String,
    },
    /// A mask.
    Furniture {
        /// Where.
        span: Span,
        /// Why.
        reason: FurnitureReason,
    },
    /// A claim.
    Claim(ClaimDraft),
}

impl FindingDraft {
    /// The draft of a finding that there is.
    #[must_use]
    pub fn of(key: FindingKey, finding: &Finding) -> Self {
        let content = match finding {
            Finding::Mention(mention) => DraftContent::Mention {
                span: mention.span,
                actor: mention.actor.clone(),
                class: mention.class,
                query: String::new(),
            },
            Finding::Time(time) => DraftContent::Time {
                span: time.span,
                when: spelled(time.when.as_ref()),
            },
            Finding::Furniture(furniture) => DraftContent::Furniture {
                span: furniture.span,
                reason: furniture.reason,
            },
            Finding::Claim(claim) => DraftContent::Claim(ClaimDraft {
                kind: claim.kind,
                modality: claim.modality,
                polarity: claim.polarity,
                actors: claim
                    .actors
                    .iter()
                    .map(|a| ActorDraft {
                        actor: a.actor.clone(),
                        role: a.role,
                    })
                    .collect(),
                actor_query: String::new(),
                items: claim.items.join("; "),
                when: spelled(claim.time.when.as_ref()),
                when_span: claim.time.span,
                evidence: claim.evidence.clone(),
            }),
        };
        Self {
            key: Some(key),
            content,
        }
    }

    /// A claim to be made from a passage, between the focus and the actors named there.
    #[must_use]
    pub fn new_claim(
        evidence: Span,
        focus: &ActorId,
        named: &[ActorId],
        when: Option<(&When, Span)>,
    ) -> Self {
        let party = |actor: &ActorId| ActorDraft {
            actor: actor.clone(),
            role: Role::Party,
        };
        let mut actors = vec![party(focus)];
        for actor in named {
            if actors.iter().all(|a| a.actor != *actor) {
                actors.push(party(actor));
            }
        }
        let content = DraftContent::Claim(ClaimDraft {
            kind: ClaimKind::Agreement,
            modality: Modality::Done,
            polarity: Polarity::Cooperative,
            actors,
            actor_query: String::new(),
            items: String::new(),
            when: spelled(when.map(|(when, _)| when)),
            when_span: when.map(|(_, span)| span),
            evidence: vec![evidence],
        });
        Self { key: None, content }
    }

    /// Whether its date can be read, where it has one.
    #[must_use]
    pub fn is_date_good(&self) -> bool {
        match &self.content {
            DraftContent::Time { when, .. } => parsed(when).is_ok(),
            DraftContent::Claim(claim) => parsed(&claim.when).is_ok(),
            DraftContent::Mention { .. } | DraftContent::Furniture { .. } => true,
        }
    }

    /// The finding that the draft describes.
    ///
    /// # Errors
    /// What is still missing or wrong, in words for the analyst.
    pub fn finding(&self) -> Result<Finding, String> {
        Ok(match &self.content {
            DraftContent::Mention {
                span, actor, class, ..
            } => Finding::Mention(Mention {
                span: *span,
                actor: actor.clone(),
                class: *class,
            }),
            DraftContent::Time { span, when } => {
                let when = parsed(when)?;
                let basis = if when.is_some() {
                    TimeBasis::Explicit
                } else {
                    TimeBasis::Unresolvable
                };
                Finding::Time(TimeExpression {
                    span: *span,
                    when,
                    basis,
                })
            }
            DraftContent::Furniture { span, reason } => Finding::Furniture(Furniture {
                span: *span,
                reason: *reason,
            }),
            DraftContent::Claim(draft) => Finding::Claim(draft.claim()?),
        })
    }
}

impl ClaimDraft {
    fn claim(&self) -> Result<Claim, String> {
        if self.actors.len() < 2 {
            return Err(
                "A claim needs at least two actors. Find one by its name and add it.".to_owned(),
            );
        }
        if self.evidence.is_empty() {
            return Err(
                "A claim needs evidence. Select a passage in the reader and add it.".to_owned(),
            );
        }
        let when = parsed(&self.when)?;
        Ok(Claim {
            kind: self.kind,
            modality: self.modality,
            polarity: self.polarity,
            actors: self
                .actors
                .iter()
                .map(|a| RoleActor {
                    actor: a.actor.clone(),
                    role: a.role,
                })
                .collect(),
            items: self
                .items
                .split(';')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect(),
            time: ClaimTime {
                span: self.when_span.filter(|_| when.is_some()),
                when,
            },
            evidence: self.evidence.clone(),
        })
    }
}

fn spelled(when: Option<&When>) -> String {
    when.map(When::to_string).unwrap_or_default()
}

/// Reads a typed date; nothing typed is no date.
///
/// # Errors
/// Why the text is no EDTF value.
pub fn parsed(text: &str) -> Result<Option<When>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|error: crate::model::date::BadWhen| error.to_string())
}
