"""The term language: text to expression.

    any     = all {"OR" all}
    all     = not {"AND" not | not}         a further `not` without AND begins with NOT
    not     = ["NOT"] near
    near    = operand {"NEAR/n" operand}
    operand = [field] ("(" any ")" | phrase | pattern)

Words, quotes, `=`, `*` and which brackets count are the matter of `lexemes`.
"""

from typing import Final

from monitor.errors import TermInvalid
from monitor.match.expression import And, Expression, In, Near, Not, Or, Phrase, leaves, negative
from monitor.match.lexemes import Kind, Lexeme, lex
from monitor.match.pattern import Pattern
from monitor.model.entry import Field

_END: Final = Lexeme(Kind.CLOSE, "", 0, 0)


def parse(text: str) -> Expression:
    """Return what a term asks for.

    Raises TermInvalid, with column and hint, for what is no term, what can not be told apart from a mistake, and what
    would match nearly everything.
    """
    lexemes = lex(text)
    if not lexemes:
        raise TermInvalid("there is no word in this term", hint="a term needs a letter, a digit or an emoji")
    return _Parser(lexemes).whole()


class _Parser:
    def __init__(self, lexemes: list[Lexeme]) -> None:
        self._lexemes = lexemes
        self._at = 0

    @property
    def _next(self) -> Lexeme:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else _END

    def _take(self, kind: Kind) -> bool:
        taken = self._next.kind is kind and self._next is not _END
        self._at += taken
        return taken

    def whole(self) -> Expression:
        """Read all; none of the alternatives may do with nothing found."""
        parts: list[Expression] = []
        while not parts or self._take(Kind.OR):
            start = self._next.start
            parts.append(self._all())
            if negative(parts[-1]):
                raise TermInvalid(
                    "this only says what must not be there, and would match nearly everything",
                    column=start,
                    hint="name what to look for, and exclude from it: moldova NOT football",
                )
        return _joined(Or, parts)

    def _any(self) -> Expression:
        parts = [self._all()]
        while self._take(Kind.OR):
            parts.append(self._all())
        return _joined(Or, parts)

    def _all(self) -> Expression:
        parts = [self._not()]
        while self._take(Kind.AND) or self._next.kind is Kind.NOT:
            parts.append(self._not())
        return _joined(And, parts)

    def _not(self) -> Expression:
        return Not(part=self._near()) if self._take(Kind.NOT) else self._near()

    def _near(self) -> Expression:
        start = self._next.start
        whole = self._operand()
        open_to: int | None = None
        while self._next.kind is Kind.NEAR:
            _check_near(whole, start)
            distance = int(self._next.text.removeprefix("NEAR/"))
            self._at += 1
            start = self._next.start
            further = self._operand()
            _check_near(further, start)
            parts = whole.parts if isinstance(whole, Near) and open_to == distance else (whole,)
            whole, open_to = Near(parts=(*parts, further), distance=distance), distance
        return whole

    def _operand(self) -> Expression:
        here = self._next
        if here.leaf is not None:
            self._at += 1
            found: Expression = here.leaf
        elif self._take(Kind.FIELD):
            return self._field(here)
        elif self._take(Kind.OPEN):
            found = self._any()
            self._at += 1
        else:
            raise self._missing()
        self._check_joined(here)
        return found

    def _field(self, here: Lexeme) -> Expression:
        part = None if self._next.kind is Kind.FIELD else self._operand()
        if part is None or any(field is not None for _, field in leaves(part)):
            raise TermInvalid("a field within a field", column=here.start, hint="leave one of the two out")
        return In(field=Field(here.text.rstrip(": \t\n")), part=part)

    def _check_joined(self, here: Lexeme) -> None:
        """Raise TermInvalid if two operands stand side by side: what the user means by that is not sure."""
        following = self._next
        if following.kind in {Kind.LEAF, Kind.OPEN, Kind.FIELD}:
            what = {Kind.OPEN: "these brackets", Kind.FIELD: following.text.strip()}.get(following.kind, following.text)
            if isinstance(here.leaf, Pattern) or isinstance(following.leaf, Pattern):
                hint = "put AND, OR or NEAR/10 between them; words with a / that are none need double quotes"
            else:
                hint = "put AND, OR or NEAR/10 between them; brackets and colons as in a name need double quotes"
            raise TermInvalid(
                f"nothing joins this with what stands before it: {what}", column=following.start, hint=hint
            )

    def _missing(self) -> TermInvalid:
        here, before = self._next, self._lexemes[self._at - 1] if self._at else None
        word = here if before is None else before
        text, side = word.text.strip(), "before" if before is None else "after"
        if word.kind is Kind.OPEN:
            return TermInvalid(
                "there is no word after this (", column=word.start, hint='leave it out, or write it in quotes: "("'
            )
        return TermInvalid(
            f"{text} has nothing {side} it that it could apply to",
            column=word.start,
            hint=f'complete it, or, if you mean the word itself, write "{text}"',
        )


def _joined(kind: type[And] | type[Or], parts: list[Expression]) -> Expression:
    return kind(parts=tuple(parts)) if len(parts) > 1 else parts[0]


def _check_near(part: Expression, column: int) -> None:
    """Raise TermInvalid unless this has places of its own."""
    match part:
        case Phrase() | Pattern() | Near():
            return
        case Or():
            for one in part.parts:
                _check_near(one, column)
        case In():
            _check_near(part.part, column)
        case _:
            raise TermInvalid(
                "NEAR takes words, phrases and alternatives, but neither AND nor NOT",
                column=column,
                hint="write a NEAR/5 (b OR c), and AND or NOT outside of its brackets",
            )
