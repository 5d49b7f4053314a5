//! The texts of the sample articles, for tests below the store.

/// In the order of their names.
pub(crate) const SAMPLE: [&str; 5] = [
    include_str!("../../seeds/000_87d3dd258404b730.txt"),
    include_str!("../../seeds/001_a37eaed0e7796e8e.txt"),
    include_str!("../../seeds/002_617547f4ab43ca28.txt"),
    include_str!("../../seeds/003_dfce46a8faa2ac50.txt"),
    include_str!("../../seeds/004_ad1ab4cf14487f8f.txt"),
];
