//! The work of the rules, counted where they look at something, so that a test can tell how it
//! grows with a text without a clock. Outside tests it is nothing.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts so many steps.
#[inline]
#[cfg_attr(
    not(test),
    allow(clippy::missing_const_for_fn, reason = "a test counts")
)]
pub(super) fn count(steps: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + steps as u64);
    #[cfg(not(test))]
    let _ = steps;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::{Context, extract, hostile};
    use crate::model::actor::ActorBook;
    use crate::model::ids::ActorId;

    fn steps(text: &str) -> u64 {
        let lexicon = Lexicon::new(&ActorBook::default());
        let focus = ActorId::new("BY");
        STEPS.set(0);
        let _ = extract(text, &Context::new(&lexicon, &focus));
        STEPS.get()
    }

    #[test]
    fn a_text_of_four_times_the_length_takes_four_times_the_steps() {
        // Short enough to be quick, long enough for what grows with the square to show.
        const BYTES: usize = 5_000;
        for kind in hostile::ALL {
            let (once, more) = (steps(&kind.text(BYTES)), steps(&kind.text(4 * BYTES)));
            // The beginning of a text may be read more closely than the rest.
            assert!(
                more <= once * 9 / 2 + 3_000,
                "{}: {once} steps, then {more}",
                kind.name
            );
        }
    }

    #[test]
    fn steps_are_counted() {
        let once = steps("Belarus signed an agreement with China on 3 May 2016. ");
        assert!(once > 100, "{once}");
    }
}
