//! `attache extract`: articles in, JSON lines out, in the same order and in bounded memory.
//!
//! Files are looked over before they are read, for what the articles of a source share. What comes
//! as a stream is answered line by line, each by itself but for `duplicate_of`. For that, an
//! article that is no duplicate keeps its sketch and some keys, about 900 bytes; see [`Seen`].

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender};
use rayon::prelude::*;

use super::ExtractArgs;
use super::json::{About, Answer};
use super::source::{self, Decoded, Raw};
use crate::analysis::near::Seen;
use crate::extract::lexicon::Lexicon;
use crate::extract::site::{self, Sites, Survey};
use crate::extract::{Context, Lined, extract};
use crate::model::actor::ActorBook;
use crate::model::date::When;
use crate::model::extraction::Extraction;
use crate::model::finding::Finding;
use crate::model::ids::ActorId;
use crate::model::sketch::Sketch;
use crate::store::corpus::id_of;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every article was read.
    AllRead,
    /// Some were listed as unreadable.
    SomeUnreadable,
}

/// Articles that wait at most; what bounds memory, together with [`BATCH_BYTES`].
const QUEUE: usize = 64;
/// Articles that are worked on at once at most.
const BATCH: usize = 64;
/// Bytes of text that are gathered for one batch at most (a single larger article still passes).
const BATCH_BYTES: usize = 16 << 20;

/// The focus of an article that has none yet: no country has this code.
const NO_FOCUS: &str = "ZZ";

/// Reads what `args` names and prints what is found.
///
/// # Errors
/// When `out` can't be written to; a reader that went away is [`io::ErrorKind::BrokenPipe`].
pub(super) fn run(
    args: &ExtractArgs,
    out: impl Write,
    diagnostics: &mut impl Write,
) -> io::Result<Outcome> {
    let mut writer = Run {
        args,
        lexicon: Lexicon::new(&ActorBook::default()),
        sites: look_over(&args.paths),
        focus_was_inferred: AtomicBool::new(false),
        first_with: HashMap::new(),
        seen: Seen::default(),
        kept: Vec::new(),
        outcome: Outcome::AllRead,
    };
    let (sender, receiver) = crossbeam_channel::bounded(QUEUE);
    let paths = args.paths.clone();
    // Not joined: a reader that blocks on a terminal must not keep a finished run alive.
    thread::Builder::new()
        .name("articles".to_owned())
        .spawn(move || send_all(&paths, &sender))?;
    let mut out = BufWriter::new(out);
    while let Some(batch) = next_batch(&receiver) {
        writer.batch(batch, &mut out, diagnostics)?;
        // Whoever feeds us line by line waits for the answer.
        out.flush()?;
    }
    if writer.focus_was_inferred.into_inner() {
        writeln!(
            diagnostics,
            "attache: no --focus was given; each article was read for the country that it names most often"
        )?;
    }
    Ok(writer.outcome)
}

/// What the articles of each source share, over all files. What can't be read is passed over here,
/// and told of when its turn comes.
fn look_over(paths: &[PathBuf]) -> Sites {
    let paths: Vec<PathBuf> = paths
        .iter()
        .filter(|path| !is_stream(path))
        .cloned()
        .collect();
    let mut survey = Survey::default();
    let mut batch: Vec<Raw> = Vec::new();
    let mut bytes = 0;
    let mut take = |batch: &mut Vec<Raw>| {
        let seen: Vec<_> = std::mem::take(batch)
            .into_par_iter()
            .filter_map(|raw| {
                let article = source::decode(raw.source, raw.content.ok()?).ok()?;
                let observed = site::observe(&Lined::new(&article.text));
                Some((article.source, observed))
            })
            .collect();
        for (source, observed) in seen {
            survey.add(&source, &observed);
        }
    };
    source::files(&paths, |raw| {
        bytes += size(&raw);
        batch.push(raw);
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            take(&mut batch);
            bytes = 0;
        }
        true
    });
    take(&mut batch);
    survey.sites()
}

fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn send_all(paths: &[PathBuf], sender: &Sender<Raw>) {
    for path in paths {
        if is_stream(path) {
            source::lines(io::stdin().lock(), |raw| sender.send(raw).is_ok());
        } else {
            source::files(std::slice::from_ref(path), |raw| sender.send(raw).is_ok());
        }
    }
}

/// Waits for an article and takes along those that are ready too.
fn next_batch(receiver: &Receiver<Raw>) -> Option<Vec<Raw>> {
    let first = receiver.recv().ok()?;
    let mut bytes = size(&first);
    let mut batch = vec![first];
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Ok(raw) = receiver.try_recv() else { break };
        bytes += size(&raw);
        batch.push(raw);
    }
    Some(batch)
}

fn size(raw: &Raw) -> usize {
    match &raw.content {
        Ok(source::Content::File(bytes) | source::Content::Json(bytes)) => bytes.len(),
        Err(_) => 0,
    }
}

/// The state of one run.
struct Run<'a> {
    args: &'a ExtractArgs,
    lexicon: Lexicon,
    sites: Sites,
    focus_was_inferred: AtomicBool,
    /// Hash of a text → where it came from first. Half of a SHA-256: 16 bytes an article.
    first_with: HashMap<[u8; 16], Arc<str>>,
    seen: Seen,
    /// Where the articles that are kept in `seen` came from.
    kept: Vec<Arc<str>>,
    outcome: Outcome,
}

/// An article with what was read out of it.
struct Done {
    article: Decoded,
    read: Extraction,
    sketch: Sketch,
    /// What of its line was of no use.
    warning: Option<String>,
}

impl Run<'_> {
    fn batch(
        &mut self,
        batch: Vec<Raw>,
        out: &mut impl Write,
        diagnostics: &mut impl Write,
    ) -> io::Result<()> {
        let this = &*self;
        let done: Vec<_> = batch.into_par_iter().map(|raw| this.read(raw)).collect();
        for result in done {
            match result {
                Ok(done) => {
                    if let Some(warning) = &done.warning {
                        self.outcome = Outcome::SomeUnreadable;
                        writeln!(diagnostics, "attache: {}: {warning}", done.article.source)?;
                    }
                    self.print(done, out)?;
                }
                Err((source, cause)) => {
                    self.outcome = Outcome::SomeUnreadable;
                    writeln!(diagnostics, "attache: {source}: {cause}")?;
                }
            }
        }
        Ok(())
    }

    fn read(&self, raw: Raw) -> Result<Done, (String, String)> {
        let Raw { source, content } = raw;
        let is_file = matches!(content, Ok(source::Content::File(_)));
        let content = content.map_err(|cause| (source.clone(), cause))?;
        let article = source::decode(source, content)?;
        let published = article.published.as_deref().map(When::of_timestamp);
        let (published, warning) = match published.transpose() {
            Ok(published) => (published, None),
            Err(error) => (
                None,
                Some(format!("read without its date of publication: {error}")),
            ),
        };
        let given =
            match &article.focus {
                Some(code) => Some(super::parse_focus(code).map_err(|cause| {
                    (article.source.clone(), format!("focus {code:?}: {cause}"))
                })?),
                None => self.args.focus.clone(),
            };
        let site = self.sites.of(&article.source).filter(|_| is_file);
        let read_for = |focus: &ActorId| {
            let known = Context {
                published: published.as_ref(),
                site,
                ..Context::new(&self.lexicon, focus)
            };
            extract(&article.text, &known)
        };
        let read = if let Some(focus) = given {
            read_for(&focus)
        } else {
            self.focus_was_inferred.store(true, Ordering::Relaxed);
            let first = read_for(&ActorId::new(NO_FOCUS));
            match most_named(&first) {
                Some(focus) => read_for(&focus),
                None => first,
            }
        };
        let sketch = Sketch::of(&article.text, read.sentences.iter().copied());
        Ok(Done {
            article,
            read,
            sketch,
            warning,
        })
    }

    fn print(&mut self, done: Done, out: &mut impl Write) -> io::Result<()> {
        let Done {
            article,
            read,
            sketch,
            warning: _,
        } = done;
        let first = self.duplicate_of(&article, sketch);
        let answer = Answer::new(
            About {
                source: &article.source,
                sha256: article.sha256,
                duplicate_of: first.as_deref(),
                site: self.sites.of(&article.source),
                explain: self.args.explain,
            },
            &article.text,
            &read,
        );
        serde_json::to_writer(&mut *out, &answer).map_err(io::Error::from)?;
        out.write_all(b"\n")
    }

    /// Where the same text came from before in this run, or one that holds (nearly) all of it;
    /// remembers it otherwise.
    fn duplicate_of(&mut self, article: &Decoded, sketch: Sketch) -> Option<Arc<str>> {
        let key = *id_of(article.text.trim().as_bytes()).0.first_chunk()?;
        if let Some(first) = self.first_with.get(&key) {
            return Some(Arc::clone(first));
        }
        if let Some(first) = self.seen.find_or_keep(sketch) {
            return self.kept.get(first).cloned();
        }
        let source: Arc<str> = article.source.as_str().into();
        self.kept.push(Arc::clone(&source));
        self.first_with.insert(key, source);
        None
    }
}

/// The country with the most mentions in title and body; of equal ones, the first in the text.
fn most_named(read: &Extraction) -> Option<ActorId> {
    let mut counts: Vec<(&ActorId, usize)> = Vec::new();
    for suggestion in &read.suggestions {
        if let Finding::Mention(mention) = &suggestion.finding
            && mention.actor.is_country()
        {
            match counts
                .iter_mut()
                .find(|(actor, _)| **actor == mention.actor)
            {
                Some((_, count)) => *count += 1,
                None => counts.push((&mention.actor, 1)),
            }
        }
    }
    // `max_by_key` takes the last of equal ones; reversed, that is the first in the text.
    let (actor, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    Some(actor.clone())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Runs `attache extract --focus BY` on `paths`: outcome, answers, diagnostics.
    fn check(paths: Vec<PathBuf>) -> (Outcome, Vec<serde_json::Value>, String) {
        let args = ExtractArgs {
            focus: Some(ActorId::new("BY")),
            explain: false,
            paths,
        };
        let (mut out, mut diagnostics) = (Vec::new(), Vec::new());
        let outcome = run(&args, &mut out, &mut diagnostics).unwrap();
        let answers = String::from_utf8(out)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        (outcome, answers, String::from_utf8(diagnostics).unwrap())
    }

    #[test]
    fn folders_are_read_in_order_and_the_unreadable_is_listed() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        fs::write(
            dir.path().join("a.txt"),
            "Заголовок\n\n5 мая 2016 года они встретились.",
        )
        .unwrap();
        fs::write(dir.path().join("b/c.txt"), b"\x7fELF\0\0\x01").unwrap();
        fs::write(
            dir.path().join("b/d.txt"),
            "Заголовок\n\n5 мая 2016 года они встретились.",
        )
        .unwrap();
        fs::write(dir.path().join("b/e.bin"), "not an article").unwrap();
        let (outcome, answers, diagnostics) = check(vec![dir.path().to_owned()]);
        assert_eq!(outcome, Outcome::SomeUnreadable);
        assert_eq!(answers.len(), 2);
        assert!(diagnostics.contains("c.txt"), "{diagnostics}");
        let time = &answers[0]["times"][0];
        // Code points, not bytes.
        assert_eq!((&time["start"], &time["end"]), (&11.into(), &26.into()));
        assert_eq!(time["edtf"], "2016-05-05");
        assert_eq!(answers[1]["duplicate_of"], answers[0]["source"]);
    }

    #[test]
    fn what_the_articles_of_a_folder_share_is_known_before_they_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let things = ["harbour", "bridge", "railway", "hospital"];
        let end = "All rights to what stands here are with the people of the valley press.";
        let about = |thing: &str, n: usize| {
            let said = |m: usize| {
                format!(
                    "The {thing} was {n}{m} years old when ward {m} of {thing} town {n} voted to sell it to others.\n"
                )
            };
            (1..6).map(said).collect::<String>()
        };
        for (n, thing) in things.iter().enumerate() {
            let text = format!("On the {thing}\n\n{}\n{end}\n", about(thing, n));
            fs::write(dir.path().join(format!("{thing}.txt")), text).unwrap();
        }
        let copy = format!("Once more: {}", about("harbour", 0));
        fs::write(
            dir.path().join("z.txt"),
            format!("Sold!\n\n{copy}\n{end}\n"),
        )
        .unwrap();
        let (_, answers, _) = check(vec![dir.path().to_owned()]);
        for answer in &answers {
            let last = answer["furniture"].as_array().unwrap().last().unwrap();
            assert_eq!(
                (&last["reason"], &last["articles"]),
                (&"repeated".into(), &4.into())
            );
        }
        assert_eq!(
            answers[4]["duplicate_of"], answers[1]["source"],
            "z and harbour"
        );
        assert!(
            answers[..4]
                .iter()
                .all(|answer| answer["duplicate_of"].is_null())
        );
    }

    #[test]
    fn a_reader_that_goes_away_is_an_error_and_no_panic() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "text").unwrap();
        let args = ExtractArgs {
            focus: None,
            explain: true,
            paths: vec![dir.path().to_owned()],
        };
        let error = run(&args, Gone, &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
