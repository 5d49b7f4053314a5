//! Named arrays of numbers in one file, each read in one go into the memory where it stays.
//!
//! A cache: what is in it can be made again from the Parquet files, so a file that is damaged or
//! of another version counts as missing.
//!
//! Layout, all numbers little-endian: the arrays one after another, each at a multiple of 8 bytes;
//! the directory (for each array: length of its name as u16, name, width of an element as u8,
//! number of elements as u64, offset as u64, CRC-32 as u32); the directory's CRC-32, its length as
//! u64, the version as u32, and [`MAGIC`].
//!
//! Arrays of u32 that fit are stored in one or two bytes a number, so that less is read from the
//! disk: each number plus one, so that `u32::MAX` is 0 (the width has `NARROW` added), or, of
//! ascending ones, what each adds to the one before (`STEPS`).
//!
//! Budget: 300 ms for the 230 MB of a million articles in a warm file cache.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::LibraryError;
use super::part::sync_folder;

/// Ends a view file.
pub const MAGIC: &[u8; 8] = b"ATTACHEV";

/// Another version is another layout or other names, and is made again.
pub const VERSION: u32 = 4;

/// Added to the width of numbers that were made smaller …
const NARROW: u8 = 0x10;
/// … and of steps between ascending numbers.
const STEPS: u8 = 0x20;

const WHAT: &str = "the view of a library";

/// Arrays are read in pieces of so many bytes: an even number, as numbers take one byte or two.
const PIECE: usize = 64 << 10;

/// CRC-32, directory's length, version, [`MAGIC`].
const TAIL: u64 = 4 + 8 + 4 + 8;

/// A number that arrays are made of.
pub trait Number: bytemuck::Pod + Send + Sync {
    /// The same number with its bytes in the order of the file, or back.
    #[must_use]
    fn in_file_order(self) -> Self;

    /// The numbers in fewer bytes, with how they are stored; `None` where they don't fit.
    #[must_use]
    fn pack(_: &[Self]) -> Option<(u8, Vec<u8>)> {
        None
    }

    /// Back from some more of that, after what stands in `to`; whether numbers of this type are
    /// ever stored so.
    #[must_use]
    fn unpack(_how: u8, _bytes: &[u8], _to: &mut Vec<Self>) -> bool {
        false
    }
}

macro_rules! numbers {
    ($($name:ident),+) => {
        $(impl Number for $name {
            fn in_file_order(self) -> Self {
                self.to_le()
            }
        })+
    };
}
numbers!(u8, u16, u64, i32, i64);

impl Number for u32 {
    fn in_file_order(self) -> Self {
        self.to_le()
    }

    fn pack(array: &[Self]) -> Option<(u8, Vec<u8>)> {
        let steps = || {
            let before = std::iter::once(0).chain(array.iter().copied());
            before.zip(array).map(|(before, n)| n.checked_sub(before))
        };
        let largest_step = steps().try_fold(0, |most, step| Some(most.max(step?)));
        let plus_one = || array.iter().map(|n| n.wrapping_add(1));
        let largest = plus_one().max().unwrap_or(0);
        let width = |largest: Self| match largest {
            0..=0xff => 1,
            0x100..=0xffff => 2,
            _ => 4,
        };
        let by_steps = largest_step.map_or(4, width);
        if by_steps < width(largest) {
            let steps = steps().map(Option::unwrap_or_default);
            Some((STEPS | by_steps, narrowed(by_steps, steps)))
        } else {
            let width = width(largest);
            (width < 4).then(|| (NARROW | width, narrowed(width, plus_one())))
        }
    }

    fn unpack(how: u8, bytes: &[u8], to: &mut Vec<Self>) -> bool {
        let start = to.len();
        let mut sum = to.last().copied().unwrap_or(0);
        match how & !(NARROW | STEPS) {
            1 => to.extend(bytes.iter().map(|n| Self::from(*n))),
            2 => {
                let pairs = bytes.as_chunks().0.iter();
                to.extend(pairs.map(|n| Self::from(u16::from_le_bytes(*n))));
            }
            _ => return false,
        }
        let new = to.get_mut(start..).unwrap_or_default();
        if how & STEPS > 0 {
            for number in new {
                sum = sum.wrapping_add(*number);
                *number = sum;
            }
        } else {
            for number in new {
                *number = number.wrapping_sub(1);
            }
        }
        true
    }
}

/// The low bytes of each number.
fn narrowed(width: u8, numbers: impl Iterator<Item = u32>) -> Vec<u8> {
    let low = |n: u32| n.to_le_bytes().into_iter().take(width.into());
    numbers.flat_map(low).collect()
}

#[derive(Debug, Clone, Copy)]
struct Place {
    width: u8,
    len: u64,
    offset: u64,
    sum: u32,
}

/// Writes a view. Dropped unfinished, it leaves nothing.
#[derive(Debug)]
pub struct ViewWriter {
    folder: PathBuf,
    file: BufWriter<tempfile_in::Temp>,
    at: u64,
    directory: Vec<(String, Place)>,
}

/// A new file that is removed unless it gets its name.
mod tempfile_in {
    use std::fs::File;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};

    #[derive(Debug)]
    pub(super) struct Temp {
        file: File,
        path: PathBuf,
        is_named: bool,
    }

    impl Temp {
        pub(super) fn new(folder: &Path) -> io::Result<Self> {
            let name = format!(".new-{}", uuid::Uuid::now_v7().simple());
            let path = folder.join(name);
            Ok(Self {
                file: File::create_new(&path)?,
                path,
                is_named: false,
            })
        }

        pub(super) fn name(mut self, target: &Path) -> io::Result<()> {
            self.file.sync_all()?;
            std::fs::rename(&self.path, target)?;
            self.is_named = true;
            Ok(())
        }
    }

    impl Write for Temp {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.file.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.file.flush()
        }
    }

    impl Drop for Temp {
        fn drop(&mut self) {
            if !self.is_named {
                let _ = std::fs::remove_file(&self.path);
            }
        }
    }
}

impl ViewWriter {
    /// A view that will stand in `folder`, which is made if need be.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn new(folder: &Path) -> Result<Self, LibraryError> {
        std::fs::create_dir_all(folder).map_err(LibraryError::io("making a folder", folder))?;
        let file =
            tempfile_in::Temp::new(folder).map_err(LibraryError::io("writing the view", folder))?;
        Ok(Self {
            folder: folder.to_owned(),
            file: BufWriter::with_capacity(1 << 18, file),
            at: 0,
            directory: Vec::new(),
        })
    }

    /// Adds an array. A name stands for one array only.
    ///
    /// # Errors
    /// When the disk is full, for example.
    pub fn push<T: Number>(&mut self, name: &str, array: &[T]) -> Result<(), LibraryError> {
        let swapped: Vec<T>;
        let array = if cfg!(target_endian = "little") {
            array
        } else {
            swapped = array.iter().map(|n| n.in_file_order()).collect();
            &swapped
        };
        let packed = T::pack(array);
        let (width, bytes): (u8, &[u8]) = match &packed {
            Some((how, bytes)) => (*how, bytes),
            None => (
                u8::try_from(size_of::<T>()).unwrap_or(0),
                bytemuck::cast_slice(array),
            ),
        };
        let padding = self.at.next_multiple_of(8) - self.at;
        let zeros = [0; 8];
        let zeros = zeros.get(..usize::try_from(padding).unwrap_or(0));
        let place = Place {
            width,
            len: array.len() as u64,
            offset: self.at + padding,
            sum: crc32fast::hash(bytes),
        };
        self.write(zeros.unwrap_or_default())?;
        self.write(bytes)?;
        self.directory.push((name.to_owned(), place));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), LibraryError> {
        self.file
            .write_all(bytes)
            .map_err(LibraryError::io("writing the view", &self.folder))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Completes the file and gives it its name in the folder.
    ///
    /// # Errors
    /// When the disk is full, for example. There is no file of this name then, or the old one.
    pub fn finish(mut self, name: &str) -> Result<(), LibraryError> {
        let mut directory = Vec::new();
        for (name, place) in &self.directory {
            let len = u16::try_from(name.len()).unwrap_or(u16::MAX);
            directory.extend(len.to_le_bytes());
            directory.extend(name.as_bytes().iter().take(len.into()));
            directory.push(place.width);
            directory.extend(place.len.to_le_bytes());
            directory.extend(place.offset.to_le_bytes());
            directory.extend(place.sum.to_le_bytes());
        }
        self.write(&directory)?;
        self.write(&crc32fast::hash(&directory).to_le_bytes())?;
        self.write(&(directory.len() as u64).to_le_bytes())?;
        self.write(&VERSION.to_le_bytes())?;
        self.write(MAGIC)?;
        let target = self.folder.join(name);
        let folder = self.folder;
        let failed = || LibraryError::io("writing the view", &target);
        let file = self
            .file
            .into_inner()
            .map_err(|error| failed()(error.into_error()))?;
        file.name(&target).map_err(failed())?;
        sync_folder(&folder)
    }
}

/// A view that has been opened: its directory. Arrays are read when they are asked for.
#[derive(Debug)]
pub struct View {
    path: PathBuf,
    directory: HashMap<String, Place>,
}

impl View {
    /// Opens the view at `path`.
    ///
    /// # Errors
    /// When it is missing, damaged or of another version: it is to be made again then.
    pub fn open(path: &Path) -> Result<Self, LibraryError> {
        let failed = || LibraryError::io("reading the view", path);
        let damaged = |why: &str| LibraryError::damaged(WHAT, path, why);
        let mut file = File::open(path).map_err(failed())?;
        let len = file.metadata().map_err(failed())?.len();
        let from = len
            .checked_sub(TAIL)
            .ok_or_else(|| damaged("it is too short"))?;
        let mut tail = Vec::new();
        file.seek(SeekFrom::Start(from)).map_err(failed())?;
        file.read_to_end(&mut tail).map_err(failed())?;
        let mut tail = Cursor(&tail);
        let (sum, size) = (tail.u32(), tail.u64());
        let version = tail.u32();
        if tail.0 != MAGIC {
            return Err(damaged("it is no view, or was cut off"));
        }
        if version != Some(VERSION) {
            return Err(damaged("it is of another version"));
        }
        let size = size.filter(|size| *size <= from);
        let size = size.ok_or_else(|| damaged("its directory is too long"))?;
        let mut directory = vec![0; usize::try_from(size).unwrap_or(0)];
        file.seek(SeekFrom::Start(from - size)).map_err(failed())?;
        file.read_exact(&mut directory).map_err(failed())?;
        if Some(crc32fast::hash(&directory)) != sum {
            return Err(damaged("its directory was changed"));
        }
        let mut rest = Cursor(&directory);
        let mut directory = HashMap::new();
        while !rest.0.is_empty() {
            let (name, place) = rest
                .entry()
                .ok_or_else(|| damaged("its directory ends early"))?;
            let width = place.width & !(NARROW | STEPS);
            let bytes = place.len.checked_mul(width.into());
            let end = bytes.and_then(|bytes| place.offset.checked_add(bytes));
            if end.is_none_or(|end| end > from - size) {
                return Err(damaged("an array lies outside it"));
            }
            directory.insert(name, place);
        }
        Ok(Self {
            path: path.to_owned(),
            directory,
        })
    }

    /// That what it holds makes no sense.
    #[must_use]
    pub fn damaged(&self, why: &str) -> LibraryError {
        LibraryError::damaged(WHAT, &self.path, why)
    }

    fn damaged_array(&self, name: &str, why: &str) -> LibraryError {
        self.damaged(&format!("the array {name:?} {why}"))
    }

    /// Where an array of this name is, and how many elements it has.
    fn find(&self, name: &str) -> Result<(Place, usize), LibraryError> {
        let damaged = |why: &str| self.damaged_array(name, why);
        let place = self.directory.get(name).copied();
        let place = place.ok_or_else(|| damaged("is missing"))?;
        let len = usize::try_from(place.len).map_err(|_| damaged("is too long"))?;
        Ok((place, len))
    }

    /// Reads an array.
    ///
    /// # Errors
    /// When there is none of this name and type, or it is not as it was written.
    pub fn array<T: Number>(&self, name: &str) -> Result<Vec<T>, LibraryError> {
        let damaged = |why: &str| self.damaged_array(name, why);
        let (place, len) = self.find(name)?;
        if place.width & (NARROW | STEPS) > 0 {
            let width = usize::from(place.width & !(NARROW | STEPS));
            let mut array = Vec::with_capacity(len);
            let mut buffer = vec![0; PIECE.min(len.saturating_mul(width))];
            let mut left = len.saturating_mul(width);
            let mut is_unpacked = true;
            self.read(place, &damaged, |file, sum| {
                while left > 0 {
                    let piece = buffer.get_mut(..left.min(PIECE)).unwrap_or_default();
                    file.read_exact(piece)?;
                    sum.update(piece);
                    is_unpacked &= T::unpack(place.width, piece, &mut array);
                    left -= piece.len();
                }
                Ok(())
            })?;
            return if is_unpacked {
                Ok(array)
            } else {
                Err(damaged("is of another type"))
            };
        }
        if usize::from(place.width) != size_of::<T>() {
            return Err(damaged("is of another type"));
        }
        let mut array = vec![T::zeroed(); len];
        self.read_into(place, &damaged, bytemuck::cast_slice_mut(&mut array))?;
        if cfg!(target_endian = "big") {
            for number in &mut array {
                *number = number.in_file_order();
            }
        }
        Ok(array)
    }

    /// Reads an array of bytes as records of `N` bytes each.
    ///
    /// # Errors
    /// As [`Self::array`].
    pub fn records<const N: usize>(&self, name: &str) -> Result<Vec<[u8; N]>, LibraryError> {
        let damaged = |why: &str| self.damaged_array(name, why);
        let (place, len) = self.find(name)?;
        if place.width != 1 || !len.is_multiple_of(N) {
            return Err(damaged("is of another type"));
        }
        let mut records = vec![[0; N]; len / N];
        self.read_into(place, &damaged, records.as_flattened_mut())?;
        Ok(records)
    }

    fn read_into(
        &self,
        place: Place,
        damaged: &dyn Fn(&str) -> LibraryError,
        bytes: &mut [u8],
    ) -> Result<(), LibraryError> {
        self.read(place, damaged, |file, sum| {
            for piece in bytes.chunks_mut(PIECE) {
                file.read_exact(piece)?;
                sum.update(piece);
            }
            Ok(())
        })
    }

    /// Reads what stands in a place. `take` reads it piece by piece and adds each to the sum while
    /// it is in the processor's cache.
    fn read(
        &self,
        place: Place,
        damaged: &dyn Fn(&str) -> LibraryError,
        take: impl FnOnce(&mut File, &mut crc32fast::Hasher) -> std::io::Result<()>,
    ) -> Result<(), LibraryError> {
        let failed = || LibraryError::io("reading the view", &self.path);
        let mut file = File::open(&self.path).map_err(failed())?;
        file.seek(SeekFrom::Start(place.offset)).map_err(failed())?;
        let mut sum = crc32fast::Hasher::new();
        take(&mut file, &mut sum).map_err(failed())?;
        if sum.finalize() != place.sum {
            return Err(damaged("was changed"));
        }
        Ok(())
    }

    /// Reads an array of UTF-8.
    ///
    /// # Errors
    /// As [`Self::array`], and when it is no UTF-8.
    pub fn text(&self, name: &str) -> Result<String, LibraryError> {
        String::from_utf8(self.array(name)?)
            .map_err(|error| LibraryError::damaged(WHAT, &self.path, error))
    }
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn entry(&mut self) -> Option<(String, Place)> {
        let len = u16::from_le_bytes(self.array()?);
        let name = std::str::from_utf8(self.take(len.into())?).ok()?.to_owned();
        let [width] = self.array()?;
        let place = Place {
            width,
            len: self.u64()?,
            offset: self.u64()?,
            sum: self.u32()?,
        };
        Some((name, place))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(folder: &Path) -> PathBuf {
        let mut view = ViewWriter::new(folder).unwrap();
        view.push("a", &[1_u8, 2, 3]).unwrap();
        view.push("dates", &[i32::MIN, 0, 7]).unwrap();
        view.push("none", &[0_u64; 0]).unwrap();
        view.push("names", "Минск".as_bytes()).unwrap();
        view.finish("x.columns").unwrap();
        folder.join("x.columns")
    }

    #[test]
    fn arrays_of_several_pieces_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let many = u32::try_from(3 * PIECE).unwrap() + 5;
        let wide: Vec<u64> = (0..u64::from(many)).map(|n| n * n).collect();
        let steps: Vec<u32> = (0..many).map(|n| n * 3).collect();
        let long_steps: Vec<u32> = (0..many).map(|n| n * 700).collect();
        let small: Vec<u32> = (0..many).map(|n| n % 7).collect();
        let medium: Vec<u32> = (0..many).map(|n| (n * 31) % 60_000).collect();
        let mut view = ViewWriter::new(folder.path()).unwrap();
        view.push("wide", &wide).unwrap();
        let narrow = [
            ("steps", steps),
            ("long steps", long_steps),
            ("small", small),
            ("medium", medium),
        ];
        for (name, array) in &narrow {
            view.push(name, array).unwrap();
        }
        view.finish("x").unwrap();
        let view = View::open(&folder.path().join("x")).unwrap();
        assert_eq!(view.array::<u64>("wide").unwrap(), wide);
        for (name, array) in &narrow {
            assert_eq!(&view.array::<u32>(name).unwrap(), array, "{name}");
        }
    }

    #[test]
    fn arrays_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let view = View::open(&written(folder.path())).unwrap();
        assert_eq!(view.array::<u8>("a").unwrap(), [1, 2, 3]);
        assert_eq!(view.array::<i32>("dates").unwrap(), [i32::MIN, 0, 7]);
        assert!(view.array::<u64>("none").unwrap().is_empty());
        assert_eq!(view.text("names").unwrap(), "Минск");
        assert!(view.array::<u8>("dates").is_err());
        assert!(view.array::<u8>("b").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn numbers_of_any_size_come_back(
            small in proptest::collection::vec(prop_oneof![0..300_u32, Just(u32::MAX)], 0..50),
            large in proptest::collection::vec(any::<u32>(), 0..50),
            mut ascending in proptest::collection::vec(0..70_000_u32, 0..50),
        ) {
            ascending.sort_unstable();
            let folder = tempfile::tempdir().unwrap();
            let mut view = ViewWriter::new(folder.path()).unwrap();
            let arrays = [("small", &small), ("large", &large), ("ascending", &ascending)];
            for (name, array) in arrays {
                view.push(name, array).unwrap();
            }
            view.finish("x").unwrap();
            let view = View::open(&folder.path().join("x")).unwrap();
            for (name, array) in arrays {
                prop_assert_eq!(&view.array::<u32>(name).unwrap(), array);
                prop_assert!(array.is_empty() || view.array::<u64>(name).is_err());
            }
        }
    }

    #[test]
    fn an_unfinished_one_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut view = ViewWriter::new(folder.path()).unwrap();
        view.push("a", &[1_u8]).unwrap();
        drop(view);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    /// Whatever is cut off or changed shows, at the latest where the array is read.
    #[test]
    fn damage_shows() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path());
        let whole = std::fs::read(&path).unwrap();
        let reads = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            let Ok(view) = View::open(&path) else {
                return false;
            };
            view.array::<u8>("a").is_ok()
                && view.array::<i32>("dates").is_ok()
                && view.array::<u64>("none").is_ok()
                && view.text("names").is_ok()
        };
        assert!(reads(&whole));
        for len in 0..whole.len() {
            assert!(!reads(&whole[..len]), "cut at {len}");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            // Between the arrays stands nothing.
            let is_padding = (3..8).contains(&at) || (20..24).contains(&at);
            assert_eq!(reads(&changed), is_padding, "changed at {at}");
        }
    }
}
