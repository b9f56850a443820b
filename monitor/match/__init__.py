"""Which watchlists an entry matches, where, and why."""

from monitor.match.grammar import parse
from monitor.match.matcher import MOST_PLACES, Matcher

__all__ = ["MOST_PLACES", "Matcher", "parse"]
