//! A small store of recently read texts, limited by bytes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Texts by row; the one unused for longest goes first.
#[derive(Debug)]
pub(super) struct TextCache {
    limit_bytes: usize,
    held_bytes: usize,
    clock: u64,
    by_row: HashMap<u32, (u64, Arc<str>)>,
    /// When a row was last asked for → the row. Ticks are unique.
    by_use: BTreeMap<u64, u32>,
}

impl TextCache {
    pub(super) fn new(limit_bytes: usize) -> Self {
        Self {
            limit_bytes,
            held_bytes: 0,
            clock: 0,
            by_row: HashMap::new(),
            by_use: BTreeMap::new(),
        }
    }

    pub(super) fn get(&mut self, row: u32) -> Option<Arc<str>> {
        let (used, text) = self.by_row.get_mut(&row)?;
        self.clock += 1;
        self.by_use.remove(used);
        *used = self.clock;
        self.by_use.insert(self.clock, row);
        Some(Arc::clone(text))
    }

    /// Keeps `text`, and forgets others until the limit holds. A text larger than the limit is
    /// not kept.
    pub(super) fn put(&mut self, row: u32, text: &Arc<str>) {
        if text.len() > self.limit_bytes {
            return;
        }
        self.clock += 1;
        self.held_bytes += text.len();
        self.by_use.insert(self.clock, row);
        if let Some((used, old)) = self.by_row.insert(row, (self.clock, Arc::clone(text))) {
            self.held_bytes -= old.len();
            self.by_use.remove(&used);
        }
        while self.held_bytes > self.limit_bytes {
            let Some((_, oldest)) = self.by_use.pop_first() else {
                break;
            };
            if let Some((_, text)) = self.by_row.remove(&oldest) {
                self.held_bytes -= text.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_unused_for_longest_goes_first() {
        let text: Arc<str> = "0123456789".into();
        let mut cache = TextCache::new(25);
        cache.put(1, &text);
        cache.put(2, &text);
        assert!(cache.get(1).is_some());
        cache.put(3, &text);
        assert!(cache.get(2).is_none());
        assert!(cache.get(1).is_some() && cache.get(3).is_some());
        cache.put(3, &"0123456789abcde".into());
        assert_eq!(cache.held_bytes, 25);
        cache.put(4, &"x".repeat(26).into());
        assert!(cache.get(4).is_none());
        assert_eq!(cache.held_bytes, 25);
    }
}
