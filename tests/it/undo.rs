//! Whatever the analyst did, undoing all of it gives the very session that it began with.
