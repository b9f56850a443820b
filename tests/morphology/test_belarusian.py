"""Belarusian words: what is found in whatever form, and what is not."""

import pytest

from monitor.morphology.belarusian import Belarusian
from tests.morphology.finding import keys

BELARUSIAN = Belarusian()


def found(term: str, form: str) -> bool:
    """Whether a text's form is one of the term's words."""
    (readings,) = BELARUSIAN.readings_of_term([term])
    return not {reading.key for reading in readings}.isdisjoint(keys(BELARUSIAN, form))


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        ("кніга", "кнігі кнігу кнізе кніг кнігамі"),
        ("вада", "вады вадзе воды водамі"),
        ("горад", "горадзе гарады гарадоў"),
        ("рубель", "рубля рублі рублёў"),
        ("бераг", "беразе берагі"),
        ("стол", "стала сталы сталоў"),
        ("вайна", "вайну войны войнаў"),
        ("зялёны", "зялёнага зялёнай зялёныя"),
        ("чытаць", "чытаю чытала чытаюць чытаючы"),
        ("пісаць", "пішу пішуць пісаў пішыце"),
        ("несці", "нясу нёс нясла"),
        ("ісці", "іду ідзе ішоў ішлі"),
        ("узяць", "вазьму возьме ўзялі"),
        ("вучыцца", "вучуся вучыцца вучацца вучылася"),
    ],
)
def test_inflection(term: str, forms: str) -> None:
    """A word of the dictionary is found in every form, with the letters that change in it."""
    assert [form for form in forms.split() if not found(term, form)] == []
    assert [form for form in forms.split() if not found(form, term)] == []


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("Кузняцоў", "Кузняцовым"),
        ("Васількоў", "Васількова"),
        ("Гайдукевіч", "Гайдукевічам"),
        ("Станкевічанка", "Станкевічанку"),
        ("Завадскі", "Завадскага"),
        ("Пучкін", "Пучкіну"),
        ("кібератака", "кібератакамі"),
        ("блогерка", "блогеркі"),
        ("вацапнуць", "вацапнула"),
        ("тэлеграміцца", "тэлеграміліся"),
    ],
)
def test_unknown_words(term: str, form: str) -> None:
    """Names and new words are inflected as those that end alike."""
    assert found(term, form)


def test_name_of_a_woman() -> None:
    """A woman's surname is inflected as hers; a man's does not find her."""
    assert found("Васількова", "Васільковай")
    assert found("Васількоў", "Васількова")
    assert not found("Васількоў", "Васільковай")


def test_participle() -> None:
    """A verb finds its participles; a participle does not find the rest of its verb."""
    assert found("затрымаць", "затрыманыя")
    assert found("затрыманы", "затрыманых")
    assert not found("затрыманы", "затрымалі")


def test_acronym() -> None:
    """Who types an acronym means it alone; a word in capitals that is a dictionary form is no acronym."""
    assert found("ДАІ", "ДАІ")
    assert not found("ДАІ", "даць")
    assert found("горад", "ГОРАД")


@pytest.mark.parametrize(
    ("words", "at", "fits"),
    [
        ("У ГОРАДЗЕ ВАДЫ НЯМА", 2, True),
        ("у горадзе ВАДЫ няма", 2, False),
        ("у горадзе вады няма", 2, True),
        ("вучыцца ДОБРА і шмат", 1, True),
    ],
)
def test_capitals(words: str, at: int, *, fits: bool) -> None:
    """A short form in capitals is that of a word in a headline of capitals, an acronym among other words."""
    written = words.split()
    (word,) = {reading.key for reading in BELARUSIAN.readings(written[at]) if reading.kind != "acronym"}
    assert fits == BELARUSIAN.fits(written, at, {word})


def test_acronym_among_words() -> None:
    """An acronym stands where it is looked for, whatever is beside it."""
    assert BELARUSIAN.fits(["супрацоўнікі", "ДАІ", "Мінска"], 1, {"ДАІ"})


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("снег", "сьнегу"),
        ("жыццё", "жыцьця"),
        ("насенне", "насеньнем"),
        ("Ўзбекістан", "Узбекістане"),
        ("урад", "ўрадам"),
        ("мёд", "мед"),
        ("самалёт", "самалетамі"),
        ("самалет", "самалёты"),
        ("Кавалёў", "Кавалева"),
    ],
)
def test_spellings(term: str, form: str) -> None:
    """The soft signs of the classical spelling, ў for the first letter, and е for ё make no other word."""
    assert found(term, form)


def test_two_words_but_for_yo() -> None:
    """Where both are written, words that differ in ё alone are two: died, and sizes."""
    assert found("памерці", "памёр")
    assert not found("памер", "памёр")
    assert not found("памерці", "памер")


def test_latin_conjunction() -> None:
    """The conjunction і is often a Latin letter; inside a word of Latin letters that remains one."""
    assert BELARUSIAN.fold("i") == BELARUSIAN.fold("І") == "і"
    assert BELARUSIAN.fold("Wi") == "wi"


def test_different_words() -> None:
    """Words that share no form do not find each other."""
    assert not found("мова", "мора")
    assert not found("вучыць", "вучыцца")


def test_knowing() -> None:
    """A guess does not pass for knowledge."""
    assert BELARUSIAN.knows("кнігамі")
    assert BELARUSIAN.knows("вучыліся")
    assert not BELARUSIAN.knows("кібератакамі")


def test_nothing_like_a_word() -> None:
    """What cannot be inflected is its own word."""
    assert keys(BELARUSIAN, "x9") == ("x9",)


@pytest.mark.parametrize("form", ["кнігамі", "вучылася", "кібератаку", "Кузняцова", "сам", "x9"])
def test_forms(form: str) -> None:
    """The forms shown to people begin with the dictionary form and each is a form of that word."""
    for reading in BELARUSIAN.readings(form):
        forms = BELARUSIAN.forms(reading)
        assert forms[0] == reading.lemma
        assert [other for other in forms if reading.key not in keys(BELARUSIAN, other)] == []
