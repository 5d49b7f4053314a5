use std::path::Path;

use super::part::{self, Unfinished};
use super::rows::{ArticleRow, ClaimRow, MentionRow, ReadArticle, SiteRow};
use super::text::Texts;
use super::write::{PartWriter, write_sites};
use super::{LibraryError, catalog, read};
use crate::model::actor::MentionClass;
use crate::model::article::{Language, PublicationStatus};
use crate::model::claim::{ClaimKind, Modality, Polarity, Role, RoleActor};
use crate::model::extraction::CountryRole;
use crate::model::ids::{ActorId, ArticleId, SuggestionId};
use crate::model::sketch::Sketch;
use crate::model::span::Span;
use crate::store::corpus::id_of;

fn text(n: u32) -> String {
    let words = (0..400 + n % 7).map(|w| format!("слово{} ", (w * 31 + n) % 997));
    format!("Article {n}\n\n{}", words.collect::<String>())
}

fn row(n: u32) -> ReadArticle {
    let text = text(n);
    let by = || ActorId::new("BY");
    let article = ArticleRow {
        id: id_of(text.as_bytes()),
        source: format!("site/{n}.txt").into(),
        url: n
            .is_multiple_of(2)
            .then(|| format!("https://site/{n}").into()),
        title: format!("Article {n}").into(),
        encoding: "UTF-8".into(),
        size_bytes: text.len() as u64,
        language: Language::Russian,
        published: Some("2016-04-22".parse().unwrap()),
        given: (n == 1).then(|| "2016~".parse().unwrap()),
        status: PublicationStatus::Conflict,
        partners: vec![(ActorId::new("org/x"), CountryRole::PartnerMixed)],
        suggestions: n,
        open: n / 2,
        site: u64::MAX - u64::from(n),
        sketch: (n > 0).then(|| Box::new(Sketch::of(&text, [Span::new(0, text.len())]))),
        rules: vec![("time/day".into(), n), ("edge/tags".into(), 1)],
    };
    let claim = |key: u64| ClaimRow {
        key: SuggestionId(key ^ (1 << 63)),
        kind: ClaimKind::JointProduction,
        modality: Modality::Planned,
        polarity: Polarity::Adverse,
        partners: vec![ActorId::new("CN"), ActorId::new("person/й")],
        actors: vec![RoleActor {
            actor: by(),
            role: Role::Host,
        }],
        items: vec!["шасси".to_owned()],
        item_keys: [3, u32::MAX].into(),
        when: Some("2015/2016-02".parse().unwrap()),
        evidence: vec![Span::new(3, 9), Span::new(20, 24)],
        passages: [Some(u64::MAX), None],
        rule: "claim/x".into(),
        confidence: 80,
    };
    let mention = |at: usize| MentionRow {
        span: Span::new(at, at + 3),
        actor: ActorId::new("org/y"),
        counts_as: by(),
        class: MentionClass::InOrganisation,
        rule: "actor/name".into(),
    };
    ReadArticle {
        article,
        claims: (0..u64::from(n % 3)).map(claim).collect(),
        mentions: (0..(n % 4) as usize).map(mention).collect(),
    }
}

fn write(library: &Path, name: &str, many: u32) {
    let unfinished = Unfinished::new(library, name).unwrap();
    let mut writer = PartWriter::new(unfinished.folder()).unwrap();
    for n in 0..many {
        let row = row(n);
        writer
            .push(&row.article, &text(n), &row.claims, &row.mentions)
            .unwrap();
    }
    let (articles, bytes) = writer.finish().unwrap();
    write_sites(unfinished.folder(), &[site()]).unwrap();
    unfinished.finish(articles, bytes).unwrap();
}

fn site() -> SiteRow {
    SiteRow {
        source: "site".into(),
        articles: 9,
        is_line: true,
        key: u64::MAX,
        count: 4,
    }
}

#[test]
fn rows_and_texts_come_back() {
    const MANY: u32 = 1_300;
    let library = tempfile::tempdir().unwrap();
    write(library.path(), "p", MANY);
    let folder = library.path().join("parts/p");
    let mut read_rows = Vec::new();
    read::articles(&folder, |row| {
        read_rows.push(row);
        true
    })
    .unwrap();
    assert_eq!(read_rows.len(), MANY as usize);
    for (n, read) in (0..).zip(&read_rows) {
        assert_eq!(*read, row(n), "{n}");
    }
    let texts = Texts::new(&folder);
    for n in [0, 1, 700, 511, 512, MANY - 1] {
        assert_eq!(texts.get(n).unwrap(), text(n));
    }
    assert!(texts.get(MANY).is_err());
    let some: Vec<u32> = (0..MANY).filter(|n| n % 7 == 0 || n % 100 < 9).collect();
    let mut taken = Vec::new();
    texts
        .each(&some, &mut |row, found| taken.push((row, found.to_owned())))
        .unwrap();
    let expected: Vec<(u32, String)> = some.iter().map(|n| (*n, text(*n))).collect();
    assert_eq!(taken, expected);
    let mut n = 0;
    read::texts_of(&folder, |title, found| {
        assert_eq!((title, found), (&*format!("Article {n}"), &*text(n)));
        n += 1;
        n < 600
    })
    .unwrap();
    assert_eq!(n, 600);
    assert_eq!(read::sites(&folder).unwrap(), [site()]);
    let seal = part::verify(&folder).unwrap().unwrap();
    assert_eq!(seal.articles, MANY);
    let entries = std::fs::read_dir(library.path().join("parts")).unwrap();
    assert_eq!(entries.count(), 1, "nothing unfinished is left");
}

/// One text is a page of some texts, not the whole column.
#[test]
fn a_text_is_fetched_by_its_page() {
    use parquet::file::metadata::PageIndexPolicy;
    use parquet::file::metadata::ParquetMetaDataReader;
    let library = tempfile::tempdir().unwrap();
    write(library.path(), "p", 600);
    let file = std::fs::File::open(library.path().join("parts/p/articles.parquet")).unwrap();
    let metadata = ParquetMetaDataReader::new()
        .with_page_index_policy(PageIndexPolicy::Required)
        .parse_and_finish(&file)
        .unwrap();
    let last = metadata.file_metadata().schema_descr().num_columns() - 1;
    let group = metadata.page_index_for_row_group(0);
    let pages = group.page_locations(last).unwrap();
    let texts: u64 = (0..600).map(|n| text(n).len() as u64).sum();
    let expected = usize::try_from(texts).unwrap() / super::write::TEXT_PAGE_BYTES;
    assert!(
        pages.len() >= expected * 3 / 4 && pages.len() <= expected * 2,
        "{} pages",
        pages.len()
    );
}

#[test]
fn a_part_is_complete_or_absent_and_damage_is_named() {
    let library = tempfile::tempdir().unwrap();
    let parts = library.path().join("parts");
    let unfinished = Unfinished::new(library.path(), "p").unwrap();
    PartWriter::new(unfinished.folder()).unwrap();
    drop(unfinished);
    assert_eq!(std::fs::read_dir(&parts).unwrap().count(), 0);
    std::fs::create_dir(parts.join(".new-1")).unwrap();
    std::fs::create_dir(library.path().join("view")).unwrap();
    for left in ["view/.new-1", ".attache-1.tmp"] {
        std::fs::write(library.path().join(left), "half").unwrap();
    }
    part::clear_unfinished(library.path());
    assert_eq!(std::fs::read_dir(&parts).unwrap().count(), 0);
    for left in ["view/.new-1", ".attache-1.tmp"] {
        assert!(!library.path().join(left).exists());
    }

    write(library.path(), "p", 40);
    let folder = parts.join("p");
    for name in [part::ARTICLES, part::CLAIMS, part::MENTIONS, part::SITES] {
        let path = folder.join(name);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let said = part::look(&folder).unwrap_err().to_string();
        assert!(said.contains(name) && said.contains("bytes"), "{said}");
        let mut changed = whole.clone();
        changed[whole.len() / 3] ^= 1;
        std::fs::write(&path, &changed).unwrap();
        part::look(&folder).unwrap();
        let said = part::verify(&folder).unwrap_err().to_string();
        assert!(said.contains(name) && said.contains("checksum"), "{said}");
        std::fs::write(&path, &whole).unwrap();
    }
    std::fs::remove_file(folder.join(part::CLAIMS)).unwrap();
    let said = part::look(&folder).unwrap_err().to_string();
    assert!(said.contains(part::CLAIMS), "{said}");
    // The same part once more takes the place of the damaged one.
    write(library.path(), "p", 40);
    part::verify(&folder).unwrap();
}

#[test]
fn what_was_taken_comes_back_and_its_name_follows_what_it_holds() {
    let library = tempfile::tempdir().unwrap();
    let taken = |n: u8, present: bool| catalog::Taken {
        article: ArticleId([n; 32]),
        source: format!("a/{n}.txt").into(),
        file: "/data/a.jsonl".into(),
        size: 7,
        modified: -1,
        present,
    };
    let rows: Vec<_> = (0..40).map(|n| taken(n, n % 2 == 0)).collect();
    let name = catalog::write(library.path(), &rows).unwrap();
    assert_eq!(catalog::read(library.path(), &name).unwrap(), rows);
    assert_eq!(catalog::write(library.path(), &rows).unwrap(), name);
    let others = catalog::write(library.path(), &rows[1..]).unwrap();
    assert_ne!(others, name);
    assert!(matches!(
        catalog::read(library.path(), "catalog/none"),
        Err(LibraryError::Io { .. })
    ));
}

/// What programs such as pyarrow write by default: long numbers, large strings, binary ids, no
/// page index, several row groups, and only the columns that must be there.
#[test]
fn parts_that_others_made_can_be_read() {
    use arrow_array::builder::Int64Builder;
    use arrow_array::builder::{LargeStringBuilder, ListBuilder};
    use arrow_array::{ArrayRef, BinaryArray, Int64Array, LargeStringArray, RecordBatch};
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::{EnabledStatistics, WriterProperties};
    use std::sync::Arc;

    fn file(path: &Path, columns: Vec<(&str, ArrayRef)>) {
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let properties = WriterProperties::builder()
            .set_max_row_group_row_count(Some(2))
            .set_offset_index_disabled(true)
            .set_statistics_enabled(EnabledStatistics::None)
            .build();
        let file = std::fs::File::create(path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    }
    let strings = |texts: &[&str]| Arc::new(LargeStringArray::from(texts.to_vec())) as ArrayRef;
    let numbers = |numbers: &[i64]| Arc::new(Int64Array::from(numbers.to_vec())) as ArrayRef;
    let lists = |lists: &[&[i64]]| {
        let mut builder = ListBuilder::new(Int64Builder::new());
        for list in lists {
            builder.values().append_slice(list);
            builder.append(true);
        }
        Arc::new(builder.finish()) as ArrayRef
    };
    let mut partners = ListBuilder::new(LargeStringBuilder::new());
    for partner in ["CN", "RU"] {
        partners.values().append_value(partner);
        partners.append(true);
    }
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<[u8; 32]> = (0..3).map(|n| [n; 32]).collect();
    let ids: Vec<&[u8]> = ids.iter().map(<[u8; 32]>::as_slice).collect();
    file(
        &folder.path().join(part::ARTICLES),
        vec![
            ("text", strings(&["один", "два", "три"])),
            ("id", Arc::new(BinaryArray::from(ids)) as ArrayRef),
            ("source", strings(&["a", "b", "c"])),
            ("title", strings(&["A", "B", "C"])),
            ("language", strings(&["ru", "ru", "xx"])),
            ("published", strings(&["2016", "2016-02", "2017?"])),
        ],
    );
    file(
        &folder.path().join(part::CLAIMS),
        vec![
            ("article", numbers(&[0, 2])),
            ("claim", numbers(&[5, -6])),
            ("kind", strings(&["visit", "refusal"])),
            ("modality", strings(&["done", "planned"])),
            ("partners", Arc::new(partners.finish()) as ArrayRef),
            ("evidence_starts", lists(&[&[0], &[0, 2]])),
            ("evidence_ends", lists(&[&[4], &[2, 4]])),
        ],
    );
    file(
        &folder.path().join(part::MENTIONS),
        vec![
            ("article", numbers(&[1, 1])),
            ("start", numbers(&[0, 2])),
            ("end", numbers(&[2, 4])),
            ("actor", strings(&["RU", "CN"])),
        ],
    );
    assert_eq!(part::verify(folder.path()).unwrap(), None);
    let mut rows = Vec::new();
    read::articles(folder.path(), |row| {
        rows.push(row);
        true
    })
    .unwrap();
    let claims: Vec<usize> = rows.iter().map(|row| row.claims.len()).collect();
    assert_eq!(claims, [1, 0, 1]);
    assert_eq!(rows[2].claims[0].partners, [ActorId::new("RU")]);
    assert_eq!(rows[2].claims[0].evidence.len(), 2);
    assert_eq!(rows[1].mentions.len(), 2);
    assert_eq!(rows[1].mentions[0].counts_as, ActorId::new("RU"));
    assert_eq!(rows[0].article.status, PublicationStatus::Stated);
    assert_eq!(rows[2].article.language, Language::Other);
    let texts = Texts::new(folder.path());
    assert_eq!(texts.get(2).unwrap(), "три");
    assert_eq!(texts.get(0).unwrap(), "один");
    let mut taken = Vec::new();
    let mut take = |row: u32, text: &str| taken.push((row, text.to_owned()));
    texts.each(&[0, 2], &mut take).unwrap();
    assert!(texts.each(&[1, 3], &mut take).is_err(), "there are three");
    let text = |row: usize| {
        (
            u32::try_from(row).unwrap(),
            texts.get(u32::try_from(row).unwrap()).unwrap(),
        )
    };
    assert_eq!(taken, [0, 2, 1].map(text));
}
