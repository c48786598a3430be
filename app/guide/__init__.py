"""A guide for each report: what it is about, its figures, dates and names, and questions that it answers well."""

from app.guide.keeping import keep_guide, kept_guide
from app.guide.making import make_guide, with_questions
from app.guide.records import Event, Guide, Named

__all__ = ["Event", "Guide", "Named", "keep_guide", "kept_guide", "make_guide", "with_questions"]
