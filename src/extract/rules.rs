//! The rules of extraction: what an analyst reads as the reason of a suggestion, and may switch
//! off. The list is closed and its names are stable; a test holds it against the source.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::finding::FindingKind;

/// A rule in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its name, as suggestions carry it.
    pub rule: &'static str,
    /// What it proposes.
    pub kind: FindingKind,
    /// What it looks for, in one line.
    pub about: &'static str,
}

/// Every rule that a suggestion can carry, by kind and then by name.
#[must_use]
pub fn rules() -> &'static [RuleInfo] {
    &RULES
}

/// The place of a rule in [`rules`]; `None` for rules of older versions.
#[must_use]
pub fn number(rule: &str) -> Option<u16> {
    NUMBERS.get(rule).copied()
}

/// A rule in words; `None` for rules of older versions.
#[must_use]
pub fn info(rule: &str) -> Option<&'static RuleInfo> {
    RULES.get(usize::from(number(rule)?))
}

static RULES: LazyLock<Vec<RuleInfo>> = LazyLock::new(|| listed().collect());

static NUMBERS: LazyLock<FxHashMap<&'static str, u16>> =
    LazyLock::new(|| RULES.iter().map(|info| info.rule).zip(0..).collect());

fn listed() -> impl Iterator<Item = RuleInfo> {
    include_str!("rules.tsv").lines().filter_map(|line| {
        let (rule, about) = line.split_once('\t')?;
        let kind = match rule.split('/').next()? {
            "claim" => FindingKind::Claim,
            "time" => FindingKind::Time,
            "actor" => FindingKind::Mention,
            _ => FindingKind::Furniture,
        };
        Some(RuleInfo { rule, kind, about })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::{Context, extract};
    use crate::model::actor::ActorBook;
    use crate::model::ids::ActorId;

    fn files(folder: &Path, ending: &str, out: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, ending, out);
            } else if path.to_string_lossy().ends_with(ending) {
                out.push(fs::read_to_string(&path).unwrap());
            }
        }
    }

    fn read(folder: &str, ending: &str) -> Vec<String> {
        let mut out = Vec::new();
        files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            ending,
            &mut out,
        );
        assert!(!out.is_empty(), "{folder}");
        out
    }

    #[test]
    fn the_list_is_sorted_by_kind_and_name() {
        let all = rules();
        let names: BTreeSet<_> = all.iter().map(|info| info.rule).collect();
        assert_eq!(names.len(), all.len(), "each once");
        for (info, next) in all.iter().zip(all.iter().skip(1)) {
            assert!(info.kind != next.kind || info.rule < next.rule, "{next:?}");
        }
        assert!(all.iter().all(|info| info.about.ends_with('.')));
    }

    #[test]
    fn what_is_found_carries_a_rule_of_the_list() {
        let lexicon = Lexicon::new(&ActorBook::default());
        let known: BTreeSet<_> = rules().iter().map(|info| (info.kind, info.rule)).collect();
        for text in read("seeds", ".txt")
            .iter()
            .chain(&read("tests/it/data", ".txt"))
        {
            for focus in ["BY", "RW", "KZ", "NO"] {
                let focus = ActorId::new(focus);
                let context = Context::new(&lexicon, &focus);
                for suggestion in extract(text, &context).suggestions {
                    let named = (suggestion.finding.kind(), &*suggestion.rule.0);
                    assert!(known.contains(&named), "{named:?}");
                }
            }
        }
    }

    /// What no sample happens to show: the names that the source itself writes.
    #[test]
    fn the_source_names_no_other_rule_and_every_one_of_these() {
        let mut written = BTreeSet::new();
        for source in &read("src/extract", ".rs") {
            let quoted = source.split('"').filter(|word| {
                rules().iter().any(|info| {
                    let family = info.rule.split_inclusive('/').next().unwrap_or_default();
                    word.len() > family.len() && word.starts_with(family) && !word.contains(' ')
                })
            });
            written.extend(quoted.map(str::to_owned));
        }
        for table in read("src/extract/claim", ".tsv") {
            let rules = table.lines().filter(|line| line.starts_with("claim/"));
            written.extend(rules.filter_map(|line| Some(line.split('\t').next()?.to_owned())));
        }
        let listed: BTreeSet<String> = rules().iter().map(|info| info.rule.to_owned()).collect();
        let unlisted: Vec<_> = written.difference(&listed).collect();
        let unused: Vec<_> = listed.difference(&written).collect();
        assert!(
            unlisted.is_empty() && unused.is_empty(),
            "{unlisted:?} {unused:?}"
        );
    }
}
