//! The codes that highlights carry: a tree, by identity.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::ItemId;

/// A code of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its name. Never empty.
    pub name: String,
    /// Index into the palette of code colours.
    pub color: u8,
    /// What it stands for.
    pub definition: String,
    /// The code that it is one sort of.
    pub parent: Option<ItemId>,
    /// The key that gives it together with Alt: a capital letter A to Z.
    pub shortcut: Option<char>,
}

impl Code {
    /// A code of this name and colour at the top of the tree, without anything else.
    #[must_use]
    pub fn named(name: &str, color: u8) -> Self {
        Self {
            name: name.to_owned(),
            color,
            definition: String::new(),
            parent: None,
            shortcut: None,
        }
    }
}

/// A name as it is kept: on one line, without white space around it or control characters; `None`
/// where nothing is left.
#[must_use]
pub fn clean_name(typed: &str) -> Option<String> {
    let words = typed.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether two names are the same: case and the white space in them make no difference. No name is
/// the same as nothing.
fn is_same_name(a: &str, b: &str) -> bool {
    let key = |name: &str| clean_name(name).map(|name| name.to_lowercase());
    key(a).is_some_and(|a| Some(a) == key(b))
}

/// The longest chain of codes below one another: a file may hold a circle.
const MOST_LEVELS: usize = 64;

/// What stands between the names of a path.
const PATH: &str = " / ";

/// The codes of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codebook {
    /// The codes by identity; ids sort by the time they were made.
    pub codes: BTreeMap<ItemId, Code>,
}

impl Codebook {
    /// The code above, where there is one.
    #[must_use]
    pub fn parent(&self, code: ItemId) -> Option<ItemId> {
        let parent = self.codes.get(&code)?.parent?;
        self.codes.contains_key(&parent).then_some(parent)
    }

    /// Whether `code` is `top` or somewhere below it.
    #[must_use]
    pub fn is_within(&self, code: ItemId, top: ItemId) -> bool {
        let chain = std::iter::successors(Some(code), |code| self.parent(*code));
        chain.take(MOST_LEVELS).any(|above| above == top)
    }

    /// The names from the uppermost code down to this one.
    #[must_use]
    pub fn path(&self, code: ItemId) -> Vec<&str> {
        let chain = std::iter::successors(Some(code), |code| self.parent(*code));
        let mut names: Vec<&str> = chain
            .take(MOST_LEVELS)
            .filter_map(|code| Some(self.codes.get(&code)?.name.as_str()))
            .collect();
        names.reverse();
        names
    }

    /// All codes, each below the one above it and with its depth; by name among their like. Codes
    /// in a circle come last, as if there were nothing above them.
    #[must_use]
    pub fn tree(&self) -> Vec<(ItemId, usize)> {
        let mut below: BTreeMap<Option<ItemId>, Vec<ItemId>> = BTreeMap::new();
        for id in self.codes.keys() {
            below.entry(self.parent(*id)).or_default().push(*id);
        }
        for like in below.values_mut() {
            like.sort_by_cached_key(|id| {
                let name = self.codes.get(id).map(|code| code.name.to_lowercase());
                (name, *id)
            });
        }
        let mut tree = Vec::with_capacity(self.codes.len());
        let mut seen = BTreeSet::new();
        let tops = below.get(&None).cloned().unwrap_or_default();
        for top in tops.into_iter().chain(self.codes.keys().copied()) {
            let mut open = vec![(top, 0)];
            while let Some((id, depth)) = open.pop() {
                if !seen.insert(id) {
                    continue;
                }
                tree.push((id, depth));
                let children = below.get(&Some(id)).into_iter().flatten().rev();
                open.extend(children.map(|child| (*child, depth + 1)));
            }
        }
        tree
    }

    /// The names from the uppermost code down to this one, as one line: `Supply / Air defence`.
    #[must_use]
    pub fn path_text(&self, code: ItemId) -> String {
        self.path(code).join(PATH)
    }

    /// The code and all codes below it.
    #[must_use]
    pub fn within(&self, top: ItemId) -> BTreeSet<ItemId> {
        let codes = self.codes.keys().copied();
        codes.filter(|code| self.is_within(*code, top)).collect()
    }

    /// The codes directly below another one, or at the top, in the order in which they were made.
    pub fn below(&self, parent: Option<ItemId>) -> impl Iterator<Item = ItemId> + '_ {
        let codes = self.codes.keys().copied();
        codes.filter(move |code| self.parent(*code) == parent)
    }

    /// The code of this name directly below another one, or at the top.
    #[must_use]
    pub fn named_below(&self, parent: Option<ItemId>, name: &str) -> Option<ItemId> {
        let is_it = |code: &ItemId| {
            let code = self.codes.get(code);
            code.is_some_and(|code| is_same_name(&code.name, name))
        };
        self.below(parent).find(is_it)
    }

    /// Whether a code can stand below another one, or at the top: it is not below itself then, and
    /// no chain is too long to be followed.
    #[must_use]
    pub fn may_stand_below(&self, code: ItemId, parent: Option<ItemId>) -> bool {
        let Some(parent) = parent else { return true };
        let height = |lowest: ItemId| {
            let chain = std::iter::successors(Some(lowest), |code| self.parent(*code));
            chain.take(MOST_LEVELS).take_while(|above| *above != code)
        };
        let below = self.within(code).into_iter();
        let height = below.map(|lowest| height(lowest).count()).max();
        let depth = self.path(parent).len();
        !self.is_within(parent, code) && depth + height.unwrap_or(0) < MOST_LEVELS
    }

    /// The code with this key.
    #[must_use]
    pub fn by_shortcut(&self, key: char) -> Option<ItemId> {
        let mut codes = self.codes.iter();
        let found = codes.find(|(_, code)| code.shortcut == Some(key));
        found.map(|(id, _)| *id)
    }

    /// The code that is meant by what is typed: its path, or its name alone; of several codes with
    /// one name the uppermost, and among those the first that was made.
    #[must_use]
    pub fn find(&self, typed: &str) -> Option<ItemId> {
        let codes = || self.codes.keys().copied();
        let by_path = codes().find(|code| is_same_name(&self.path_text(*code), typed));
        let is_named = |id: &ItemId| {
            let code = self.codes.get(id);
            code.is_some_and(|code| is_same_name(&code.name, typed))
        };
        let by_name = || {
            let named = codes().filter(is_named);
            named.min_by_key(|code| self.path(*code).len())
        };
        by_path.or_else(by_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(bits: u128) -> ItemId {
        ItemId(uuid::Uuid::from_u128(bits))
    }

    /// Codes by number, name and the number of the one above.
    fn book(codes: &[(u128, &str, Option<u128>)]) -> Codebook {
        let codes = codes.iter().map(|(bits, name, parent)| {
            let code = Code {
                parent: parent.map(id),
                ..Code::named(name, 0)
            };
            (id(*bits), code)
        });
        Codebook {
            codes: codes.collect(),
        }
    }

    #[test]
    fn a_tree_holds_every_code_once_and_by_name() {
        let codes = [
            (1, "supply", None),
            (2, "Budget", None),
            (3, "Tanks", Some(1)),
            (4, "air defence", Some(1)),
            (5, "S-400", Some(4)),
            (6, "lost parent", Some(99)),
            (7, "ring", Some(8)),
            (8, "ring", Some(7)),
        ];
        let tree: Vec<_> = book(&codes)
            .tree()
            .into_iter()
            .map(|(code, depth)| (code.0.as_u128(), depth))
            .collect();
        let expected = [
            (2, 0),
            (6, 0),
            (1, 0),
            (4, 1),
            (5, 2),
            (3, 1),
            (7, 0),
            (8, 1),
        ];
        assert_eq!(tree, expected);
    }

    #[test]
    fn no_code_may_stand_below_itself() {
        let book = book(&[(1, "a", None), (2, "b", Some(1)), (3, "c", Some(2))]);
        assert!(!book.may_stand_below(id(1), Some(id(3))));
        assert!(!book.may_stand_below(id(1), Some(id(1))));
        assert!(book.may_stand_below(id(3), Some(id(1))));
        assert!(book.may_stand_below(id(3), None));
    }

    #[test]
    fn no_chain_is_longer_than_is_followed() {
        let chain: Vec<_> = (0..MOST_LEVELS as u128)
            .map(|at| (at, "code", at.checked_sub(1)))
            .chain([(900, "one", None), (901, "two", Some(900))])
            .collect();
        let book = book(&chain);
        let at = |depth: usize| id(depth as u128 - 1);
        assert!(book.may_stand_below(id(901), Some(at(MOST_LEVELS - 1))));
        assert!(!book.may_stand_below(id(901), Some(at(MOST_LEVELS))));
        assert!(!book.may_stand_below(id(900), Some(at(MOST_LEVELS - 1))));
    }

    #[test]
    fn a_code_is_found_by_its_path_or_its_name() {
        let book = book(&[
            (1, "Tanks", Some(3)),
            (2, "Budget", None),
            (3, "Supply", None),
            (4, "Tanks", None),
            (5, "Tanks", Some(2)),
        ]);
        assert_eq!(book.find(" supply  /  TANKS "), Some(id(1)));
        assert_eq!(book.find("budget / tanks"), Some(id(5)));
        assert_eq!(book.find("tanks"), Some(id(4)), "the uppermost");
        assert_eq!(book.find(""), None);
        assert_eq!(book.named_below(Some(id(3)), "tanks"), Some(id(1)));
        assert_eq!(book.named_below(Some(id(1)), "tanks"), None);
    }

    #[test]
    fn a_name_is_kept_on_one_line() {
        assert_eq!(
            clean_name(" Air \n\t defence\u{0} "),
            Some("Air defence".to_owned())
        );
        assert_eq!(clean_name("\u{a0}\r\n"), None);
    }
}
