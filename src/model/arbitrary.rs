//! Arbitrary sessions, edits and views, for property tests.
//!
//! Ids come from small pools, so that edits meet; texts have what breaks naive writers: quotes,
//! escapes, line ends, marks and other scripts.

use std::borrow::Cow;
use std::path::PathBuf;

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::actor::{Actor, ActorKind, MentionClass};
use super::annotation::{Annotation, Quote, Rival};
use super::article::{Furniture, FurnitureReason};
use super::claim::{Claim, ClaimKind, ClaimTime, Modality, Polarity, Role, RoleActor};
use super::codebook::Code;
use super::date::When;
use super::edit::Edit;
use super::finding::{Finding, FindingKey, Mention, Rule, TimeBasis, TimeExpression};
use super::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use super::session::{
    CorpusSource, Decision, Link, Made, Note, Origin, PublicationRuling, Session, Signed, Thing,
    Verdict,
};
use super::span::Span;
use super::view::{BinWidth, ChartView, Clock, Column, Layout, Pane, Theme, Unit, View};

/// Texts that a file must give back unchanged.
pub(crate) fn text() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[a-zA-Zа-яё ,.]{0,12}",
        2 => "(?s).{0,8}",
        1 => select(vec![
            "\"quoted\" \\ and \\n", "line\nline\r\nline\r", "\u{feff}mark", "\0\u{1}\u{7f}",
            "r#\"raw\"#", "(a: 1), // not a comment", "/* nor this */", "\u{202e}right to left",
            "None", "Some(\"x\")", "е\u{301}", "\u{10ffff}",
        ]).prop_map(str::to_owned),
    ]
    .boxed()
}

fn article() -> impl Strategy<Value = ArticleId> {
    select(vec![0_u8, 7, 255]).prop_map(|byte| ArticleId([byte; 32]))
}

fn suggestion() -> impl Strategy<Value = SuggestionId> {
    select(vec![0, 1, 0xDEAD_BEEF, u64::MAX]).prop_map(SuggestionId)
}

fn item() -> impl Strategy<Value = ItemId> {
    select(vec![
        0_u128,
        1,
        0x0190_0000_0000_7000_8000_0000_0000_0001,
        u128::MAX,
    ])
    .prop_map(|bits| ItemId(Uuid::from_u128(bits)))
}

fn actor_id() -> impl Strategy<Value = ActorId> {
    select(vec!["BY", "RU", "bloc/eu", "my/завод \"X\""]).prop_map(ActorId::new)
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        (0_usize..5000, 0_usize..300).prop_map(|(start, len)| Span::new(start, start + len)),
        Just(Span::new(0, 0)),
        Just(Span::new(0, usize::MAX)),
    ]
}

fn when() -> impl Strategy<Value = When> {
    let texts = vec![
        "2016",
        "2016-04",
        "2016-04-22",
        "2016?",
        "2016~",
        "2016-04%",
        "201X",
        "2016-XX",
        "2012/2015",
        "../2018-04",
        "2018-04/..",
        "2005~/2008-11",
        "2016-21",
        "-0044-03-15",
        "Y17000000002",
        "1985-04-12T23:20:30Z",
        "2019-10-07/2019-10-09",
    ];
    select(texts).prop_map(|text| text.parse().unwrap())
}

fn at() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second() + 1..Timestamp::MAX.as_second();
    let recent = 1_400_000_000..1_900_000_000_i64;
    (
        prop_oneof![4 => recent, 1 => seconds],
        select(vec![0, 1, 500_000_000, 999_999_999]),
    )
        .prop_map(|(seconds, nanos)| Timestamp::new(seconds, nanos).unwrap())
}

fn claim() -> impl Strategy<Value = Claim> {
    let actor = (actor_id(), select(Role::ALL)).prop_map(|(actor, role)| RoleActor { actor, role });
    (
        (
            select(ClaimKind::ALL),
            select(Modality::ALL),
            select(Polarity::ALL),
        ),
        vec(actor, 0..4),
        vec(text(), 0..3),
        (option::of(when()), option::of(span())),
        vec(span(), 1..3),
    )
        .prop_map(
            |((kind, modality, polarity), actors, items, (when, span), evidence)| Claim {
                kind,
                modality,
                polarity,
                actors,
                items,
                time: ClaimTime { when, span },
                evidence,
            },
        )
}

fn finding() -> impl Strategy<Value = Finding> {
    use MentionClass as C;
    let classes = vec![
        C::Name,
        C::Demonym,
        C::Compound,
        C::Capital,
        C::Place,
        C::InOrganisation,
    ];
    prop_oneof![
        (span(), actor_id(), select(classes))
            .prop_map(|(span, actor, class)| Finding::Mention(Mention { span, actor, class })),
        (span(), option::of(when()), select(TimeBasis::ALL))
            .prop_map(|(span, when, basis)| Finding::Time(TimeExpression { span, when, basis })),
        (span(), select(FurnitureReason::ALL))
            .prop_map(|(span, reason)| Finding::Furniture(Furniture { span, reason })),
        claim().prop_map(Finding::Claim),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    text().prop_map(|name| Rule(Cow::Owned(name)))
}

fn decision() -> impl Strategy<Value = Decision> {
    let verdict = prop_oneof![
        Just(Verdict::Accepted),
        Just(Verdict::Rejected),
        finding().prop_map(|finding| Verdict::Edited(Box::new(finding))),
    ];
    (verdict, finding(), rule(), vec(quote(), 0..3), text(), at()).prop_map(
        |(verdict, finding, rule, quotes, by, at)| Decision {
            verdict,
            finding,
            rule,
            quotes,
            by,
            at,
        },
    )
}

fn quote() -> impl Strategy<Value = Quote> {
    let rival =
        any::<[u8; 5]>().prop_map(|[before, passage, after, most_before, most_after]| Rival {
            before,
            passage,
            after,
            most_before,
            most_after,
        });
    let rival = option::of(prop_oneof![Just(Rival::default()), rival]);
    (text(), text(), text(), rival).prop_map(|(exact, prefix, suffix, rival)| Quote {
        exact,
        prefix,
        suffix,
        rival,
    })
}

fn thing() -> impl Strategy<Value = Thing> {
    let key = prop_oneof![
        suggestion().prop_map(FindingKey::Suggested),
        item().prop_map(FindingKey::Made)
    ];
    prop_oneof![
        Just(Thing::Session),
        article().prop_map(Thing::Article),
        (article(), key).prop_map(|(article, key)| Thing::Claim(article, key)),
        (article(), item()).prop_map(|(article, id)| Thing::Annotation(article, id)),
        item().prop_map(Thing::Code),
        actor_id().prop_map(Thing::Actor),
        actor_id().prop_map(Thing::Partner),
    ]
}

fn link() -> impl Strategy<Value = Link> {
    (thing(), thing()).prop_filter_map("a thing and itself", |(a, b)| Link::new(a, b))
}

fn annotation() -> impl Strategy<Value = Annotation> {
    (span(), quote(), vec(item(), 0..3), text(), text(), at()).prop_map(
        |(span, quote, codes, note, by, at)| Annotation {
            span,
            quote,
            codes,
            note,
            by,
            at,
        },
    )
}

fn code() -> impl Strategy<Value = Code> {
    let shortcut = option::of(select(('A'..='Z').collect::<Vec<_>>()));
    (text(), any::<u8>(), text(), option::of(item()), shortcut).prop_map(
        |(name, color, definition, parent, shortcut)| Code {
            name,
            color,
            definition,
            parent,
            shortcut,
        },
    )
}

fn actor() -> impl Strategy<Value = Actor> {
    use ActorKind as K;
    let kind = select(vec![K::Country, K::Organisation, K::Person, K::Bloc]);
    (text(), kind, option::of(actor_id())).prop_map(|(name, kind, country)| Actor {
        name,
        kind,
        country,
    })
}

fn one_edit() -> BoxedStrategy<Edit> {
    let made =
        (finding(), vec(quote(), 0..3), text(), at()).prop_map(|(finding, quotes, by, at)| Made {
            finding,
            quotes,
            by,
            at,
        });
    let memo = (text(), text(), at()).prop_map(|(text, by, at)| Note { text, by, at });
    let signed = (text(), at()).prop_map(|(by, at)| Signed { by, at });
    let origin = (text(), text()).prop_map(|(source, head)| Origin { source, head });
    let note = (text(), text(), at()).prop_map(|(text, by, at)| Note { text, by, at });
    let ruling = (option::of(when()), text(), at()).prop_map(|(when, by, at)| PublicationRuling {
        when,
        by,
        at,
    });
    prop_oneof![
        actor_id().prop_map(Edit::Focus),
        text().prop_map(Edit::Analyst),
        corpus_source().prop_map(Edit::Corpus),
        (
            article(),
            suggestion(),
            option::of(decision().prop_map(Box::new))
        )
            .prop_map(|(article, id, to)| Edit::Decision(article, id, to)),
        (article(), item(), option::of(made))
            .prop_map(|(article, id, to)| Edit::Made(article, id, to)),
        (article(), item(), option::of(annotation()))
            .prop_map(|(article, id, to)| Edit::Annotation(article, id, to)),
        (article(), option::of(note)).prop_map(|(article, to)| Edit::Note(article, to)),
        (article(), option::of(ruling)).prop_map(|(article, to)| Edit::Publication(article, to)),
        (item(), option::of(code())).prop_map(|(id, to)| Edit::Code(id, to)),
        (actor_id(), option::of(actor())).prop_map(|(id, to)| Edit::Actor(id, to)),
        (text(), option::of(option::of(actor_id())))
            .prop_map(|(surface, to)| Edit::Alias(surface, to)),
        (actor_id(), option::of(actor_id())).prop_map(|(id, to)| Edit::Merge(id, to)),
        (rule(), any::<bool>()).prop_map(|(rule, off)| Edit::RuleOff(rule, off)),
        (article(), any::<bool>()).prop_map(|(id, apart)| Edit::KeptApart(id, apart)),
        (text(), option::of(text())).prop_map(|(name, query)| Edit::Search(name, query)),
        (thing(), option::of(memo)).prop_map(|(on, to)| Edit::Memo(on, to)),
        (link(), option::of(signed)).prop_map(|(link, to)| Edit::Link(link, to)),
        (article(), option::of(origin)).prop_map(|(id, to)| Edit::Origin(id, to)),
    ]
    .boxed()
}

/// Any edit; several at once within each other, too.
pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    one_edit().prop_recursive(2, 8, 4, |inner| vec(inner, 0..4).prop_map(Edit::All))
}

/// Where articles may be.
fn corpus_source() -> impl Strategy<Value = CorpusSource> {
    let paths = vec![
        "/data/articles",
        "/data/статьи 2016",
        "/elsewhere/a\"b.txt",
        "/data",
    ];
    prop_oneof![
        Just(CorpusSource::Sample),
        vec(select(paths.clone()).prop_map(PathBuf::from), 0..3).prop_map(CorpusSource::Paths),
        select(paths).prop_map(|path| CorpusSource::Library(PathBuf::from(path))),
    ]
}

/// A session without any work.
pub(crate) fn new_session() -> impl Strategy<Value = Session> {
    (item(), corpus_source(), actor_id(), text())
        .prop_map(|(id, corpus, focus, analyst)| Session::new(id, corpus, focus, analyst))
}

/// A session that up to `edits` edits led to: every session that the program can be in.
pub(crate) fn session(edits: usize) -> impl Strategy<Value = Session> {
    (new_session(), vec(edit(), 0..=edits)).prop_map(|(mut session, edits)| {
        for edit in edits {
            let _inverse = edit.apply(&mut session);
        }
        session
    })
}

fn layout() -> impl Strategy<Value = Layout> {
    let pane = select(Pane::ALL).prop_map(Layout::Pane);
    pane.prop_recursive(3, 12, 4, |inner| {
        let parts = vec((0.001_f32..8.0, inner.clone()), 0..4);
        prop_oneof![
            (vec(inner, 1..4), any::<prop::sample::Index>())
                .prop_map(|(panes, active)| Layout::Tabs(active.index(panes.len()), panes)),
            parts.clone().prop_map(Layout::Row),
            parts.prop_map(Layout::Column),
        ]
    })
}

fn chart() -> impl Strategy<Value = ChartView> {
    (
        (
            select(Clock::ALL),
            select(Unit::ALL),
            select(BinWidth::ALL),
            any::<bool>(),
        ),
        vec(select(Modality::ALL), 0..6),
        vec(actor_id(), 0..3),
    )
        .prop_map(
            |((clock, unit, bins, with_suggested), modalities, hidden)| ChartView {
                clock,
                unit,
                bins,
                with_suggested,
                modalities,
                hidden,
            },
        )
}

/// Any view that can be laid out.
pub(crate) fn view() -> impl Strategy<Value = View> {
    (
        text(),
        (select(Column::ALL), any::<bool>()),
        option::of(article()),
        chart(),
        (any::<bool>(), any::<bool>()),
        layout(),
        select(Theme::ALL),
        vec(actor_id(), 0..3),
    )
        .prop_map(
            |(
                filter,
                sort,
                open_article,
                chart,
                (with_rejected, likely_first),
                layout,
                theme,
                colors,
            )| View {
                filter,
                sort,
                open_article,
                chart,
                with_rejected,
                likely_first,
                layout,
                theme,
                colors,
            },
        )
}
