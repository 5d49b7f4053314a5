//! The registry of commands: menu, palette, shortcuts, tooltips, `docs/shortcuts.md` and their
//! tests all come from here.

use std::fmt::Write as _;

use egui::{Key, KeyboardShortcut, Modifiers};

/// A menu of the menu bar, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// Sessions and corpora.
    File,
    /// Undo, copy.
    Edit,
    /// Deciding on suggestions.
    Decide,
    /// Highlights, codes, notes.
    Annotate,
    /// Moving about.
    Go,
    /// How it looks.
    View,
    /// Help.
    Help,
}

impl Menu {
    /// All menus, in the order of the menu bar.
    pub const ALL: [Self; 7] = [
        Self::File,
        Self::Edit,
        Self::Decide,
        Self::Annotate,
        Self::Go,
        Self::View,
        Self::Help,
    ];

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Decide => "Decide",
            Self::Annotate => "Annotate",
            Self::Go => "Go",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// What the registry says of one command.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// The name: a verb, with `…` where more input follows.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// The menu that it stands in.
    pub menu: Menu,
    /// Its shortcut. Plain letters work while no text is being typed.
    pub shortcut: Option<KeyboardShortcut>,
    /// Where that works.
    pub scope: Scope,
}

/// Where a shortcut works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In the whole window.
    Window,
    /// While the reader has the keyboard, or nothing has it: these keys mean something else in lists
    /// and fields.
    Reader,
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

macro_rules! commands {
    ($( $variant:ident: $menu:ident, $name:literal, $help:literal $(, $mods:ident + $key:ident $(in $scope:ident)?)? ; )+) => {
        /// Everything that the analyst can do without further particulars.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $( #[doc = $help] $variant, )+
        }

        impl Command {
            /// All commands, in the order of menus and palette.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// What the registry says of it.
            #[must_use]
            pub const fn spec(self) -> Spec {
                match self {
                    $( Self::$variant => Spec {
                        name: $name,
                        help: $help,
                        menu: Menu::$menu,
                        shortcut: commands!(@key $($mods + $key)?),
                        scope: commands!(@scope $($($scope)?)?),
                    }, )+
                }
            }
        }
    };
    (@scope) => { Scope::Window };
    (@scope $scope:ident) => { Scope::$scope };
    (@key) => { None };
    (@key $mods:ident + $key:ident) => { Some(KeyboardShortcut::new($mods, Key::$key)) };
}

commands! {
    OpenSession: File, "Open session…", "Open a saved session.", CTRL + O;
    OpenFolder: File, "Open folder…", "Open a folder of text files as a new session.", CTRL_SHIFT + O;
    NewLibrary: File, "New library…", "Take many articles into a library once, to open and search them at once from then on.";
    UpdateLibrary: File, "Update the library", "Take new and changed files into the library that is open, and show what it holds now.";
    OpenSample: File, "Open the sample", "Open the five sample articles as a new session.";
    Relocate: File, "Find the articles…", "Say in which folder the articles of this session are now.";
    ReadRest: File, "Read the rest", "Go on reading the articles where reading was stopped.";
    Save: File, "Save", "Write the session to its file.", CTRL + S;
    SaveAs: File, "Save as…", "Write the session to a file of another name.", CTRL_SHIFT + S;
    MergeWith: File, "Merge with…", "Take what another analyst made of the same articles into this session, after a look at what differs.";
    Agreement: File, "Agreement with…", "Say how far another analyst agrees, by code and by field, and where not.";
    Backups: File, "Backups…", "Look at one of the last ten saved states of this session.";
    ImportCodes: File, "Import codes…", "Take a table of codes (CSV) into the codebook, as one step.";
    ExportCodes: File, "Export codes…", "Write the codebook as a table (CSV).";
    Analyst: File, "Analyst…", "Say who is working: decisions and annotations carry this name.";
    Quit: File, "Quit", "Close the window.", CTRL + Q;

    Undo: Edit, "Undo", "Take back the last change.", CTRL + Z;
    Redo: Edit, "Redo", "Do the change again that was taken back.", CTRL_SHIFT + Z;
    Copy: Edit, "Copy with citation", "Copy the selected passage with title, source, date and paragraph.", CTRL + C;

    Accept: Decide, "Accept", "Accept the current suggestion and go to the next.", NONE + Y;
    Reject: Decide, "Reject", "Reject the current suggestion and go to the next.", NONE + N;
    EditFinding: Decide, "Edit…", "Change what the current suggestion says.", NONE + E;
    RuleDate: Decide, "Rule on the date…", "Say when the open article was published, whatever it prints.", NONE + D;
    Withdraw: Decide, "Withdraw decision", "Leave the current suggestion undecided again.", NONE + W;
    Next: Decide, "Next suggestion", "Go to the next suggestion of this article.", NONE + J;
    Previous: Decide, "Previous suggestion", "Go to the suggestion before.", NONE + K;
    NextUndecided: Decide, "Next undecided", "Go to the next undecided suggestion, in this article or a later one.", NONE + U;
    AcceptRule: Decide, "Accept all by this rule", "Accept all undecided suggestions of this article that the same rule made.", SHIFT + Y;
    RejectRule: Decide, "Reject all by this rule", "Reject all undecided suggestions of this article that the same rule made.", SHIFT + N;
    SwitchOffRule: Decide, "Switch off this rule", "Let the rule of the current suggestion propose nothing more. Decisions stay.";
    AddClaim: Decide, "New claim…", "Make a claim from the selected passage.", NONE + C;
    MarkFurniture: Decide, "Mark as furniture", "Mask the selected passage: it is not the article.", NONE + M;
    NameActor: Decide, "Name an actor…", "Say whom the selected passage names, here and everywhere.", NONE + L;
    KeepApart: Decide, "Not a duplicate", "Keep the open article apart from what it seems to be a duplicate of, or fold it again.";
    SetFocus: Decide, "Focus…", "Choose the actor whose cooperation the session follows.";

    Annotate: Annotate, "Annotate…", "Give the selected passage, or the highlight in hand, a code and a note.", NONE + A;
    Memo: Annotate, "Memo…", "Write a memo on what is in hand: a claim, an actor, a highlight, or the open article.", NONE + I;
    SessionMemo: Annotate, "Memo on the session", "Write a memo on the session as a whole.";
    Link: Annotate, "Link…", "Link what is in hand with something else.", NONE + G;
    ArticleNote: Annotate, "Note on the article", "Write a note on the open article.", NONE + T;
    GiveCode1: Annotate, "Give last code", "Give the code used last to the selected passage, or take it off again.", NONE + Num1;
    GiveCode2: Annotate, "Give 2nd last code", "Give the code used before it.", NONE + Num2;
    GiveCode3: Annotate, "Give 3rd last code", "Give the third of the codes used last.", NONE + Num3;
    GiveCode4: Annotate, "Give 4th last code", "Give the fourth of them.", NONE + Num4;
    GiveCode5: Annotate, "Give 5th last code", "Give the fifth of them.", NONE + Num5;
    GiveCode6: Annotate, "Give 6th last code", "Give the sixth of them.", NONE + Num6;
    GiveCode7: Annotate, "Give 7th last code", "Give the seventh of them.", NONE + Num7;
    GiveCode8: Annotate, "Give 8th last code", "Give the eighth of them.", NONE + Num8;
    GiveCode9: Annotate, "Give 9th last code", "Give the ninth of them.", NONE + Num9;
    Codebook: Annotate, "Codebook", "Show the codes as a tree: make, define, move, merge and delete them.", NONE + B;
    NewCode: Annotate, "New code…", "Make a code beside the one in hand.", SHIFT + B;
    RenameCode: Annotate, "Rename code", "Put the cursor in the name of the code in hand.", NONE + F2;
    MoveCode: Annotate, "Move code…", "Put the code in hand, with all below it, below another code or at the top.";
    MergeCode: Annotate, "Merge code into…", "Make one code of the one in hand and another: highlights follow.";
    ListCode: Annotate, "Highlights of the code", "List the highlights of all articles that carry the code in hand, or one below it.";
    DeleteCode: Annotate, "Delete code", "Delete the code in hand and take it off all highlights. The codes below it move up.";
    SelectParagraph: Annotate, "Select next paragraph", "Select the paragraph after the selection, or the first one in view.", NONE + P;
    SelectParagraphBack: Annotate, "Select paragraph before", "Select the paragraph before the selection.", SHIFT + P;
    SelectSentence: Annotate, "Select next sentence", "Select the sentence after the selection, or the first one in view.", NONE + S;
    SelectSentenceBack: Annotate, "Select sentence before", "Select the sentence before the selection.", SHIFT + S;
    SelectWord: Annotate, "Select next word", "Select the word after the selection, or the first one in view.", NONE + ArrowRight in Reader;
    SelectWordBack: Annotate, "Select word before", "Select the word before the selection.", NONE + ArrowLeft in Reader;
    NextHighlight: Annotate, "Next highlight", "Take the next highlight of this article in hand, to change or nudge it.", NONE + H;
    PreviousHighlight: Annotate, "Highlight before", "Take the highlight before in hand.", SHIFT + H;
    OtherEnd: Annotate, "Other end", "Let the boundary keys move the other end of the selection, or of the highlight in hand.", NONE + O;
    NudgeSentence: Annotate, "Boundary on by a sentence", "Move an end of the selection, or of the highlight in hand, to the next sentence.", SHIFT + ArrowDown in Reader;
    NudgeSentenceBack: Annotate, "Boundary back by a sentence", "Move it to the sentence before.", SHIFT + ArrowUp in Reader;
    NudgeWord: Annotate, "Boundary on by a word", "Move an end of the selection, or of the highlight in hand, to the next word.", CTRL_SHIFT + ArrowRight in Reader;
    NudgeWordBack: Annotate, "Boundary back by a word", "Move it to the word before.", CTRL_SHIFT + ArrowLeft in Reader;
    NudgeCharacter: Annotate, "Boundary on by a character", "Move an end of the selection, or of the highlight in hand, by one character.", SHIFT + ArrowRight in Reader;
    NudgeCharacterBack: Annotate, "Boundary back by a character", "Move it back by one character.", SHIFT + ArrowLeft in Reader;
    SelectNothing: Annotate, "Select nothing", "Let go of the selection and of the highlight in hand.", NONE + Escape in Reader;
    DeleteHighlight: Annotate, "Delete highlight", "Delete the highlight in hand.", NONE + Delete in Reader;

    FindArticle: Go, "Find article", "Search the articles.", CTRL + F;
    NextHit: Go, "Next hit", "Go to the next hit of the search in the open article.", NONE + F3;
    PreviousHit: Go, "Hit before", "Go to the hit of the search before.", SHIFT + F3;
    KeepSearch: Go, "Keep this search…", "Give the search a name, to come back to it.", CTRL + D;
    ReadOn: Go, "Read on", "Scroll the article down by a screen.", NONE + Space in Reader;
    ReadBack: Go, "Read back", "Scroll the article up by a screen.", SHIFT + Space in Reader;
    LineDown: Go, "A little down", "Scroll the article down by three lines.", NONE + ArrowDown in Reader;
    LineUp: Go, "A little up", "Scroll the article up by three lines.", NONE + ArrowUp in Reader;
    ToTop: Go, "Top of the article", "Scroll to its beginning.", NONE + Home in Reader;
    ToEnd: Go, "End of the article", "Scroll to its end.", NONE + End in Reader;
    NextArticle: Go, "Next article", "Open the next article of the list.", ALT + ArrowDown;
    PreviousArticle: Go, "Previous article", "Open the article before.", ALT + ArrowUp;
    GoArticles: Go, "Articles", "Show the article list.", CTRL + Num1;
    GoFacets: Go, "Facets", "Show how what is found spreads over partners, kinds, years and sources.";
    GoReader: Go, "Reader", "Show the reader and give it the keyboard.", CTRL + Num2;
    GoSuggestions: Go, "Suggestions", "Show the suggestions of the open article.", CTRL + Num3;
    GoAnnotations: Go, "Annotations", "Show the highlights and notes of the open article.", CTRL + Num4;
    GoFacts: Go, "Article facts", "Show what is known of the open article.", CTRL + Num5;
    GoActors: Go, "Actors", "Show who is named and how.", CTRL + Num6;
    GoMemos: Go, "Memos", "Show memos and links.", CTRL + M;
    GoOrphans: Go, "Orphans", "Show the work whose passage is not where it was.";
    GoRules: Go, "Rules", "Show how the rules have done, and switch them on or off.", CTRL + Num9;
    GoTimeline: Go, "Timeline", "Show partners over time.", CTRL + Num7;
    GoEvidence: Go, "Evidence", "Show the sentences behind a mark.", CTRL + Num8;
    GoConcordance: Go, "In context", "Show every hit of the search between the words around it.", CTRL_SHIFT + F;

    ToggleFurniture: View, "Unfold furniture", "Show what is not the article, or fold it again.", NONE + F;
    ToggleDuplicates: View, "Show duplicates", "List the duplicates of the open article below it, or fold them again.", NONE + X;
    ToggleRejected: View, "Show rejected", "Show rejected suggestions in the list, or hide them again.";
    LikelyFirst: View, "Likely suggestions first", "List first what is most likely right, as your decisions on each rule have gone; or all in reading order again.", NONE + R;
    ThemeSystem: View, "Theme: as the system", "Light or dark as the desktop is set.";
    ThemeLight: View, "Theme: light", "Dark on light.";
    ThemeDark: View, "Theme: dark", "Light on dark.";
    ZoomIn: View, "Zoom in", "Make everything larger.", CTRL + Plus;
    ZoomOut: View, "Zoom out", "Make everything smaller.", CTRL + Minus;
    ZoomReset: View, "Zoom to 100 %", "Show everything in its own size.", CTRL + Num0;
    ResetLayout: View, "Reset layout", "Put all panes back to where they were at first.";

    Palette: Help, "Command palette", "Find any command by its name.", CTRL_SHIFT + P;
    Shortcuts: Help, "Keyboard shortcuts", "List all shortcuts.", NONE + F1;
    Welcome: Help, "Welcome", "Show the ways to begin, and recent sessions.";
    About: Help, "About Attaché", "Show version and licences.";
}

impl Command {
    /// The name on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.spec().name
    }

    /// The shortcut in words, such as `Ctrl+Shift+P`.
    #[must_use]
    pub fn shortcut_text(self) -> Option<String> {
        let shortcut = self.spec().shortcut?;
        let mut text = String::new();
        for (held, name) in [
            (shortcut.modifiers.command, "Ctrl+"),
            (shortcut.modifiers.alt, "Alt+"),
            (shortcut.modifiers.shift, "Shift+"),
        ] {
            if held {
                text.push_str(name);
            }
        }
        text.push_str(match shortcut.logical_key {
            Key::ArrowDown => "Down",
            Key::ArrowUp => "Up",
            Key::ArrowLeft => "Left",
            Key::ArrowRight => "Right",
            Key::Plus => "+",
            Key::Minus => "-",
            key => key.name(),
        });
        Some(text)
    }

    /// What a tooltip says: the help, and the shortcut if there is one.
    #[must_use]
    pub fn tooltip(self) -> String {
        match self.shortcut_text() {
            Some(shortcut) => format!("{} ({shortcut})", self.spec().help),
            None => self.spec().help.to_owned(),
        }
    }

    /// The place of the code that it gives, among those used last, counted from 1.
    #[must_use]
    pub const fn digit(self) -> Option<usize> {
        Some(match self {
            Self::GiveCode1 => 1,
            Self::GiveCode2 => 2,
            Self::GiveCode3 => 3,
            Self::GiveCode4 => 4,
            Self::GiveCode5 => 5,
            Self::GiveCode6 => 6,
            Self::GiveCode7 => 7,
            Self::GiveCode8 => 8,
            Self::GiveCode9 => 9,
            _ => return None,
        })
    }

    /// Whether the shortcut is a plain key, which is left to a text field that has the focus.
    #[must_use]
    pub fn yields_to_typing(self) -> bool {
        self.spec().shortcut.is_some_and(|shortcut| {
            !shortcut.modifiers.command
                && !shortcut.modifiers.alt
                && !matches!(shortcut.logical_key, Key::F1 | Key::F2 | Key::F3)
        })
    }
}

/// The list of shortcuts as `docs/shortcuts.md` has it.
#[must_use]
pub fn shortcuts_page() -> String {
    let mut page = String::from(
        "# Keyboard shortcuts\n\n\
         Plain letters work while no text is being typed; `Esc` leaves a text field. On a keyboard\n\
         of another alphabet the keys are the ones at the same place. What is marked *reader* works\n\
         while no list or field has the keyboard: after a click into the article, or `Ctrl+2`.\n\
         Every command is also in the palette (Ctrl+Shift+P).\n",
    );
    for menu in Menu::ALL {
        _ = write!(
            page,
            "\n## {}\n\n| command | shortcut | what it does |\n|---|---|---|\n",
            menu.label()
        );
        for command in Command::ALL
            .iter()
            .filter(|command| command.spec().menu == menu)
        {
            let shortcut =
                command
                    .shortcut_text()
                    .map_or(String::new(), |s| match command.spec().scope {
                        Scope::Window => format!("`{s}`"),
                        Scope::Reader => format!("`{s}` *reader*"),
                    });
            _ = writeln!(
                page,
                "| {} | {shortcut} | {} |",
                command.name(),
                command.spec().help
            );
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn no_two_commands_share_a_shortcut_or_a_name() {
        let mut shortcuts = HashMap::new();
        let mut names = HashMap::new();
        for command in Command::ALL {
            if let Some(shortcut) = command.shortcut_text() {
                let other = shortcuts.insert(shortcut, command);
                assert!(other.is_none(), "{command:?} and {other:?}");
            }
            let other = names.insert(command.name(), command);
            assert!(other.is_none(), "{command:?} and {other:?}");
            assert!(command.spec().help.ends_with('.'), "{command:?}");
        }
    }

    #[test]
    fn the_page_of_shortcuts_is_the_registry() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shortcuts.md");
        let page = std::fs::read_to_string(path).unwrap_or_default();
        if page != shortcuts_page() && std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, shortcuts_page()).unwrap();
            return;
        }
        assert_eq!(
            page,
            shortcuts_page(),
            "run the tests once with UPDATE_DOCS=1"
        );
    }
}
