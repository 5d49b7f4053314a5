//! What each command of the registry does, and when it can be done.

use super::action::{Action, Ruling};
use super::article::Entry;
use super::bounds::Grain;
use super::coding::{CodeDialog, CodeWish};
use super::command::Command;
use super::draft::{DraftContent, FindingDraft, LibraryWish, Overlay, PathPurpose};
use super::edits;
use super::notice::Level;
use super::workbench::{Effect, Field, Scroll, Workbench, Zoom};
use crate::analysis::table::Row;
use crate::extract::rules;
use crate::model::article::FurnitureReason;
use crate::model::date::When;
use crate::model::finding::Finding;
use crate::model::ids::{ActorId, ItemId};
use crate::model::session::Thing;
use crate::model::span::Span;
use crate::model::view::{Layout, Pane, Theme};

impl Workbench {
    /// Whether a command can be done now.
    #[must_use]
    pub fn is_enabled(&self, command: Command) -> bool {
        match command {
            Command::ReadRest => self.has_unread() || self.has_unindexed(),
            Command::UpdateLibrary => self.library.is_some(),
            Command::Backups => self.file.is_some(),
            Command::Undo => self.history.undo_name().is_some(),
            Command::Redo => self.history.redo_name().is_some(),
            Command::Copy | Command::Annotate | Command::AddClaim | Command::OtherEnd => {
                self.article.is_some() && self.passage_in_hand().is_some()
            }
            Command::SelectNothing => self.passage_in_hand().is_some() && self.draft.is_none(),
            Command::MarkFurniture => self.article.is_some() && self.selected_text.is_some(),
            Command::DeleteHighlight => self.highlight_in_hand().is_some(),
            Command::NextHighlight | Command::PreviousHighlight => self.has_highlights(),
            Command::Accept
            | Command::Reject
            | Command::EditFinding
            | Command::Withdraw
            | Command::AcceptRule
            | Command::RejectRule
            | Command::SwitchOffRule => self.current_entry().is_some() && self.draft.is_none(),
            Command::Next | Command::Previous | Command::NextUndecided => {
                self.article.is_some() && self.draft.is_none()
            }
            Command::ExportCodes => !self.session.codebook.codes.is_empty(),
            Command::RenameCode
            | Command::MoveCode
            | Command::MergeCode
            | Command::ListCode
            | Command::DeleteCode => self.code_in_hand().is_some(),
            Command::NameActor
            | Command::RuleDate
            | Command::ArticleNote
            | Command::SelectParagraph
            | Command::SelectParagraphBack
            | Command::SelectSentence
            | Command::SelectSentenceBack
            | Command::SelectWord
            | Command::SelectWordBack
            | Command::NudgeSentence
            | Command::NudgeSentenceBack
            | Command::NudgeWord
            | Command::NudgeWordBack
            | Command::NudgeCharacter
            | Command::NudgeCharacterBack
            | Command::ReadOn
            | Command::ReadBack
            | Command::LineDown
            | Command::LineUp
            | Command::ToTop
            | Command::ToEnd
            | Command::ToggleFurniture => self.article.is_some(),
            Command::NextArticle | Command::PreviousArticle => !self.list.is_empty(),
            _ if command.digit().is_some() => {
                self.passage_in_hand().is_some() && self.code_of(command).is_some()
            }
            Command::NextHit | Command::PreviousHit => !self.hits().is_empty(),
            Command::KeepSearch => !self.view.filter.trim().is_empty(),
            Command::ToggleDuplicates => self.open_group().is_some(),
            Command::KeepApart => self
                .article
                .as_ref()
                .is_some_and(|a| self.duplicate_of(a.row).is_some() || self.is_kept_apart(a.id)),
            _ => true,
        }
    }

    /// Why a command can't be done now, and what to do about it; `None` where it can.
    #[must_use]
    pub fn why_not(&self, command: Command) -> Option<&'static str> {
        if self.is_enabled(command) {
            return None;
        }
        let is_open = self.article.is_some();
        let in_article = |why| {
            if is_open {
                why
            } else {
                "Open an article first."
            }
        };
        let passage = in_article("Select a passage first.");
        Some(match command {
            Command::ReadRest => "All articles have been read.",
            Command::UpdateLibrary => "The articles are not in a library.",
            Command::Backups => "The session has no file yet: save it first.",
            Command::Undo => "There is nothing to undo.",
            Command::Redo => "There is nothing to redo.",
            Command::Copy
            | Command::Annotate
            | Command::AddClaim
            | Command::OtherEnd
            | Command::MarkFurniture => passage,
            Command::SelectNothing => "Nothing is selected.",
            Command::DeleteHighlight => in_article("Choose a highlight first (H)."),
            Command::NextHighlight | Command::PreviousHighlight => {
                in_article("This article has no highlights.")
            }
            _ if self.draft.is_some() && is_open => "Keep or cancel what is being edited first.",
            Command::Accept
            | Command::Reject
            | Command::EditFinding
            | Command::Withdraw
            | Command::AcceptRule
            | Command::RejectRule
            | Command::SwitchOffRule => in_article("Choose a suggestion first (J)."),
            Command::ExportCodes => "There are no codes yet.",
            Command::RenameCode
            | Command::MoveCode
            | Command::MergeCode
            | Command::ListCode
            | Command::DeleteCode => "Choose a code in the codebook first (B).",
            Command::NextArticle | Command::PreviousArticle => "The list holds no articles.",
            Command::NextHit | Command::PreviousHit => in_article("No search hits this article."),
            Command::KeepSearch => "Type a search first (Ctrl+F).",
            Command::ToggleDuplicates => in_article("The open article has no duplicates."),
            Command::KeepApart => in_article("The open article is no duplicate."),
            _ if command.digit().is_some() && self.code_of(command).is_none() => {
                "So many codes have not been used yet."
            }
            _ if command.digit().is_some() => passage,
            _ => "Open an article first.",
        })
    }

    /// Whether a command that switches something has it switched on.
    #[must_use]
    pub fn is_switched_on(&self, command: Command) -> bool {
        match command {
            Command::ToggleFurniture => self.unfold_all,
            Command::ToggleRejected => self.view.with_rejected,
            Command::ToggleDuplicates => self
                .open_group()
                .is_some_and(|head| self.unfolded.contains(&head)),
            Command::KeepApart => self.open_id().is_some_and(|id| self.is_kept_apart(id)),
            Command::LikelyFirst => self.view.likely_first,
            Command::ThemeSystem => self.view.theme == Theme::System,
            Command::ThemeLight => self.view.theme == Theme::Light,
            Command::ThemeDark => self.view.theme == Theme::Dark,
            _ => false,
        }
    }

    /// The name of a command as the menu shows it: undo and redo say what they take back.
    #[must_use]
    pub fn command_text(&self, command: Command) -> String {
        let step = match command {
            Command::Undo => self.history.undo_name(),
            Command::Redo => self.history.redo_name(),
            _ => None,
        };
        let code = || {
            let path = self.session.codebook.path_text(self.code_of(command)?);
            Some(format!("Give code: {path}"))
        };
        match step {
            Some(step) => format!("{}: {step}", command.name()),
            None => code().unwrap_or_else(|| command.name().to_owned()),
        }
    }

    /// The code that a command gives: one of those used last.
    #[must_use]
    pub fn code_of(&self, command: Command) -> Option<ItemId> {
        let place = command.digit()?.checked_sub(1)?;
        self.recent_codes().get(place).copied()
    }

    /// Does a command, where it can be done.
    #[expect(
        clippy::too_many_lines,
        reason = "a table of contents: one entry a command"
    )]
    pub(super) fn run(&mut self, command: Command) {
        if !self.is_enabled(command) {
            return;
        }
        match command {
            Command::OpenSession => self.effects.push(Effect::Dialog(PathPurpose::OpenSession)),
            Command::OpenFolder => self.effects.push(Effect::Dialog(PathPurpose::OpenFolder)),
            Command::NewLibrary => self.overlay(Overlay::NewLibrary {
                wish: LibraryWish::default(),
                problem: None,
            }),
            Command::OpenSample => self.ask_open_sample(),
            Command::UpdateLibrary => self.update_library(),
            Command::ReadRest => self.read_rest(),
            Command::Save => self.save(),
            Command::SaveAs => self.effects.push(Effect::Dialog(PathPurpose::SaveAs)),
            Command::MergeWith => self.effects.push(Effect::Dialog(PathPurpose::MergeWith)),
            Command::Agreement => self.effects.push(Effect::Dialog(PathPurpose::CompareWith)),
            Command::ImportCodes => self.effects.push(Effect::Dialog(PathPurpose::ImportCodes)),
            Command::ExportCodes => self.effects.push(Effect::Dialog(PathPurpose::ExportCodes)),
            Command::Backups => self.show_backups(),
            Command::Analyst => self.overlay(Overlay::Analyst {
                name: self.session.analyst.clone(),
                known: self.analysts(),
            }),
            Command::Quit => self.ask_quit(),
            Command::Undo => self.undo_or_redo(true),
            Command::Redo => self.undo_or_redo(false),
            Command::Copy => self.copy(),
            Command::Accept => self.decide_current(Ruling::Accept),
            Command::Reject => self.decide_current(Ruling::Reject),
            Command::Withdraw => self.decide(&Vec::from_iter(self.current), Ruling::Withdraw),
            Command::AcceptRule => self.decide_rule(Ruling::Accept),
            Command::RejectRule => self.decide_rule(Ruling::Reject),
            Command::SwitchOffRule => self.switch_off_current(),
            Command::EditFinding => self.edit_current(),
            Command::Next => _ = self.step_finding(1, false),
            Command::Previous => _ = self.step_finding(-1, false),
            Command::NextUndecided => self.next_undecided(),
            Command::AddClaim => self.add_claim(),
            Command::MarkFurniture => self.mark_furniture(),
            Command::NameActor => self.name_actor(),
            Command::SetFocus => self.overlay(Overlay::Focus {
                query: String::new(),
            }),
            Command::Annotate => self.annotate(),
            Command::RuleDate => {
                self.show_pane(Pane::Facts);
                self.effects.push(Effect::Focus(Field::Publication));
            }
            Command::Relocate => self.effects.push(Effect::Dialog(PathPurpose::Relocate)),
            Command::ArticleNote => {
                // The field stands where the highlight in hand would.
                self.highlight = None;
                self.show_pane(Pane::Annotations);
                self.effects.push(Effect::Focus(Field::Note));
            }
            Command::Codebook => self.show_pane(Pane::Codes),
            Command::NewCode => self.begin_code(),
            Command::RenameCode => self.begin_rename(),
            Command::MoveCode => self.ask_of_code(|code, query| CodeDialog::Move { code, query }),
            Command::MergeCode => self.ask_of_code(|code, query| CodeDialog::Merge { code, query }),
            Command::ListCode => {
                if let Some(code) = self.code_in_hand() {
                    self.list_code(code);
                }
            }
            Command::DeleteCode => {
                if let Some(code) = self.code_in_hand() {
                    self.wish_of_code(CodeWish::Delete(code));
                }
            }
            Command::GiveCode1
            | Command::GiveCode2
            | Command::GiveCode3
            | Command::GiveCode4
            | Command::GiveCode5
            | Command::GiveCode6
            | Command::GiveCode7
            | Command::GiveCode8
            | Command::GiveCode9 => self.give_recent(command.digit().unwrap_or_default()),
            Command::SelectParagraph => self.select(Grain::Paragraph, true),
            Command::SelectParagraphBack => self.select(Grain::Paragraph, false),
            Command::SelectSentence => self.select(Grain::Sentence, true),
            Command::SelectSentenceBack => self.select(Grain::Sentence, false),
            Command::SelectWord => self.select(Grain::Word, true),
            Command::SelectWordBack => self.select(Grain::Word, false),
            Command::SelectNothing => self.select_text(None),
            Command::OtherEnd => self.moving_end = self.moving_end.other(),
            Command::NudgeSentence => self.nudge(Grain::Sentence, true),
            Command::NudgeSentenceBack => self.nudge(Grain::Sentence, false),
            Command::NudgeWord => self.nudge(Grain::Word, true),
            Command::NudgeWordBack => self.nudge(Grain::Word, false),
            Command::NudgeCharacter => self.nudge(Grain::Character, true),
            Command::NudgeCharacterBack => self.nudge(Grain::Character, false),
            Command::NextHighlight => self.step_highlight(true),
            Command::PreviousHighlight => self.step_highlight(false),
            Command::DeleteHighlight => {
                if let Some(id) = self.highlight {
                    self.dispatch(Action::DeleteAnnotation(id));
                }
            }
            Command::ReadOn => self.effects.push(Effect::Scroll(Scroll::Screens(1))),
            Command::ReadBack => self.effects.push(Effect::Scroll(Scroll::Screens(-1))),
            Command::LineDown => self.effects.push(Effect::Scroll(Scroll::Lines(3))),
            Command::LineUp => self.effects.push(Effect::Scroll(Scroll::Lines(-3))),
            Command::ToTop => self.effects.push(Effect::Scroll(Scroll::Top)),
            Command::ToEnd => self.effects.push(Effect::Scroll(Scroll::End)),
            Command::FindArticle => {
                self.show_pane(Pane::Articles);
                self.effects.push(Effect::Focus(Field::Filter));
            }
            Command::NextArticle => self.step_article(1),
            Command::PreviousArticle => self.step_article(-1),
            Command::GoArticles => self.show_pane(Pane::Articles),
            Command::GoReader => self.go_to_reader(),
            Command::GoSuggestions => self.show_pane(Pane::Suggestions),
            Command::GoAnnotations => self.show_pane(Pane::Annotations),
            Command::GoFacts => self.show_pane(Pane::Facts),
            Command::GoActors => self.show_pane(Pane::Actors),
            Command::GoTimeline => self.show_pane(Pane::Timeline),
            Command::GoEvidence => self.show_pane(Pane::Evidence),
            Command::GoFacets => self.show_pane(Pane::Facets),
            Command::GoConcordance => self.show_pane(Pane::Concordance),
            Command::NextHit | Command::PreviousHit => self.step_hit(command == Command::NextHit),
            Command::KeepSearch => self.overlay(Overlay::KeepSearch {
                name: String::new(),
            }),
            Command::Memo => self.open_memo(self.thing_in_hand()),
            Command::SessionMemo => self.open_memo(Thing::Session),
            Command::Link => self.ask_link(self.thing_in_hand()),
            Command::GoMemos => {
                self.memos.on = None;
                self.show_pane(Pane::Memos);
            }
            Command::GoOrphans => self.show_pane(Pane::Orphans),
            Command::GoRules => self.show_pane(Pane::Rules),
            Command::ToggleFurniture => self.unfold_all = !self.unfold_all,
            Command::ToggleRejected => self.view.with_rejected = !self.view.with_rejected,
            Command::ToggleDuplicates => self.toggle_duplicates(),
            Command::KeepApart => self.toggle_kept_apart(),
            Command::LikelyFirst => {
                self.view.likely_first = !self.view.likely_first;
                let ranking = self.ranking();
                if let Some(article) = &mut self.article {
                    article.ranking = ranking;
                    article.arrange();
                }
            }
            Command::ThemeSystem => self.set_theme(Theme::System),
            Command::ThemeLight => self.set_theme(Theme::Light),
            Command::ThemeDark => self.set_theme(Theme::Dark),
            Command::ZoomIn => self.effects.push(Effect::Zoom(Zoom::In)),
            Command::ZoomOut => self.effects.push(Effect::Zoom(Zoom::Out)),
            Command::ZoomReset => self.effects.push(Effect::Zoom(Zoom::Reset)),
            Command::ResetLayout => {
                self.view.layout = Layout::default();
                self.effects.push(Effect::Layout);
            }
            Command::Palette => self.overlay(Overlay::Palette {
                query: String::new(),
                chosen: 0,
            }),
            Command::Shortcuts => self.overlay(Overlay::Shortcuts),
            Command::Welcome => self.overlay(Overlay::Welcome),
            Command::About => self.overlay(Overlay::About),
        }
    }

    fn toggle_duplicates(&mut self) {
        if let Some(head) = self.open_group() {
            let shown = !self.unfolded.contains(&head);
            self.dispatch(Action::ShowDuplicates(head, shown));
        }
    }

    fn toggle_kept_apart(&mut self) {
        if let Some(id) = self.open_id() {
            self.dispatch(Action::KeepApart(id, !self.is_kept_apart(id)));
        }
    }

    fn copy(&mut self) {
        let text = self
            .passage_in_hand()
            .and_then(|span| super::words::citation(self, span));
        self.effects.extend(text.map(Effect::Copy));
    }

    fn decide_current(&mut self, ruling: Ruling) {
        self.decide(&Vec::from_iter(self.current), ruling);
        self.step_finding(1, true);
    }

    fn decide_rule(&mut self, ruling: Ruling) {
        let keys = self
            .current_entry()
            .map(|entry| self.undecided_by_rule_of(entry));
        self.decide(&keys.unwrap_or_default(), ruling);
    }

    fn switch_off_current(&mut self) {
        let rule = self.current_entry().and_then(|entry| entry.rule.clone());
        if let Some(rule) = rule {
            self.take_step(Some(edits::use_rule(rule, false)));
        }
    }

    /// Goes to the next undecided suggestion of a rule: in this article, else in the next one of
    /// the list that has one.
    pub(super) fn next_by_rule(&mut self, rule: &str) {
        let Some(number) = rules::number(rule) else {
            return;
        };
        if self.next_by_rule_here(rule) {
            return;
        }
        let is_open = |facts: Row<'_>| {
            facts
                .rules()
                .filter(|(known, _)| *known == number)
                .any(|(_, tally)| tally.decided() < tally.found)
        };
        let next = self
            .rows_after_open()
            .find(|row| self.facts_of(*row).is_some_and(is_open));
        match next.and_then(|row| self.corpus.id(row as usize)) {
            Some(id) => {
                self.rule_after_open = Some(rule.to_owned());
                self.show_pane(Pane::Suggestions);
                self.open_article(id);
            }
            None => self.tell(
                Level::Info,
                format!("All that the rule {rule} proposes in the list is decided."),
            ),
        }
    }

    /// The same in the open article, round to the beginning. Whether there is one.
    pub(super) fn next_by_rule_here(&mut self, rule: &str) -> bool {
        let Some(article) = &self.article else {
            return false;
        };
        let by_rule = |entry: &&Entry| {
            let rules = entry.rule.iter();
            entry.is_open() && rules.map(|known| &*known.0).any(|known| known == rule)
        };
        let place = article.in_order().position(|e| Some(e.key) == self.current);
        let after = place.map_or(0, |place| place + 1);
        let all = || article.in_order();
        let next = all().skip(after).chain(all().take(after)).find(by_rule);
        let Some(key) = next.map(|entry| entry.key) else {
            return false;
        };
        self.shown_kind = None;
        self.show_pane(Pane::Suggestions);
        self.select_finding(key, true);
        true
    }

    /// The rows of the list from the one after the open article, round to it.
    fn rows_after_open(&self) -> impl Iterator<Item = u32> + '_ {
        let place = self
            .article
            .as_ref()
            .and_then(|article| self.list_position(article.row));
        let after = place.map_or(0, |place| place + 1);
        let rows = self.list.iter();
        rows.skip(after)
            .chain(self.list.iter().take(after))
            .copied()
    }

    fn edit_current(&mut self) {
        let draft = self
            .current_entry()
            .map(|entry| FindingDraft::of(entry.key, &entry.finding));
        if let Some(draft) = draft {
            self.begin_draft(draft);
        }
    }

    /// Goes to the next finding of the article in the order of the list, or the one before;
    /// undecided ones only if that is asked for. Whether there is one.
    fn step_finding(&mut self, by: isize, open_only: bool) -> bool {
        let Some(article) = &self.article else {
            return false;
        };
        let wanted = |entry: &&Entry| self.is_listed(entry) && (!open_only || entry.is_open());
        let all = || article.in_order();
        let is_current = |entry: &&Entry| Some(entry.key) == self.current;
        let not_yet = |entry: &&Entry| !is_current(entry);
        let next = match (all().any(|entry| is_current(&entry)), by > 0) {
            (true, true) => all().skip_while(not_yet).skip(1).find(wanted),
            (true, false) => all().rev().skip_while(not_yet).skip(1).find(wanted),
            (false, true) => all().find(wanted),
            (false, false) => all().rev().find(wanted),
        };
        let next = next.map(|entry| entry.key);
        match next {
            Some(key) => {
                self.show_pane(Pane::Suggestions);
                self.select_finding(key, true);
                true
            }
            None => false,
        }
    }

    /// The next undecided finding here; else the next article of the list that has one.
    fn next_undecided(&mut self) {
        if self.step_finding(1, true) {
            return;
        }
        let next = self.rows_after_open().find(|row| {
            self.facts_of(*row)
                .is_some_and(|facts| facts.undecided() > 0)
        });
        match next.and_then(|row| self.corpus.id(row as usize)) {
            Some(id) if Some(id) != self.open_id() => self.open_article(id),
            Some(_) => {
                self.current = None;
                self.step_finding(1, true);
            }
            None => self.tell(Level::Info, "Everything in the list is decided."),
        }
    }

    fn step_article(&mut self, by: isize) {
        let place = self
            .article
            .as_ref()
            .and_then(|article| self.list_position(article.row));
        let last = self.list.len().saturating_sub(1);
        let target = place.map_or(0, |place| place.saturating_add_signed(by).min(last));
        if let Some(id) = self
            .list
            .get(target)
            .and_then(|row| self.corpus.id(*row as usize))
        {
            self.open_article(id);
        }
    }

    fn add_claim(&mut self) {
        let (Some(article), Some(span)) = (&self.article, self.passage_in_hand()) else {
            return;
        };
        let mut named: Vec<ActorId> = Vec::new();
        let mut when: Option<(&When, Span)> = None;
        for entry in article.entries.iter().filter(|entry| entry.is_drawn()) {
            match &entry.finding {
                Finding::Mention(mention) if span.contains(mention.span) => {
                    let actor = self
                        .country_of(&mention.actor)
                        .unwrap_or_else(|| mention.actor.clone());
                    named.push(actor);
                }
                Finding::Time(time) if span.contains(time.span) && when.is_none() => {
                    when = time.when.as_ref().map(|when| (when, time.span));
                }
                _ => {}
            }
        }
        let draft = FindingDraft::new_claim(span, &self.session.focus, &named, when);
        self.begin_draft(draft);
    }

    fn mark_furniture(&mut self) {
        let Some(span) = self.selected_text.take() else {
            return;
        };
        let content = DraftContent::Furniture {
            span,
            reason: FurnitureReason::Marked,
        };
        let draft = FindingDraft { key: None, content };
        if let Ok(finding) = draft.finding() {
            self.dispatch(super::action::Action::SaveFinding(None, finding));
        }
    }

    fn name_actor(&mut self) {
        let Some(article) = &self.article else { return };
        let current = self.current_entry().and_then(|entry| match &entry.finding {
            Finding::Mention(mention) => Some(mention.span),
            _ => None,
        });
        let Some(span) = self.selected_text.or(current) else {
            self.tell(
                Level::Info,
                "Select the name in the text first, then press L.",
            );
            return;
        };
        let surface = article
            .slice(span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        self.overlay(Overlay::NameActor {
            surface,
            query: String::new(),
            kind: crate::model::actor::ActorKind::Organisation,
            country: String::new(),
        });
    }
}
