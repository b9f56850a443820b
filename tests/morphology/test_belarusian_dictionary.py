"""The dictionary of words, made from one for spelling."""

from tools.belarusian_dictionary.__main__ import paradigms, words_of
from tools.belarusian_dictionary.spelling import entries, suffixes

AFFIXES = """
PFX u Y 1
PFX u ў у .
SFX D Y 3
SFX D а ы [н]а
SFX D а у а
SFX D а ой а
SFX F Y 2
SFX F а 0 [н]а
SFX F а амі а
SFX f Y 3
SFX f ць ў ць
SFX f ць ла ць
SFX f ць лі ць
SFX e Y 2
SFX e у еш у
SFX e у уць у
SFX V Y 1
SFX V ы ага ы
SFX S Y 1
SFX S ў вым ў
"""
WORDS = "12 сцяна/D сцены/F сценамі напісаць/f напішу/e напісаны/V ўзняць/fu Пятроў/S у"


def forms() -> dict[str, set[str]]:
    """The forms of each word of a small dictionary, by its dictionary form."""
    found = list(entries(WORDS.split()[1:], suffixes(AFFIXES.splitlines())))
    return {lemma: its for _, lemma, its in words_of(found)}


def test_entries_are_joined() -> None:
    """A plural is given to its singular, a present to its infinitive, a participle to its verb; all change within."""
    words = forms()
    assert {"сцяна", "сцяну", "сцены", "сценамі"} <= words["сцяна"]
    assert {"напісаць", "напісала", "напішу", "напішуць", "напісаны", "напісанага"} <= words["напісаць"]
    assert {"напісаны", "напісанага", "напісана"} == words["напісаны"]
    assert words.keys().isdisjoint({"сцены", "сценамі", "напішу"})


def test_surname() -> None:
    """A surname is that of a man and that of a woman."""
    assert {"Пятроў", "Пятровым"} <= forms()["Пятроў"]
    assert {"Пятрова", "Пятровай"} <= forms()["Пятрова"]


def test_short_u() -> None:
    """What begins with ў is written as after a consonant."""
    assert {"узняць", "узняла"} <= forms()["узняць"]


def test_paradigms() -> None:
    """Words with the same endings stand in one line; a soft sign is of the ending, with what it softens."""
    words = [("N", word, {word, word[:-1] + "ю"}) for word in ("соль", "боль")] + [("N", "Соля", {"Соля", "Солю"})]
    assert paradigms(iter(words)) == ["N ль,лю бо,со", "P я,ю сол"]
