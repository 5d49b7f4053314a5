//! Text in, suggestions out. Pure: a function of the text, the lexicon and the focus.
