//! The Parquet files of a part → rows, article by article, without the texts.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::LibraryError;
use super::columns::{self, Columns, ints, texts};
use super::part::{ARTICLES, CLAIMS, MENTIONS, SITES};
use super::rows::{ArticleRow, ClaimRow, MentionRow, ReadArticle, SiteRow};
use crate::model::actor::MentionClass;
use crate::model::article::{Language, PublicationStatus};
use crate::model::claim::{ClaimKind, Modality, Polarity, Role, RoleActor};
use crate::model::date::{BadWhen, When};
use crate::model::extraction::CountryRole;
use crate::model::ids::{ActorId, ArticleId, SuggestionId};
use crate::model::sketch::Sketch;
use crate::model::span::Span;

/// Rows that are read at once.
const BATCH: usize = 4_096;
/// The same, where texts are read, too.
const BATCH_WITH_TEXTS: usize = 256;

/// Calls `take` with every article of the part in `folder`, in order, with its claims and
/// mentions, until it answers `false`.
///
/// # Errors
/// When a file is missing or damaged, or holds values that are not known. What was taken until
/// then is as it was written.
pub fn articles(
    folder: &Path,
    mut take: impl FnMut(ReadArticle) -> bool,
) -> Result<(), LibraryError> {
    let path = folder.join(ARTICLES);
    let mut claims = Grouped::new(folder.join(CLAIMS), claim)?;
    let mut mentions = Grouped::new(folder.join(MENTIONS), mention)?;
    let mut number = 0;
    for batch in columns::open(&path, &["text"], BATCH)? {
        let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
        let columns = Columns::new(&batch, &path);
        for row in 0..batch.num_rows() {
            let read = ReadArticle {
                article: article(&columns, row)?,
                claims: claims.of(number)?,
                mentions: mentions.of(number)?,
            };
            number += 1;
            if !take(read) {
                return Ok(());
            }
        }
    }
    Ok(())
}

const WHAT: &str = "a table of a part";

/// The articles of the part in `folder`, in order.
///
/// # Errors
/// As [`articles`].
pub fn ids(folder: &Path) -> Result<Vec<ArticleId>, LibraryError> {
    let path = folder.join(ARTICLES);
    let mut ids = Vec::new();
    for batch in columns::open_only(&path, "id", BATCH)? {
        let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
        let columns = Columns::new(&batch, &path);
        let id = columns.required("id")?;
        for row in 0..batch.num_rows() {
            let bytes = id.bytes(row).and_then(|bytes| bytes.try_into().ok());
            ids.push(ArticleId(bytes.ok_or_else(|| columns.bad("id", row))?));
        }
    }
    Ok(ids)
}

/// Calls `take` with title and text of every article of the part in `folder`, in order, until it
/// answers `false`.
///
/// # Errors
/// As [`articles`].
pub fn texts_of(
    folder: &Path,
    mut take: impl FnMut(&str, &str) -> bool,
) -> Result<(), LibraryError> {
    let path = folder.join(ARTICLES);
    for batch in columns::open(&path, &["sketch"], BATCH_WITH_TEXTS)? {
        let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
        let columns = Columns::new(&batch, &path);
        let text = columns.required("text")?;
        let title = columns.optional("title");
        for row in 0..batch.num_rows() {
            let text = text.text(row).ok_or_else(|| columns.bad("text", row))?;
            let title = title.and_then(|title| title.text(row)).unwrap_or_default();
            if !take(title, text) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What the sources of the part's articles are known for; nothing where nobody looked.
///
/// # Errors
/// When the file is there and damaged.
pub fn sites(folder: &Path) -> Result<Vec<SiteRow>, LibraryError> {
    let path = folder.join(SITES);
    let mut rows = Vec::new();
    if !path.exists() {
        return Ok(rows);
    }
    for batch in columns::open(&path, &[], BATCH)? {
        let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
        let columns = Columns::new(&batch, &path);
        let [source, articles, is_line, key, count] =
            ["source", "articles", "is_line", "key", "count"].map(|name| columns.required(name));
        let (source, articles, is_line) = (source?, articles?, is_line?);
        let (key, count) = (key?, count?);
        for row in 0..batch.num_rows() {
            let site = || {
                Some(SiteRow {
                    source: source.text(row)?.into(),
                    articles: articles.count(row)?,
                    is_line: is_line.truth(row)?,
                    key: key.bits(row)?,
                    count: count.count(row)?,
                })
            };
            rows.push(site().ok_or_else(|| columns.bad("source", row))?);
        }
    }
    Ok(rows)
}

fn when(text: Option<&str>) -> Result<Option<When>, BadWhen> {
    text.map(str::parse).transpose()
}

fn article(columns: &Columns<'_>, row: usize) -> Result<ArticleRow, LibraryError> {
    let bad = |name: &str| columns.bad(name, row);
    let text = |name: &str| columns.optional(name).and_then(|column| column.text(row));
    let count = |name: &str| columns.optional(name).and_then(|column| column.count(row));
    let list = |name: &str| columns.optional(name).and_then(|column| column.list(row));
    let id = columns.required("id")?.bytes(row);
    let id = id
        .and_then(|bytes| bytes.try_into().ok())
        .map(ArticleId)
        .ok_or_else(|| bad("id"))?;
    let source = columns.required("source")?.text(row);
    let language = columns.required("language")?.text(row);
    let date = |name: &str| when(text(name)).map_err(|_| bad(name));
    let published = date("published")?;
    let status = match text("published_status") {
        Some(key) => PublicationStatus::from_key(key).ok_or_else(|| bad("published_status"))?,
        None if published.is_some() => PublicationStatus::Stated,
        None => PublicationStatus::Missing,
    };
    let mut partners = Vec::new();
    if let (Some(actors), Some(roles)) = (list("partners"), list("partner_roles")) {
        for (actor, role) in texts(&actors).zip(texts(&roles)) {
            let role = CountryRole::from_key(role).ok_or_else(|| bad("partner_roles"))?;
            partners.push((ActorId::new(actor), role));
        }
    }
    let mut rules: Vec<(Box<str>, u32)> = Vec::new();
    if let (Some(names), Some(counts)) = (list("rules"), list("rule_counts")) {
        for (name, count) in texts(&names).zip(ints(&counts)) {
            rules.push((name.into(), u32::try_from(count).unwrap_or(0)));
        }
    }
    let sketch = columns.optional("sketch").and_then(|c| c.bytes(row));
    let sketch = match sketch {
        Some(bytes) => Some(Box::new(
            Sketch::from_bytes(bytes).ok_or_else(|| bad("sketch"))?,
        )),
        None => None,
    };
    let suggestions = count("suggestions").unwrap_or(0);
    let bits = |name: &str| columns.optional(name).and_then(|column| column.bits(row));
    Ok(ArticleRow {
        id,
        source: source.ok_or_else(|| bad("source"))?.into(),
        url: text("url").map(Into::into),
        title: text("title").unwrap_or_default().into(),
        encoding: text("encoding").unwrap_or("UTF-8").into(),
        size_bytes: bits("size_bytes").unwrap_or(0),
        language: language
            .and_then(Language::from_key)
            .unwrap_or(Language::Other),
        published,
        given: date("published_given")?,
        status,
        partners,
        suggestions,
        open: count("open_suggestions").unwrap_or(suggestions),
        site: bits("site").unwrap_or(0),
        sketch,
        rules,
    })
}

fn claim(columns: &Columns<'_>, row: usize) -> Result<ClaimRow, LibraryError> {
    let bad = |name: &str| columns.bad(name, row);
    let text = |name: &str| columns.optional(name).and_then(|column| column.text(row));
    let bits = |name: &str| columns.optional(name).and_then(|column| column.bits(row));
    let list = |name: &str| columns.optional(name).and_then(|column| column.list(row));
    let key = |name: &str| columns.required(name).map(|column| column.text(row));
    let actors = |name: &str| {
        list(name).map_or_else(Vec::new, |list| {
            texts(&list).map(ActorId::new).collect::<Vec<_>>()
        })
    };
    let offsets = |name: &str| -> Result<Vec<usize>, LibraryError> {
        let list = columns.required(name)?.list(row);
        let list = list.ok_or_else(|| bad(name))?;
        let offsets: Option<Vec<usize>> = ints(&list).map(|n| usize::try_from(n).ok()).collect();
        offsets.ok_or_else(|| bad(name))
    };
    let roles: Option<Vec<Role>> = list("roles").map_or_else(
        || Some(Vec::new()),
        |list| texts(&list).map(Role::from_key).collect(),
    );
    let roles = roles.ok_or_else(|| bad("roles"))?;
    let starts = offsets("evidence_starts")?;
    let spans = starts.into_iter().zip(offsets("evidence_ends")?);
    let polarity = text("polarity").map_or(Some(Polarity::Cooperative), Polarity::from_key);
    let item_keys = list("item_keys").map_or_else(Box::default, |list| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the bits are what counts"
        )]
        ints(&list).map(|key| key as u32).collect()
    });
    Ok(ClaimRow {
        key: SuggestionId(
            columns
                .required("claim")?
                .bits(row)
                .ok_or_else(|| bad("claim"))?,
        ),
        kind: key("kind")?
            .and_then(ClaimKind::from_key)
            .ok_or_else(|| bad("kind"))?,
        modality: key("modality")?
            .and_then(Modality::from_key)
            .ok_or_else(|| bad("modality"))?,
        polarity: polarity.ok_or_else(|| bad("polarity"))?,
        partners: actors("partners"),
        actors: actors("actors")
            .into_iter()
            .zip(roles)
            .map(|(actor, role)| RoleActor { actor, role })
            .collect(),
        items: list("items")
            .map_or_else(Vec::new, |list| texts(&list).map(str::to_owned).collect()),
        item_keys,
        when: when(text("when")).map_err(|_| bad("when"))?,
        evidence: spans.map(|(start, end)| Span::new(start, end)).collect(),
        passages: [bits("sentence_hash"), bits("quote_hash")],
        rule: text("rule").unwrap_or_default().into(),
        confidence: columns
            .optional("confidence")
            .and_then(|column| u8::try_from(column.int(row)?).ok())
            .unwrap_or(50),
    })
}

fn mention(columns: &Columns<'_>, row: usize) -> Result<MentionRow, LibraryError> {
    let offset = |name: &str| {
        let at = columns.required(name)?.int(row);
        at.and_then(|at| usize::try_from(at).ok())
            .ok_or_else(|| columns.bad(name, row))
    };
    let text = |name: &str| columns.optional(name).and_then(|column| column.text(row));
    let actor = text("actor").ok_or_else(|| columns.bad("actor", row))?;
    let class = text("class").map_or(Some(MentionClass::Name), MentionClass::from_key);
    Ok(MentionRow {
        span: Span::new(offset("start")?, offset("end")?),
        actor: ActorId::new(actor),
        counts_as: ActorId::new(text("counts_as").unwrap_or(actor)),
        class: class.ok_or_else(|| columns.bad("class", row))?,
        rule: text("rule").unwrap_or_default().into(),
    })
}

type ReadRow<R> = fn(&Columns<'_>, usize) -> Result<R, LibraryError>;

/// The rows of a table that belong to articles, handed out article by article.
struct Grouped<R> {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    batch: Option<RecordBatch>,
    at: usize,
    row: ReadRow<R>,
}

impl<R> Grouped<R> {
    fn new(path: PathBuf, row: ReadRow<R>) -> Result<Self, LibraryError> {
        let reader = columns::open(&path, &[], BATCH)?;
        Ok(Self {
            path,
            reader,
            batch: None,
            at: 0,
            row,
        })
    }

    /// The rows of an article. Articles are asked for in order.
    fn of(&mut self, article: u32) -> Result<Vec<R>, LibraryError> {
        let mut rows = Vec::new();
        loop {
            let is_done = self.batch.as_ref().is_none_or(|b| self.at >= b.num_rows());
            if is_done {
                self.at = 0;
                let next = self.reader.next().transpose();
                self.batch =
                    next.map_err(|error| LibraryError::damaged(WHAT, &self.path, error))?;
            }
            let Some(batch) = &self.batch else {
                return Ok(rows);
            };
            let columns = Columns::new(batch, &self.path);
            let numbers = columns.required("article")?;
            while self.at < batch.num_rows() {
                let number = numbers.count(self.at);
                let number = number.ok_or_else(|| columns.bad("article", self.at))?;
                if number > article {
                    return Ok(rows);
                }
                let row = (self.row)(&columns, self.at)?;
                self.at += 1;
                if number < article {
                    let why = "its rows are not in the order of the articles";
                    return Err(LibraryError::damaged(WHAT, &self.path, why));
                }
                rows.push(row);
            }
        }
    }
}
