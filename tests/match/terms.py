"""Expressions of any shape, for the laws."""

from hypothesis import strategies as st

from monitor.match.expression import And, Expression, In, Near, Not, Or, Phrase, Word
from monitor.match.pattern import Pattern
from monitor.model.entry import Field

_TEXTS = st.sampled_from(["war", "Мир", "don't", "OR", "NEAR", "习", "平", "🇺🇦", "title", "24", "м’яч", "peace"])
_LONG = st.sampled_from(["war", "мир", "OR", "title", "24"])
_WORDS = st.one_of(
    st.builds(Word, text=_TEXTS, exact=st.booleans()),
    _LONG.map(lambda text: Word(text=text, prefix=True)),
)
PHRASES = st.one_of(
    _WORDS.map(lambda word: Phrase(words=(word,))),
    st.builds(Phrase, words=st.lists(_WORDS, min_size=2, max_size=3).map(tuple), crosses=st.booleans()),
)
PATTERNS = st.sampled_from([r"wa[rs]", r"\bмир\w*", "a b/c", r"\d{2}", r"\/"]).map(
    lambda source: Pattern(source=source)
)
LEAVES = PHRASES | PATTERNS


def _parts(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[tuple[Expression, ...]]:
    return st.lists(inner, min_size=2, max_size=3).map(tuple)


def _in_a_field(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.builds(In, field=st.sampled_from(Field), part=inner)


_NEARNESS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Near, parts=_parts(inner), distance=st.integers(1, 100)) | st.builds(Or, parts=_parts(inner))
    ),
    max_leaves=4,
)
#: What may stand anywhere in a term.
EXPRESSIONS = st.recursive(
    _NEARNESS | _in_a_field(_NEARNESS),
    lambda inner: st.one_of(
        st.builds(And, parts=_parts(inner)), st.builds(Or, parts=_parts(inner)), st.builds(Not, part=inner)
    ),
    max_leaves=6,
)
#: What may be a term: it asks for something.
TERMS = _NEARNESS | st.builds(lambda leaf, other: And(parts=(leaf, other)), LEAVES, EXPRESSIONS)
