"""What holds for any terms and any text."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import TermInvalid
from monitor.match import Matcher, parse
from monitor.model.entry import Entry, Field
from monitor.model.watchlist import Watchlist
from monitor.text.fold import fold
from monitor.text.words import tokens

WORDS = st.sampled_from(["war", "the", "of", "мир", "Ёж", "St", "习", "м’яч", "s", "peace", "Putin's", "end!"])
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(WORDS | st.sampled_from([".", "\n\n", "-", ","]), max_size=40).map(" ".join)


def found(terms: list[str], text: str) -> set[tuple[str, int, int]]:
    (decision,) = Matcher([Watchlist(name="w", any=tuple(terms))]).decide(Entry(title=text))
    return {(match.term, match.start, match.end) for match in decision.matches}


@given(PHRASES, TEXTS)
def test_spans_spell_the_term(term: str, text: str) -> None:
    """What is marked lies inside the text and says the words of the term."""
    for _, start, end in found([term], text):
        assert 0 <= start < end <= len(text)
        assert fold(" ".join(tokens(term))) == fold(" ".join(tokens(text[start:end])))


@given(PHRASES, st.lists(PHRASES, max_size=30), TEXTS)
def test_terms_do_not_disturb_each_other(term: str, others: list[str], text: str) -> None:
    """A term finds the same alone and among others."""
    assert found([term], text) == {match for match in found([*others, term], text) if match[0] == term}


@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=10))
def test_a_term_finds_itself(term: str, before: str, after: str) -> None:
    """Whatever is accepted as a term is found where it stands as it was written."""
    try:
        parse(term)
    except TermInvalid:
        return
    text = f"{before} | {term} | {after}"
    assert found([term], text)


@given(TEXTS, TEXTS, PHRASES)
def test_fields_are_apart(title: str, summary: str, term: str) -> None:
    """No phrase reaches from one field into the next."""
    (decision,) = Matcher([Watchlist(name="w", any=(term,))]).decide(Entry(title=title, summary=summary))
    by_field = [match for match in decision.matches if match.field is Field.TITLE]
    assert found([term], title) == {(match.term, match.start, match.end) for match in by_field}
