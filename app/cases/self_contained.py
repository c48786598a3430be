"""Whether a line is self-contained: complete, and not referring to a sentence that is not shown with it."""

from __future__ import annotations

import re

from app.cases.reading import LIST_MARK
from ingest.sentences import ends_sentence

_SHORT, _LONG = 50, 400
_POINTS_BACK = re.compile(
    # English
    r"(?:this|these|those|they|their|he|she|his|her|it|its|such|however|nevertheless|nonetheless|moreover|additionally"
    r"|further(?:more)?|in addition|also|similarly|likewise|instead|meanwhile|consequently|accordingly|relatedly"
    r"|therefore|thus|hence|but|yet|then|of (?:which|these|those|them)|among (?:these|those|them)"
    r"|the (?:same|latter|former)"
    r"|[ai][tn] (?:that|this|these|such)|for (?:example|instance)|as (?:such|a result)|specifically|notably"
    # French
    r"|ce|cet|cette|ces|ceci|cela|elles?|ils|leurs?|sa|ses|en outre|de plus|par ailleurs|toutefois|cependant|néanmoins"
    r"|ainsi|également|de même|par (?:exemple|conséquent)|en conséquence|notamment"
    # Spanish, Portuguese
    r"|est[aeo]s?|es[aeo]s?|dich[ao]s?|ell[ao]s?|el[ae]s|sus?|además|asimismo|sin embargo|no obstante|igualmente"
    r"|también|por (?:ejemplo|lo tanto|consiguiente|otra parte|exemplo)|así|isso|isto|ess[ae]s?"
    r"|além disso|contudo|no entanto|também"
    # Russian, Kyrgyz
    r"|это[тй]?|эт[аи]|этого|он[аи]?|его|е[её]|их|так(?:ой|ая|ие)|однако|кроме того|также|при этом|например|поэтому"
    r"|тем не менее|таким образом|в частности|впрочем|затем|бул|алар|ал|ошондой эле|бирок|мындан тышкары|мисалы"
    # Arabic, Nepali, Khmer
    r"|هذا|هذه|هؤلاء|هم|هي|ومع ذلك|غير أن|بالإضافة إلى ذلك|علاوة على ذلك|على سبيل المثال|لذلك"
    r"|यो|यी|यस|त्यो|ती|उनी|उनीहरू|तर|साथै|यसैगरी|त्यसैगरी|उदाहरणका लागि"
    r"|ពួកគេ|ទោះយ៉ាងណា|លើសពីនេះ|ដូច្នេះ|ឧទាហរណ៍)(?![\w\u0900-\u097f])",
    re.IGNORECASE,
)
"""Words at the beginning of a sentence that need the one before it."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:tables?|figures?|charts?|annex(?:es|e)?|appendix|tablas?|cuadros?|gr[áa]ficos?|tableaux?|graphiques?|tabelas?"
    r"|таблиц\w*|рисун\w+|жадыбал\w*)\s(?:\d|[IVX]+\b)|\b(?:this|the following) (?:table|figure|chart)\b"
    r"|\b(?:previous|preceding|next) (?:section|chapter|paragraph)\b"
    r"|\b(?:understood|interpreted|shown|listed) as follows\b"
    r"|\bthe following (?:statements?|measures|texts?|list|reports?|documents?|questions)\b"
    r"|\bin the following way\b|الجدول|तालिका",
    re.IGNORECASE,
)
"""What says that a table, a figure or another chapter must be at hand; in brackets it is only a hint."""
_BOILERPLATE = re.compile(
    r"\b(?:is|are|was|were|has been) (?:being )?(?:circulated|submitted|issued|prepared|transmitted|presented)"
    r" (?:in accordance with|pursuant to|under|without)\b"
    r"|\bth(?:is|e present) (?:report|brief|statement|document|study|paper|section)"
    r" (?:presents|covers|describes|explains|is based)\b"
    r"|\b(?:contained|presented|described|outlined) in this (?:report|brief|statement|document|study|paper)\b"
    r"|\ble présent rapport (?:présente|décrit|porte|couvre)|\bel presente informe (?:presenta|describe|abarca)"
    r"|\bнастоящий доклад (?:содержит|описывает|охватывает|представляет)"
    r"|\b(?:présentée?|soumise?|établie?) (?:en application|conformément)\b"
    r"|\bpresentad[ao] (?:de conformidad con|en virtud)\b"
    r"|\bпредстав(?:лен\w*|ляется) (?:в соответствии|во исполнение)\b",
    re.IGNORECASE,
)
"""How documents speak of themselves: by which rule they were issued, what they cover."""


def depends_on_previous_sentence(text: str) -> bool:
    """Return whether a sentence needs what is not shown: "They …", "However, …", "Однако …", "This table …"."""
    if _POINTS_ELSEWHERE.search(_IN_BRACKETS.sub("", text)):
        return True
    return bool(_POINTS_BACK.match(LIST_MARK.sub("", text, count=1).lstrip()))


def completeness(text: str) -> float:
    """Return 0 for a whole statement of a readable length; less for fragments, questions, boilerplate."""
    begun_before = text[:1].islower() and not LIST_MARK.match(text)
    fragment = begun_before or not ends_sentence(text) or text.rstrip().endswith(":")
    question = text.rstrip("\"'”’» ").endswith(("?", "؟"))
    void = fragment + question + bool(_BOILERPLATE.search(text))
    return -2.0 * void - 1.0 * (len(text) < _SHORT) - max(0, len(text) - _LONG) / (2 * _LONG)
