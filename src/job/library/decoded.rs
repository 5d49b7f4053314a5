//! A file as UTF-8 where it is UTF-16, and as it is otherwise: what lies in other encodings is
//! decoded field by field.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder};

use crate::store::decode::utf16;

/// So many bytes are read at once.
const CHUNK: usize = 1 << 16;

pub(super) struct Decoded {
    file: File,
    /// Where the file is UTF-16.
    decoder: Option<Decoder>,
    /// What was read and is still to be decoded.
    raw: Vec<u8>,
    /// What is still to be handed on, from `at`.
    ready: Vec<u8>,
    at: usize,
    is_at_end: bool,
}

impl Decoded {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut raw = Vec::new();
        (&mut file).take(CHUNK as u64).read_to_end(&mut raw)?;
        let encoding = utf16(&raw);
        let decoder = encoding.map(encoding_rs::Encoding::new_decoder_with_bom_removal);
        let ready = if decoder.is_none() {
            std::mem::take(&mut raw)
        } else {
            Vec::new()
        };
        Ok(Self {
            file,
            decoder,
            raw,
            ready,
            at: 0,
            is_at_end: false,
        })
    }

    /// Decodes what comes next.
    fn decode(&mut self) -> io::Result<()> {
        let Some(decoder) = &mut self.decoder else {
            return Ok(());
        };
        self.at = 0;
        self.ready.clear();
        while self.ready.is_empty() && !self.is_at_end {
            if self.raw.is_empty() {
                (&mut self.file)
                    .take(CHUNK as u64)
                    .read_to_end(&mut self.raw)?;
                self.is_at_end = self.raw.is_empty();
            }
            // Room for all of it: nothing is left over.
            let room = decoder.max_utf8_buffer_length(self.raw.len());
            self.ready.resize(room.unwrap_or(CHUNK * 4), 0);
            let (result, read, written, _) =
                decoder.decode_to_utf8(&self.raw, &mut self.ready, self.is_at_end);
            self.ready.truncate(written);
            self.raw.drain(..read);
            if result == CoderResult::OutputFull && read == 0 && written == 0 {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.ready.len() {
            if self.decoder.is_none() {
                return self.file.read(buffer);
            }
            self.decode()?;
        }
        let mut rest = self.ready.get(self.at..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}
