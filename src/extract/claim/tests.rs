use crate::extract::lexicon::Lexicon;
use crate::extract::{Context, extract};
use crate::model::actor::ActorBook;
use crate::model::extraction::{CountryRole, Extraction};
use crate::model::finding::{Finding, FindingKind};
use crate::model::ids::ActorId;
use proptest::prelude::*;

pub(super) fn read(text: &str, focus: &str) -> Extraction {
    let lexicon = Lexicon::new(&ActorBook::default());
    extract(text, &Context::new(&lexicon, &ActorId::new(focus)))
}

/// The claims of one paragraph under a headline, as `kind modality ACTOR=role… when`.
pub(super) fn check(focus: &str, body: &str, expected: &[&str]) {
    let text = format!("A headline of some length\n\n{body}\n");
    let mut found: Vec<String> = read(&text, focus)
        .of_kind(FindingKind::Claim)
        .filter_map(|s| match &s.finding {
            Finding::Claim(c) => {
                let actors: Vec<String> = c
                    .actors
                    .iter()
                    .map(|a| format!("{}={}", a.actor, a.role.key()))
                    .collect();
                let when = c
                    .time
                    .when
                    .as_ref()
                    .map_or_else(|| "-".to_owned(), ToString::to_string);
                Some(format!(
                    "{} {} {} {when}",
                    c.kind.key(),
                    c.modality.key(),
                    actors.join(" ")
                ))
            }
            _ => None,
        })
        .collect();
    // Claims of one passage stand in the order of their ids, which says nothing.
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected, "{body}");
}

/// What "the two sides" leave unsaid is not taken for a focus that the article never names.
#[test]
fn an_article_that_does_not_name_the_focus_claims_nothing_of_it() {
    let text = "In New Zealand the delegation discussed fisheries. The two sides signed an agreement \
                with New Zealand. Both sides welcomed the visit to New Zealand.";
    check("BY", text, &[]);
}

#[test]
fn what_is_refused_or_announced_is_so_on_the_day_of_saying() {
    check(
        "NO",
        "Norway has rejected a request of Ghana for rifles, the ministry said on 5 May 2018.",
        &["refusal done NO=source GH=target 2018-05-05"],
    );
    // What is only told of was done before.
    check(
        "NO",
        "Norway has signed a fisheries pact with Ghana, the ministry said on 5 May 2018.",
        &["agreement done NO=party GH=party -"],
    );
}

#[test]
fn the_two_countries_are_those_named_before() {
    let signed = "agreement done NO=party PL=party -";
    check(
        "NO",
        "Норвегия и Польша подписали договор. Ранее страны провели учения.",
        &[signed, "exercise done NO=party PL=party -"],
    );
    check(
        "NO",
        "Norway and Poland signed a treaty. The two nations agreed to hold an exercise within NATO.",
        &[
            signed,
            "agreement done bloc/nato=party NO=party PL=party -",
            "exercise planned bloc/nato=party NO=party PL=party -",
        ],
    );
}

#[test]
fn who_stays_away_refuses() {
    check(
        "NO",
        "Norway will not take part in the exercise with Poland.",
        &["refusal planned NO=source PL=target -"],
    );
    check(
        "NO",
        "Норвегия не будет участвовать в учениях с Польшей.",
        &["refusal planned NO=source PL=target -"],
    );
}

#[test]
fn a_known_agreement_is_of_those_named_before_and_takes_its_day() {
    check(
        "NO",
        "Norway, Poland and Ghana have signed a fisheries agreement. The agreement was signed on 4 May 2020 in Accra.",
        &["agreement done NO=party PL=party GH=party 2020-05-04"],
    );
}

#[test]
fn active_and_passive_clauses_give_roles() {
    check(
        "NO",
        "On 4 May 2020, Oslo hosted the third session of the Norwegian-Polish working group.",
        &["meeting done NO=host PL=visitor 2020-05-04"],
    );
    check(
        "PE",
        "Peru bought three patrol aircraft from Spain in 2014.",
        &["purchase done PE=recipient ES=supplier 2014"],
    );
    check(
        "PE",
        "In 2016 Spain transferred two helicopters to Peru.",
        &["delivery done ES=supplier PE=recipient 2016"],
    );
    check(
        "PE",
        "The sale of radars to Peru by Spain was approved.",
        &["purchase done ES=supplier PE=recipient -"],
    );
}

#[test]
fn refusals_hold_what_they_refuse() {
    check(
        "RS",
        "Zagreb’s refusal to sell ammunition to Serbia surprised nobody.",
        &["refusal done HR=source RS=target -"],
    );
    check(
        "RS",
        "Хорватия отказалась продавать Сербии боеприпасы.",
        &["refusal done HR=source RS=target -"],
    );
}

#[test]
fn what_did_not_happen_is_negated() {
    check(
        "GH",
        "The delivery of Brazilian trainers to Ghana remained unperformed.",
        &["delivery negated BR=party GH=party -"],
    );
}

#[test]
fn a_list_is_one_claim_with_several_partners() {
    check(
        "KZ",
        "Kazakhstan is considering options such as the plants of Turkey, South Korea and Poland.",
        &["support considered KZ=source TR=target KR=target PL=target -"],
    );
}

#[test]
fn the_two_sides_are_those_named_before() {
    check(
        "NO",
        "Norway's defence minister flew to Hanoi on 3 May 2021. The two sides signed a memorandum on training.",
        &[
            "visit done NO=visitor VN=host 2021-05-03",
            "agreement done NO=party VN=party -",
        ],
    );
}

#[test]
fn the_two_sides_may_be_those_of_the_paragraph() {
    check(
        "NO",
        "Norwegian yards are busy. Progress with Athens is slow. The two governments signed a \
         memorandum on ferries.",
        &["agreement done NO=party GR=party -"],
    );
}

#[test]
fn ministers_without_a_country_are_those_named_before() {
    check(
        "NO",
        "Norway, Ghana and Togo held talks in Lomé. All three countries signed a memorandum.",
        &[
            "meeting done NO=party GH=party TG=party -",
            "agreement done NO=party GH=party TG=party -",
        ],
    );
}

#[test]
fn relative_clauses_tell_of_who_stands_before_them() {
    check(
        "CL",
        "Peru and Bolivia, which held joint naval drills with Chile in May 2019, sent no word.",
        &["exercise done PE=party BO=party CL=party 2019-05"],
    );
    check(
        "PK",
        "Oslo refused to export engines for the boats that Finland is building for Pakistan in 2019.",
        &[
            "refusal done NO=source PK=target -",
            "delivery ongoing FI=supplier PK=recipient 2019",
        ],
    );
}

#[test]
fn words_that_only_look_like_acts_make_no_claim() {
    check(
        "PE",
        "The Chilean embassy in Peru declined to comment.",
        &[],
    );
    check(
        "NO",
        "Danish visitors to Norway like the signed posters.",
        &[],
    );
}

#[test]
fn times_belong_to_their_own_act() {
    check(
        "GH",
        "Turkey delivered four vehicles to Ghana under a 2011 contract in 2015.",
        &["delivery done TR=supplier GH=recipient 2015"],
    );
    check(
        "GH",
        "Brazil will supply radars to Ghana, the minister said on 5 May 2018.",
        &["delivery planned BR=supplier GH=recipient -"],
    );
    check(
        "GH",
        "In June 2012 Ghana thanked Brazil for its assistance in developing radars.",
        &[
            "technology_transfer done BR=supplier GH=recipient ../2012-06",
            "support done GH=source BR=target 2012-06",
        ],
    );
}

#[test]
fn goods_name_where_they_come_from() {
    check(
        "BY",
        "Минск заинтересован в поставках азербайджанской нефти.",
        &["delivery considered AZ=supplier BY=recipient -"],
    );
}

#[test]
fn somebody_elses_partner_and_comparisons_make_no_claim() {
    check(
        "NO",
        "Sweden sells submarines to Singapore. Norway watches.",
        &[],
    );
    check("NO", "Unlike Denmark, Norway keeps its tanks.", &[]);
}

#[test]
fn company_on_one_side_is_no_partner() {
    check(
        "PE",
        "Spain supplied radars to Peru and Chile.",
        &["delivery done ES=supplier PE=recipient -"],
    );
}

#[test]
fn what_may_be_is_considered() {
    let considered = &["purchase considered PE=recipient ES=supplier -"];
    for body in [
        "Peru could buy radars from Spain.",
        "Peru would be ready to buy radars from Spain.",
        "Перу может купить у Испании радары.",
        "Перу готова купить у Испании радары.",
    ] {
        check("PE", body, considered);
    }
    check(
        "PE",
        "Spain pledged to deliver four ferries to Peru.",
        &["delivery planned ES=supplier PE=recipient -"],
    );
}

#[test]
fn a_time_is_held_against_what_is_told() {
    let day = "5 May 2018\n\n";
    // What will be done was not done on Monday.
    check(
        "PE",
        &format!(
            "{day}Peru and Spain will jointly build ferries under a memorandum signed in Lima on Monday."
        ),
        &[
            "agreement done PE=party ES=party 2018-04-30",
            "joint_production planned PE=party ES=party -",
        ],
    );
}

#[test]
fn a_refusal_and_what_is_not_done_for_it_are_one() {
    check(
        "PE",
        "Spain refused the request and does not support Peru.",
        &["refusal done ES=source PE=target -"],
    );
}

#[test]
fn what_is_denied_is_not_done() {
    let negated = &["purchase negated ES=supplier PE=recipient -"];
    check(
        "PE",
        "Spain sold boats to Peru. Later the ministry denied the reports.",
        negated,
    );
    check(
        "PE",
        "The ministry denied reports that Spain sold boats to Peru.",
        negated,
    );
}

#[test]
fn what_is_expected_is_planned() {
    check(
        "PE",
        "5 May 2018\n\nA delegation from Spain is expected in Peru on 20 May.",
        &["visit planned ES=visitor PE=host 2018-05-20"],
    );
    check(
        "PE",
        "5 May 2018\n\nPeru and Spain agreed on the launch of a satellite in 2022.",
        &["agreement done PE=party ES=party ../2018-05-05"],
    );
}

#[test]
fn items_say_something() {
    let text = "Заголовок из нескольких слов\n\nИспания передала Перу системы. Испания продала Перу новые зенитные системы.\n";
    let items: Vec<String> = read(text, "PE")
        .of_kind(FindingKind::Claim)
        .filter_map(|s| match &s.finding {
            Finding::Claim(claim) => Some(claim.items.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(items, ["новые зенитные системы"]);
}

#[test]
fn countries_have_the_role_that_the_claims_give_them() {
    let text = "A headline of some length\n\nNorway signed an agreement with Poland. Myanmar grows rice. Sweden sells submarines to Singapore. Chile may buy missiles from Norway. Norway refused to sell arms to Sudan.\n";
    let roles: Vec<(String, CountryRole)> = read(text, "NO")
        .countries
        .iter()
        .map(|c| (c.code.to_string(), c.role))
        .collect();
    let role = |code: &str| roles.iter().find(|(c, _)| c == code).map(|(_, r)| *r);
    assert_eq!(role("NO"), Some(CountryRole::Focus));
    assert_eq!(role("PL"), Some(CountryRole::Partner));
    assert_eq!(role("CL"), Some(CountryRole::Prospective));
    assert_eq!(role("SD"), Some(CountryRole::PartnerAdverse));
    assert_eq!(role("SG"), Some(CountryRole::ThirdParty));
    assert_eq!(role("MM"), Some(CountryRole::Comparison));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_read(
        text in "(Norway|Poland’s|Москва|in|signed|an agreement with|refused to sell|to|visit|2014|in May 2015|they|, |\\. |\n\n|; while |that | |\\PC){0,80}"
    ) {
        let once = read(&text, "NO");
        let furniture: Vec<_> = once.furniture().map(|f| f.span).collect();
        let mut ids = Vec::new();
        for s in &once.suggestions {
            ids.push(s.id);
            prop_assert!(s.finding.span().of(&text).is_some());
            if let Finding::Claim(claim) = &s.finding {
                prop_assert!(claim.actors.len() >= 2);
                prop_assert!(!claim.evidence.is_empty());
                for evidence in &claim.evidence {
                    prop_assert!(evidence.of(&text).is_some());
                    prop_assert!(!furniture.iter().any(|f| f.overlaps(*evidence)));
                }
            }
        }
        ids.sort();
        let all = ids.len();
        ids.dedup();
        prop_assert_eq!(ids.len(), all);
        prop_assert_eq!(once, read(&text, "NO"));
    }
}

#[test]
fn a_city_takes_its_country_along_and_a_topic_takes_no_part() {
    check(
        "KE",
        "The Kenyan minister met his Japanese counterpart in Bali, Indonesia.",
        &["meeting done KE=party JP=party -"],
    );
    check(
        "TR",
        "Turkish and Greek envoys held talks on Ukraine.",
        &["meeting done TR=party GR=party -"],
    );
}

#[test]
fn an_office_that_no_country_stands_beside_is_the_focus() {
    check(
        "NO",
        "The Ministry of Defence suspended licences issued for the export of rifles to Oman. \
         Norwegian law is strict.",
        &["refusal done OM=target NO=source -"],
    );
    // Of somebody who is named beside it.
    check(
        "NO",
        "Norway is far away. The Ministry of Defence of Chile sold rifles to Oman.",
        &[],
    );
}

#[test]
fn an_act_of_nobody_else_goes_on_with_those_just_tied() {
    check(
        "NO",
        "Norway and Ghana signed an agreement on gas. Deliveries will begin in 2031.",
        &[
            "agreement done NO=party GH=party -",
            "delivery planned NO=party GH=party 2031",
        ],
    );
}

#[test]
fn what_was_recently_done_was_done() {
    check(
        "NO",
        "Norway has recently delivered radars to Ghana.",
        &["delivery done NO=supplier GH=recipient -"],
    );
    check(
        "NO",
        "The recently delivered radars stand in Ghana, not in Norway.",
        &[],
    );
}

#[test]
fn the_time_of_a_treaty_or_crisis_is_not_that_of_the_act() {
    check(
        "NO",
        "Norway and Ghana suspended the treaty of 1960 at the quay.",
        &["refusal done NO=source GH=source -"],
    );
    check(
        "NO",
        "Norway suspended the aid to Ghana, as in the 1995 Volta Dam Crisis.",
        &["refusal done NO=source GH=target -"],
    );
    check(
        "NO",
        "Norway bought a 2009-built ship from Ghana.",
        &["purchase done NO=recipient GH=supplier -"],
    );
}

#[test]
fn good_terms_are_one_claim_of_an_article() {
    let text = "Norway is strengthening ties with Ghana.\n\nThe sea is blue.\n\nNorway is deepening \
                its cooperation with Ghana.";
    check("NO", text, &["support ongoing NO=party GH=party -"]);
    let text = format!("A headline of some length\n\n{text}\n");
    let read = read(&text, "NO");
    let quoted = read.of_kind(FindingKind::Claim).map(|s| match &s.finding {
        Finding::Claim(claim) => claim.evidence.len(),
        _ => 0,
    });
    assert_eq!(quoted.collect::<Vec<_>>(), [2]);
}

#[test]
fn who_writes_i_in_an_article_about_the_focus_is_it() {
    check(
        "NO",
        "Norway wants calm at sea, and Norway will work for it. I also met the minister of Ghana.",
        &["meeting done GH=party NO=party -"],
    );
}

#[test]
fn what_is_bilateral_is_of_the_two_that_are_spoken_of() {
    check(
        "NO",
        "The king of Norway visited Ghana. Fish was served. Several bilateral agreements were signed.",
        &[
            "agreement done NO=party GH=party -",
            "visit done NO=visitor GH=host -",
        ],
    );
}

#[test]
fn permissions_asylum_and_visas_are_acts() {
    check(
        "NO",
        "Norwegian sailors sought asylum from Ghana.",
        &["support considered NO=recipient GH=supplier -"],
    );
    check(
        "NO",
        "Гана пока не выдала разрешения Норвегии.",
        &["refusal done GH=source NO=target -"],
    );
    check(
        "NO",
        "Норвегия предоставила убежище рыбакам Ганы.",
        &["support done NO=supplier GH=recipient -"],
    );
    check(
        "NO",
        "Норвегия готовится ввести визовый режим с Ганой.",
        &["refusal planned NO=source GH=target -"],
    );
    check(
        "NO",
        "Министр Норвегии не полетит в Гану.",
        &["refusal planned NO=source GH=target -"],
    );
}

#[test]
fn both_halves_of_a_compound_are_where_a_conflict_is() {
    check(
        "NO",
        "Позиция в кенийско-угандийском конфликте и отказ Норвегии принять послов Ганы.",
        &["refusal done NO=source GH=target -"],
    );
    check("NO", "Norwegian shells for use in Ghana were tested.", &[]);
}
