"""The fixed headings of a case, and which lines belong under each: by meaning, so that the report's language is free.

A heading is known by a few probes, sentences that could be under it, in several languages. Cosines of one embedder
lie close together and each probe draws at a level of its own; so a line's nearness to a heading is counted in standard
deviations of the whole case's nearness to it, and no line of distance has to be drawn for an embedder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vectorstore.embeddings import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RECOMMENDATIONS = "Recommendations"


@dataclass(frozen=True, slots=True)
class Heading:
    """A fixed heading, what a comparison asks for it, and sentences that could be under it."""

    title: str
    question: str
    probes: tuple[str, ...]


HEADINGS = (
    Heading(
        "Situation",
        "What is the human rights situation?",
        (
            "The overall human rights and security situation in the country remained serious or deteriorated.",
            "The constitution and the law prohibit or restrict rights; the government did not implement the law.",
            "The total number rose by a third compared with the year before.",
            "Положение с правами человека в стране ухудшилось; закон ограничивает права.",
            "La situación de los derechos humanos en el país; la ley y la constitución.",
            "وضع حقوق الإنسان في البلاد والقوانين والسياسات",
        ),
    ),
    Heading(
        "Who is at risk",
        "Who is at risk?",
        (
            "Women, girls, minorities and human rights defenders were at particular risk and faced discrimination.",
            "Most of the victims were women, children, journalists, activists or members of a minority.",
            "Женщины, дети, активистки и меньшинства подвергаются особому риску и дискриминации.",
            "Las mujeres defensoras, las niñas y las minorías están en mayor riesgo y son discriminadas.",
            "النساء والمدافعات عن حقوق الإنسان والأقليات معرضون للخطر والتمييز",
        ),
    ),
    Heading(
        "What happened",
        "What happened?",
        (
            "On that day armed men or police attacked, killed, raped, arrested, detained or threatened people.",
            "The number of people killed, injured, abducted and raped that was documented.",
            "Полиция задержала, избила или убила людей; число жертв.",
            "Hombres armados atacaron, mataron, violaron o detuvieron a personas; número de víctimas.",
            "هاجم مسلحون أو الشرطة الناس وقتلوهم واعتقلوهم؛ عدد الضحايا",
        ),
    ),
    Heading(
        "How defenders respond",
        "How do defenders respond?",
        (
            "Women human rights defenders and organisations protested, marched, organised and campaigned.",
            "A non-governmental organisation documented the abuses, filed a complaint and spoke out.",
            "Активистки и организации вышли на марш, протестовали и вели кампанию.",
            "Las defensoras y organizaciones protestaron, se organizaron y presentaron denuncias.",
            "احتجت المدافعات والمنظمات ونظمت حملات وقدمت شكاوى",
        ),
    ),
    Heading(
        "Protection and support",
        "What protection and support is there?",
        (
            "Shelters, legal aid, medical and psychosocial support and crisis centres help survivors and defenders.",
            "The court ordered measures to protect the life and safety of the persons; perpetrators were prosecuted.",
            "Приюты, юридическая помощь и меры защиты для пострадавших и правозащитниц.",
            "Medidas de protección, refugios y asistencia jurídica para víctimas y defensoras.",
            "تدابير الحماية والمأوى والمساعدة القانونية للضحايا والمدافعات",
        ),
    ),
    Heading(
        RECOMMENDATIONS,
        "What is recommended?",
        (
            "The government should ensure, adopt and implement measures; the State is urged to take steps.",
            "We call on the authorities, the United Nations and companies to protect defenders.",
            "Государству следует принять меры; рекомендуем правительству обеспечить защиту.",
            "El Estado debe adoptar medidas; se insta al Gobierno a garantizar la protección.",
            "ينبغي للدولة أن تتخذ تدابير؛ نوصي الحكومة بضمان الحماية",
        ),
    ),
)

SITUATION = 0
AT_RISK = next(index for index, heading in enumerate(HEADINGS) if heading.title == "Who is at risk")
HAPPENED = next(index for index, heading in enumerate(HEADINGS) if heading.title == "What happened")

ACTIVITY = (
    "The mission conducted training, workshops and a forum for participants, including women.",
    "The mission conducted patrols and deployed police officers and troops.",
    "The number of staff, civilian personnel and troops of the mission; its budget and contributions.",
    "The organisation supported, facilitated and organised meetings, dialogues and capacity-building.",
    "This report presents an overview of its scope, its sources and its method.",
    "The data were collected from interviews, spreadsheets and news reports, and the model was estimated.",
    "The brief was submitted to the secretariat, which transmitted it to the parties within the time limit.",
    "The Committee adopted its agenda, held meetings and decided on its programme of work.",
    "Миссия провела семинары и обучение участников; численность персонала и бюджет миссии.",
    "Настоящий доклад описывает методологию, источники данных и порядок работы.",
    "La misión realizó talleres y capacitaciones; personal y presupuesto de la misión.",
    "Este informe presenta la metodología, las fuentes y el reglamento; escrito recibido por la Secretaría.",
    "نظمت البعثة ورش عمل وتدريبات للمشاركين؛ عدد موظفي البعثة وميزانيتها",
    "يعرض هذا التقرير المنهجية والمصادر وقواعد الإجراءات",
)
"""What the author of a report did itself, and how: seldom what a summary of a country is asked for."""


def nearness(embedder: Embedder, vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how near each line is to each heading, and to an author's activity, in standard deviations over all lines.

    Args:
        embedder: The library's.
        vectors: Of the lines, float32 [lines, dimensions].

    Returns:
        float32 [lines, headings] and float32 [lines].
    """
    import numpy as np

    columns = [
        (vectors @ _directions(embedder, probes).T).max(axis=1)
        for probes in (*(heading.probes for heading in HEADINGS), ACTIVITY)
    ]
    scores = standardised(np.stack(columns, axis=1))
    return scores[:, :-1], scores[:, -1]


def standardised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``values`` in standard deviations from their mean, column by column."""
    import numpy as np

    centred = values - values.mean(axis=0)
    result: NDArray[np.float32] = (centred / np.maximum(values.std(axis=0), 1e-6)).astype(np.float32)
    return result


_KEPT: dict[str, NDArray[np.float32]] = {}


def _directions(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the texts' directions; they are the same for every case, so each embedder makes them once."""
    import numpy as np

    return np.stack([_direction(embedder, text) for text in texts])


def _direction(embedder: Embedder, text: str) -> NDArray[np.float32]:
    key = f"{embedder.name}\n{text}"
    if key not in _KEPT:
        _KEPT[key] = embedder.embed_question(text)
    return _KEPT[key]
