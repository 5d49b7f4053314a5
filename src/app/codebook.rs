//! Changes of the codebook, each as one named step or the reason why it can't be made. No code
//! ends without a name, below itself, or beside another one of its name.

pub mod import;

use std::collections::BTreeMap;

use super::edits::{Step, new_item};
use super::words::counted;
use crate::model::annotation::Annotation;
use crate::model::codebook::{Code, Codebook, clean_name};
use crate::model::edit::Edit;
use crate::model::ids::{ArticleId, ItemId};
use crate::model::session::{Link, Note, Session, Thing};

/// How many colours codes have.
pub const CODE_COLORS: u8 = 8;

/// A step, or in words for the analyst why it can't be done.
pub type Changed = Result<Step, String>;

/// The edit that makes a code, `ahead` places after the ones that there are.
pub(super) fn new_code(
    session: &Session,
    name: &str,
    parent: Option<ItemId>,
    ahead: usize,
) -> (ItemId, Edit) {
    let count = session.codebook.codes.len() + ahead;
    let color = u8::try_from(count % usize::from(CODE_COLORS)).unwrap_or(0);
    let code = Code {
        parent,
        ..Code::named(name, color)
    };
    let id = new_item();
    (id, Edit::Code(id, Some(code)))
}

/// The name as it is kept, where a code can be called so.
///
/// # Errors
/// Why not: it is empty, or another code but `own` has it at the same place.
pub fn usable_name(
    codebook: &Codebook,
    own: Option<ItemId>,
    parent: Option<ItemId>,
    typed: &str,
) -> Result<String, String> {
    let Some(name) = clean_name(typed) else {
        return Err("A code needs a name.".to_owned());
    };
    let taken = codebook.named_below(parent, &name);
    if taken.is_some() && taken != own {
        let place = parent.map_or("at the top".to_owned(), |parent| {
            format!("below “{}”", codebook.path_text(parent))
        });
        return Err(format!(
            "There is a code “{name}” {place} already. Choose another name, or merge the two."
        ));
    }
    Ok(name)
}

/// Makes a code below another one, or at the top.
///
/// # Errors
/// When no code can be called so there.
pub fn make(
    session: &Session,
    typed: &str,
    parent: Option<ItemId>,
) -> Result<(ItemId, Step), String> {
    let parent = parent.filter(|parent| session.codebook.codes.contains_key(parent));
    let name = usable_name(&session.codebook, None, parent, typed)?;
    let (id, edit) = new_code(session, &name, parent, 0);
    Ok((id, Step::new("New code", edit)))
}

/// Changes a code. A key that another code had is taken from it.
///
/// # Errors
/// When its name or its place can't be so.
pub fn change(session: &Session, id: ItemId, to: Code) -> Changed {
    let codebook = &session.codebook;
    let Some(was) = codebook.codes.get(&id) else {
        return Err("This code is gone.".to_owned());
    };
    let parent = to
        .parent
        .filter(|parent| codebook.codes.contains_key(parent));
    if !codebook.may_stand_below(id, parent) {
        return Err(format!(
            "“{}” can't stand below itself, nor deeper than codes are followed.",
            was.name
        ));
    }
    let name = usable_name(codebook, Some(id), parent, &to.name)?;
    let to = Code { name, parent, ..to };
    let what = if to.name != was.name {
        "Rename code"
    } else if to.parent != was.parent {
        "Move code"
    } else if to.color != was.color {
        "Recolour code"
    } else if to.shortcut != was.shortcut {
        "Key of code"
    } else {
        "Define code"
    };
    let mut edits = Vec::new();
    if let Some(key) = to.shortcut {
        let others = codebook.codes.iter();
        let holders = others.filter(|(other, code)| **other != id && code.shortcut == Some(key));
        edits.extend(holders.map(|(other, code)| {
            let without = Code {
                shortcut: None,
                ..code.clone()
            };
            Edit::Code(*other, Some(without))
        }));
    }
    edits.push(Edit::Code(id, Some(to)));
    Ok(Step::new(what, Edit::All(edits)))
}

/// Moves a code with all below it below another one, or to the top.
///
/// # Errors
/// When it can't stand there.
pub fn shift(session: &Session, id: ItemId, parent: Option<ItemId>) -> Changed {
    let Some(code) = session.codebook.codes.get(&id) else {
        return Err("This code is gone.".to_owned());
    };
    let to = Code {
        parent,
        ..code.clone()
    };
    change(session, id, to)
}

/// Makes one code of two: highlights, memo and links of `from` go over to `into`, and so do the
/// codes below it; of those, two of one name become one in the same way.
///
/// # Errors
/// When there are no two codes, or `into` would stand beside another code of its name.
pub fn merge(session: &Session, from: ItemId, into: ItemId) -> Changed {
    let before = &session.codebook;
    let (Some(source), Some(target)) = (before.codes.get(&from), before.codes.get(&into)) else {
        return Err("One of these codes is gone.".to_owned());
    };
    if from == into {
        return Err("A code can't be merged into itself. Choose another one.".to_owned());
    }
    let name = format!("Merge code “{}” into “{}”", source.name, target.name);
    let mut after = before.clone();
    if before.is_within(into, from) {
        // It takes the place of the one that it was below.
        let place = before.parent(from);
        let place = place.filter(|place| !before.is_within(*place, into));
        let twin = before.named_below(place, &target.name);
        if twin.is_some_and(|twin| twin != from) {
            usable_name(before, Some(from), place, &target.name)?;
        }
        if let Some(target) = after.codes.get_mut(&into) {
            target.parent = place;
        }
    }
    let mut becomes = BTreeMap::new();
    unite(&mut after, from, into, &mut becomes);

    let mut edits = follow_codes(session, &becomes);
    edits.extend(difference(before, &after));
    Ok(Step::new(name, Edit::All(edits)))
}

/// Takes `from` into `into`, and says of each code that is gone what it became.
fn unite(book: &mut Codebook, from: ItemId, into: ItemId, becomes: &mut BTreeMap<ItemId, ItemId>) {
    becomes.insert(from, into);
    let below: Vec<ItemId> = book
        .below(Some(from))
        .filter(|code| *code != into)
        .collect();
    for child in below {
        let name = book.codes.get(&child).map(|code| code.name.clone());
        let twin = name.and_then(|name| book.named_below(Some(into), &name));
        // The one that goes is no twin of what is below it.
        match twin.filter(|twin| *twin != from) {
            Some(twin) => unite(book, child, twin, becomes),
            None => {
                if let Some(code) = book.codes.get_mut(&child) {
                    code.parent = Some(into);
                }
            }
        }
    }
    let Some(gone) = book.codes.remove(&from) else {
        return;
    };
    if let Some(code) = book.codes.get_mut(&into) {
        code.definition = joined(&code.definition, &gone.definition);
        code.shortcut = code.shortcut.or(gone.shortcut);
    }
}

/// Two texts one below the other; one of them alone where the other says nothing new.
fn joined(first: &str, second: &str) -> String {
    match (first.trim(), second.trim()) {
        (first, "") => first.to_owned(),
        ("", second) => second.to_owned(),
        (first, second) if first == second => first.to_owned(),
        (first, second) => format!("{first}\n\n{second}"),
    }
}

/// The edits that lead highlights, memos and links from codes to what those become.
fn follow_codes(session: &Session, becomes: &BTreeMap<ItemId, ItemId>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (article, id, annotation) in highlights(session) {
        if !annotation
            .codes
            .iter()
            .any(|code| becomes.contains_key(code))
        {
            continue;
        }
        let mut codes: Vec<ItemId> = Vec::with_capacity(annotation.codes.len());
        for code in &annotation.codes {
            let code = becomes.get(code).unwrap_or(code);
            if !codes.contains(code) {
                codes.push(*code);
            }
        }
        let to = Annotation {
            codes,
            ..annotation.clone()
        };
        edits.push(Edit::Annotation(article, id, Some(to)));
    }
    let mut memos: BTreeMap<Thing, Note> = BTreeMap::new();
    for (from, into) in becomes {
        let (from, into) = (Thing::Code(*from), Thing::Code(*into));
        let Some(memo) = session.memos.get(&from) else {
            continue;
        };
        let kept = memos.get(&into).or_else(|| session.memos.get(&into));
        let memo = match kept {
            Some(kept) => Note {
                text: joined(&kept.text, &memo.text),
                ..kept.clone()
            },
            None => memo.clone(),
        };
        memos.insert(into, memo);
        edits.push(Edit::Memo(from, None));
    }
    edits.extend(
        memos
            .into_iter()
            .map(|(on, memo)| Edit::Memo(on, Some(memo))),
    );
    let followed = |thing: &Thing| match thing {
        Thing::Code(code) => Thing::Code(*becomes.get(code).unwrap_or(code)),
        other => other.clone(),
    };
    for (link, signed) in &session.links {
        let (a, b) = link.ends();
        let to = Link::new(followed(a), followed(b));
        if to.as_ref() == Some(link) {
            continue;
        }
        edits.push(Edit::Link(link.clone(), None));
        // A link of the two with one another is gone; one that there is already stays as it is.
        if let Some(to) = to.filter(|to| !session.links.contains_key(to)) {
            edits.push(Edit::Link(to, Some(signed.clone())));
        }
    }
    edits
}

/// The edits that lead from one codebook to the other. Codes go before others take their places.
pub(super) fn difference(before: &Codebook, after: &Codebook) -> Vec<Edit> {
    let gone = before.codes.keys();
    let gone = gone.filter(|code| !after.codes.contains_key(code));
    let changed = after.codes.iter();
    let changed = changed.filter(|(id, code)| before.codes.get(id) != Some(code));
    gone.map(|id| Edit::Code(*id, None))
        .chain(changed.map(|(id, code)| Edit::Code(*id, Some(code.clone()))))
        .collect()
}

/// Gives a new code to chosen highlights in the place of the code that they have. It stands beside
/// that one.
///
/// # Errors
/// When none of them has the code, or no code can be called so there.
pub fn split(
    session: &Session,
    from: ItemId,
    chosen: &[(ArticleId, ItemId)],
    typed: &str,
) -> Result<(ItemId, Step), String> {
    let codebook = &session.codebook;
    let Some(code) = codebook.codes.get(&from) else {
        return Err("This code is gone.".to_owned());
    };
    let (new, step) = make(session, typed, codebook.parent(from))?;
    let mut edits = vec![step.edit];
    for (article, id) in chosen {
        let work = session.work.get(article);
        let Some(annotation) = work.and_then(|work| work.annotations.get(id)) else {
            continue;
        };
        if !annotation.codes.contains(&from) {
            continue;
        }
        let codes = annotation.codes.iter();
        let to = Annotation {
            codes: codes
                .map(|code| if *code == from { new } else { *code })
                .collect(),
            ..annotation.clone()
        };
        edits.push(Edit::Annotation(*article, *id, Some(to)));
    }
    let count = edits.len() - 1;
    if count == 0 {
        return Err(format!(
            "None of the chosen highlights has the code “{}”.",
            code.name
        ));
    }
    let moved = counted(count, "highlight", "highlights");
    let name = format!("Split {moved} off “{}”", code.name);
    Ok((new, Step::new(name, Edit::All(edits))))
}

/// Deletes a code and takes it off all highlights. The codes below it move up to where it stood;
/// one whose name is taken there gets a number. Memos and links that name it stay.
#[must_use]
pub fn delete(session: &Session, id: ItemId) -> Step {
    let before = &session.codebook;
    let mut after = before.clone();
    let place = before.parent(id);
    after.codes.remove(&id);
    for child in before.below(Some(id)) {
        let Some(code) = before.codes.get(&child) else {
            continue;
        };
        let name = free_name(&after, place, &code.name);
        let to = Code {
            name,
            parent: place,
            ..code.clone()
        };
        // Where the code stood in a circle there is no other place.
        if after.may_stand_below(child, place) {
            after.codes.insert(child, to);
        } else {
            after.codes.insert(child, Code { parent: None, ..to });
        }
    }
    let mut edits = Vec::new();
    for (article, highlight, annotation) in highlights(session) {
        if annotation.codes.contains(&id) {
            let mut to = annotation.clone();
            to.codes.retain(|code| *code != id);
            edits.push(Edit::Annotation(article, highlight, Some(to)));
        }
    }
    edits.extend(difference(before, &after));
    let name = before.codes.get(&id).map_or("", |code| &code.name);
    Step::new(format!("Delete code “{name}”"), Edit::All(edits))
}

/// The name, with a number where a code at that place has it.
fn free_name(book: &Codebook, parent: Option<ItemId>, name: &str) -> String {
    let numbered = (2..).map(|n| format!("{name} ({n})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names
        .find(|name| book.named_below(parent, name).is_none())
        .unwrap_or_else(|| name.to_owned())
}

/// Gives a highlight a code, or takes it off where it has it.
///
/// # Errors
/// When the highlight or the code is gone.
pub fn give_or_take(session: &Session, article: ArticleId, id: ItemId, code: ItemId) -> Changed {
    let work = session.work.get(&article);
    let annotation = work.and_then(|work| work.annotations.get(&id));
    let (Some(annotation), Some(named)) = (annotation, session.codebook.codes.get(&code)) else {
        return Err("The highlight or the code is gone.".to_owned());
    };
    let mut to = annotation.clone();
    let verb = if annotation.codes.contains(&code) {
        to.codes.retain(|given| *given != code);
        "Take code off"
    } else {
        to.codes.push(code);
        "Give code"
    };
    let name = format!("{verb}: {}", named.name);
    Ok(Step::new(name, Edit::Annotation(article, id, Some(to))))
}

fn highlights(session: &Session) -> impl Iterator<Item = (ArticleId, ItemId, &Annotation)> {
    session.work.iter().flat_map(|(article, work)| {
        let all = work.annotations.iter();
        all.map(|(id, annotation)| (*article, *id, annotation))
    })
}

#[cfg(test)]
mod tests;
