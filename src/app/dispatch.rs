//! The one place where the state of the window changes.

use std::mem::discriminant;
use std::sync::Arc;

use super::action::{Action, Ruling};
use super::background::MembersRequest;
use super::codebook;
use super::draft::{ActorChoice, FindingDraft, Overlay, Pending};
use super::edits::{self, Stamp, Step};
use super::evidence::Evidence;
use super::notice::Level;
use super::words;
use super::workbench::{Effect, Marked, Workbench};
use crate::analysis::standing::FindingKey;
use crate::analysis::timeline::{self, MarkId, Member};
use crate::model::edit::Edit;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::span::Span;
use crate::model::view::{Pane, Theme, Unit};
use crate::store::journal::Act;

impl Workbench {
    /// Carries out one wish of the analyst.
    #[expect(
        clippy::too_many_lines,
        reason = "a table of contents: one entry an action"
    )]
    pub fn dispatch(&mut self, action: Action) {
        match action {
            Action::Command(command) => self.run(command),
            Action::OpenArticle(id) => self.open_article(id),
            Action::ShowPassage(id, span, key) => self.go_to(id, span, key),
            Action::SelectText(span) => self.select_text(span),
            Action::SelectHighlight(id, scroll) => self.select_highlight(id, scroll),
            Action::InView(span) => self.in_view = span,
            Action::SelectFinding(key, scroll) => self.select_finding(key, scroll),
            Action::ShowKind(kind) => self.shown_kind = kind,
            Action::Decide(keys, ruling) => self.decide(&keys, ruling),
            Action::BeginDraft(draft) => {
                self.openings += 1;
                self.draft = Some(draft);
                self.show_pane(Pane::Suggestions);
            }
            Action::SetDraft(draft) => self.draft = Some(draft),
            Action::CancelDraft => self.draft = None,
            Action::SaveFinding(key, finding) => {
                self.draft = None;
                let stamp = self.stamp();
                let step = self.article.as_ref().and_then(|article| {
                    edits::save_finding(article, &self.session, key, finding, &stamp)
                });
                if let Some(Edit::Made(_, id, Some(_))) = step.as_ref().map(|step| &step.edit) {
                    self.current = Some(FindingKey::Made(*id));
                }
                self.take_step(step);
            }
            Action::Annotate {
                id,
                span,
                codes,
                note,
            } => {
                self.overlay = None;
                let stamp = self.stamp();
                let id = id.unwrap_or_else(edits::new_item);
                let step = self.article.as_ref().map(|article| {
                    edits::annotate(article, &self.session, id, span, codes, &note, &stamp)
                });
                if let Some(step) = &step {
                    self.note_codes(&step.edit);
                }
                self.take_step(step);
                // What comes next is often to move its boundary.
                self.select_highlight(id, false);
            }
            Action::DeleteAnnotation(id) => {
                let step = self.open_id().map(|article| Step {
                    name: "Delete annotation".to_owned(),
                    edit: Edit::Annotation(article, id, None),
                });
                self.take_step(step);
            }
            Action::SetNote {
                article,
                text,
                goes_on,
            } => {
                let step = edits::note(article, &text, &self.stamp());
                self.apply_step(Some(step), goes_on);
            }
            Action::SetPublication(when) => {
                let step = self
                    .open_id()
                    .map(|article| edits::publication(article, when, &self.stamp()));
                self.take_step(step);
            }
            Action::SetCode(id, code) => {
                _ = self.take_change(codebook::change(&self.session, id, code));
            }
            Action::ImportCodes(path) => self.import_codes(&path),
            Action::ExportCodes(path, over) => self.export_codes(&path, over),
            Action::Highlights(wish) => self.wish_of_highlights(wish),
            Action::Code(wish) => self.wish_of_code(wish),
            Action::Memo(wish) => self.memo_wish(wish),
            Action::ChooseOrphan(orphan) => self.choose_orphan(orphan),
            Action::PlaceOrphan(orphan, span) => self.place_orphan(orphan, span),
            Action::DropOrphans(orphans) => self.drop_orphans(&orphans),
            Action::SetAlias(surface, choice) => self.set_alias(&surface, choice),
            Action::UseRule(rule, on) => self.take_step(Some(edits::use_rule(rule, on))),
            Action::NextByRule(rule) => self.next_by_rule(&rule.0),
            Action::Merge(actor, into) => self.take_step(edits::merge(actor, into)),
            Action::SetFocus(actor) => {
                let edit = Edit::Focus(actor);
                self.take_step(Some(Step {
                    name: "Change focus".to_owned(),
                    edit,
                }));
            }
            Action::KeepFocus => self.kept_focus = Some(self.session.focus.clone()),
            Action::KeepAnalyst => self.left_by = None,
            Action::SetAnalyst(name) => {
                self.left_by = None;
                self.settings.analyst.clone_from(&name);
                self.keep_settings();
                let edit = Edit::Analyst(name);
                self.take_step(Some(Step {
                    name: "Change analyst".to_owned(),
                    edit,
                }));
            }
            Action::ShowDuplicates(id, shown) => {
                if shown {
                    self.unfolded.insert(id);
                } else {
                    self.unfolded.remove(&id);
                }
                self.refresh();
            }
            Action::KeepApart(id, apart) => {
                let name = if apart {
                    "Not a duplicate"
                } else {
                    "Fold if a duplicate"
                };
                let edit = Edit::KeptApart(id, apart);
                self.take_step(Some(Step {
                    name: name.to_owned(),
                    edit,
                }));
            }
            Action::TypeSearch(filter) => {
                self.search_for(filter, true);
            }
            Action::SetFilter(filter) => {
                self.search_for(filter, false);
            }
            Action::KeepSearch(name, query) => self.keep_search(&name, query),
            Action::FindSnippets(rows) => self.find_snippets(rows),
            Action::ReadLines(order) => self.read_lines(order),
            Action::FindSimilar => self.find_similar(),
            Action::LibraryPath(purpose, path) => self.choose_for_library(purpose, &path),
            Action::MakeLibrary(wish) => self.make_library(wish),
            Action::CodeLines(lines, code) => self.code_lines(&lines, code),
            Action::SortBy(column) => {
                let (by, descending) = self.view.sort;
                self.view.sort = (column, by == column && !descending);
                self.refresh();
            }
            Action::SetChart(chart) => {
                self.view.chart = chart;
                self.refresh();
            }
            Action::SelectMark(mark) => {
                self.mark = mark;
                self.show_mark();
                if self.mark.is_some() {
                    self.show_pane(Pane::Evidence);
                }
            }
            Action::ReadEvidence(places) => self.read_evidence(places),
            Action::SetLayout(layout) => self.view.layout = layout,
            Action::ShowPane(pane) => self.show_pane(pane),
            Action::SetTheme(theme) => self.set_theme(theme),
            Action::SetOverlay(overlay) => {
                if self.overlay.is_none() {
                    self.openings += 1;
                }
                self.overlay = Some(overlay);
            }
            Action::CloseOverlay => self.close_overlay(),
            Action::OpenSessionFile(path) => self.ask_open_session(&path),
            Action::OpenPaths(paths) => self.ask_open_paths(&paths),
            Action::Relocate(path) => self.relocate(&path),
            Action::SaveTo(path) => self.save_to(&path, false),
            Action::Overwrite(path) => self.save_to(&path, true),
            Action::Keep(wish) => self.keep(wish),
            Action::Browse(purpose) => self.effects.push(Effect::Dialog(purpose)),
            Action::SaveThenProceed => self.save_then_proceed(),
            Action::DiscardThenProceed => self.proceed(),
            Action::DismissNotice(place) => {
                if place < self.notices.len() {
                    self.notices.remove(place);
                }
            }
            Action::CancelJob => self.background.cancel(),
            Action::PauseJob(is_paused) => self.background.pause(is_paused),
        }
    }

    /// Who does something, and when.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp {
            by: self.session.analyst.clone(),
            at: jiff::Timestamp::now(),
        }
    }

    pub(super) fn open_id(&self) -> Option<ArticleId> {
        self.article.as_ref().map(|article| article.id)
    }

    /// Applies a step to the session and follows it everywhere.
    pub(super) fn take_step(&mut self, step: Option<Step>) {
        self.apply_step(step, false);
    }

    /// The same; a step that goes on with the one before is undone together with it.
    pub(super) fn apply_step(&mut self, step: Option<Step>, goes_on: bool) {
        let Some(Step { name, edit }) = step else {
            return;
        };
        if let Some(why) = self.refusal() {
            self.tell(Level::Warning, why);
            return;
        }
        let edit = self.with_origins(edit);
        let article = self.open_id();
        let before = self.history.revision();
        self.ready_journal();
        let session = Arc::make_mut(&mut self.session);
        if goes_on {
            self.history.extend(session, &name, article, &edit);
        } else {
            self.history.apply(session, &name, article, &edit);
        }
        self.follow(&edit);
        if self.history.revision() != before {
            let act = if goes_on { Act::TypedOn } else { Act::Step };
            self.keep_edit(act, &name, article, edit);
        }
    }

    pub(super) fn undo_or_redo(&mut self, undo: bool) {
        if self.is_draft_changed() {
            self.tell_of_draft();
            return;
        }
        if let Some(why) = self.refusal() {
            self.tell(Level::Warning, why);
            return;
        }
        self.ready_journal();
        let session = Arc::make_mut(&mut self.session);
        let change = if undo {
            self.history.undo(session)
        } else {
            self.history.redo(session)
        };
        let Some(change) = change else { return };
        self.draft = None;
        self.follow(&change.edit);
        let act = if undo { Act::Undo } else { Act::Redo };
        self.keep_edit(act, &change.name, change.article, change.edit);
        // Lead the analyst back to where it happened.
        if let Some(article) = change
            .article
            .filter(|article| Some(*article) != self.open_id())
        {
            self.open_article(article);
        }
    }

    pub(super) fn open_article(&mut self, id: ArticleId) {
        if self.open_id() != Some(id) && self.is_draft_changed() {
            self.tell_of_draft();
            return;
        }
        match self.corpus.row(id) {
            Some(row) => self.read_article(row),
            None => self.tell(
                Level::Warning,
                "This article is not in the corpus any more. The work on it is kept in the session; open \
                 the folder that holds it to see it again.",
            ),
        }
    }

    pub(super) fn go_to(&mut self, id: ArticleId, span: Span, key: Option<FindingKey>) {
        self.show_pane(Pane::Reader);
        if self.open_id() == Some(id) {
            self.show_passage(span, key);
        } else {
            self.passage_after_open = Some((span, key));
            self.open_article(id);
        }
    }

    pub(super) fn show_passage(&mut self, span: Span, key: Option<FindingKey>) {
        if key.is_some() {
            self.current = key;
        }
        let request = self.scroll_request.map_or(0, |(request, _)| request) + 1;
        self.scroll_request = Some((request, span));
    }

    pub(super) fn select_finding(&mut self, key: FindingKey, scroll: bool) {
        self.current = Some(key);
        // One thing is in hand.
        self.highlight = None;
        let span = self.current_entry().map(super::article::Entry::span);
        if let Some(span) = span.filter(|_| scroll) {
            self.show_passage(span, None);
        }
    }

    pub(super) fn decide(&mut self, keys: &[FindingKey], ruling: Ruling) {
        let stamp = self.stamp();
        let step = self
            .article
            .as_ref()
            .and_then(|article| edits::decide(article, &self.session, keys, ruling, &stamp));
        self.take_step(step);
    }

    /// Leaves a dialog. From the question about replacing a file it goes back to the path.
    fn close_overlay(&mut self) {
        if let Some(Overlay::Overwrite(purpose, path)) = &self.overlay {
            let (purpose, text) = (*purpose, path.display().to_string());
            self.overlay(Overlay::Path {
                purpose,
                text,
                problem: None,
            });
            return;
        }
        self.overlay = None;
        if self.pending.take() == Some(Pending::Arrived) {
            self.arrived = None;
        }
    }

    fn set_alias(&mut self, surface: &str, choice: ActorChoice) {
        self.overlay = None;
        self.take_step(edits::alias(&self.session, surface, choice));
    }

    pub(super) fn begin_draft(&mut self, draft: FindingDraft) {
        self.dispatch(Action::BeginDraft(draft));
    }

    pub(super) fn show_pane(&mut self, pane: Pane) {
        self.effects.push(Effect::ShowPane(pane));
    }

    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.view.theme = theme;
        self.saved_view.theme = theme;
        self.settings.theme = theme;
        self.keep_settings();
        self.effects.push(Effect::Theme(theme));
    }

    /// Has what stands behind what is chosen in the chart looked for. What was listed stays until
    /// that is found.
    pub(super) fn show_mark(&mut self) {
        let Some(marked) = self.mark.clone() else {
            self.evidence = None;
            return;
        };
        self.background.find_members(MembersRequest {
            marked,
            timeline: Arc::clone(&self.timeline),
            table: self.charted.clone(),
            across: Arc::clone(&self.across),
            places: Arc::clone(&self.list_places),
        });
    }

    /// Lists what stands behind what is chosen in the chart.
    pub(super) fn take_members(&mut self, marked: &Marked, members: Vec<Member>) {
        if self.mark.as_ref() != Some(marked) {
            return;
        }
        let what = match marked {
            Marked::Mark(mark) => self.mark_in_words(mark),
            Marked::Undated => "Without a date".to_owned(),
        };
        if members.is_empty() {
            self.mark = None;
            self.evidence = None;
            return;
        }
        let title = match self.timeline.unit {
            Unit::Events => {
                let events = self.timeline.events_among(&members);
                let events = words::counted(events, "event", "events");
                let reports = words::counted(members.len(), "report", "reports");
                format!("{what} · {events} · {reports}")
            }
            _ => format!("{what} · {}", members.len()),
        };
        self.evidences += 1;
        self.evidence = Some(Evidence {
            title,
            members,
            number: self.evidences,
            ..Evidence::default()
        });
    }

    fn mark_in_words(&self, mark: &MarkId) -> String {
        let when = self.timeline.find(mark).map(|(_, bin)| match mark.open {
            Some(direction) => self.timeline.open_label(bin, direction),
            None => self.timeline.bins.label(bin),
        });
        let side = mark.side.label().to_lowercase();
        let name = |partner: &ActorId| {
            if *partner == timeline::others() {
                "Others".to_owned()
            } else {
                self.actor_name(partner)
            }
        };
        let who = match mark.also.len() {
            0 => name(&mark.partner),
            others => words::counted(others + 1, "partner", "partners"),
        };
        format!("{who}, {}, {side}", when.unwrap_or_default())
    }

    pub(super) fn overlay(&mut self, overlay: Overlay) {
        // A dialog that asks again is still the same one, with the cursor where it was.
        let is_again = self.overlay.as_ref().is_some_and(|open| {
            discriminant(open) == discriminant(&overlay) && !matches!(open, Overlay::Keep(_))
        });
        if !is_again {
            self.openings += 1;
        }
        self.overlay = Some(overlay);
    }
}
