//! The columns of parts ⇄ the view, array by array as they are in memory.

use crate::analysis::table::{Dates, Lists, Part, Texts};
use crate::model::ids::ActorId;
use crate::store::library::LibraryError;
use crate::store::library::view::{View, ViewWriter};

/// Writes the columns of the part in place `number`. Ids are those of the corpus, and not written
/// again; optional columns are left out.
pub(super) fn write(view: &mut ViewWriter, number: usize, part: &Part) -> Result<(), LibraryError> {
    let mut actors = Texts::default();
    for actor in &part.actors {
        actors.push(actor.as_str());
    }
    let texts = [
        ("actors", &actors),
        ("dates", &part.dates.texts),
        ("places", &part.places),
        ("titles", &part.titles),
        ("source_rests", &part.source_rests),
    ];
    for (name, texts) in texts {
        view.push(&at(number, name), texts.all.as_bytes())?;
        view.push(&at(number, &ends(name)), &texts.ends)?;
    }
    let lists = [
        ("partner_lists", &part.partner_lists),
        ("circles", &part.circles),
    ];
    for (name, lists) in lists {
        view.push(&at(number, name), &lists.all)?;
        view.push(&at(number, &ends(name)), &lists.ends)?;
    }
    let days = [("firsts", &part.dates.firsts), ("lasts", &part.dates.lasts)];
    for (name, days) in days {
        view.push(&at(number, name), days)?;
    }
    let bytes = [
        ("vague", &part.dates.vague),
        ("languages", &part.languages),
        ("statuses", &part.statuses),
        ("claim_codes", &part.claim_codes),
    ];
    for (name, bytes) in bytes {
        view.push(&at(number, name), bytes)?;
    }
    let words = [
        ("source_places", &part.source_places),
        ("published", &part.published),
        ("undecided", &part.undecided),
        ("suggestions", &part.suggestions),
        ("circles_of", &part.circles_of),
        ("mention_ends", &part.mention_ends),
        ("claim_ends", &part.claim_ends),
        ("mentions", &part.mentions),
        ("claim_dates", &part.claim_dates),
        ("claim_partners", &part.claim_partners),
        ("evidence_starts", &part.evidence_starts),
        ("evidence_lens", &part.evidence_lens),
    ];
    for (name, words) in words {
        view.push(&at(number, name), words)?;
    }
    view.push(&at(number, "claim_keys"), &part.claim_keys)?;
    view.push(&at(number, "sites"), &part.sites)
}

/// Reads the columns of the part in place `number`; the ids of its articles are still to come, and
/// nobody has looked whether it is sound.
pub(super) fn read(view: &View, number: usize) -> Result<Part, LibraryError> {
    let words = |name: &str| view.array::<u32>(&at(number, name));
    let days = |name: &str| view.array::<i32>(&at(number, name));
    let bytes = |name: &str| view.array::<u8>(&at(number, name));
    let texts = |name: &str| -> Result<Texts, LibraryError> {
        Ok(Texts {
            all: view.text(&at(number, name))?,
            ends: words(&ends(name))?,
        })
    };
    let lists = |name: &str| -> Result<Lists, LibraryError> {
        Ok(Lists {
            all: words(name)?,
            ends: words(&ends(name))?,
        })
    };
    Ok(Part {
        actors: texts("actors")?.iter().map(ActorId::new).collect(),
        partner_lists: lists("partner_lists")?,
        circles: lists("circles")?,
        dates: Dates {
            texts: texts("dates")?,
            firsts: days("firsts")?,
            lasts: days("lasts")?,
            vague: bytes("vague")?,
        },
        places: texts("places")?,
        titles: texts("titles")?,
        source_places: words("source_places")?,
        source_rests: texts("source_rests")?,
        languages: bytes("languages")?,
        statuses: bytes("statuses")?,
        published: words("published")?,
        undecided: words("undecided")?,
        suggestions: words("suggestions")?,
        circles_of: words("circles_of")?,
        mention_ends: words("mention_ends")?,
        claim_ends: words("claim_ends")?,
        sites: view.array(&at(number, "sites"))?,
        mentions: words("mentions")?,
        claim_keys: view.array(&at(number, "claim_keys"))?,
        claim_codes: bytes("claim_codes")?,
        claim_dates: words("claim_dates")?,
        claim_partners: words("claim_partners")?,
        evidence_starts: words("evidence_starts")?,
        evidence_lens: words("evidence_lens")?,
        ..Part::default()
    })
}

fn at(number: usize, name: &str) -> String {
    format!("part/{number}/{name}")
}

fn ends(name: &str) -> String {
    format!("{name}_ends")
}
