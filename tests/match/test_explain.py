"""`explain`: every reason why a term is found, is not, or nearly is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.diagnosis import Cause, Finding
from monitor.match.explain import WatchlistFinding, explain
from monitor.match.expression import Expression
from monitor.match.reader import Link
from monitor.model.entry import Entry, Field
from monitor.model.match import Reason
from monitor.model.watchlist import Watchlist
from tests.match.terms import TERMS

ENTRY = Entry(
    title="Wives of the mobilized men",
    text="The wives of soldiers demand that foreign armies leave. Agents of the state watch, far from every election.",
    author="Jane Miller",
)


def explained(*terms: str, entry: Entry = ENTRY, none: tuple[str, ...] = ()) -> WatchlistFinding:
    """What one watchlist makes of an entry."""
    (found,) = explain(entry, [Watchlist(name="w", any=terms, none=none)]).watchlists
    return found


def finding(term: str, entry: Entry = ENTRY) -> Finding:
    """What became of one term, of which something is there."""
    (found,) = explained(term, entry=entry).terms
    return found.finding


def forms(found: Finding) -> list[tuple[str, str]]:
    """Words of the term, each with what stands for it in the entry."""
    return [(spot.part, spot.form) for spot in found.spots]


def test_what_is_found_has_its_form_reading_and_field() -> None:
    """A term that is found shows each form, where it stands and the word that it is a form of."""
    title, text = finding("wife").spots
    assert (title.form, title.field, title.start, title.end) == ("Wives", Field.TITLE, 0, 5)
    assert (text.form, text.field, text.link, text.language) == ("wives", Field.TEXT, Link.READING, "en")
    assert text.lemma == "wife"


def test_a_russian_participle_is_called_one() -> None:
    """Languages with a full dictionary also say what kind of word it is."""
    (spot,) = finding("мобилизованный", Entry(title="Жёны мобилизованных написали министру")).spots
    assert (spot.kind, spot.language) == ("participle", "ru")


@pytest.mark.parametrize(
    ("term", "form", "link"),
    [
        ("mobil*", "mobilized", Link.BEGINNING),
        ("=wives", "Wives", Link.TYPED),
        ("/wiv[a-z]+ of the/", "Wives of the", Link.PATTERN),
        ("Zelenskyj", "Zelensky", Link.NAME),
    ],
)
def test_other_ways_to_be_found(term: str, form: str, link: Link) -> None:
    """What is found otherwise than as a form of a word says how."""
    spot = finding(term, Entry(title="Wives of the mobilized men, says Zelensky")).spots[0]
    assert (spot.form, spot.link, spot.lemma, spot.language) == (form, link, "", "")


@pytest.mark.parametrize(
    ("term", "cause", "words"),
    [
        ("Miller", Cause.FIELD, [("Miller", "Miller")]),
        ("=wife", Cause.FORM, [("wife", "Wives")]),
        ("leave agents", Cause.SENTENCE, [("leave", "leave"), ("agents", "Agents")]),
        ("foreign agent", Cause.APART, [("foreign", "foreign"), ("agent", "Agents")]),
        ("election observer", Cause.WORDS, [("election", "election")]),
        ("lect", Cause.INSIDE, [("lect", "election")]),
        ("men", Cause.FOUND, [("men", "men")]),
    ],
)
def test_what_keeps_words_from_being_found(term: str, cause: Cause, words: list[tuple[str, str]]) -> None:
    """A term that is nearly found shows what is there of it, and what keeps it from being found."""
    found = finding(term)
    assert (found.cause, forms(found)) == (cause, words)


def test_words_between_and_missing_words_are_told() -> None:
    """How far words are apart, and which are not there at all."""
    assert finding("foreign agent").between == 2
    assert finding("election observer").missing == ("observer",)


def test_words_in_different_fields_are_apart() -> None:
    """A phrase does not reach from one field into the next."""
    found = finding("mobilized soldiers")
    assert (found.cause, found.between) == (Cause.APART, None)
    assert [spot.field for spot in found.spots] == [Field.TITLE, Field.TEXT]


def test_the_words_nearest_to_each_other_are_shown() -> None:
    """Of many places where words of a phrase stand, the one is shown that is nearest to being it."""
    entry = Entry(text="An agent of foreign firms, one agent. A foreign and rather secret agent.")
    found = finding("foreign agent", entry)
    assert (found.between, [spot.start for spot in found.spots]) == (1, [40, 31])


def test_words_in_their_order_are_nearer() -> None:
    """Of places that are as near, the one is shown where the words stand in the order of the term."""
    found = finding("foreign agent", Entry(text="Agents of foreign firms. Foreign and agent."))
    assert (found.between, [spot.start for spot in found.spots]) == (1, [25, 37])


@pytest.mark.parametrize(
    ("text", "cause", "starts"),
    [("Duran came.", Cause.WORDS, [0]), ("Duran met Duran.", Cause.APART, [0, 10])],
)
def test_a_word_of_the_entry_is_one_word_of_a_phrase(text: str, cause: Cause, starts: list[int]) -> None:
    """A name that says a word twice is not there where the word stands once."""
    found = finding("Duran Duran", Entry(text=text))
    assert (found.cause, [spot.start for spot in found.spots]) == (cause, starts)


def test_another_form_in_a_phrase() -> None:
    """A phrase that asks for one form says where it stands with another one, also across a full stop of its own."""
    entry = Entry(text="The state agents say Yahoo! Finances are bad.")
    assert finding("state =agent", entry).cause is Cause.FORM
    assert finding("Yahoo! =Finance", entry).cause is Cause.FORM


def test_a_form_that_its_neighbours_make_another_word() -> None:
    """A form of several words is read as one of them; the other is told."""
    found = finding("attacked", Entry(text="This was the attack of the year."))
    assert (found.cause, forms(found)) == (Cause.READING, [("attacked", "attack")])
    assert [reading.lemma for reading in found.instead] == ["attack"]


def test_a_wrong_language_of_the_feed() -> None:
    """If a feed is said to be in a language that it is not in, what would be found otherwise is told."""
    entry = Entry(text="Die Häuser sind zerstört, und die Männer wurden nicht gefunden.")
    found = explain(entry, [Watchlist(name="w", any=("Haus",))], {"paper": ["fr"]}, feed="paper")
    ((term,),) = [each.terms for each in found.watchlists]
    assert (term.finding.cause, term.finding.language) == (Cause.LANGUAGE, "de")
    assert (found.languages, found.guessed) == (("fr",), False)


def test_parts_of_an_expression() -> None:
    """AND says of each part whether it is there."""
    found = finding("wife AND (election OR vote) AND ballot")
    assert found.cause is Cause.PARTS
    assert [part.cause for part in found.parts] == [Cause.FOUND, Cause.FOUND, Cause.NOTHING]


def test_what_a_term_excludes() -> None:
    """NOT shows what is there that must not be."""
    found = finding("wife NOT soldier")
    assert found.cause is Cause.BARRED
    (barred,) = found.parts[1].parts
    assert forms(barred) == [("soldier", "soldiers")]


def test_what_a_term_excludes_and_is_not_there_is_as_it_should_be() -> None:
    """What must not be there, and is not, is no reason why a term is not found."""
    found = finding("wife AND ballot NOT football")
    assert [part.cause for part in found.parts] == [Cause.FOUND, Cause.NOTHING, Cause.FOUND]
    assert explained("ballot NOT football").terms == ()


@pytest.mark.parametrize(("term", "between"), [("wife NEAR/3 election", 15), ("Miller NEAR/3 wife", None)])
def test_nearness(term: str, between: int | None) -> None:
    """NEAR says how far the parts are from each other at their nearest."""
    watchlist = Watchlist(name="w", any=(term,), fields=frozenset(Field))
    ((found,),) = [each.terms for each in explain(ENTRY, [watchlist]).watchlists]
    assert (found.finding.cause, found.finding.between) == (Cause.DISTANCE, between)


def test_alternatives_are_as_near_as_the_nearest() -> None:
    """OR is judged by the alternative that comes nearest; those of which nothing is there are left out."""
    found = finding("ballot OR lect OR =wife")
    assert (found.cause, [part.cause for part in found.parts]) == (Cause.FORM, [Cause.INSIDE, Cause.FORM])


def test_a_field_of_an_expression() -> None:
    """A word that a term looks for in one field may stand in another one."""
    found = finding("title:election")
    assert (found.part, found.cause) == ("title:election", Cause.FIELD)
    assert finding("title:(wife NEAR/2 men)").cause is Cause.DISTANCE


def test_of_what_is_found_only_what_holds_is_shown() -> None:
    """An expression that holds shows the places that make it hold, not all of its words."""
    entry = Entry(text="An election. Much later, and far away from all this, the second election with its ballot.")
    assert [spot.start for spot in finding("election NEAR/3 ballot", entry).spots] == [64, 82]


def test_terms_of_which_nothing_is_there_are_counted() -> None:
    """What has no word in the entry is not listed; nor is a phrase of which only an article is there."""
    found = explained("ballot", "football", "/xyz/", "the ballot", "wife")
    assert ([each.term for each in found.terms], found.further) == (["wife"], 4)


def test_nearer_terms_come_first() -> None:
    """What is found stands before what is nearly found."""
    found = explained("lect", "foreign agent", "=wife", "wife")
    assert [each.term for each in found.terms] == ["wife", "=wife", "foreign agent", "lect"]


def test_a_veto_is_shown() -> None:
    """The excluded word that rules an entry out is shown like any other, and as what it is."""
    found = explained("wife", none=("soldier",))
    assert found.decision.reason is Reason.EXCLUDED
    assert [(each.term, each.vetoes, each.finding.cause) for each in found.terms] == [
        ("wife", False, Cause.FOUND),
        ("soldier", True, Cause.FOUND),
    ]


def test_a_watchlist_that_does_not_cover_the_feed() -> None:
    """A watchlist for other feeds says so, and what it would make of the entry."""
    watchlist = Watchlist(name="w", any=("wife",), feeds=frozenset({"other"}))
    (found,) = explain(ENTRY, [watchlist], feed="paper").watchlists
    assert (found.covers, found.decision.reason) == (False, Reason.MATCHED)


def test_an_empty_entry() -> None:
    """Nothing can be said of nothing, but that it is guessed."""
    found = explain(Entry(), [Watchlist(name="w", any=("wife", "/x+/"))])
    assert found.guessed
    assert found.watchlists[0].further == 2


@given(
    TERMS, st.lists(st.sampled_from(["war", "Wars", "мира", "peace", ".", "24", "习平", "title", "or"]), max_size=12)
)
def test_what_is_explained_is_what_is_decided(term: Expression, words: list[str]) -> None:
    """A term is explained to be found if and only if the watchlist matches; what is not found has another cause."""
    entry = Entry(title=" ".join(words[:3]), text=" ".join(words[3:]))
    found = explained(str(term), entry=entry)
    causes = {each.finding.cause for each in found.terms}
    assert (Cause.FOUND in causes) == (found.decision.reason is Reason.MATCHED)
