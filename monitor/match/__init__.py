"""Which watchlists an entry matches, where, and why."""

from monitor.match.matcher import MOST_PLACES, Matcher
from monitor.match.grammar import parse

__all__ = ["MOST_PLACES", "Matcher", "parse"]
