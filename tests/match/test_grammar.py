"""What may be written as a term, what it means, and how mistakes are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import TermInvalid
from monitor.match.expression import And, In, Near, Not, Or, Phrase, Word
from monitor.match.grammar import parse
from monitor.model.entry import Field


def phrase(*words: str) -> Phrase:
    """A phrase of plain words."""
    return Phrase(words=tuple(Word(text=word) for word in words))


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("foreign agent", ["foreign", "agent"]),
        ("Operations (JADO)", ["Operations", "JADO"]),
        ("main()", ["main"]),
        ("1) first (of two", ["1", "first", "of", "two"]),
        ("f.o.i.a.", ["f", "o", "i", "a"]),
        ("AT&T", ["AT", "T"]),
        ("C++", ["C"]),
        ("S-300", ["S", "300"]),
        ("$100", ["100"]),
        ("-40 ~100 +7", ["40", "100", "7"]),
        ("60%", ["60"]),
        ("5+2 - 5", ["5", "2", "5"]),
        ("COVID-19", ["COVID", "19"]),
        ("#StopWar", ["StopWar"]),
        ("@name", ["name"]),
        ("e-mail", ["e", "mail"]),
        ("🇺🇦", ["🇺🇦"]),
        ("AC/DC", ["AC", "DC"]),
        ("24/7", ["24", "7"]),
        ("/dev/null", ["dev", "null"]),
        ("Kyiv / Kiev / Київ", ["Kyiv", "Kiev", "Київ"]),
        ("http://x.y/z?q=1", ["http", "x", "y", "z", "q", "1"]),
        ("TASS:reports", ["TASS", "reports"]),
        ("the site: closed", ["the", "site", "closed"]),
        ("a = b", ["a", "b"]),
        ("x:=5", ["x", "5"]),
        ("Wham! Who? Yes", ["Wham", "Who", "Yes"]),
        ("!Kung", ["Kung"]),
        ("rock and roll or not", ["rock", "and", "roll", "or", "not"]),
        ("NEAR Protocol", ["NEAR", "Protocol"]),
        ("ANDORRA", ["ANDORRA"]),
        ('"OR"', ["OR"]),
        ('sink "OR" swim', ["sink", "OR", "swim"]),
        ('"M*A*S*H | =x title:y (a"', ["M", "A", "S", "H", "x", "title", "y", "a"]),
        ("“sink OR swim”", ["sink", "OR", "swim"]),
        ("„Новая газета“", ["Новая", "газета"]),
        ('ООО «Рога "И" копыта»', ["ООО", "Рога", "И", "копыта"]),
        ("习近平", ["习", "近", "平"]),
    ],
)
def test_plain_words(term: str, words: list[str]) -> None:
    """Names, signs and numbers as people write them are phrases, and so is whatever stands in quotes."""
    read = parse(term)
    assert isinstance(read, Phrase)
    assert words == [word.text for word in read.words]
    assert not any(word.exact or word.prefix for word in read.words)


@pytest.mark.parametrize(
    ("term", "marked"),
    [
        ("=mobilized soldiers", "=mobilized soldiers"),
        ('="foreign agents" law', "=foreign =agents law"),
        ("the =U.S. army", "the =U =S army"),
        ("=习近平", "=习 =近 =平"),
        ('="OR"', "=OR"),
        ("мобилиз*", "мобилиз*"),
        ("foreign agen*, law", "foreign agen* law"),
        ("(=war OR peac*)", "=war OR peac*"),
        ('title:="the war"', "title:=the =war"),
    ],
)
def test_forms(term: str, marked: str) -> None:
    """= asks for the very form of a word, or of all in quotes; * for any ending of the word before it."""
    assert marked == str(parse(term))


def test_crossing() -> None:
    """A phrase that holds the end of a sentence reaches across one."""
    assert parse("Yahoo! Finance") == Phrase(words=phrase("Yahoo", "Finance").words, crosses=True)


A, B, C, D = (phrase(letter) for letter in "abcd")


@pytest.mark.parametrize(
    ("term", "meaning"),
    [
        ("a OR b AND c NOT d", Or(parts=(A, And(parts=(B, C, Not(part=D)))))),
        ("(a OR b) AND c", And(parts=(Or(parts=(A, B)), C))),
        ("a AND NOT (b OR c)", And(parts=(A, Not(part=Or(parts=(B, C)))))),
        ("NOT a AND b", And(parts=(Not(part=A), B))),
        ("a AND NOT b NEAR/3 c", And(parts=(A, Not(part=Near(parts=(B, C), distance=3))))),
        ("a NEAR/5 b NEAR/5 c", Near(parts=(A, B, C), distance=5)),
        ("a NEAR/5 b NEAR/3 c", Near(parts=(Near(parts=(A, B), distance=5), C), distance=3)),
        ("a NEAR/5 (b NEAR/5 c)", Near(parts=(A, Near(parts=(B, C), distance=5)), distance=5)),
        ("(a OR b) NEAR/2 c d", Near(parts=(Or(parts=(A, B)), phrase("c", "d")), distance=2)),
        ("title:a b AND c", And(parts=(In(field=Field.TITLE, part=phrase("a", "b")), C))),
        ("link: (a OR b)", In(field=Field.LINK, part=Or(parts=(A, B)))),
        ("text:(a b)", In(field=Field.TEXT, part=phrase("a", "b"))),
        ("((a) OR (((b))))", Or(parts=(A, B))),
        ('"a"OR"b"', Or(parts=(A, B))),
        ("a AND(b OR c)", And(parts=(A, Or(parts=(B, C))))),
    ],
)
def test_operators(term: str, meaning: object) -> None:
    """NEAR binds before NOT, NOT before AND, AND before OR; brackets change that; a field holds for what follows it."""
    assert meaning == parse(term)


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (r"/put\s+domoy/", r"/put\s+domoy/"),
        ("/a b/ AND title:/c+/", "/a b/ AND title:/c+/"),
        (r"(/a\/ b/ OR c)", r"/a\/ b/ OR c"),
        ("/a/b/ NEAR/3 c", "/a/b/ NEAR/3 c"),
        ("/(a OR b)/", "/(a OR b)/"),
    ],
)
def test_regular_expressions(term: str, shown: str) -> None:
    """Between slashes stands a regular expression, as a term or a part of one."""
    assert shown == str(parse(term))


@pytest.mark.parametrize(
    ("term", "column", "message", "hint"),
    [
        ("", 0, "no word", "a letter"),
        (' "..." ()', 0, "no word", "a letter"),
        ("a AND", 2, "AND has nothing after it", '"AND"'),
        ("OR a", 0, "OR has nothing before it", '"OR"'),
        ("Portland OR", 9, "OR has nothing after it", '"OR"'),
        ("a AND OR b", 2, "AND has nothing after it", "complete it"),
        ("a AND ()", 2, "AND has nothing after it", "complete it"),
        ("a NOT NOT b", 2, "NOT has nothing after it", "complete it"),
        ("title:", 0, "title: has nothing after it", "complete it"),
        ("title:()", 6, "no word after this (", "leave it out"),
        ("(a OR b", 0, "never closed", "close it"),
        ("a OR b)", 6, "closes nothing", "leave it out"),
        ('the "foreign agent', 4, 'this " is never closed', "close it"),
        ("a “foreign agent", 2, "this “ is never closed", "close it"),
        (r"a OR /put\s+domoy", 5, "this / is never closed", "end the regular expression"),
        ("/put domoy/i", 0, "letters after a regular expression", "leave them out"),
        ("/a[b/", 4, "no regular expression", r"\("),
        ("a OR /x*/", 6, "finds the empty text", "+ instead of *"),
        ("(a OR b) protest", 9, "nothing joins this", "AND"),
        ("a (b OR c)", 2, "nothing joins this", "AND"),
        ("putin title: belousov", 6, "nothing joins this", "AND"),
        ("/ab+/ c", 6, "nothing joins this", "AND"),
        ("c /ab/", 2, "nothing joins this", "double quotes"),
        ("NOT a", 0, "nearly everything", "NOT football"),
        ("a OR NOT b", 5, "nearly everything", "NOT football"),
        ("a OR (b OR NOT c)", 5, "nearly everything", "NOT football"),
        ("a NEAR b", 2, "NEAR needs a number", "NEAR/10"),
        ("(a OR b) NEAR c", 9, "NEAR needs a number", "NEAR/10"),
        ("buy NEAR", 4, "NEAR needs a number", '"NEAR"'),
        ("a NEAR/0 b", 2, "NEAR/0 is no distance", "AND"),
        ("a NEAR/101 b", 2, "NEAR/101 is no distance", "AND"),
        ("a near/5 b", 2, "near/5 is not how", "NEAR/10"),
        ("a AROUND(5) b", 2, "AROUND(5) is not how", "NEAR/10"),
        ("a NEAR/5 (b AND c)", 9, "neither AND nor NOT", "OR"),
        ("title:(a NOT b) NEAR/5 c", 0, "neither AND nor NOT", "OR"),
        ("(a OR b NOT c) NEAR/5 d", 0, "neither AND nor NOT", "OR"),
        ("title:(a OR text:b)", 0, "a field within a field", "leave one"),
        ("title:text:a", 0, "a field within a field", "leave one"),
        ("Title:a", 0, "small letters", "title:"),
        ("eib site:eib.org", 4, "site: is not known", "`feeds`"),
        ("intitle:a", 0, "intitle: is not known", "title:"),
        ("a lang:uk", 2, "lang: is not known", "`feeds`"),
        ("a filetype:pdf", 2, "filetype: is not known", "leave it out"),
        ("a after:2024", 2, "after: is not known", "only new entries"),
        ("м*", 1, "* stands for any ending", "/моб"),
        ("моб*ация", 3, "* stands for any ending", "/моб"),
        ("*моб", 0, "* stands for any ending", "/моб"),
        ("мобил**", 5, "* stands for any ending", "/моб"),
        ("a * b", 2, "* stands for any ending", "double quotes"),
        ("=моб*", 0, "not both", "leave one"),
        ("=(a OR b)", 0, "= applies to one word", '="two words"'),
        ("sanctions 2024..2025", 10, "2024..2025 is no range", "2024 OR 2025"),
        ("a | b", 2, "| is not known", "OR"),
        ("a||b", 1, "|| is not known", "OR"),
        ("a && b", 2, "&& is not known", "AND"),
        ("moldova -football", 8, "does not exclude", "NOT word"),
        ("-football", 0, "does not exclude", "under `none`"),
        ('moldova -"the club"', 8, "does not exclude", "NOT word"),
        ("moldova !football", 8, "does not exclude", "NOT word"),
        ("moldova +football", 8, "+ before a word", "AND"),
        ('"foreign agent"~5', 15, "~5 after quotes", "NEAR/5"),
        ("agent~2", 5, "~ is not known", "NEAR/5"),
        ("a ~agent", 2, "~ is not known", "OR"),
        ("wom?n", 3, "? does not stand", "/wom[ae]n/"),
        ("a" * 4001, 4000, "longer than 4000", "several terms"),
        ("(" * 31 + "a OR b" + ")" * 31, 30, "too many brackets", "several terms"),
    ],
)
def test_refused(term: str, column: int, message: str, hint: str) -> None:
    """A mistake, or what another search language would mean, is told at its place and with what to write instead."""
    with pytest.raises(TermInvalid) as refused:
        parse(term)
    assert message in str(refused.value)
    assert hint in refused.value.hint
    assert column == refused.value.column


_SIGNS = [*'()"“”«»=*/.,!-#\n', " ", " ", "OR", "AND", " NOT ", " OR ", "NEAR/3", "NEAR", "title:"]
_PIECES = st.sampled_from([*_SIGNS, "a", "bb", "习", "/a+/", "don't"])


@given(st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=30))
def test_any_text(term: str) -> None:
    """Whatever is typed is refused at a place within it, or is a term that is printed as a term of the same meaning."""
    try:
        read = parse(term)
    except TermInvalid as invalid:
        column, read = invalid.column, A
    else:
        column = 0
    assert 0 <= column <= len(term)
    assert read == parse(str(read))


@pytest.mark.parametrize("opening", ["(", "NOT ", "title:", "a NOT (", "a OR (", "/", '"', "=", "a NEAR/2 ("])
def test_depth(opening: str) -> None:
    """However deeply a term is nested, it is refused as a term."""
    with pytest.raises(TermInvalid):
        parse(opening * (4000 // len(opening)))
