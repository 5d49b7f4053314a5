use crate::extract::claim::tests::check;

/// What Norway did not sell to Ghana.
const NEGATED: &[&str] = &["purchase negated NO=supplier GH=recipient -"];

#[test]
fn what_is_said_to_be_untrue_is_not_done() {
    for text in [
        "Reports that Norway had sold rifles to Ghana were false.",
        "Rumours in the press that Norway sold rifles to Ghana turned out to be baseless.",
        "The ministry called the reports about the sale of rifles by Norway to Ghana a lie.",
        "It is not true that Norway sold rifles to Ghana.",
        "The paper printed false claims that Norway sold rifles to Ghana.",
        "Сообщения о том, что Норвегия продала винтовки Гане, оказались ложными.",
        "Слухи о том, что Норвегия продала винтовки Гане, не подтвердились.",
        "Неправда, что Норвегия продала винтовки Гане.",
    ] {
        check("NO", text, NEGATED);
    }
}

#[test]
fn what_is_denied_is_not_done() {
    for text in [
        "The spokesman denied in Oslo on Friday that Norway had sold rifles to Ghana.",
        "The envoy rejected reports that Norway sold rifles to Ghana.",
        "Norway denied selling rifles to Ghana.",
        "Норвегия опровергла сообщения о продаже винтовок Гане.",
    ] {
        check("NO", text, NEGATED);
    }
    check(
        "NO",
        "Norway denied reports of a row and signed a treaty with Ghana.",
        &["agreement done NO=party GH=party -"],
    );
    check(
        "NO",
        "The envoy did not deny that Norway sold rifles to Ghana.",
        &["purchase done NO=supplier GH=recipient -"],
    );
    check(
        "NO",
        "The envoy spoke of rumours that Norway sold rifles to Ghana.",
        &["purchase reported NO=supplier GH=recipient -"],
    );
}

#[test]
fn a_later_sentence_takes_back_what_the_press_told() {
    for text in [
        "A newspaper wrote that Norway sold rifles to Ghana. The story is untrue.",
        "It was reported that Norway sold rifles to Ghana. Both sides later denied the report.",
        "A daily wrote that Norway sold rifles to Ghana. Nobody was named. Oslo has refuted it.",
        "Газета писала, что Норвегия продала винтовки Гане. В посольстве эту информацию опровергли.",
    ] {
        check("NO", text, NEGATED);
    }
    check(
        "NO",
        "Norway sold rifles to Ghana. The minister denied rumours of his resignation.",
        &["purchase done NO=supplier GH=recipient -"],
    );
}
