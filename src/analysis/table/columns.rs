//! Texts and lists end to end in one block each: no heap object of a row's own.

/// Texts end to end, each with its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// All of them, one after the other.
    pub all: String,
    /// Where each ends, in bytes; it begins where the one before ends.
    pub ends: Vec<u32>,
}

impl Texts {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One of them; empty where there is none.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        self.all.get(between(&self.ends, at)).unwrap_or_default()
    }

    /// Adds one.
    pub fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(short(self.all.len()));
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// How much memory they take, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.all.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Whether every text lies where it says.
    pub(super) fn is_sound(&self) -> bool {
        is_ascending(&self.ends, self.all.len())
            && self
                .ends
                .iter()
                .all(|end| self.all.is_char_boundary(*end as usize))
    }
}

/// Lists of numbers end to end, each with its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    /// All of them, one after the other.
    pub all: Vec<u32>,
    /// Where each ends; it begins where the one before ends.
    pub ends: Vec<u32>,
}

impl Lists {
    /// How many lists there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One of them; empty where there is none.
    #[must_use]
    pub fn get(&self, at: usize) -> &[u32] {
        self.all.get(between(&self.ends, at)).unwrap_or_default()
    }

    /// Adds one.
    pub fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.all.extend(list);
        self.ends.push(short(self.all.len()));
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// How much memory they take, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        (self.all.capacity() + self.ends.capacity()) * size_of::<u32>()
    }

    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Whether every list lies where it says.
    pub(super) fn is_sound(&self) -> bool {
        is_ascending(&self.ends, self.all.len())
    }
}

/// What the list in place `at` spans; empty where there is none.
pub(super) fn between(ends: &[u32], at: usize) -> std::ops::Range<usize> {
    let Some(end) = ends.get(at) else {
        return 0..0;
    };
    let start = at.checked_sub(1).and_then(|before| ends.get(before));
    start.map_or(0, |start| *start as usize)..*end as usize
}

/// Whether ends never go back and the last one is the end of all.
pub(super) fn is_ascending(ends: &[u32], len: usize) -> bool {
    ends.is_sorted() && ends.last().map_or(0, |end| *end as usize) == len
}

/// A length as columns keep it. Parts are far smaller than 4 GB.
pub(super) fn short(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Adds a value to a column that is left out as long as it would hold nothing but defaults.
pub(super) fn push_sparse<T: Clone + Default + PartialEq>(
    column: &mut Vec<T>,
    at: usize,
    value: T,
) {
    if column.is_empty() && value == T::default() {
        return;
    }
    column.resize(at, T::default());
    column.push(value);
}

/// The value in a column that may have been left out.
pub(super) fn sparse<T: Copy + Default>(column: &[T], at: usize) -> T {
    column.get(at).copied().unwrap_or_default()
}
