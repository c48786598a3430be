"""Countries in text."""

from __future__ import annotations

import pycountry
import pytest

from ingest.language.countries import country_name, country_names, find_countries, parse_country, renamed_message


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The peace agreement of South Sudan was not kept.", ["SS"]),
        ("From Sudan to South Sudan", ["SD", "SS"]),
        ("Viet Nam and the Lao PDR voted against.", ["VN", "LA"]),
        ("Vietnam, Laos, Burma", ["VN", "LA", "MM"]),
        ("The DPRK and the Republic of Korea", ["KP", "KR"]),
        ("Democratic Republic of the Congo", ["CD"]),
        ("the Republic of the Congo", ["CG"]),
        ("Papua New Guinea, Equatorial Guinea, Guinea-Bissau and Guinea", ["PG", "GQ", "GW", "GN"]),
        ("Nigeria and Niger", ["NG", "NE"]),
        ("Dominican Republic; Dominica", ["DO", "DM"]),
        ("Kyrgyz officials, a Nepali journalist and Cambodian workers", ["KG", "NP", "KH"]),
        ("Nepal’s court, and Nepal again", ["NP", "NP"]),
        ("Côte d'Ivoire and Türkiye", ["CI", "TR"]),
        ("Kosovo", ["XK"]),
        ("Sri\nLanka over a line’s end", ["LK"]),
    ],
)
def test_countries_are_found_by_the_names_that_people_write(text: str, codes: list[str]) -> None:
    assert find_countries(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "They polish the silver and roast a turkey.",
        "a chad, the chile, some china",
        "Nepalganj and Omaniya are no countries; neither is Chinatown.",
        "Jersey cows",
        "",
    ],
)
def test_other_words_are_no_countries(text: str) -> None:
    assert find_countries(text) == []


def test_every_country_is_found_by_its_own_name() -> None:
    for country in pycountry.countries:
        if country.name.split(",")[0] in ("Korea", "Congo", "Virgin Islands", "Jersey", "Réunion", "Christmas Island"):
            continue
        name = country_name(country.alpha_2)
        if name.startswith("Saint Martin"):
            continue
        assert country.alpha_2 in find_countries(f"It was in {name} that they met."), name


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nepal", "NP"),
        ("nepal", "NP"),
        ("  south   SUDAN ", "SS"),
        ("KH", "KH"),
        ("kgz", "KG"),
        ("Kyrgyz", "KG"),
        ("Kyrgyz Republic", "KG"),
        ("Viet Nam", "VN"),
        ("Lao PDR", "LA"),
        ("Kosovo", "XK"),
    ],
)
def test_a_country_is_taken_as_a_person_writes_it(written: str, code: str) -> None:
    assert parse_country(written) == code


@pytest.mark.parametrize(("wrong", "right"), [("Nepall", "Nepal"), ("Camboda", "Cambodia"), ("Kirgyzstan", "Kyrgyz")])
def test_a_misspelt_country_is_named_with_the_nearest_ones(wrong: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"“{wrong}” is not a known country. Did you mean .*{right}"):
        parse_country(wrong)


@pytest.mark.parametrize("wrong", ["", "qqqqqq", "the report"])
def test_what_resembles_no_country_asks_for_a_name_or_code(wrong: str) -> None:
    with pytest.raises(ValueError, match="give its English name or ISO code"):
        parse_country(wrong)


def test_every_known_name_is_parsed_to_its_code() -> None:
    assert {name: parse_country(name) for name in country_names()} == country_names()


@pytest.mark.parametrize("code", sorted(set(country_names().values())))
def test_the_name_that_readers_see_is_understood_again(code: str) -> None:
    assert parse_country(country_name(code)) == code


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("Полиция Непала в Южном Судане", "ru", ["NP", "SS"]),
        ("नेपालको कानुनले", "ne", ["NP"]),
        ("Кыргызстанда аялдар", "ky", ["KG"]),
        ("តើកម្ពុជាមានច្បាប់", "km", ["KH"]),
        ("Combien au Soudan du Sud ?", "fr", ["SS"]),
        ("¿Qué pasa en Haití y Camboya?", "es", ["HT", "KH"]),
        ("ماذا حدث في نيبال وكمبوديا", "ar", ["NP", "KH"]),
        ("мало кто знает", "ru", []),
        ("Nepal and Cambodia", "fr", ["NP", "KH"]),
        ("Nepal", "xx", ["NP"]),
    ],
)
def test_countries_are_known_in_the_languages_of_readers(text: str, language: str, codes: list[str]) -> None:
    assert find_countries(text, language) == codes


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [("MEDIDAS RESPECTO DE HAITÍ", "es", "HT"), ("ДОКЛАД ПО НЕПАЛУ", "ru", "NP"), ("ÉTATS-UNIS", "fr", "US")],
)
def test_a_name_in_capitals_is_a_mention(text: str, language: str, code: str) -> None:
    assert find_countries(text, language) == [code]


@pytest.mark.parametrize(
    ("former", "code"),
    [
        ("Zaire", "CD"),
        ("Rhodesia", "ZW"),
        ("Northern Rhodesia", "ZM"),
        ("Ceylon", "LK"),
        ("Upper Volta", "BF"),
        ("Dahomey", "BJ"),
        ("Abyssinia", "ET"),
        ("Persia", "IR"),
        ("East Pakistan", "BD"),
        ("Congo-Kinshasa", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Macau", "MO"),
        ("East Germany", "DE"),
        ("German Democratic Republic", "DE"),
        ("South Vietnam", "VN"),
        ("New Hebrides", "VU"),
        ("Basutoland", "LS"),
        ("Nyasaland", "MW"),
        ("Western Samoa", "WS"),
        ("Burma", "MM"),
    ],
)
def test_a_former_name_is_the_country_of_today(former: str, code: str) -> None:
    assert parse_country(former) == code
    assert find_countries(f"Soldiers in {former} burned the mill.") == [code]


@pytest.mark.parametrize(("asked", "code"), [("Siam", "TH"), ("Gold Coast", "GH"), ("Tanganyika", "TZ"), ("GDR", "DE")])
def test_former_names_with_other_meanings_are_known_only_when_asked_for(asked: str, code: str) -> None:
    assert parse_country(asked) == code
    assert find_countries(f"They met at {asked} in the spring.") == []


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("USSR", ("Russia", "Ukraine", "Estonia")),
        ("the Soviet Union", ("Russia", "Georgia")),
        ("Yugoslavia", ("Croatia", "Kosovo", "Serbia")),
        ("Czechoslovakia", ("Czechia", "Slovakia")),
        ("Netherlands Antilles", ("Curaçao",)),
    ],
)
def test_a_country_that_is_several_today_is_asked_about(former: str, today: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="is several countries today") as raised:
        parse_country(former)
    assert all(name in str(raised.value) for name in today)
    assert find_countries("It began in Yugoslavia and the USSR.") == []


def test_the_old_name_is_told_beside_the_new_one() -> None:
    assert str(renamed_message("Zaire")) == "Zaire is now DR Congo."
    assert str(renamed_message("the  Upper Volta")) == "the Upper Volta is now Burkina Faso."
    assert renamed_message("Nepal") is None
    assert renamed_message("Yugoslavia") is None


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Des mineurs du Zaïre ont enterré la radio.", "fr", "CD"),
        ("Los maestros de Alto Volta hicieron huelga.", "es", "BF"),
        ("В Верхней Вольте бастовали учителя, в Дагомее тоже.", "ru", "BJ"),
    ],
)
def test_former_names_are_known_in_other_languages(text: str, language: str, code: str) -> None:
    assert code in find_countries(text, language)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nigeria and Niger share the river.", ["NG", "NE"]),
        ("In Equatorial Guinea and Papua New Guinea, not Guinea.", ["GQ", "PG", "GN"]),
        ("The Congo flows by; DR Congo answered.", ["CD"]),
        ("Officials of South Sudan met those of Sudan.", ["SS", "SD"]),
        ("North Korea and South Korea wrote letters.", ["KP", "KR"]),
        ("East Germany was not Germany.", ["DE", "DE"]),
        ("French Sudan became Mali.", ["ML", "ML"]),
    ],
)
def test_names_within_names_stay_apart(text: str, codes: list[str]) -> None:
    assert find_countries(text) == codes
