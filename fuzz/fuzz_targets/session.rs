//! Any bytes, read as a session file: nothing panics, and what is read is written and read again as
//! the same.
#![no_main]

use std::path::Path;

use attache::store::session_file::{from_ron, to_ron};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let folder = Some(Path::new("/data"));
    let Ok(loaded) = from_ron(text, folder) else {
        return;
    };
    let again = to_ron(&loaded.session, &loaded.view, folder).expect("it can be written");
    let again = from_ron(&again, folder).expect("what was written can be read");
    assert_eq!(again.session, loaded.session);
});
