//! What the window asks for. Panes answer with actions; `dispatch` carries them out.

use std::path::PathBuf;

use super::carrying::Orphan;
use super::coding::CodeWish;
use super::command::Command;
use super::draft::{ActorChoice, CodeChoice, FindingDraft, LibraryWish, Overlay, PathPurpose};
use super::highlights::HighlightWish;
use super::keeping::Keep;
use super::memos::MemoWish;
use super::search::LineOrder;
use super::workbench::Marked;
use crate::analysis::standing::FindingKey;
use crate::model::codebook::Code;
use crate::model::date::When;
use crate::model::finding::{Finding, FindingKind, Rule};
use crate::model::ids::{ActorId, ArticleId, ItemId};
use crate::model::span::Span;
use crate::model::view::{ChartView, Column, Layout, Pane, Theme};

/// What a decision says, before it is stamped with name and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It is right.
    Accept,
    /// It is wrong.
    Reject,
    /// Undecided again.
    Withdraw,
}

/// One wish of the analyst, with all that it needs.
#[derive(Debug, Clone)]
pub enum Action {
    /// A command of the registry.
    Command(Command),
    /// Keep a search under a name; `None`: forget it.
    KeepSearch(String, Option<String>),
    /// Search for what is being typed.
    TypeSearch(String),
    /// Look for snippets of the search in these rows.
    FindSnippets(Vec<u32>),
    /// Read the lines of the concordance, in this order.
    ReadLines(LineOrder),
    /// Write a chosen folder into the dialog of a new library.
    LibraryPath(PathPurpose, PathBuf),
    /// Make a library.
    MakeLibrary(LibraryWish),
    /// Look for articles like the open one.
    FindSimilar,
    /// Give a code to lines of the concordance, by their places, as one step.
    CodeLines(Vec<usize>, CodeChoice),
    /// Show an article in the reader.
    OpenArticle(ArticleId),
    /// Show a passage of an article in the reader, and the finding that it belongs to.
    ShowPassage(ArticleId, Span, Option<FindingKey>),
    /// Select a passage of the open article.
    SelectText(Option<Span>),
    /// Take a highlight of the open article in hand; scroll to it when the flag is set.
    SelectHighlight(ItemId, bool),
    /// What of the open article the reader shows now.
    InView(Span),
    /// Make a finding of the open article the current one; scroll to it when the flag is set.
    SelectFinding(FindingKey, bool),
    /// List one sort of finding only, or all.
    ShowKind(Option<FindingKind>),
    /// Decide on findings of the open article, as one step.
    Decide(Vec<FindingKey>, Ruling),
    /// Begin to edit a finding or to make one.
    BeginDraft(FindingDraft),
    /// The draft as it stands now.
    SetDraft(FindingDraft),
    /// Leave the draft.
    CancelDraft,
    /// Keep a finding: in the place of `FindingKey`, or as a new one.
    SaveFinding(Option<FindingKey>, Finding),
    /// Keep a highlight: in the place of an older one, or as a new one.
    Annotate {
        /// The older one.
        id: Option<ItemId>,
        /// The passage.
        span: Span,
        /// Its codes.
        codes: Vec<CodeChoice>,
        /// Its note.
        note: String,
    },
    /// Delete a highlight.
    DeleteAnnotation(ItemId),
    /// Write the note on an article.
    SetNote {
        /// The article.
        article: ArticleId,
        /// The whole note.
        text: String,
        /// It goes on with the typing that the last step began, and belongs to that step.
        goes_on: bool,
    },
    /// Rule on the publication date of the open article; `None` takes the ruling back.
    SetPublication(Option<Option<When>>),
    /// Change a code.
    SetCode(ItemId, Code),
    /// Take a table of codes into the codebook.
    ImportCodes(PathBuf),
    /// Write the codebook as a table; over a file that is there, if the flag is set.
    ExportCodes(PathBuf, bool),
    /// Do something with the list of highlights.
    Highlights(HighlightWish),
    /// Do something to the codebook, or with a code.
    Code(CodeWish),
    /// Do something with memos and links.
    Memo(MemoWish),
    /// Take an orphan in hand: open the new text and look for places.
    ChooseOrphan(Orphan),
    /// Put an orphan at a passage of the open article.
    PlaceOrphan(Orphan, Span),
    /// Let orphans go.
    DropOrphans(Vec<Orphan>),
    /// Say whom a surface names.
    SetAlias(String, ActorChoice),
    /// Use a rule, or switch it off.
    UseRule(Rule, bool),
    /// Go to the next undecided suggestion of a rule.
    NextByRule(Rule),
    /// Count one actor as another, or as itself again.
    Merge(ActorId, Option<ActorId>),
    /// Follow another actor.
    SetFocus(ActorId),
    /// Follow the focus although nothing is told of it.
    KeepFocus,
    /// Say who is working.
    SetAnalyst(String),
    /// Go on under the name that the session has.
    KeepAnalyst,
    /// List the duplicates of an article below it, or fold them again.
    ShowDuplicates(ArticleId, bool),
    /// Say that an article is no duplicate, or take that back.
    KeepApart(ArticleId, bool),
    /// What is typed in the filter of the article list.
    SetFilter(String),
    /// Sort the article list by a column; the same column again turns the order round.
    SortBy(Column),
    /// What the chart shows.
    SetChart(ChartView),
    /// Show the sentences behind a mark.
    SelectMark(Option<Marked>),
    /// How the panes share the window.
    SetLayout(Layout),
    /// Bring a pane to the front.
    ShowPane(Pane),
    /// Light or dark.
    SetTheme(Theme),
    /// Open a dialog, or change what is typed in the one that is open.
    SetOverlay(Overlay),
    /// Close the dialog.
    CloseOverlay,
    /// Open a session file.
    OpenSessionFile(PathBuf),
    /// Open files and folders as a new session.
    OpenPaths(Vec<PathBuf>),
    /// This session's articles are in this folder now.
    Relocate(PathBuf),
    /// Write the session to this file; asks first where one is there already.
    SaveTo(PathBuf),
    /// Write the session to this file, whatever it holds now.
    Overwrite(PathBuf),
    /// Recover, look at a backup, take a session over.
    Keep(Keep),
    /// Ask the desktop's file dialog.
    Browse(PathPurpose),
    /// Read lines of the evidence that have come into view.
    ReadEvidence(Vec<usize>),
    /// Save first, then go on with what waits for it.
    SaveThenProceed,
    /// Go on with what waits, and lose what is not saved.
    DiscardThenProceed,
    /// Take a notice off the screen.
    DismissNotice(usize),
    /// Stop the job that runs.
    CancelJob,
    /// Let the job that runs wait, or go on.
    PauseJob(bool),
}

impl From<Command> for Action {
    fn from(command: Command) -> Self {
        Self::Command(command)
    }
}
