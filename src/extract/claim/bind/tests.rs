use crate::extract::claim::tests::check;

#[test]
fn who_tours_a_country_is_its_guest() {
    check(
        "NO",
        "The king of Ghana ended a tour of Norway.",
        &["visit done GH=visitor NO=host -"],
    );
    check(
        "NO",
        "Ghana confirmed the visit of the Norwegian king.",
        &["visit done NO=visitor GH=host -"],
    );
}

#[test]
fn who_fears_a_visit_takes_no_part() {
    check(
        "NO",
        "Ghana is wary of the visit of Norwegian trawlers.",
        &[],
    );
    check("NO", "Гана обеспокоена визитом норвежских траулеров.", &[]);
}

#[test]
fn who_seizes_a_cargo_does_not_deliver_it() {
    check(
        "NO",
        "Судно, перехваченное силами Норвегии и Ганы, везло груз оружия.",
        &[],
    );
    check(
        "NO",
        "A shipment of arms was intercepted by the navies of Norway and Ghana.",
        &[],
    );
}

#[test]
fn a_measure_is_of_whom_its_name_says() {
    check(
        "NO",
        "В Кении объявили о продлении санкций Норвегии против Ганы.",
        &["refusal done NO=source GH=target -"],
    );
}

#[test]
fn who_is_named_in_an_opening_clause_of_time_does_not_meet() {
    check(
        "NO",
        "Two days after a trip through Kenya, Norway met with Ghana.",
        &["meeting done NO=party GH=party -"],
    );
    check(
        "NO",
        "Через два дня после возвращения из Кении, президент Норвегии встретился с послом Ганы.",
        &["meeting done NO=party GH=party -"],
    );
}

#[test]
fn we_are_who_speaks() {
    check(
        "NO",
        "Norway and Kenya signed a treaty. We export fish to Ghana.",
        &[
            "agreement done NO=party KE=party -",
            "delivery done GH=recipient NO=supplier -",
        ],
    );
}

#[test]
fn who_stands_behind_a_noun_of_giving_or_refusing() {
    for (text, expected) in [
        (
            "В Кракове узнали о продаже Норвегией винтовок Гане.",
            "purchase done NO=supplier GH=recipient -",
        ),
        (
            "Отказ Осло продать Гане винтовки удивил всех.",
            "refusal done NO=source GH=target -",
        ),
        (
            "Поставки норвежских саней в Гану растут.",
            "delivery done NO=supplier GH=recipient -",
        ),
    ] {
        check("NO", text, &[expected]);
    }
}

#[test]
fn who_gives_is_left_open_where_two_agree_on_it() {
    check(
        "NO",
        "Norway and Ghana agreed to deliver boats to Ghana.",
        &[
            "agreement done NO=party GH=party -",
            "delivery planned NO=supplier GH=recipient -",
        ],
    );
    check(
        "NO",
        "Норвегия и Гана подписали договор о поставке вертолетов.",
        &[
            "agreement done NO=party GH=party -",
            "delivery planned NO=party GH=party -",
        ],
    );
}

#[test]
fn who_closes_the_sentence_or_tells_it_takes_no_part() {
    let signed = &["agreement done NO=party GH=party -"][..];
    for text in [
        "Norway and Ghana signed a pact after Kenya left the fair.",
        "Norway signed a pact with Ghana amid a drought in Kenyan ports and Togo.",
    ] {
        check("NO", text, signed);
    }
    check(
        "NO",
        "A Kenyan official claimed on 3 May 2016 that Norway and Ghana had signed a pact.",
        &["agreement reported NO=party GH=party -"],
    );
    check(
        "NO",
        "The king of Norway travelled to Ghana after attending a summit in Kenya.",
        &["visit done NO=visitor GH=host -"],
    );
}

#[test]
fn not_whom_something_is_said_of_but_who_says_it_gives() {
    check(
        "NO",
        "Norway is neutral about Kenya and supplied trucks to Ghana.",
        &["delivery done NO=supplier GH=recipient -"],
    );
}

#[test]
fn a_list_of_members_is_one_claim_however_long_it_is() {
    check(
        "NO",
        "Кроме Норвегии, в союз входят также Гана, Кения, Бенин, Нигерия, Чили, Перу, Оман, \
         Катар, Ирак, Иран, Индия, Непал, Бутан и Лаос.",
        &[
            "support ongoing NO=party GH=party KE=party BJ=party NG=party CL=party PE=party \
             OM=party QA=party IQ=party IR=party IN=party NP=party BT=party LA=party -",
        ],
    );
}

#[test]
fn who_does_it_is_the_subject_and_not_whoever_stands_nearest() {
    check(
        "NO",
        "Norway improved the Ghanaian harbours by providing boats.",
        &["delivery done NO=supplier GH=recipient -"],
    );
    check(
        "NO",
        "Norway gave a million to Ghana and trained Ghanaian pilots.",
        &[
            "financing done NO=supplier GH=recipient -",
            "support done NO=supplier GH=recipient -",
        ],
    );
    check(
        "NO",
        "Norway led the effort to equip the Ghanaians with boats.",
        &["delivery planned NO=supplier GH=recipient -"],
    );
}

#[test]
fn what_a_government_does_its_country_does() {
    check(
        "NO",
        "The school in Ghana was financed by the Government of Norway.",
        &["financing done NO=supplier GH=recipient -"],
    );
    check(
        "NO",
        "Ghana took up a two billion Norwegian loan.",
        &["financing done NO=supplier GH=recipient -"],
    );
    check("NO", "The claim was denied by Norway and by Ghana.", &[]);
}

#[test]
fn whose_visit_support_and_money_it_is() {
    check(
        "NO",
        "Договор подписан в Осло в дни визита министра обороны Ганы в Норвегию.",
        &[
            "agreement done NO=party GH=party -",
            "visit done GH=visitor NO=host -",
        ],
    );
    for text in [
        "Ганская армия при поддержке норвежских моряков взяла порт.",
        "The Ghanaian army took the port with the support of Norway.",
    ] {
        check("NO", text, &["support done NO=source GH=target -"]);
    }
    check(
        "GR",
        "Норвегия намерена выплатить Афинам пять миллионов евро.",
        &["financing planned NO=supplier GR=recipient -"],
    );
    check(
        "NO",
        "Норвегия выразила протест Гане.",
        &["refusal done NO=source GH=target -"],
    );
}
