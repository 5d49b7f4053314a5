//! The Parquet files of a part → rows, article by article, without the texts.

use std::path::{Path, PathBuf};

use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::LibraryError;
use super::columns::{self, Column, Columns, List};
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
    let mut claims = Grouped::<Claims>::new(folder.join(CLAIMS))?;
    let mut mentions = Grouped::<Mentions>::new(folder.join(MENTIONS))?;
    let mut number = 0;
    for batch in columns::open(&path, &["text"], BATCH)? {
        let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
        let articles = Articles::of(&Columns::new(&batch, &path))?;
        for row in 0..batch.num_rows() {
            let article = articles.row(row);
            let read = ReadArticle {
                article: article.map_err(|name| columns::bad(&path, name, row))?,
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

/// Calls `take` with every article of the part in `folder` and its text, in order, until it
/// answers `false`. No other table of the part is looked at.
///
/// # Errors
/// As [`articles`].
pub fn with_texts(
    folder: &Path,
    mut take: impl FnMut(ArticleRow, &str) -> bool,
) -> Result<(), LibraryError> {
    let path = folder.join(ARTICLES);
    for batch in columns::open(&path, &[], BATCH_WITH_TEXTS)? {
        let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
        let columns = Columns::new(&batch, &path);
        let text = columns.required("text")?;
        let articles = Articles::of(&columns)?;
        for row in 0..batch.num_rows() {
            let article = articles.row(row);
            let article = article.map_err(|name| columns::bad(&path, name, row))?;
            let text = text.text(row).ok_or_else(|| columns.bad("text", row))?;
            if !take(article, text) {
                return Ok(());
            }
        }
    }
    Ok(())
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
            let title = title.text(row).unwrap_or_default();
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

/// The columns of a table, looked up once a batch.
trait Table: Sized {
    type Row;

    fn of(columns: &Columns<'_>) -> Result<Self, LibraryError>;

    /// A row of the table; else the name of the column that holds no value that is known.
    fn row(&self, row: usize) -> Result<Self::Row, &'static str>;
}

struct Articles {
    id: Column,
    source: Column,
    url: Column,
    title: Column,
    encoding: Column,
    size_bytes: Column,
    language: Column,
    published: Column,
    published_given: Column,
    published_status: Column,
    partners: Column,
    partner_roles: Column,
    suggestions: Column,
    open_suggestions: Column,
    site: Column,
    sketch: Column,
    rules: Column,
    rule_counts: Column,
}

impl Table for Articles {
    type Row = ArticleRow;

    fn of(columns: &Columns<'_>) -> Result<Self, LibraryError> {
        Ok(Self {
            id: columns.required("id")?,
            source: columns.required("source")?,
            url: columns.optional("url"),
            title: columns.optional("title"),
            encoding: columns.optional("encoding"),
            size_bytes: columns.optional("size_bytes"),
            language: columns.required("language")?,
            published: columns.optional("published"),
            published_given: columns.optional("published_given"),
            published_status: columns.optional("published_status"),
            partners: columns.optional("partners"),
            partner_roles: columns.optional("partner_roles"),
            suggestions: columns.optional("suggestions"),
            open_suggestions: columns.optional("open_suggestions"),
            site: columns.optional("site"),
            sketch: columns.optional("sketch"),
            rules: columns.optional("rules"),
            rule_counts: columns.optional("rule_counts"),
        })
    }

    fn row(&self, row: usize) -> Result<ArticleRow, &'static str> {
        let id = self.id.bytes(row).and_then(|bytes| bytes.try_into().ok());
        let published = when(self.published.text(row)).map_err(|_| "published")?;
        let status = match self.published_status.text(row) {
            Some(key) => PublicationStatus::from_key(key).ok_or("published_status")?,
            None if published.is_some() => PublicationStatus::Stated,
            None => PublicationStatus::Missing,
        };
        let mut partners = Vec::new();
        if let (Some(actors), Some(roles)) = (self.partners.list(row), self.partner_roles.list(row))
        {
            for (actor, role) in actors.texts().zip(roles.texts()) {
                let role = CountryRole::from_key(role).ok_or("partner_roles")?;
                partners.push((ActorId::new(actor), role));
            }
        }
        let mut rules: Vec<(Box<str>, u32)> = Vec::new();
        if let (Some(names), Some(counts)) = (self.rules.list(row), self.rule_counts.list(row)) {
            for (name, count) in names.texts().zip(counts.ints()) {
                rules.push((name.into(), u32::try_from(count).unwrap_or(0)));
            }
        }
        let sketch = match self.sketch.bytes(row) {
            Some(bytes) => Some(Box::new(Sketch::from_bytes(bytes).ok_or("sketch")?)),
            None => None,
        };
        let suggestions = self.suggestions.count(row).unwrap_or(0);
        let language = self.language.text(row).and_then(Language::from_key);
        Ok(ArticleRow {
            id: id.map(ArticleId).ok_or("id")?,
            source: self.source.text(row).ok_or("source")?.into(),
            url: self.url.text(row).map(Into::into),
            title: self.title.text(row).unwrap_or_default().into(),
            encoding: self.encoding.text(row).unwrap_or("UTF-8").into(),
            size_bytes: self.size_bytes.bits(row).unwrap_or(0),
            language: language.unwrap_or(Language::Other),
            published,
            given: when(self.published_given.text(row)).map_err(|_| "published_given")?,
            status,
            partners,
            suggestions,
            open: self.open_suggestions.count(row).unwrap_or(suggestions),
            site: self.site.bits(row).unwrap_or(0),
            sketch,
            rules,
        })
    }
}

struct Claims {
    claim: Column,
    kind: Column,
    modality: Column,
    polarity: Column,
    partners: Column,
    actors: Column,
    roles: Column,
    items: Column,
    item_keys: Column,
    when: Column,
    evidence_starts: Column,
    evidence_ends: Column,
    sentence_hash: Column,
    quote_hash: Column,
    rule: Column,
    confidence: Column,
}

impl Table for Claims {
    type Row = ClaimRow;

    fn of(columns: &Columns<'_>) -> Result<Self, LibraryError> {
        Ok(Self {
            claim: columns.required("claim")?,
            kind: columns.required("kind")?,
            modality: columns.required("modality")?,
            polarity: columns.optional("polarity"),
            partners: columns.optional("partners"),
            actors: columns.optional("actors"),
            roles: columns.optional("roles"),
            items: columns.optional("items"),
            item_keys: columns.optional("item_keys"),
            when: columns.optional("when"),
            evidence_starts: columns.required("evidence_starts")?,
            evidence_ends: columns.required("evidence_ends")?,
            sentence_hash: columns.optional("sentence_hash"),
            quote_hash: columns.optional("quote_hash"),
            rule: columns.optional("rule"),
            confidence: columns.optional("confidence"),
        })
    }

    fn row(&self, row: usize) -> Result<ClaimRow, &'static str> {
        let actors = |column: &Column| -> Vec<ActorId> {
            let list = column.list(row).into_iter();
            list.flat_map(List::texts).map(ActorId::new).collect()
        };
        let offsets = |column: &Column, name| -> Result<Vec<usize>, &'static str> {
            let ints = column.list(row).ok_or(name)?.ints();
            let offsets: Option<_> = ints.map(|int| usize::try_from(int).ok()).collect();
            offsets.ok_or(name)
        };
        let roles = self.roles.list(row).into_iter().flat_map(List::texts);
        let roles: Option<Vec<Role>> = roles.map(Role::from_key).collect();
        let starts = offsets(&self.evidence_starts, "evidence_starts")?;
        let ends = offsets(&self.evidence_ends, "evidence_ends")?;
        let spans = starts.into_iter().zip(ends);
        let polarity = self.polarity.text(row);
        let item_keys = self.item_keys.list(row).into_iter().flat_map(List::ints);
        let items = self.items.list(row).into_iter().flat_map(List::texts);
        let kind = self.kind.text(row).and_then(ClaimKind::from_key);
        let modality = self.modality.text(row).and_then(Modality::from_key);
        let confidence = self.confidence.int(row);
        Ok(ClaimRow {
            key: SuggestionId(self.claim.bits(row).ok_or("claim")?),
            kind: kind.ok_or("kind")?,
            modality: modality.ok_or("modality")?,
            polarity: polarity
                .map_or(Some(Polarity::Cooperative), Polarity::from_key)
                .ok_or("polarity")?,
            partners: actors(&self.partners),
            actors: actors(&self.actors)
                .into_iter()
                .zip(roles.ok_or("roles")?)
                .map(|(actor, role)| RoleActor { actor, role })
                .collect(),
            items: items.map(str::to_owned).collect(),
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the bits are what counts"
            )]
            item_keys: item_keys.map(|key| key as u32).collect(),
            when: when(self.when.text(row)).map_err(|_| "when")?,
            evidence: spans.map(|(start, end)| Span::new(start, end)).collect(),
            passages: [self.sentence_hash.bits(row), self.quote_hash.bits(row)],
            rule: self.rule.text(row).unwrap_or_default().into(),
            confidence: confidence
                .and_then(|confidence| u8::try_from(confidence).ok())
                .unwrap_or(50),
        })
    }
}

struct Mentions {
    start: Column,
    end: Column,
    actor: Column,
    counts_as: Column,
    class: Column,
    rule: Column,
}

impl Table for Mentions {
    type Row = MentionRow;

    fn of(columns: &Columns<'_>) -> Result<Self, LibraryError> {
        Ok(Self {
            start: columns.required("start")?,
            end: columns.required("end")?,
            actor: columns.optional("actor"),
            counts_as: columns.optional("counts_as"),
            class: columns.optional("class"),
            rule: columns.optional("rule"),
        })
    }

    fn row(&self, row: usize) -> Result<MentionRow, &'static str> {
        let offset = |column: &Column| usize::try_from(column.int(row)?).ok();
        let actor = self.actor.text(row).ok_or("actor")?;
        let class = self.class.text(row);
        let class = class.map_or(Some(MentionClass::Name), MentionClass::from_key);
        Ok(MentionRow {
            span: Span::new(
                offset(&self.start).ok_or("start")?,
                offset(&self.end).ok_or("end")?,
            ),
            actor: ActorId::new(actor),
            counts_as: ActorId::new(self.counts_as.text(row).unwrap_or(actor)),
            class: class.ok_or("class")?,
            rule: self.rule.text(row).unwrap_or_default().into(),
        })
    }
}

/// The rows of a table that belong to articles, handed out article by article.
struct Grouped<T> {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    batch: Option<Batch<T>>,
    at: usize,
}

struct Batch<T> {
    rows: usize,
    /// The number of the article in each row.
    article: Column,
    table: T,
}

impl<T: Table> Grouped<T> {
    fn new(path: PathBuf) -> Result<Self, LibraryError> {
        let reader = columns::open(&path, &[], BATCH)?;
        Ok(Self {
            path,
            reader,
            batch: None,
            at: 0,
        })
    }

    fn next_batch(&mut self) -> Result<Option<Batch<T>>, LibraryError> {
        let next = self.reader.next().transpose();
        let next = next.map_err(|error| LibraryError::damaged(WHAT, &self.path, error))?;
        let Some(batch) = next else {
            return Ok(None);
        };
        let columns = Columns::new(&batch, &self.path);
        Ok(Some(Batch {
            rows: batch.num_rows(),
            article: columns.required("article")?,
            table: T::of(&columns)?,
        }))
    }

    /// The rows of an article. Articles are asked for in order.
    fn of(&mut self, article: u32) -> Result<Vec<T::Row>, LibraryError> {
        let mut rows = Vec::new();
        loop {
            let is_done = self.batch.as_ref().is_none_or(|b| self.at >= b.rows);
            if is_done {
                self.at = 0;
                self.batch = self.next_batch()?;
            }
            let Some(batch) = &self.batch else {
                return Ok(rows);
            };
            let bad = |name, row| columns::bad(&self.path, name, row);
            while self.at < batch.rows {
                let number = batch.article.count(self.at);
                let number = number.ok_or_else(|| bad("article", self.at))?;
                if number > article {
                    return Ok(rows);
                }
                let row = batch.table.row(self.at);
                let row = row.map_err(|name| bad(name, self.at))?;
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
