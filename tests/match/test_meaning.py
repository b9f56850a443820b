"""What terms mean before any text is seen."""

import pytest

from monitor.match.meaning import TermMeaning, meanings


def meaning(term: str) -> TermMeaning:
    """What a term means that stands alone in its list."""
    (meant,) = meanings([term])
    return meant


def test_language_reading_and_forms() -> None:
    """A word has its languages, and there what it is and the forms that it finds."""
    (word,) = meaning("мобилизованный").words
    (russian,) = word.meanings
    assert (russian.language, russian.known) == ("ru", True)
    assert [(reading.lemma, reading.kind) for reading in russian.readings] == [("мобилизованный", "participle")]
    assert {"мобилизованный", "мобилизованному"} <= set(russian.forms)


def test_the_list_tells_the_language() -> None:
    """A word that several languages have is read in those that the list is in."""
    terms = ["wojna", "żołnierz", "wybory", "prezydent", "granica", "agent"]
    assert [each.language for each in meanings(terms)[-1].words[0].meanings] == ["pl"]


def test_languages_of_the_feeds_count() -> None:
    """Where it is known what the texts are in, terms are read so."""
    (meant,) = meanings(["agent"], {"de"})
    assert [each.language for each in meant.words[0].meanings] == ["de"]


def test_words_of_an_expression() -> None:
    """Each word of a term is listed once; those that ask for a form or a beginning have no readings."""
    meant = meaning("title:(election AND =ballot) OR elect* OR election OR /vote[ds]/")
    assert [(word.word, bool(word.meanings)) for word in meant.words] == [
        ("election", True),
        ("=ballot", False),
        ("elect*", False),
    ]


@pytest.mark.parametrize(
    ("term", "warning"),
    [
        ("EU", "EU is short"),
        ("WHO", "WHO is also found as the word who"),
        ("x", "has only one letter"),
        ("Zelenskyj", "Zelenskyj is in no dictionary"),
        ("уже", "уж (noun) and узкий (adjective)"),
        ("сoвет", "it is read as совет"),
        ("дjж", "Latin and Cyrillic"),
        ("war NOT war", "can never match"),
    ],
)
def test_warnings(term: str, warning: str) -> None:
    """Terms that may not mean what the user wants are warned of, with what to do."""
    (caution,) = meaning(term).cautions
    assert warning in caution.message
    assert caution.hint


@pytest.mark.parametrize("term", ["election", "European Union", "习近平", "🇺🇦", "2024", "/EU/", "moldova AND EU law"])
def test_no_warnings(term: str) -> None:
    """Terms that are as they should be are not warned of."""
    assert meaning(term).cautions == ()


def test_names_do_not_load_one_language_after_the_other() -> None:
    """Words that no language has are unknown in the likeliest ones; the others are read all the same."""
    meant = meanings(["Dodon", "Sandu", "election", "Shor", "Plahotniuc", "Kozak", "Gagauzia"])
    assert [each.language for each in meant[0].words[0].meanings] == ["en"]
    assert [each.language for each in meant[2].words[0].meanings] == ["en"]


def test_nothing() -> None:
    """An empty list means nothing."""
    assert meanings([]) == ()
