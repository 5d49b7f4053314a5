use crate::extract::claim::tests::check;

#[test]
fn what_is_refused_is_not_done_besides() {
    let refused = &["refusal done NO=source GH=target -"];
    check(
        "NO",
        "Norway rejected Ghana's appeals for rice and wheat (including through leasing of ships).",
        refused,
    );
    check(
        "NO",
        "Норвегия отклонила просьбы Ганы о поставках риса, в том числе о продаже в кредит.",
        refused,
    );
    // What is coordinated with the refusal is done.
    check(
        "NO",
        "Norway rejected a request for a loan and sold rice to Ghana.",
        &[
            "refusal done NO=source GH=target -",
            "purchase done NO=supplier GH=recipient -",
        ],
    );
}

#[test]
fn who_is_kept_from_refusing_refuses_nothing() {
    for text in [
        "Norway did not reject Ghana's request.",
        "Норвегия не будет препятствовать Гане.",
        "Норвегія не відхиляла прохання Гани.",
    ] {
        check("NO", text, &[]);
    }
}

#[test]
fn idioms_give_nothing() {
    for text in [
        "Norway gave a vote of confidence to Ghana.",
        "Норвегия поставила под сомнение слова Ганы.",
        "Норвегія поставила під сумнів слова Гани.",
        "Нарвегія паставіла пад сумненне словы Ганы.",
        "Слова министра поставили Норвегию в зависимость от Ганы.",
        "Норвегия вернула остров Ганы в состав страны.",
    ] {
        check("NO", text, &[]);
    }
    check(
        "NO",
        "Norway gave priority seats to Ghana.",
        &["delivery done NO=supplier GH=recipient -"],
    );
}

#[test]
fn what_is_lacking_or_does_not_grow_is_not_given() {
    for text in [
        "Norway, a neighbour of the sea, is short of funds for Ghana.",
        "В Норвегии отмечают нехватку поставок какао из Ганы.",
        "Norway does not expect an increase in exports to Ghana.",
        "Норвегия не ожидает увеличения поставок в Гану.",
    ] {
        check("NO", text, &[]);
    }
}

#[test]
fn cool_relations_are_no_support() {
    for text in [
        "Norway has a more cautious relationship with Ghana.",
        "Отношения Норвегии с Ганой ухудшились.",
        "Відносини Норвегії з Ганою погіршились.",
    ] {
        check("NO", text, &[]);
    }
}

#[test]
fn a_connection_is_no_tie() {
    check("NO", "Норвегия ввела карантин в связи с Ганой.", &[]);
    check("NO", "Норвегія ввела карантин у зв'язку з Ганою.", &[]);
}

#[test]
fn a_paper_is_no_goods_and_in_respect_of_is_no_tie() {
    check(
        "NO",
        "Норвежская компания получила от властей Ганы разрешение на ловлю.",
        &["agreement done NO=party GH=party -"],
    );
    check("NO", "Норвегия получила ответ от Ганы.", &[]);
    for text in [
        "Норвегия изменила курс в отношении Ганы.",
        "Норвегия недоверчива по отношению к Гане.",
    ] {
        check("NO", text, &[]);
    }
    check(
        "NO",
        "The chart speaks to the poverty of Ghana and of Norway.",
        &[],
    );
}
