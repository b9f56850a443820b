"""What watchlists make of entries."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.errors import TermInvalid
from monitor.match import MOST_PLACES, Matcher
from monitor.model.entry import Entry, Field
from monitor.model.match import Match, Reason
from monitor.model.watchlist import Watchlist


def forms(term: str, text: str, *, language: str = "") -> list[str]:
    """What a term finds in a text."""
    (decision,) = Matcher([Watchlist(name="w", any=(term,))]).decide(Entry(text=text, language=language))
    return [match.form for match in decision.matches]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("foreign agent", "A Foreign Agent spoke", ["Foreign Agent"]),
        ("foreign agent", "the “foreign” agent law, foreign-agent", ["foreign” agent", "foreign-agent"]),
        ("foreign agent", "agent foreign, foreign old agent", []),
        ("foreign agent", "two foreign agents", ["foreign agents"]),
        ("AIDS", "aid for AIDS and other aid", ["AIDS"]),
        (
            "иностранный агент",
            "иностранный\u00a0агент, «иностранный»\nагент",
            ["иностранный\u00a0агент", "иностранный»\nагент"],
        ),
        ("Kyiv Ukraine", "in Kyiv, Ukraine", ["Kyiv, Ukraine"]),
        ("foreign agent", "He is foreign. Agent Smith came", []),
        ("foreign agent", "all is foreign\n\nagent of change", []),
        ("St Petersburg", "in St. Petersburg", ["St. Petersburg"]),
        ("Yahoo! Finance", "says Yahoo! Finance today", ["Yahoo! Finance"]),
        ("иноагентов", "реестр СМИ-иноагентов", ["иноагентов"]),
        ("СМИ-иноагент", "СМИ – иноагент", ["СМИ – иноагент"]),
        ("Putin", "Putin's Rasputin PUTIN", ["Putin", "PUTIN"]),
        ("don", "don't", []),
        ("ёлка", "Елка", ["Елка"]),
        ("замок", "за\u0301мок и за\u00adмок", ["за\u0301мок", "за\u00adмок"]),
        ("м'яч", "мʼяч", ["мʼяч"]),
        ("习近平", "武汉习近平总书记", ["习近平"]),
        ("U.S.", "the U.S. army", ["U.S"]),
        ("🇺🇦", "слава 🇺🇦!", ["🇺🇦"]),
        ("a a", "a a a", ["a a", "a a"]),
        ("#мобилизация", "мобилизация", ["мобилизация"]),
        ('"OR"', "now or never", ["or"]),
    ],
)
def test_terms_find_words(term: str, text: str, found: list[str]) -> None:
    """A term finds its words, whole, in their order, in any case, whatever punctuation joins them."""
    assert found == forms(term, text)


def test_turkish_letters() -> None:
    """In a Turkish text I is the capital of ı, so that terms find it in capitals too."""
    assert forms("ışık", "IŞIK", language="tr-TR") + forms("istanbul", "İSTANBUL", language="tr") == [
        "IŞIK",
        "İSTANBUL",
    ]
    assert forms("isik", "IŞIK", language="tr") == []


def test_matches_say_where() -> None:
    """Matches come by field and place, with offsets into the text as shown."""
    watchlist = Watchlist(name="w", any=("war", "the war"))
    entry = Entry(title="After the war", summary="war", text="War! The war")
    (decision,) = Matcher([watchlist]).decide(entry)
    assert Reason.MATCHED is decision.reason
    assert [(match.term, match.field, match.start, match.end) for match in decision.matches] == [
        ("the war", Field.TITLE, 6, 13),
        ("war", Field.TITLE, 10, 13),
        ("war", Field.SUMMARY, 0, 3),
        ("war", Field.TEXT, 0, 3),
        ("the war", Field.TEXT, 5, 12),
        ("war", Field.TEXT, 9, 12),
    ]
    assert decision.terms == ("the war", "war")


def test_excluded() -> None:
    """A term under `none` rules the entry out, and the decision shows what did."""
    watchlist = Watchlist(name="w", any=("agent",), none=("football",))
    (decision,) = Matcher([watchlist]).decide(Entry(title="Football agent", summary="agent", text="football"))
    assert Reason.EXCLUDED is decision.reason
    assert [(match.field, match.term) for match in decision.matches] == [
        (Field.TITLE, "football"),
        (Field.TITLE, "agent"),
        (Field.SUMMARY, "agent"),
        (Field.TEXT, "football"),
    ]


def test_nothing_found_is_no_match() -> None:
    """An excluding term alone decides nothing."""
    (decision,) = Matcher([Watchlist(name="w", any=("agent",), none=("football",))]).decide(Entry(text="football"))
    assert Reason.NO_MATCH is decision.reason
    assert decision.matches == ()


def test_only_in_its_fields() -> None:
    """A watchlist looks in its own fields, for wanted and for excluded terms; the link's words count as words."""
    wide = Watchlist(name="wide", any=("belousov",), none=("sport",), fields=frozenset(Field))
    narrow = Watchlist(name="narrow", any=("belousov",), none=("sport",), fields=frozenset({Field.LINK}))
    entry = Entry(link="https://example.org/news/andrei-belousov", category="Sport", title="Minister")
    first, second = Matcher([wide, narrow]).decide(entry)
    assert (first.reason, second.reason) == (Reason.EXCLUDED, Reason.MATCHED)
    assert (
        Match(watchlist="narrow", term="belousov", field=Field.LINK, start=32, end=40, form="belousov"),
    ) == second.matches


def test_text_is_the_article_too() -> None:
    """Who looks in the text looks in the entry's page as well, in a watchlist and in a term."""
    watchlists = [
        Watchlist(name="default", any=("belousov",)),
        Watchlist(name="text", any=("belousov",), fields=frozenset({Field.TEXT})),
        Watchlist(name="term", any=("text:belousov",), fields=frozenset({Field.TITLE})),
        Watchlist(name="article", any=("article:belousov",), fields=frozenset({Field.TITLE})),
        Watchlist(name="summary", any=("belousov",), fields=frozenset({Field.SUMMARY})),
    ]
    decisions = Matcher(watchlists).decide(Entry(title="Minister", article="He said.\nAndrei Belousov did."))
    found = Match(watchlist="", term="belousov", field=Field.ARTICLE, start=16, end=24, form="Belousov")
    places = {each.watchlist: [(m.field, m.start, m.end, m.form) for m in each.matches] for each in decisions}
    assert [(found.field, found.start, found.end, found.form)] * 4 == [
        place for name in ("default", "text", "term", "article") for place in places[name]
    ]
    assert places["summary"] == []


def test_only_for_its_feeds() -> None:
    """A watchlist decides on the feeds it covers, in the order of the configuration."""
    matcher = Matcher(
        [
            Watchlist(name="one", any=("war",), feeds=frozenset({"meduza"})),
            Watchlist(name="all", any=("peace",)),
            Watchlist(name="other", any=("war",), feeds=frozenset({"bbc"})),
        ]
    )
    entry = Entry(title="war")
    assert [decision.watchlist for decision in matcher.decide(entry, feed="meduza")] == ["one", "all"]
    assert [decision.watchlist for decision in matcher.decide(entry)] == ["one", "all", "other"]


def test_the_same_term_in_two_watchlists() -> None:
    """Watchlists may share terms, in other spellings; each shows the term as its user wrote it."""
    matcher = Matcher(
        [Watchlist(name="a", any=("Putin", "putin")), Watchlist(name="b", any=("PUTIN",), none=("Putin",))]
    )
    one, other = matcher.decide(Entry(title="Putin"))
    assert one.terms == ("Putin", "putin")
    assert Reason.EXCLUDED is other.reason


def test_places_are_capped() -> None:
    """A term that stands thousands of times in a text is reported a bounded number of times a field."""
    (decision,) = Matcher([Watchlist(name="w", any=("war",))]).decide(Entry(summary="war", text="war " * 5000))
    assert len(decision.matches) == 1 + MOST_PLACES


def test_more_words_than_are_remembered() -> None:
    """What is remembered of words is bounded, and forgetting changes no decision."""
    matcher = Matcher([Watchlist(name="w", any=("w7", "x" * 100))])
    for part in range(0, 140_000, 20_000):
        matcher.decide(Entry(text=" ".join(f"w{number}" for number in range(part, part + 20_000))))
    (decision,) = matcher.decide(Entry(text="w7 " + "X" * 100))
    assert decision.terms == ("w7", "x" * 100)


def test_an_unusable_term_is_refused() -> None:
    """A matcher takes no term that `parse` refuses."""
    with pytest.raises(TermInvalid):
        Matcher([Watchlist(name="w", any=("good", "/(/"))])


def test_a_pattern_that_takes_too_long() -> None:
    """It is said of the watchlist that it could not be decided, unless another term matches; a veto it is not."""
    slow = r"/(x+x+)+y/"
    watchlists = [
        Watchlist(name="slow", any=(slow,)),
        Watchlist(name="other", any=(slow, "war")),
        Watchlist(name="veto", any=("war",), none=(slow,)),
        Watchlist(name="peace", any=("peace",), none=(slow,)),
    ]
    decisions = Matcher(watchlists).decide(Entry(title="war", text="x" * 2000))
    assert [each.reason for each in decisions] == [Reason.TOO_SLOW, Reason.MATCHED, Reason.MATCHED, Reason.NO_MATCH]


def test_the_language_of_a_feed() -> None:
    """What a feed's language is said to be decides how its words are read; else it is guessed."""
    matcher = Matcher([Watchlist(name="w", any=("gift",))], {"german": ["de"], "english": ["en"]})
    entry = Entry(text="Gifte")
    assert [matcher.decide(entry, feed=feed)[0].reason for feed in ("german", "english")] == [
        Reason.MATCHED,
        Reason.NO_MATCH,
    ]
    assert matcher.languages(Entry(text="Солдаты, которых мобилизовали осенью, ещё не вернулись")) == ("ru",)


@pytest.mark.parametrize(
    ("code", "term", "text"),
    [
        ("cy", "milwr", "Mae'r milwyr yn Caerdydd"),
        ("ml", "യുദ്ധം", "യുദ്ധത്തിൽ പങ്കെടുത്തു"),
        ("ta", "வீடு", "பல வீடுகள் இடிந்தன"),
        ("yi", "שיף", "צוויי שיפן"),
    ],
)
def test_languages_that_are_not_guessed(code: str, term: str, text: str) -> None:
    """A feed may be in any language that forms are known of."""
    matcher = Matcher([Watchlist(name="w", any=(term,))], {"feed": [code]})
    assert matcher.decide(Entry(text=text), feed="feed")[0].reason is Reason.MATCHED


def test_words_of_another_script() -> None:
    """A Latin name in a Russian text and a Russian word in an English one are read as what they are."""
    matcher = Matcher([Watchlist(name="w", any=("drone", "мобилизация"))], {"ru": ["ru"], "en": ["en"]})
    (russian,) = matcher.decide(Entry(text="Над городом видели drones"), feed="ru")
    (english,) = matcher.decide(Entry(text="They call it мобилизацию there"), feed="en")
    assert russian.terms + english.terms == ("drone", "мобилизация")


def test_threads() -> None:
    """Entries may be decided by several threads at a time, from the very first on."""
    matcher = Matcher([Watchlist(name="w", any=("мобилизованный", "foreign agent"))])
    entries = [Entry(text=f"Жёны мобилизованных {number}") for number in range(40)]
    entries += [Entry(text=f"They are foreign agents {number}") for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        decided = list(threads.map(lambda entry: matcher.decide(entry)[0].terms, entries))
    assert decided == [("мобилизованный",)] * 40 + [("foreign agent",)] * 40


def test_a_word_without_end() -> None:
    """What is too long to be a word is looked at as it is written, and holds up nothing."""
    matcher = Matcher([Watchlist(name="w", any=("mobilized", "мобилизованный", "=" + "a" * 200))])
    entry = Entry(title="a" * 200, text=f"Mobilized {'a' * 300_000} {'ы' * 300_000} мобилизованных")
    (decision,) = matcher.decide(entry)
    assert {match.form for match in decision.matches} == {"Mobilized", "мобилизованных", "a" * 200}
