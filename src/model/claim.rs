//! What one passage says: who did what with whom, when, and how firmly it is said.

use super::date::When;
use super::ids::ActorId;
use super::span::Span;

/// Makes an enum whose variants have a name on screen and a `snake_case` key in files and JSON,
/// so that a variant can't be added without both.
macro_rules! named_enum {
    (
        $(#[$meta:meta])*
        $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $key:literal, $label:literal; )+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$vmeta])* $variant, )+ }

        impl $name {
            /// All variants, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The key in files and JSON, in `snake_case`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $( Self::$variant => $key, )+ }
            }

            /// The name on screen.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $( Self::$variant => $label, )+ }
            }

            /// The variant with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.key() == key)
            }
        }
    };
}
pub(crate) use named_enum;

named_enum! {
    /// What kind of act a claim tells of.
    ClaimKind {
        /// A treaty, memorandum, plan or protocol concluded.
        Agreement = "agreement", "Agreement";
        /// Talks, a session of a joint body, a conference.
        Meeting = "meeting", "Meeting";
        /// A delegation or person goes to the other's country or site.
        Visit = "visit", "Visit";
        /// Goods handed over, or their transfer.
        Delivery = "delivery", "Delivery";
        /// A contract, order or acquisition.
        Purchase = "purchase", "Purchase";
        /// Making something together, a joint venture.
        JointProduction = "joint_production", "Joint production";
        /// Know-how, licences, help in development.
        TechnologyTransfer = "technology_transfer", "Technology transfer";
        /// A joint exercise, drill or training.
        Exercise = "exercise", "Exercise";
        /// A trial or launch.
        Test = "test", "Test";
        /// Loans, credits, grants.
        Financing = "financing", "Financing";
        /// Words or deeds of support, praise, interest.
        Support = "support", "Support";
        /// A refusal, rejection, cancellation or obstruction.
        Refusal = "refusal", "Refusal";
    }
}

impl ClaimKind {
    /// The PLOVER root category that the kind is exported as (Open Event Data Alliance, PLOVER
    /// codebook).
    #[must_use]
    pub const fn plover(self) -> &'static str {
        match self {
            Self::Agreement => "AGREE",
            Self::Meeting | Self::Visit => "CONSULT",
            Self::Delivery | Self::Financing => "AID",
            Self::Purchase
            | Self::JointProduction
            | Self::TechnologyTransfer
            | Self::Exercise
            | Self::Test => "COOPERATE",
            Self::Support => "SUPPORT",
            Self::Refusal => "REJECT",
        }
    }
}

named_enum! {
    /// How firmly the passage says that it happened.
    Modality {
        /// It happened.
        Done = "done", "Done";
        /// It is going on.
        Ongoing = "ongoing", "Ongoing";
        /// It is announced or agreed for later.
        Planned = "planned", "Planned";
        /// It is thought about, possible, wished for.
        Considered = "considered", "Considered";
        /// It did not happen.
        Negated = "negated", "Negated";
        /// Somebody says that it happened or will.
        Reported = "reported", "Reported";
    }
}

named_enum! {
    /// Whether the claim is for or against cooperation with the focus.
    Polarity {
        /// Cooperation.
        Cooperative = "cooperative", "Cooperative";
        /// Refusal, obstruction, failure.
        Adverse = "adverse", "Adverse";
    }
}

named_enum! {
    /// The part that an actor has in a claim.
    Role {
        /// One of several with the same part.
        Party = "party", "Party";
        /// Who does it.
        Source = "source", "Source";
        /// Whom it is done to or for.
        Target = "target", "Target";
        /// Who receives the visitors or the meeting.
        Host = "host", "Host";
        /// Who comes.
        Visitor = "visitor", "Visitor";
        /// Who delivers or sells.
        Supplier = "supplier", "Supplier";
        /// Who receives or buys.
        Recipient = "recipient", "Recipient";
        /// Through whom it goes.
        Via = "via", "Via";
    }
}

/// An actor with its part in a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleActor {
    /// Who.
    pub actor: ActorId,
    /// In what part.
    pub role: Role,
}

/// When a claim's act happened, and where the text says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimTime {
    /// The value; `None` where the text does not let it be known.
    pub when: Option<When>,
    /// The time expression that it rests on, if one stands in the text.
    pub span: Option<Span>,
}

/// What one passage says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What kind of act.
    pub kind: ClaimKind,
    /// How firmly.
    pub modality: Modality,
    /// For or against cooperation.
    pub polarity: Polarity,
    /// Who takes part, the focus included, in the order of the text.
    pub actors: Vec<RoleActor>,
    /// Goods, systems, technologies that it is about, as the text names them.
    pub items: Vec<String>,
    /// When it happened.
    pub time: ClaimTime,
    /// The passages that say so; the first is the main one. Never empty.
    pub evidence: Vec<Span>,
}

impl Claim {
    /// The passage to show first.
    #[must_use]
    pub fn main_evidence(&self) -> Option<Span> {
        self.evidence.first().copied()
    }

    /// Whether it speaks against cooperation: adverse, a refusal, or something that did not happen.
    /// Such claims hang below the axis of a chart.
    #[must_use]
    pub const fn is_adverse(&self) -> bool {
        matches!(self.polarity, Polarity::Adverse)
            || matches!(self.kind, ClaimKind::Refusal)
            || matches!(self.modality, Modality::Negated)
    }

    /// Everybody in the claim but `focus`.
    pub fn partners_of<'a>(&'a self, focus: &'a ActorId) -> impl Iterator<Item = &'a ActorId> {
        self.actors
            .iter()
            .map(|a| &a.actor)
            .filter(move |actor| *actor != focus)
    }
}
