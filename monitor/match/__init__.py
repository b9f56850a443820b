"""Which watchlists an entry matches, where, and why."""

from monitor.match.term import words_of

__all__ = ["check_term"]


def check_term(text: str) -> None:
    """Raise TermInvalid, with column and hint, unless this is a usable term."""
    words_of(text)
