"""Which watchlists an entry matches, where, and why."""

from monitor.match.matcher import MOST_PLACES, Matcher
from monitor.match.term import check_term

__all__ = ["MOST_PLACES", "Matcher", "check_term"]
