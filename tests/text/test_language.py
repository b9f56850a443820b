"""Which languages a text may be in."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.language import plausible

CLEAR = {
    "ru": "Вчера в Москве прошли переговоры, о которых раньше никто не объявлял.",
    "uk": "Учора в Києві відбулися переговори, про які раніше ніхто не повідомляв.",
    "be": "Учора ў Мінску прайшлі перамовы, пра якія раней ніхто не паведамляў.",
    "bg": "Вчера в София се проведоха преговори, за които досега никой не беше съобщил.",
    "mk": "Вчера во Скопје се одржаа преговори за кои досега никој не ѓи најавил, ниту ќе каже.",
    "sr": "Јуче су у Београду одржани преговори о којима нико није ништа рекао.",
    "kk": "Кеше Астанада бұрын ешкім жарияламаған келіссөздер өтті және олар жалғасады.",
    "en": "Talks that nobody had announced before were held in London yesterday.",
    "de": "Gestern fanden in Berlin Gespräche statt, die zuvor niemand angekündigt hatte.",
    "fr": "Des pourparlers que personne n'avait annoncés ont eu lieu hier à Paris.",
    "es": "Ayer se celebraron en Madrid unas conversaciones que nadie había anunciado.",
    "pl": "Wczoraj w Warszawie odbyły się rozmowy, o których nikt wcześniej nie mówił.",
    "cs": "Včera se v Praze konala jednání, o kterých předtím nikdo nemluvil.",
    "it": "Ieri a Roma si sono svolti colloqui che nessuno aveva annunciato.",
    "pt": "Ontem em Lisboa houve conversações que ninguém tinha anunciado, mas não são as últimas.",
    "nl": "Gisteren waren er in Den Haag gesprekken waar niemand iets over had gezegd.",
    "sv": "I går hölls samtal i Stockholm som ingen hade berättat om tidigare, och de är viktiga.",
    "ro": "Ieri la București au avut loc discuții despre care nimeni nu a spus nimic.",
    "fi": "Eilen Helsingissä käytiin neuvotteluja, joista kukaan ei ollut kertonut.",
    "hu": "Tegnap Budapesten olyan tárgyalások voltak, amelyekről senki sem beszélt.",
    "tr": "Dün Ankara'da daha önce kimsenin duyurmadığı görüşmeler yapıldı ve bu bir ilk oldu.",
    "hr": "Jučer su u Zagrebu održani pregovori o kojima nitko nije ništa rekao.",
    "lt": "Vakar Vilniuje vyko derybos, apie kurias anksčiau niekas nebuvo pranešęs.",
    "lv": "Vakar Rīgā notika sarunas, par kurām iepriekš neviens nebija ziņojis.",
    "et": "Eile peeti Tallinnas läbirääkimisi, millest keegi ei olnud varem teatanud.",
    "id": "Kemarin di Jakarta berlangsung perundingan yang tidak diumumkan oleh siapa pun.",
    "el": "Χθες έγιναν στην Αθήνα συνομιλίες.",
    "he": "אתמול נערכו שיחות בירושלים.",
    "ar": "قالت الحكومة إن المحادثات جرت أمس في القاهرة.",
    "fa": "دیروز در تهران گفت‌وگوهایی برگزار شد که کسی خبر نداده بود.",
    "hi": "कल दिल्ली में बातचीत हुई।",
    "ka": "გუშინ თბილისში მოლაპარაკება გაიმართა.",
    "hy": "Երեկ Երևանում բանակցություններ են տեղի ունեցել։",
    "th": "เมื่อวานมีการเจรจาที่กรุงเทพ",
    "ko": "어제 서울에서 회담이 열렸다.",
    "ja": "昨日、東京で会談が行われた。",
    "zh": "昨天在北京举行了没有人宣布过的会谈，这是第一次。",
}


@pytest.mark.parametrize(("language", "text"), CLEAR.items())
def test_sentence(language: str, text: str) -> None:
    """A sentence is in one language, and that is the one found."""
    assert (language,) == plausible(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "I går blev der holdt møder i København, som ingen havde nævnt."),
        ("nb", "I går ble det holdt møter i Oslo som ingen hadde nevnt."),
        ("sk", "Včera sa v Bratislave konali rokovania, o ktorých predtým nikto nehovoril."),
        ("ca", "Ahir es van fer a Barcelona unes converses que ningú no havia anunciat."),
    ],
)
def test_sisters(language: str, text: str) -> None:
    """A language that has a close sister is at least among those found."""
    assert language in plausible(text)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Перша пара взуття", {"uk", "ru"}),
        ("Новости спорта", {"ru", "bg"}),
        ("Biden Xi", {"en", "de", "fr", "es"}),
        ("Mobilisation partielle", {"fr", "en"}),
        ("习近平访问俄罗斯", {"zh", "ja"}),
    ],
)
def test_few_words(text: str, languages: set[str]) -> None:
    """A few words that several languages may have written are not guessed at: all of them are named."""
    found = plausible(text)
    assert languages <= set(found)
    assert len(found) <= 4


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "МОБІЛІЗАЦІЯ В УКРАЇНІ: ЩО ВАРТО ЗНАТИ ПРО НЕЇ"),
        ("en", "WHAT WE KNOW ABOUT THE STRIKE"),
        ("uk", normalize("NFD", "Її досі шукають, але ще й не знайшли.")),
        ("be", "Учора ў Мiнску прайшлi перамовы"),
        ("uk", "Кіно, яке ми дивилися дітьми https://news.example/the/best/of/what/we/have/seen"),
        ("en", "Erdoğan says Turkey will not send its soldiers to the war"),
        ("ru", "Спектакль «Тіні забутих предків» сыграли в Петербурге, где его ещё не видели"),
    ],
)
def test_as_it_comes(language: str, text: str) -> None:
    """Capitals, decomposed letters, Latin look-alikes, addresses, foreign names and quotations mislead nobody."""
    assert (language,) == plausible(text)


def test_absent_letter() -> None:
    """Ukrainian remains possible in a headline that lacks all letters of its own."""
    assert "uk" in plausible("Прем'єра року")
    assert "uk" in plausible("Справа про катування")


def test_mixed_speech() -> None:
    """Ukrainian with Russian words in it stays Ukrainian, if need be beside Russian."""
    assert "uk" in plausible("Та я ж тобі казав, шо сьодня ничего не успею, бо занята")


def test_transliterated() -> None:
    """Russian in Latin letters is no certain case of another language."""
    assert len(plausible("Putin podpisal ukaz o mobilizatsii")) > 1


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Путин подписал указ о мобилизации. The president has signed it, and it will be law in a week.", {"ru", "en"}),
        ("What changed this week. Верховна Рада ухвалила закон, який набуде чинності за місяць.", {"uk", "en"}),
    ],
)
def test_two_scripts(text: str, languages: set[str]) -> None:
    """A text in two scripts is in the languages of both."""
    assert languages <= set(plausible(text))


def test_names_in_another_script() -> None:
    """Latin names in a Russian text are no English."""
    assert plausible("Компания Meta закрыла Facebook и WhatsApp для тех, кто это уже не хочет видеть") == ("ru",)


def test_two_ends() -> None:
    """An entry that says everything in one language and then in another is in both scripts' languages."""
    russian = "Сегодня в городе прошёл митинг, на который пришли жители всех районов. " * 5
    english = "There was a rally in the city today, and people from all of its districts came to it. "
    assert {"ru", "en"} <= set(plausible(russian + english))


def test_declared() -> None:
    """What a document claims comes first where the text leaves it open, and decides between neighbours."""
    assert plausible("Новости спорта", declared="ru-RU")[0] == "ru"
    assert plausible("Новини спорту", declared="uk")[0] == "uk"
    assert plausible("Mobilisation", declared="fr_FR")[0] == "fr"


@pytest.mark.parametrize("declared", ["en-us", "en", "de", "", "x-none", "und"])
def test_declared_wrongly(declared: str) -> None:
    """A template's language does not outweigh what the text says."""
    assert plausible(CLEAR["ru"], declared=declared) == ("ru",)
    assert plausible(CLEAR["pl"], declared=declared) == ("pl",)


@pytest.mark.parametrize(
    ("declared", "language"),
    [("no", "nb"), ("nn-NO", "nb"), ("UA", "uk"), ("iw", "he"), ("bs-Latn-BA", "hr"), (" EN-gb", "en")],
)
def test_tags(declared: str, language: str) -> None:
    """Old tags, tags of sisters and a country's code in place of a language's are understood."""
    assert (language,) == plausible("", declared=declared)


def test_unknown_language() -> None:
    """A language that is not told apart from others is believed, but not alone where the text may be another."""
    assert plausible("বাংলাদেশ", declared="bn-BD") == ("bn",)
    assert plausible("Predsednik vlade je danes govoril", declared="sl")[0] == "sl"


@pytest.mark.parametrize("text", ["", "   ", "2024: 15 000", "!!!", "https://news.example/2024", "বাংলাদেশ"])
def test_nothing_to_go_by(text: str) -> None:
    """Without letters or a known script, the document is believed; without its word it is what readers here read."""
    assert plausible(text, declared="pl") == ("pl",)
    assert plausible(text) == ("en", "ru", "uk")


@given(st.text() | st.text(alphabet=st.sampled_from("ыіъ ў яñßаnо的ئ.ـ\u0301"), max_size=400), st.text(max_size=8))
def test_always_some(text: str, declared: str) -> None:
    """Whatever the text, some languages are named, each once, and not many."""
    found = plausible(text, declared=declared)
    assert 1 <= len(found) == len(set(found))
    assert all(len(code) == 2 for code in found)


@pytest.mark.parametrize("text", ["і " * 500, "ы" * 500, "d " * 500, "ß" * 500, "ты ё " * 500])
def test_monotonous(text: str) -> None:
    """A text that only repeats itself gives no language more points than can be counted."""
    assert 1 <= len(plausible(text)) <= 4
