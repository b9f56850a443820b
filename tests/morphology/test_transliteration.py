"""Spellings of one name meet; names that only look alike stay apart."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.morphology.transliteration import keys_of_term, keys_of_text


def meet(term: str, text: str, *, belarusian: bool = False) -> bool:
    return not set(keys_of_term(term)).isdisjoint(keys_of_text(text, belarusian=belarusian))


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelensky Zelenskyy Zelenskiy Zelenskyi Zelenskii Zełenski Zelenskij",
        "Belousov Beloussov Belooussov Belousow Bielousov Byelousov Belousoff",
        "Domoy Domoi Domói Domoj",
        "Yevgeny Evgeny Evgenii Jewgeni Evgueni",
        "Navalny Navalnyy Nawalny Navalnyj",
        "Alexei Aleksey Alexey Aleksej Alexeï",
        "Solovyov Soloviev Solov'yov Solovev Solowjow",
        "Yuri Yury Iurii Jurij Youri",
        "Tatiana Tatyana Tatjana Tat'âna",
        "Zaporizhzhia Zaporizhzhya Zaporižžja Zaporiżżia",
    ],
)
def test_the_systems_of_romanisation_agree(spellings: str) -> None:
    """Whatever system a name was romanised by, a term in any other finds it."""
    names = spellings.split()
    assert [pair for pair in product(names, names) if not meet(*pair)] == []


@pytest.mark.parametrize(
    ("english", "others"),
    [
        ("Zelensky", "Selenskyj Selenski"),
        ("Prigozhin", "Prigoschin Prigojine Prigožin Prigożyn"),
        ("Khodorkovsky", "Chodorkowski Hodorkovskij Jodorkovski"),
        ("Tsarev", "Zarew Carev"),
        ("Mikhail", "Michail Mihail Mijaíl"),
        ("Khrushchev", "Chruschtschow Khrouchtchev Chruszczow Jruschov"),
        ("Chekhov", "Tschechow Tchekhov Čechov Czechow Chéjov"),
        ("Kuznetsov", "Kusnezow Kuznecov Kouznetsov"),
        ("Shoigu", "Schoigu Choïgou Šojgu Szojgu Şoygu"),
        ("Lukashenko", "Lukaschenko Loukachenko Łukaszenko"),
        ("Zaporizhzhia", "Saporischschja Zaporijjia"),
        ("Nizhny", "Nischni Nijni Niżny"),
        ("Putin", "Poutine"),
    ],
)
def test_each_country_writes_names_its_own_way(english: str, others: str) -> None:
    """An English spelling and that of German, French, Spanish, Polish or Czech papers find each other."""
    names = others.split()
    assert [name for name in names if not (meet(english, name) and meet(name, english))] == []


@pytest.mark.parametrize(
    ("eastern", "belarusian"),
    [
        ("Белоусов Бєлоусов Білоусов", "Бялоусаў"),
        ("Зеленский Зеленський", "Зяленскі"),
        ("Путин Путін", "Пуцін"),
        ("Медведев Медведєв", "Мядзведзеў"),
        ("Горбачёв Горбачов", "Гарбачоў"),
        ("Соловьёв Соловйов", "Салаўёў"),
        ("Тимошенко", "Цімашэнка"),
    ],
)
def test_neighbours_spell_names_by_their_own_alphabet(eastern: str, belarusian: str) -> None:
    """A name in Russian or Ukrainian spelling and in Belarusian find each other."""
    names = eastern.split()
    assert [pair for pair in product(names, names) if not meet(*pair)] == []
    assert [name for name in names if not meet(name, belarusian, belarusian=True)] == []
    assert [name for name in names if not meet(belarusian, name)] == []


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Kyiv", "Kiev"),
        ("Vladimir", "Volodymyr"),
        ("Putin", "Putina"),
        ("Zhang", "Shang"),
        ("Chester", "Hester"),
        ("Hillary", "Hilary"),
        ("Milley", "Milei"),
        ("Горин", "Гарин"),
        ("Петров", "Петровский"),
    ],
)
def test_other_names_stay_apart(term: str, text: str) -> None:
    """A term does not find the name of someone else."""
    assert not meet(term, text)


def test_a_belarusian_text_spells_by_ear() -> None:
    """The unstressed vowels of a Belarusian text are no hindrance, with no sign in the name itself."""
    assert meet("Шойгу", "Шайгу", belarusian=True)
    assert not meet("Шойгу", "Шайгу")


@pytest.mark.parametrize("word", ["", "covid19", "2024", "習近平", "Обama"])
def test_what_is_no_name_in_one_alphabet_has_no_key(word: str) -> None:
    """Numbers, mixtures and other scripts are matched as they are written, not by sound."""
    assert keys_of_term(word) == keys_of_text(word) == ()


@given(st.text("abcdefghijklmnopqrstuvwxyzéïšžčł'абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя", min_size=1))
def test_a_name_is_spelled_as_itself(name: str) -> None:
    """Whoever types a name as the text has it finds it, in small letters or capitals."""
    assert set(keys_of_term(name)) & set(keys_of_text(name)) or not keys_of_term(name)
    assert keys_of_term(name) == keys_of_term(name.capitalize())
