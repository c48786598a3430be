"""Countries in text."""

from __future__ import annotations

import pycountry
import pytest

from ingest.language.countries import country_name, country_names, find_countries, parse_country


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
    with pytest.raises(ValueError, match=f"'{wrong}' is no country I know: did you mean .*{right}"):
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
