use proptest::prelude::*;

use super::*;

const PROSE: &str = "The two ministers met in the capital and agreed to go on with the joint programme, which had been stopped for some years.";

fn read(text: &str) -> Layout {
    super::read(&super::Lined::new(text), None, |_| false)
}

/// Checks what is masked, as "reason: first words", and what is left as body.
pub(super) fn check(text: &str, title: &str, furniture: &[(FurnitureReason, &str)], body: &[&str]) {
    let layout = read(text);
    let of = |span: Span| span.of(text).unwrap_or_default();
    assert_eq!(layout.title.map_or("", of), title, "title of {text:?}");
    let got: Vec<_> = layout
        .furniture
        .iter()
        .filter_map(|s| match s.finding {
            Finding::Furniture(f) => Some((f.reason, of(f.span))),
            _ => None,
        })
        .collect();
    assert_eq!(got, furniture, "furniture of {text:?}");
    let kept: Vec<_> = layout.paragraphs.iter().map(|p| of(*p)).collect();
    assert_eq!(kept, body, "body of {text:?}");
}

#[test]
fn place_and_date_before_the_text() {
    let text = "Harbour to Be Dredged\n\nOslo | 21 November 2019 | Jane Doe\n\nThe harbour of the town will be dredged next spring, the council said on Monday.";
    let layout = read(text);
    let dates: Vec<_> = layout.dates.iter().filter_map(|d| d.of(text)).collect();
    assert_eq!(dates, ["Oslo | 21 November 2019 | Jane Doe"]);
    let text = "Harbour to Be Dredged\n\nOSLO, Nov. 21, 2019 – The harbour of the town will be dredged next spring, the council said.";
    let layout = read(text);
    let first = layout.paragraphs.first().and_then(|p| p.of(text));
    assert!(
        first.is_some_and(|p| p.starts_with("The harbour")),
        "{first:?}"
    );
    assert_eq!(layout.dates.len(), 1);
}

#[test]
fn what_a_page_prints_around_an_article() {
    let text = "Harbour to Be Dredged\n\nThe harbour of the town will be dredged next spring, the council said.\n1 of 3 A dredger lies at the quay of the old harbour\nThis website uses cookies to improve your experience.\nFishermen have asked for the work since the storm of the year before last.\nThe work will take the better part of a year, an engineer said.\nIt is to be paid for out of the fees of the port of the town.\n3 Comments\nI do not think that this will help anybody, as I said before.\n";
    let layout = read(text);
    let body: Vec<_> = layout
        .paragraphs
        .iter()
        .filter_map(|p| p.of(text))
        .collect();
    assert_eq!(body.len(), 4, "{body:?}");
}

#[test]
fn what_stands_below_a_figure_is_furniture() {
    let figures = [
        "Figure 2: The old harbour. Source: the council.",
        "_▲ Fig. 3. The old harbour from above._",
        "▲ The old harbour from above.",
        "Рис. 4. Старая гавань.",
    ];
    for figure in figures {
        let text = format!("Harbour to Be Dredged\n\n{PROSE}\n\n{figure}\n\n{PROSE}\n");
        let layout = read(&text);
        let body = |p: &Span| p.of(&text).is_some_and(|p| p.contains(figure));
        assert!(!layout.paragraphs.iter().any(body), "{figure}");
    }
    // A figure that the text speaks of.
    let told = "Figure skating was among the sports of the harbour fair, the council said.";
    let text = format!("Harbour to Be Dredged\n\n{PROSE}\n\n{told}\n\n{PROSE}\n");
    assert_eq!(read(&text).paragraphs.len(), 3);
}

#[test]
fn a_paragraph_is_kept_for_all_but_what_its_end_says_of_the_site() {
    let last = "The dredgers that were sold last year could be bought back, and the old quays, which \
                nobody has used for a generation, could give the harbour of the town a much-needed \
                boost, as the engineer said.";
    let site = "This article is from The Buoy, our weekly newsletter. To receive it in your inbox \
                every Wednesday, sign up here.";
    let text = format!("Harbour to Be Dredged\n\n{PROSE}\n\n{last} {site}\n");
    let layout = read(&text);
    let end = layout.paragraphs.last().and_then(|p| p.of(&text));
    assert!(
        end.is_some_and(|end| end.starts_with("The dredgers")),
        "{end:?}"
    );
}

#[test]
fn a_head_with_metadata() {
    use FurnitureReason::{Byline, DateLine, PhotoCredit, RepeatedTitle, Rubric};
    let text = format!(
        "Defence\nBy Jane Novak\n5 May 2016 10:30\nMinisters agree on a joint programme\nPhoto: agency\nMinisters agree on a joint programme\n\n{PROSE}"
    );
    check(
        &text,
        "Ministers agree on a joint programme",
        &[
            (Rubric, "Defence"),
            (Byline, "By Jane Novak"),
            (DateLine, "5 May 2016 10:30"),
            (PhotoCredit, "Photo: agency"),
            (RepeatedTitle, "Ministers agree on a joint programme"),
        ],
        &[PROSE],
    );
}

#[test]
fn front_matter_is_read() {
    let text = format!(
        "---\ntitle: \"Joint programme\"\nauthor: J. Novak\ndate: 2016-05-05 10:00\n---\n\n{PROSE}"
    );
    let layout = read(&text);
    assert_eq!(
        layout.title.and_then(|s| s.of(&text)),
        Some("Joint programme")
    );
    assert_eq!(layout.byline.and_then(|s| s.of(&text)), Some("J. Novak"));
    assert_eq!(layout.dates.len(), 1);
    assert_eq!(layout.paragraphs.len(), 1);
}

#[test]
fn blocks_run_to_the_end() {
    let text = format!(
        "Ministers agree on a programme\n\n{PROSE}\n\n{PROSE}\n\nRelated stories\n\nAnother thing\nMay 5, 2017 10:00\n\n{PROSE}"
    );
    let layout = read(&text);
    assert_eq!(layout.paragraphs.len(), 2);
    assert_eq!(layout.furniture.len(), 1);
}

#[test]
fn a_block_in_the_middle_ends_where_the_body_goes_on() {
    let text = format!(
        "Ministers agree on a programme\n\n{PROSE}\n\nЧитайте также\n\nAnother thing\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}"
    );
    let layout = read(&text);
    assert_eq!(layout.paragraphs.len(), 4);
}

#[test]
fn edges_of_the_body() {
    use FurnitureReason::{Byline, SignOff};
    let text = format!(
        "Ministers agree on a programme\n\nBy Jane Novak, Staff Writer {PROSE} Kim Lee contributed to this report."
    );
    let kept = format!("Staff Writer {PROSE}");
    check(
        &text,
        "Ministers agree on a programme",
        &[
            (Byline, "By Jane Novak"),
            (SignOff, "Kim Lee contributed to this report."),
        ],
        &[&kept],
    );
}

#[test]
fn lines_that_a_narrow_page_cut() {
    let text = "Ministers agree on a programme\n\nThe two ministers met in the capital and agreed\nto go on with the joint programme, as the\nMinistry of Defence said on its page, and\nwith the plans for the year.\nThey meet again soon.";
    let layout = read(text);
    assert_eq!(
        layout.title.and_then(|s| s.of(text)),
        Some("Ministers agree on a programme")
    );
    let kept: Vec<_> = layout
        .paragraphs
        .iter()
        .filter_map(|p| p.of(text))
        .collect();
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert_eq!(kept.last(), Some(&"They meet again soon."));
}

#[test]
fn a_headline_of_any_length_leaves_the_date_below_it() {
    let headline =
        "Ministers agree on a programme for the harbours of the north and the railways of \
                    the south "
            .repeat(7);
    let headline = headline.trim();
    let text = format!("{headline}\n\n5 May 2016\n\n{PROSE}\n");
    let date = (FurnitureReason::DateLine, "5 May 2016");
    check(&text, headline, &[date], &[PROSE]);
}

#[test]
fn beginnings_of_other_articles() {
    use FurnitureReason::RelatedItems;
    let title = "Ministers agree on a programme";
    let cut = "The council of the town will meet on Friday to talk about the new...";
    let cuts = format!("{cut}\n\n{cut} again...\n\n{cut} and again...");
    let text = format!("{title}\n\n{PROSE}\n\n{cuts}\n");
    check(&text, title, &[(RelatedItems, &cuts)], &[PROSE]);
    let pairs: Vec<String> = ["first", "second", "third"]
        .iter()
        .map(|which| {
            format!(
                "The {which} headline of another piece\n\nThe {which} council of the town is to \
                 meet soon, its mayor says."
            )
        })
        .collect();
    let pairs = pairs.join("\n\n");
    let text = format!("{title}\n\n{PROSE}\n\n{pairs}\n");
    check(&text, title, &[(RelatedItems, &pairs)], &[PROSE]);
}

#[test]
fn prose_alone_is_all_body() {
    check(PROSE, "", &[], &[PROSE]);
    check("", "", &[], &[]);
}

proptest! {
    #[test]
    fn zones_and_furniture_are_disjoint(lines in proptest::collection::vec(
        proptest::sample::select(vec![
            "", "---", "title: x", "By", "By Jane Novak", "Similar articles", "Subscribe to our newsletter", "<br/>", "5 May 2016", "EN",
            "Photo: x", "Short line", PROSE, "• An item of a list", "© 2018 Agency", "cut in", "two here and there it goes", "Ж", "(Agency 5 May 2016)",
        ]), 0..20)) {
        let text = lines.join("\n");
        let layout = read(&text);
        let mut spans: Vec<Span> = layout.zones().chain(layout.furniture.iter().map(|s| s.finding.span())).collect();
        spans.sort_unstable();
        for span in &spans {
            prop_assert!(span.of(&text).is_some());
        }
        let title_in_matter = text.trim_start().starts_with("---");
        for pair in spans.windows(2) {
            prop_assert!(title_in_matter || !pair[0].overlaps(pair[1]), "{pair:?} in {text:?}");
        }
    }

    #[test]
    fn any_text_is_read(text in "[\\PC\n]{0,300}") {
        for span in read(&text).zones() {
            prop_assert!(span.of(&text).is_some());
        }
    }
}

#[test]
fn a_site_asks_for_corrections_and_leads_back() {
    let text = format!(
        "Лабораторию откроют весной\n\n{PROSE}\n\n« Вернуться к списку\n\nРекомендуем также\n\nДва моста и паром\n\nIf you see an error, write to the editors.\n"
    );
    let layout = read(&text);
    let kept: Vec<_> = layout.paragraphs.iter().map(|p| p.of(&text)).collect();
    assert_eq!(kept, [Some(PROSE)]);
    // In the last paragraph as well; but what somebody says is said by them.
    let text = format!("A bridge\n\n{PROSE} Did you like this article? Get all our news.\n");
    let layout = read(&text);
    assert_eq!(
        layout.paragraphs.first().and_then(|p| p.of(&text)),
        Some(PROSE)
    );
    let text =
        format!("A bridge\n\n{PROSE}\n\n“Did you like the bridge?” the minister asked them.\n");
    assert_eq!(read(&text).paragraphs.len(), 2);
}

#[test]
fn a_byline_with_agency_and_date_behind_a_picture() {
    let text = format!("![]() by Staff Writers Port Louis (HNA) March 1, 2016\n{PROSE}\n");
    let layout = read(&text);
    let dates: Vec<_> = layout.dates.iter().filter_map(|d| d.of(&text)).collect();
    assert_eq!(dates, ["by Staff Writers Port Louis (HNA) March 1, 2016"]);
    let kept: Vec<_> = layout.paragraphs.iter().map(|p| p.of(&text)).collect();
    assert_eq!(kept, [Some(PROSE)]);
}

#[test]
fn captions_rights_and_links_of_a_page() {
    let rights = "The content herein is Copyright 1995-2024 - Harbour Media Network. All pictures of ships are of the harbour office.";
    let text = format!(
        "A bridge\n\n{PROSE}\n\nFILE - A ferry leaves the old quay of the harbour for the islands, Nov. 13, 2016.\n\n{PROSE}\n\nRelated Links Ship News at Harbour\n\n{rights}\n"
    );
    let layout = read(&text);
    let kept: Vec<_> = layout.paragraphs.iter().map(|p| p.of(&text)).collect();
    assert_eq!(kept, [Some(PROSE), Some(PROSE)]);
}

#[test]
fn the_agency_of_a_dateline_is_no_credit() {
    let lead = "ОСЛО, 13 декабря. /ТАСС/. Норвегия и Польша откроют границу с 1 января.";
    let text = format!("Граница\n\n{lead} Об этом сообщил министр.\n\n{PROSE}\n");
    let kept = |text: &str| read(text).paragraphs.len();
    assert_eq!(kept(&text), 2);
    let caption = format!("Граница\n\nГраница Норвегии с Польшей /ТАСС\n\n{PROSE}\n");
    assert_eq!(kept(&caption), 1);
}

#[test]
fn a_dateline_stands_behind_who_passes_it_on() {
    let text = format!(
        "Ships\n\n(Wire- Harbour News Agency (HNA)) OSLO, May 5, 2019 (HNA) – {PROSE}\n\n{PROSE}\n"
    );
    let layout = read(&text);
    let kept: Vec<_> = layout.paragraphs.iter().map(|p| p.of(&text)).collect();
    assert_eq!(kept, [Some(PROSE), Some(PROSE)]);
    assert_eq!(layout.dates.len(), 1);
    // Without a dateline behind them, parentheses are part of the text.
    let text = format!("Ships\n\n(At first) {PROSE}\n\n{PROSE}\n");
    let layout = read(&text);
    assert!(
        layout.paragraphs[0]
            .of(&text)
            .is_some_and(|p| p.starts_with("(At first)"))
    );
}

#[test]
fn a_credit_between_two_sentences_leaves_both() {
    let first = "Norway and Poland agreed in Oslo on 3 March to train pilots.";
    let second = "The first ten pilots will arrive in autumn, said the minister.";
    let text = format!("Pilots\n\n{PROSE}\n\n{first} (Photo: Ministry of Works) {second} /HNA/\n");
    let layout = read(&text);
    let kept: Vec<_> = layout.paragraphs.iter().map(|p| p.of(&text)).collect();
    assert_eq!(kept, [Some(PROSE), Some(first), Some(second)]);
    let text = format!("Pilots\n\nThe quay at dawn (Photo: Jane Doe) {second}\n\n{PROSE}\n");
    let layout = read(&text);
    let kept: Vec<_> = layout.paragraphs.iter().map(|p| p.of(&text)).collect();
    assert_eq!(kept, [Some(second), Some(PROSE)]);
}

#[test]
fn a_sentence_on_several_lines_is_no_list_of_links() {
    let text = format!(
        "A bridge\n\n{PROSE}\nThe document was signed by the minister of works of the island\nJane Doe and the deputy minister of the other side of it\nJohn Roe.\n{PROSE}\n"
    );
    let layout = read(&text);
    assert_eq!(layout.paragraphs.len(), 5, "{:?}", layout.paragraphs);
}

#[test]
fn the_words_of_a_picture_are_no_headline() {
    let caption = "The two ministers on the old quay. 26 April";
    let text = format!(
        "Menu\n\nMinister to visit the islands on 20–21 July\n\n\n{caption}\n{caption}\n\n{PROSE}\n"
    );
    let layout = read(&text);
    let title = layout.title.and_then(|title| title.of(&text));
    assert_eq!(title, Some("Minister to visit the islands on 20–21 July"));
}

#[test]
fn the_last_paragraph_may_be_cut_off_or_signed() {
    let last = |line: &str| {
        let text = format!("{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{line}\n");
        let layout = read(&text);
        let kept = layout.paragraphs.last().and_then(|p| p.of(&text));
        kept.is_some_and(|kept| line.starts_with(kept))
    };
    for line in [
        "Также министры обсудили восстановление порта и пообещали вернуться к разгово",
        "The engineers had looked at the quay for a week, and found that it could be mended befo",
        "The harbour and other small ports of the country were shut down in June. — Sapa-AFP",
    ] {
        assert!(last(line), "{line:?}");
    }
    for line in [
        "Harbour to be dredged next spring after all",
        "New Quay Opened In Kisumu As Ministers Meet For The Third Time, And Boats Come From Afar",
    ] {
        assert!(!last(line), "{line:?}");
    }
}

#[test]
fn a_date_line_may_begin_with_a_bullet() {
    let text = format!("Harbour to Be Dredged\n\n  • 19.12.2024, 18:04\n\n{PROSE}\n");
    let dates: Vec<_> = read(&text).dates;
    let dates: Vec<_> = dates.iter().filter_map(|d| d.of(&text)).collect();
    assert_eq!(dates.len(), 1, "{dates:?}");
    assert!(dates[0].contains("19.12.2024"));
}

#[test]
fn a_short_headline_over_a_short_text() {
    use FurnitureReason::DateLine;
    check(
        "Harbour\n\n12 March 2024\n\nThe harbour of Hona will be dredged.\n",
        "Harbour",
        &[(DateLine, "12 March 2024")],
        &["The harbour of Hona will be dredged."],
    );
    check(
        &format!("Ministers meet\n\n12 March 2024\n\nThe two of them met in Hona.\n\n{PROSE}\n"),
        "Ministers meet",
        &[(DateLine, "12 March 2024")],
        &["The two of them met in Hona.", PROSE],
    );
}

#[test]
fn a_dateline_without_its_year() {
    for line in [
        "HONA, 10 March (HNA) – ",
        "HONA, March 10 – ",
        "ГОНА, 10 мар — Порт Новости. ",
        "ГОНА, 10 марта. /ПОРТ/. ",
    ] {
        let mask = line.trim_end_matches([' ', '–', '—']).trim_end();
        let text = format!("Harbour to be dredged\n\n12 March 2024\n\n{line}{PROSE}\n");
        let read = read(&text);
        let date = Span::new(23, 36);
        let masked: Vec<_> = read
            .furniture
            .iter()
            .filter_map(|s| s.finding.span().of(&text))
            .collect();
        assert_eq!(masked, [date.of(&text).unwrap_or_default(), mask], "{line}");
        let body: Vec<_> = read.paragraphs.iter().filter_map(|p| p.of(&text)).collect();
        assert_eq!(body, [PROSE], "{line}");
    }
    // A day in a sentence is none.
    let text = format!(
        "Harbour to be dredged\n\n12 March 2024\n\nHONA, 10 March is a day to come. {PROSE}\n"
    );
    assert_eq!(read(&text).furniture.len(), 1);
}

#[test]
fn who_wrote_the_text_may_stand_in_parentheses() {
    let text = format!(
        "Harbour to Be Dredged\n\n{PROSE}\n\n(Jane Doe is an engineer at Harbour Works; John Doe, a former pilot, is a clerk there.)\n"
    );
    check(
        &text,
        "Harbour to Be Dredged",
        &[(
            FurnitureReason::SignOff,
            "(Jane Doe is an engineer at Harbour Works; John Doe, a former pilot, is a clerk there.)",
        )],
        &[PROSE],
    );
}

#[test]
fn a_paragraph_that_ends_with_a_sign_off_keeps_its_sentences() {
    let last = "The council will pay for two of the three basins, the mayor said, and asked who else would be able to build another pier in a town like this one, not to mention a second harbour.";
    let text = format!(
        "Harbour to Be Dredged\n\n{PROSE}\n\n{last} This story was reported by the Harbour News.\n"
    );
    check(
        &text,
        "Harbour to Be Dredged",
        &[(
            FurnitureReason::SignOff,
            "This story was reported by the Harbour News.",
        )],
        &[PROSE, last],
    );
}
