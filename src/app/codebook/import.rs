//! A table of codes → the codebook that comes of it, and what could not be taken over.

use std::collections::BTreeSet;

use super::CODE_COLORS;
use crate::model::codebook::{Code, Codebook};
use crate::model::ids::ItemId;
use crate::store::codebook_csv::{Parent, Row, Table};

/// What comes of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The codebook with the codes of the table.
    pub codebook: Codebook,
    /// How many codes are new.
    pub made: usize,
    /// How many were there and are changed.
    pub changed: usize,
    /// How many were there as they are.
    pub same: usize,
    /// What could not be taken over, in words, each with its line.
    pub problems: Vec<String>,
}

/// Takes the codes of a table into a codebook. A code of the table is the one of its identity;
/// without one, the one of its name at the same place; else it is new, under `new_id`. What the
/// table has no column for stays as it is, and so do codes that it does not name.
#[must_use]
pub fn import(book: &Codebook, table: &Table, new_id: impl FnMut() -> ItemId) -> Imported {
    let mut import = Import {
        imported: Imported {
            codebook: book.clone(),
            problems: table.problems.clone(),
            ..Imported::default()
        },
        done: BTreeSet::new(),
        new_id,
    };
    let mut waiting: Vec<&Row> = table.rows.iter().collect();
    // A code waits for the one above it, and for another one to give up its name.
    loop {
        let before = waiting.len();
        waiting.retain(|row| import.take(row).is_err());
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    for row in waiting {
        if let Err(why) = import.take(row) {
            let line = format!("Line {}: {why}.", row.line);
            import.imported.problems.push(line);
        }
    }
    import.imported
}

struct Import<F> {
    imported: Imported,
    /// Codes that a line has said all of.
    done: BTreeSet<ItemId>,
    new_id: F,
}

impl<F: FnMut() -> ItemId> Import<F> {
    /// Takes a line over, or says why it can't be, at least not yet.
    fn take(&mut self, row: &Row) -> Result<(), String> {
        let book = &self.imported.codebook;
        let name = &row.name;
        let known = row.id.filter(|id| book.codes.contains_key(id));
        let parent =
            match &row.parent {
                None => known.and_then(|id| book.parent(id)),
                Some(Parent::Top) => None,
                Some(Parent::Id(id)) => {
                    let above = book.codes.contains_key(id).then_some(*id);
                    Some(above.ok_or_else(|| {
                        format!("there is no code {id} for “{name}” to stand below")
                    })?)
                }
                Some(Parent::Path(path)) => {
                    let above = book.find(path);
                    Some(above.ok_or_else(|| {
                        format!("there is no code “{path}” for “{name}” to stand below")
                    })?)
                }
            };
        let namesake = book.named_below(parent, name);
        let id = match (row.id, namesake) {
            (Some(id), Some(other)) if id != other => {
                return Err(format!("there is another code “{name}” at the same place"));
            }
            (Some(id), _) | (None, Some(id)) => id,
            (None, None) => (self.new_id)(),
        };
        if self.done.contains(&id) {
            return Err(format!("the code “{name}” stands on another line, too"));
        }
        if !book.may_stand_below(id, parent) {
            return Err(format!("“{name}” would stand below itself"));
        }
        let old = book.codes.get(&id).cloned();
        let color = book.codes.len() % usize::from(CODE_COLORS);
        let base = old
            .clone()
            .unwrap_or_else(|| Code::named(name, u8::try_from(color).unwrap_or(0)));
        let key = row.shortcut.unwrap_or(base.shortcut);
        let holder = key.and_then(|key| book.by_shortcut(key));
        let shortcut = if holder.is_none_or(|holder| holder == id) {
            key
        } else {
            let key = key.map_or(String::new(), String::from);
            let line = format!(
                "Line {}: Alt+{key} gives another code already; the rest of it was read.",
                row.line
            );
            self.imported.problems.push(line);
            base.shortcut
        };
        let to = Code {
            name: name.clone(),
            parent,
            color: row.color.unwrap_or(base.color),
            definition: row.definition.clone().unwrap_or(base.definition),
            shortcut,
        };
        match old {
            None => self.imported.made += 1,
            Some(old) if old == to => self.imported.same += 1,
            Some(_) => self.imported.changed += 1,
        }
        self.imported.codebook.codes.insert(id, to);
        self.done.insert(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;
    use crate::model::arbitrary;
    use crate::model::codebook::clean_name;
    use crate::store::codebook_csv::{read, write};

    fn id(bits: u128) -> ItemId {
        ItemId(uuid::Uuid::from_u128(bits))
    }

    fn imported(book: &Codebook, text: &str) -> Imported {
        let mut next = 1000;
        let new_id = || {
            next += 1;
            id(next)
        };
        import(book, &read(text.as_bytes()).unwrap(), new_id)
    }

    fn paths(book: &Codebook) -> Vec<String> {
        let codes = book.tree().into_iter();
        codes.map(|(code, _)| book.path_text(code)).collect()
    }

    #[test]
    fn a_list_made_by_hand_becomes_a_tree() {
        let text = "code,parent,definition\nTanks,Supply,\nT-72,Supply / Tanks,\nSupply,,Goods.\nGuns,supply,\n";
        let first = imported(&Codebook::default(), text);
        let expected = [
            "Supply",
            "Supply / Guns",
            "Supply / Tanks",
            "Supply / Tanks / T-72",
        ];
        assert_eq!(paths(&first.codebook), expected);
        assert_eq!((first.made, first.changed, first.same), (4, 0, 0));
        assert_eq!(first.problems, [""; 0]);
        // Once more changes nothing; what another table says of a code is taken over.
        let again = imported(&first.codebook, text);
        assert_eq!(again.codebook, first.codebook);
        assert_eq!((again.made, again.changed, again.same), (0, 0, 4));
        let more = imported(
            &first.codebook,
            "name,definition\nsupply,What is handed over.\n",
        );
        assert_eq!((more.made, more.changed), (0, 1));
        let supply = more.codebook.find("Supply").unwrap();
        let code = &more.codebook.codes[&supply];
        assert_eq!(
            (code.name.as_str(), code.definition.as_str()),
            ("supply", "What is handed over.")
        );
        assert_eq!(code.color, first.codebook.codes[&supply].color);
    }

    #[test]
    fn what_can_not_stand_so_is_listed() {
        let (a, b) = (id(1), id(2));
        let text = format!(
            "name,parent,parent_id,id,key\nA,,{b},{a},\nB,,{a},{b},\nC,Nowhere,,,\nD,,,,K\nd,,,,\nE,,,,K\n"
        );
        let found = imported(&Codebook::default(), &text);
        assert_eq!(paths(&found.codebook), ["D", "E"]);
        let problems = found.problems.join("\n");
        for expected in [
            "Line 2: there is no code",
            "Line 3: there is no code",
            "Line 4: there is no code “Nowhere”",
            "Line 6: the code “d” stands on another line, too",
            "Line 7: Alt+K gives another code already",
        ] {
            assert!(problems.contains(expected), "{expected} in {problems}");
        }
        assert_eq!(found.problems.len(), 5);
    }

    #[test]
    fn names_that_change_hands_wait_for_one_another() {
        let text = |a: &str, b: &str, c: &str| {
            format!("id,name\n{},{a}\n{},{b}\n{},{c}\n", id(1), id(2), id(3))
        };
        let first = imported(&Codebook::default(), &text("A", "B", "C"));
        let then = imported(&first.codebook, &text("B", "C", "D"));
        assert_eq!(then.problems, [""; 0]);
        assert_eq!(paths(&then.codebook), ["B", "C", "D"]);
        assert_eq!(then.changed, 3);
    }

    /// A codebook as the program makes them: names at one place differ, nothing is below itself.
    fn book() -> impl Strategy<Value = Codebook> {
        let code = (
            arbitrary::text(),
            option::of(any::<Index>()),
            any::<u8>(),
            arbitrary::text(),
        );
        vec((code, option::of(0..26_u8)), 0..12).prop_map(|codes| {
            let mut book = Codebook::default();
            for (at, ((name, above, color, definition), key)) in (0..).zip(codes) {
                let known: Vec<ItemId> = book.codes.keys().copied().collect();
                let above = above.filter(|_| !known.is_empty());
                let parent = above.map(|above| *above.get(&known));
                let Some(name) = clean_name(&name) else {
                    continue;
                };
                let shortcut = key.map(|key| char::from(b'A' + key));
                let shortcut = shortcut.filter(|key| book.by_shortcut(*key).is_none());
                if book.named_below(parent, &name).is_none() {
                    let code = Code {
                        name,
                        color,
                        definition,
                        parent,
                        shortcut,
                    };
                    // In no order of their own.
                    book.codes.insert(id(at * 7919 % 31), code);
                }
            }
            book
        })
    }

    proptest! {
        #[test]
        fn what_is_exported_reads_back_exactly(book in book()) {
            let none = || -> ItemId { panic!("no code is new") };
            let table = read(&write(&book)).unwrap();
            let back = import(&Codebook::default(), &table, none);
            prop_assert_eq!(&back.codebook, &book);
            prop_assert_eq!(&back.problems, &[""; 0]);
            let again = import(&book, &table, none);
            prop_assert_eq!(&again.codebook, &book);
            prop_assert_eq!(again.same, book.codes.len());
        }

        /// Whatever a table says, the codebook stays one.
        #[test]
        fn no_table_spoils_a_codebook(book in book(), other in book(), cut in any::<Index>()) {
            let bytes = write(&other);
            let text = String::from_utf8(bytes).unwrap().replace(&other.path_text(id(0)), "Supply");
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            let kept: String = lines.iter().enumerate()
                .filter(|(at, _)| *at == 0 || *at != cut.index(lines.len())).map(|(_, line)| *line).collect();
            let Ok(table) = read(kept.as_bytes()) else { return Ok(()) };
            let mut next = 5000;
            let after = import(&book, &table, || { next += 1; id(next) }).codebook;
            let names: BTreeMap<_, _> = after.codes.iter()
                .map(|(id, code)| ((code.parent, code.name.to_lowercase()), id)).collect();
            prop_assert_eq!(names.len(), after.codes.len(), "no twins");
            prop_assert_eq!(after.tree().iter().filter(|(_, depth)| *depth == 0).count(),
                after.below(None).count(), "nothing below itself");
            for id in book.codes.keys() {
                prop_assert!(after.codes.contains_key(id), "nothing is gone");
            }
        }
    }
}
