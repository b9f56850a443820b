"""What is probably not meant in a well-formed term: what can never match, and what matches nearly everything."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from unicodedata import category

from monitor.match.expression import And, Expression, In, Near, Not, Or, Phrase, Word, leaves
from monitor.match.pattern import Pattern
from monitor.model.entry import Field
from monitor.text.fold import fold

#: Words of more than one letter in a phrase; who writes more has often meant them in any order.
_LONG: Final = 6

#: A part of an expression, and the field it is looked for in.
_Atom: TypeAlias = tuple[Expression, Field | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something in a term that is allowed and looks like a mistake."""

    message: str
    hint: str


def cautions(expression: Expression) -> tuple[Caution, ...]:
    """Return what looks like a mistake, each once."""
    return tuple(dict.fromkeys([*_of_sense(_folded(expression)), *_of_leaves(expression)]))


def _of_leaves(expression: Expression) -> Iterator[Caution]:
    for leaf, _ in leaves(expression):
        if isinstance(leaf, Pattern):
            if leaf.finds_any_character:
                yield Caution(
                    message=f"{leaf} is found wherever a single character is, so in nearly every entry",
                    hint="make it longer: letters that must be there, or \\w{5,} for words of five letters and more",
                )
        elif len(leaf.words) == 1 and _is_letter(leaf.words[0].text):
            yield Caution(
                message=f"the word {leaf.words[0].text} has only one letter, and is found wherever that stands alone",
                hint="signs are no words: C++ finds C; write what stands around it, or a regular expression: /C\\+\\+/",
            )
        elif sum(len(word.text) > 1 for word in leaf.words) > _LONG:
            yield Caution(
                message=f"{leaf} must stand in this order, word by word",
                hint="to find the words anywhere in an entry, write AND between them",
            )


def _is_letter(text: str) -> bool:
    """Whether this is a letter or digit of a script in which words have several; 习 and 🇺🇦 are words."""
    return len(text) == 1 and category(text) in {"Lu", "Ll", "Nd"}


def _of_sense(expression: Expression) -> Iterator[Caution]:
    if _never(expression, frozenset()):
        yield Caution(
            message="this can never match: it excludes what it asks for",
            hint="look at what stands after NOT: any form of those words excludes an entry",
        )
    elif isinstance(expression, Or):
        for part in expression.parts:
            if _never(part, frozenset()):
                yield Caution(
                    message=f"this alternative can never match: {part}",
                    hint="it excludes what it asks for; leave it out, or look at what stands after NOT",
                )


def _never(expression: Expression, barred: frozenset[_Atom], field: Field | None = None) -> bool:
    """Whether it can not hold where the barred parts must not; false where that does not show in the structure."""
    if any(_implies((expression, field), other) for other in barred):
        return True
    match expression:
        case Or():
            return all(_never(part, barred, field) for part in expression.parts)
        case And() | Near():
            barred |= _barred(expression, field)
            return any(_never(part, barred, field) for part in expression.parts)
        case In():
            return _never(expression.part, barred, expression.field)
        case _:
            return False


def _barred(expression: Expression, field: Field | None = None) -> set[_Atom]:
    """Return what must not be there."""
    match expression:
        case Not():
            return _enough(expression.part, field)
        case In():
            return _barred(expression.part, expression.field)
        case And():
            return set[_Atom]().union(*(_barred(part, field) for part in expression.parts))
        case Or():
            return set.intersection(*(_barred(part, field) for part in expression.parts))
        case _:
            return set()


def _enough(expression: Expression, field: Field | None) -> set[_Atom]:
    """Return what is enough for it to hold."""
    match expression:
        case In():
            return _enough(expression.part, expression.field)
        case Or():
            return {(expression, field)}.union(*(_enough(part, field) for part in expression.parts))
        case Not():
            return set()
        case _:
            return {(expression, field)}


def _implies(asked: _Atom, barred: _Atom) -> bool:
    """Whether the one is found wherever the other is."""
    (one, here), (other, there) = asked, barred
    if there not in {None, here}:
        return False
    if not (isinstance(one, Phrase) and isinstance(other, Phrase)):
        return one == other
    size = len(other.words)
    stretches = (one.words[at : at + size] for at in range(len(one.words) - size + 1))
    return any(all(map(_covers, other.words, stretch)) for stretch in stretches)


def _covers(wide: Word, narrow: Word) -> bool:
    """Whether each place of the narrow word is one of the wide word."""
    if wide.prefix:
        return narrow.text.startswith(wide.text) and (narrow.exact or narrow.prefix)
    return wide.text == narrow.text and not narrow.prefix and (narrow.exact or not wide.exact)


def _folded(expression: Expression) -> Expression:
    """Return it with all spellings of a word made one."""
    match expression:
        case Phrase():
            words = tuple(replace(word, text=fold(word.text)) for word in expression.words)
            return Phrase(words=words, crosses=False)
        case Pattern():
            return expression
        case Not() | In():
            return replace(expression, part=_folded(expression.part))
        case _:
            return replace(expression, parts=tuple(map(_folded, expression.parts)))
