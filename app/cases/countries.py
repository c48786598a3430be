"""Which countries have a case in the library."""

from __future__ import annotations

from app.errors import UsageError
from app.messages import error_message, message
from ingest.language.countries import country_name, parse_country
from vectorstore.library import Library
from vectorstore.records import Scope


def known_country(library: Library, country: str) -> tuple[str, str]:
    """Return the code and name of a country as a person writes it.

    Raises:
        UsageError: it is no country, or no report speaks of it; the message names those there are.
    """
    try:
        code = parse_country(country)
    except ValueError as error:
        raise UsageError(error_message(error)) from error
    if not library.catalogue.passage_ids(Scope(countries=(code,))):
        name, known = country_name(code), ", ".join(countries_with_cases(library))
        if not known:
            raise UsageError(message("No report in the library is about {country}: add a report first.", country=name))
        raise UsageError(
            message(
                "No report in the library is about {country}. Countries with a case: {countries}.",
                country=name,
                countries=known,
            )
        )
    return code, country_name(code)


def countries_with_cases(library: Library) -> dict[str, int]:
    """Return the countries that have a section of their own in some report, by name, with their number of pages."""
    pages: dict[str, int] = {}
    for case in library.catalogue.cases():
        if case.section_pages:
            name = country_name(case.country)
            pages[name] = pages.get(name, 0) + len(case.section_pages)
    return dict(sorted(pages.items()))


def countries_of_report(library: Library, document_id: str) -> list[str]:
    """Return the English names of the countries that a report has sections on."""
    cases = library.catalogue.cases(Scope((document_id,)))
    return [country_name(case.country) for case in cases if case.section_pages]
