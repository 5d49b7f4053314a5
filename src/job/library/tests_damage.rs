//! What an update does about what is damaged, changed or out of sight.

use std::fs;
use std::path::{Path, PathBuf};

use super::tests::{articles, content, library_of, plan, small, sources};
use super::{CsvColumns, Plan, build, check, open_indexes, update};
use crate::model::actor::{Actor, ActorKind};
use crate::model::ids::{ActorId, ArticleId};
use crate::store::library::manifest::Manifest;
use crate::store::library::part::{self, INDEX};
use crate::store::library::{LibraryError, catalog, read};
use crate::store::watch::Unwatched;

/// The largest file of the index of a library's first part.
fn largest_of_index(library: &Path) -> PathBuf {
    let manifest = Manifest::load(library).unwrap();
    let folder = Manifest::part_folder(library, &manifest.parts[0].name).join(INDEX);
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    files
        .max_by_key(|file| fs::metadata(file).unwrap().len())
        .unwrap()
}

#[test]
fn a_flipped_byte_in_an_index_is_named_and_the_index_made_again() {
    let (_folder, _, library) = library_of(0..6);
    let file = largest_of_index(&library);
    let mut bytes = fs::read(&file).unwrap();
    bytes[100] ^= 1;
    fs::write(&file, bytes).unwrap();

    let checked = check(&library, &Unwatched).unwrap();
    assert_eq!(checked.problems.len(), 1, "{:?}", checked.problems);
    assert!(checked.problems[0].why.contains("checksum"));
    let updated = update(&library, &[], &Unwatched).unwrap();
    assert_eq!((updated.problems.len(), updated.new), (1, 0));
    let manifest = Manifest::load(&library).unwrap();
    open_indexes(&library, &manifest, &Unwatched).unwrap();
    assert_eq!(check(&library, &Unwatched).unwrap().problems, []);
}

#[test]
fn other_columns_of_a_table_make_other_articles() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from.csv", "library"].map(|name| folder.path().join(name));
    let table = "summary,body\nMinsk buys,Minsk bought tanks from Moscow.\n";
    fs::write(&from, table).unwrap();
    let by = |columns: &str| Plan {
        csv: columns.parse::<CsvColumns>().unwrap(),
        ..plan(&[&from])
    };
    let texts = |library: &Path| {
        let mut found = Vec::new();
        for part in &Manifest::load(library).unwrap().parts {
            let folder = Manifest::part_folder(library, &part.name);
            read::texts_of(&folder, |_, text| {
                found.push(text.to_owned());
                true
            })
            .unwrap();
        }
        found
    };
    small()
        .build(&library, &by("text=summary"), &Unwatched)
        .unwrap();
    assert_eq!(texts(&library), ["Minsk buys"]);
    let again = small()
        .build(&library, &by("text=body"), &Unwatched)
        .unwrap();
    assert_eq!((again.new, again.vanished), (1, 1));
    assert!(texts(&library).contains(&"Minsk bought tanks from Moscow.".to_owned()));
}

#[test]
fn what_could_not_be_read_is_not_gone() {
    let (_folder, from, library) = library_of(0..3);
    // No text any more: nothing is known of what it says now.
    fs::write(from.join("0001.txt"), [0, 1, 2, 0, 0, 7]).unwrap();
    fs::remove_file(from.join("0002.txt")).unwrap();
    let updated = update(&library, &[], &Unwatched).unwrap();
    assert_eq!((updated.problems.len(), updated.vanished), (1, 1));
    let manifest = Manifest::load(&library).unwrap();
    let taken = catalog::read(&library, manifest.catalog.as_deref().unwrap()).unwrap();
    let gone = taken.iter().filter(|taken| !taken.present);
    let gone: Vec<&str> = gone.map(|taken| &*taken.source).collect();
    assert_eq!(gone, ["0002.txt"]);
    assert_eq!(sources(&library).len(), 3);
}

#[test]
fn an_update_reads_with_the_actors_that_the_library_was_made_with() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| folder.path().join(name));
    fs::create_dir(&from).unwrap();
    fs::write(from.join("one.txt"), "Minsk sold tanks to Zubrowka.").unwrap();
    let mut plan = plan(&[&from]);
    let made = ActorId::new("x-zubrowka");
    let actor = Actor {
        name: "Zubrowka".to_owned(),
        kind: ActorKind::Organisation,
        country: None,
    };
    plan.reading.actors.actors.insert(made.clone(), actor);
    let aliases = &mut plan.reading.actors.aliases;
    aliases.insert("Zubrowka".to_owned(), Some(made.clone()));
    small().build(&library, &plan, &Unwatched).unwrap();
    fs::write(from.join("two.txt"), "Minsk sold ships to Zubrowka.").unwrap();
    let updated = update(&library, &[], &Unwatched).unwrap();
    assert_eq!((updated.new, updated.articles), (1, 2));
    let mut named = Vec::new();
    for part in &Manifest::load(&library).unwrap().parts {
        read::articles(&Manifest::part_folder(&library, &part.name), |row| {
            named.extend(row.mentions.into_iter().map(|mention| mention.actor));
            true
        })
        .unwrap();
    }
    named.retain(|actor| *actor == made);
    assert_eq!(named.len(), 2);
}

/// The list of parts after each way of losing it.
fn without_list(library: &Path, copy: bool, left: Option<usize>) {
    let path = library.join("library.ron");
    match left {
        Some(left) => {
            let whole = fs::read(&path).unwrap();
            fs::write(&path, &whole[..left]).unwrap();
        }
        None => fs::remove_file(&path).unwrap(),
    }
    if !copy {
        fs::remove_file(library.join("library.ron.bak")).unwrap();
    }
}

#[test]
fn a_damaged_list_of_parts_is_made_again_and_nothing_is_lost() {
    let (_folder, from, library) = library_of(0..14);
    // What is at its place no more is only in the library.
    fs::remove_file(from.join("0003.txt")).unwrap();
    let updated = update(&library, &[], &Unwatched).unwrap();
    assert_eq!((updated.articles, updated.vanished), (14, 1));
    let before = content(&library);
    let manifest = Manifest::load(&library).unwrap();
    for copy in [true, false] {
        for left in [Some(100), Some(400), Some(0), None] {
            without_list(&library, copy, left);
            let said = Manifest::load(&library).unwrap_err().to_string();
            assert!(said.contains("attache library update"), "{said}");
            let checked = check(&library, &Unwatched).unwrap();
            assert_eq!((checked.articles, checked.problems.len()), (14, 1));
            let updated = update(&library, &[], &Unwatched);
            let updated = match updated {
                // Only what it was made for is not known any more.
                Err(error) if !copy && left.is_none_or(|left| left == 0) => {
                    let said = error.to_string();
                    assert!(said.contains("--focus"), "{said}");
                    small()
                        .build(&library, &plan(&[&from]), &Unwatched)
                        .unwrap()
                }
                updated => updated.unwrap(),
            };
            assert_eq!(
                (updated.articles, updated.new, updated.vanished),
                (14, 0, 1)
            );
            assert_eq!(updated.problems.len(), 1, "{:?}", updated.problems);
            assert_eq!(
                Manifest::load(&library).unwrap(),
                manifest,
                "{copy} {left:?}"
            );
            let _ = fs::remove_file(library.join("library.ron.damaged"));
            assert!(content(&library) == before, "{copy} {left:?}");
        }
    }
}

#[test]
fn texts_of_a_damaged_part_outlive_their_files() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| folder.path().join(name));
    articles(&from, 0..8);
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Минск купил танки у Москвы 3 мая 2016 г.");
    fs::write(from.join("0008.txt"), bytes).unwrap();
    small()
        .build(&library, &plan(&[&from]), &Unwatched)
        .unwrap();
    let before: Vec<ArticleId> = ids(&library);
    fs::remove_dir_all(&from).unwrap();
    fs::create_dir(&from).unwrap();
    for name in [part::CLAIMS, part::MENTIONS, part::SITES, part::SEAL] {
        let parts = Manifest::load(&library).unwrap().parts;
        for entry in &parts {
            let file = Manifest::part_folder(&library, &entry.name).join(name);
            fs::write(file, "damaged").unwrap();
        }
        let updated = update(&library, &[], &Unwatched).unwrap();
        assert_eq!((updated.articles, updated.vanished), (9, 9), "{name}");
        assert_eq!(
            updated.problems.len(),
            parts.len(),
            "{:?}",
            updated.problems
        );
        assert_eq!(ids(&library), before);
        assert_eq!(check(&library, &Unwatched).unwrap().problems, []);
        assert!(!library.join("damaged").exists());
    }
}

fn ids(library: &Path) -> Vec<ArticleId> {
    let parts = Manifest::load(library).unwrap().parts;
    let folders = parts
        .iter()
        .map(|part| Manifest::part_folder(library, &part.name));
    let mut ids: Vec<ArticleId> = folders
        .flat_map(|folder| read::ids(&folder).unwrap())
        .collect();
    ids.sort();
    ids
}

#[test]
fn a_library_is_made_in_a_folder_of_its_own_and_of_something() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library, none] = ["from", "library", "none"].map(|name| folder.path().join(name));
    articles(&from, 0..3);
    let before: Vec<_> = content(&from).into_keys().collect();
    let said = build(&from, &plan(&[&from.join("0001.txt")]), &Unwatched).unwrap_err();
    assert!(said.to_string().contains("a folder of its own"), "{said}");
    assert!(content(&from).into_keys().eq(before));
    let said = build(&library, &plan(&[&none]), &Unwatched).unwrap_err();
    assert!(said.to_string().contains("there is nothing here"), "{said}");
    assert!(!library.exists());
    // What a killed build leaves is gone on with, and so is what a desktop adds.
    fs::create_dir_all(library.join("parts/.new-1")).unwrap();
    for name in ["library.lock", ".attache-1.tmp", ".DS_Store"] {
        fs::write(library.join(name), "").unwrap();
    }
    let built = build(&library, &plan(&[&from, &none]), &Unwatched).unwrap();
    assert_eq!((built.articles, built.problems.len()), (3, 1));
    fs::write(library.join("notes.txt"), "Mine.").unwrap();
    let built = build(&library, &plan(&[&from]), &Unwatched).unwrap();
    assert_eq!((built.articles, built.new), (3, 0));
}

#[test]
fn a_folder_named_parts_makes_no_library_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    articles(&corpus.join("parts/one"), 0..2);
    let before = content(&corpus);
    let said = update(&corpus, &[], &Unwatched).unwrap_err();
    assert!(matches!(said, LibraryError::None { .. }), "{said}");
    // Neither is it taken for one where a list of parts was lost.
    let other = folder.path().join("other");
    small()
        .build(&other, &plan(&[&corpus]), &Unwatched)
        .unwrap();
    articles(&other.join("parts/mine"), 0..2);
    fs::write(other.join("library.ron"), "(").unwrap();
    let updated = update(&other, &[], &Unwatched).unwrap();
    assert_eq!((updated.articles, updated.problems.len()), (2, 1));
    assert!(other.join("parts/mine/0001.txt").exists());
    assert!(content(&corpus) == before);
}

#[test]
fn what_of_a_damaged_part_nobody_knows_is_kept() {
    let (_folder, from, library) = library_of(0..6);
    // A part that is gone, a list of parts that is cut, and no list of what was taken in.
    let parts = Manifest::load(&library).unwrap().parts;
    let first = Manifest::part_folder(&library, &parts[0].name);
    fs::write(first.join(part::ARTICLES), "").unwrap();
    fs::remove_dir_all(Manifest::part_folder(&library, &parts[1].name)).unwrap();
    fs::remove_dir_all(library.join("catalog")).unwrap();
    fs::write(library.join("library.ron"), "(").unwrap();
    fs::remove_file(from.join("0000.txt")).unwrap();
    let updated = update(&library, &[], &Unwatched).unwrap();
    assert_eq!(updated.articles, 5);
    // The list, two parts, and what is left of one.
    assert_eq!(updated.problems.len(), 4, "{:?}", updated.problems);
    assert!(library.join("damaged").join(&parts[0].name).is_dir());
}
