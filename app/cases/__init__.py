"""Country cases: summaries, comparisons and recommendations. Every line is a verbatim, cited quote."""

from app.cases.addressees import Addressee
from app.cases.comparison import NOT_STATED, Cell, Comparison, Row, compare, comparison_json
from app.cases.countries import countries_of_report, countries_with_cases
from app.cases.coverage import ReportCoverage, coverage_bar, coverage_line
from app.cases.headings import HEADINGS, Heading
from app.cases.recommendations import Recommendation, Recommendations, recommendations, recommendations_json
from app.cases.summary import NO_EVIDENCE, NOT_SHOWN, SENTENCES, CaseSummary, HeadingSummary, summarise, summary_json

__all__ = [
    "HEADINGS",
    "NOT_SHOWN",
    "NOT_STATED",
    "NO_EVIDENCE",
    "SENTENCES",
    "Addressee",
    "CaseSummary",
    "Cell",
    "Comparison",
    "Heading",
    "HeadingSummary",
    "Recommendation",
    "Recommendations",
    "ReportCoverage",
    "Row",
    "compare",
    "comparison_json",
    "countries_of_report",
    "countries_with_cases",
    "coverage_bar",
    "coverage_line",
    "recommendations",
    "recommendations_json",
    "summarise",
    "summary_json",
]
