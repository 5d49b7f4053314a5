//! Phrases and proximity over positions of words.
//!
//! As Lucene counts: with each position moved back by the place of its word in the phrase, the
//! positions may differ by the slop at most. So `"a b"~1` takes one word between the two, and
//! `b a` needs a slop of two.

/// Tries that one document may take where a phrase repeats a word.
const MAX_TRIES: usize = 10_000;

/// The first place that fits, one position a word, with the first word at `from` or later.
///
/// `lists` holds the positions of each word of the phrase, in ascending order.
pub(super) fn find(lists: &[Vec<u32>], slop: u32, from: u32) -> Option<Vec<u32>> {
    let starts = (0..).zip(lists).map(|(place, list)| {
        let start = match place {
            0 => from,
            _ => (from + place).saturating_sub(slop),
        };
        list.partition_point(|position| *position < start)
    });
    let mut at: Vec<usize> = starts.collect();
    loop {
        let mut lowest: Option<(i64, usize)> = None;
        let mut highest = i64::MIN;
        for (i, (list, at)) in lists.iter().zip(&at).enumerate() {
            let place = moved(*list.get(*at)?, i);
            if lowest.is_none_or(|(low, _)| place < low) {
                lowest = Some((place, i));
            }
            highest = highest.max(place);
        }
        let (low, which) = lowest?;
        if highest - low <= i64::from(slop) {
            let found: Vec<u32> = lists
                .iter()
                .zip(&at)
                .filter_map(|(list, at)| list.get(*at).copied())
                .collect();
            if are_distinct(&found) {
                return Some(found);
            }
            let mut tries = MAX_TRIES;
            let mut chosen = Vec::with_capacity(lists.len());
            let window = (low, low + i64::from(slop));
            let is_found = choose(lists, window, &mut chosen, &mut tries);
            if is_found && chosen.first().is_some_and(|first| *first >= from) {
                return Some(chosen);
            }
        }
        *at.get_mut(which)? += 1;
    }
}

/// Whether there is a place that fits.
pub(super) fn is_there(lists: &[Vec<u32>], slop: u32) -> bool {
    !lists.is_empty() && find(lists, slop, 0).is_some()
}

fn moved(position: u32, place: usize) -> i64 {
    i64::from(position) - i64::try_from(place).unwrap_or(i64::MAX)
}

fn are_distinct(positions: &[u32]) -> bool {
    positions
        .iter()
        .enumerate()
        .all(|(i, position)| !positions.iter().skip(i + 1).any(|other| other == position))
}

/// Fills `chosen` with a position of each list inside the window, none twice.
fn choose(
    lists: &[Vec<u32>],
    window: (i64, i64),
    chosen: &mut Vec<u32>,
    tries: &mut usize,
) -> bool {
    let place = chosen.len();
    let Some(list) = lists.get(place) else {
        return true;
    };
    let start = list.partition_point(|position| moved(*position, place) < window.0);
    for position in list.iter().skip(start) {
        if moved(*position, place) > window.1 || *tries == 0 {
            break;
        }
        *tries -= 1;
        if chosen.contains(position) {
            continue;
        }
        chosen.push(*position);
        if choose(lists, window, chosen, tries) {
            return true;
        }
        chosen.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str, phrase: &str, slop: u32) -> bool {
        let lists: Vec<Vec<u32>> = phrase
            .split(' ')
            .map(|word| {
                let places = (0..).zip(text.split(' '));
                places
                    .filter(|(_, w)| *w == word)
                    .map(|(at, _)| at)
                    .collect()
            })
            .collect();
        find(&lists, slop, 0).is_some()
    }

    #[test]
    fn words_may_be_out_of_place_by_the_slop() {
        assert!(found("x a b", "a b", 0));
        assert!(!found("a x b", "a b", 0));
        assert!(found("a x b", "a b", 1));
        assert!(!found("b a", "a b", 1));
        assert!(found("b a", "a b", 2));
        assert!(found("a x b y c", "a b c", 2));
        assert!(!found("a x b y c", "a b c", 1));
    }

    #[test]
    fn one_word_does_not_stand_for_two() {
        assert!(!found("a x x", "a a", 5));
        assert!(found("a x a", "a a", 1));
        assert!(!found("a b", "a b a", 9));
        assert!(found("a a b", "a b a", 3));
    }

    proptest! {
        #[test]
        fn it_finds_what_trying_all_finds(
            lists in proptest::collection::vec(proptest::collection::btree_set(0u32..12, 0..5), 1..4),
            slop in 0u32..6,
        ) {
            let lists: Vec<Vec<u32>> = lists.into_iter().map(|l| l.into_iter().collect()).collect();
            let mut all: Vec<Vec<u32>> = vec![Vec::new()];
            for list in &lists {
                all = all.iter().flat_map(|chosen| list.iter().map(|position| {
                    [chosen.clone(), vec![*position]].concat()
                })).collect();
            }
            let fits = all.iter().any(|chosen| {
                let places: Vec<i64> = chosen.iter().enumerate().map(|(i, p)| moved(*p, i)).collect();
                let spread = places.iter().max().unwrap() - places.iter().min().unwrap();
                are_distinct(chosen) && spread <= i64::from(slop)
            });
            prop_assert_eq!(find(&lists, slop, 0).is_some(), fits);
            prop_assert_eq!(is_there(&lists, slop), fits);
        }
    }
}
