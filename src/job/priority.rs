//! Background work gives way to the thread that draws.
//!
//! On a small machine all cores are busy while a library is searched or charted; a frame that has
//! to wait its turn then comes milliseconds late. Work of lower priority is as fast as before where
//! nothing else runs.

/// How much nicer background threads are, of 19 steps (`nice(1)`).
#[cfg(all(target_os = "linux", feature = "gui"))]
const NICER: i32 = 10;

/// Lowers the priority of the calling thread. Does nothing where that is not a thread's own: only
/// Linux has priorities by thread for everybody (`setpriority(2)`).
pub(super) fn give_way() {
    #[cfg(all(target_os = "linux", feature = "gui"))]
    {
        // Refused, it only is not nicer.
        let _ = rustix::process::setpriority_process(None, NICER);
    }
}

/// Lets the threads of the pool that searches and charts share give way, too. Call it before any of
/// them is at work; later it changes nothing.
pub fn let_pool_give_way() {
    // There is a pool already where several windows share a process, as in tests.
    let _ = rayon::ThreadPoolBuilder::new()
        .start_handler(|_| give_way())
        .build_global();
}
