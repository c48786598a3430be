"""Whom a recommendation is made to."""

from __future__ import annotations

from enum import StrEnum


class Addressee(StrEnum):
    """Whom a recommendation is made to."""

    STATE = "State"
    """A State, its government, parliament, police or courts; also by a court's order."""
    ARMED_GROUP = "armed group"
    """Armed groups, the parties to a conflict, de facto authorities."""
    UN = "UN"
    COMPANIES = "companies"
    DONORS = "donors"
    """Donors, other States, international partners."""
    CIVIL_SOCIETY = "civil society"
    OTHER = "other"
    """Nobody whom it names."""
