"""Text in a wrong encoding is put right, or called suspect: never is it read as if nothing were."""

from itertools import product

import pytest

from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.parse.document import parse_document

RUSSIAN = (
    "Жёны мобилизованных вышли на улицы Москвы. Полиция задержала не менее двадцати человек, среди них журналисты. "
    "Министр обороны Белоусов заявил, что демобилизация не планируется до конца специальной операции."
)
FRENCH = (
    "Les députés débattent de la réforme à l’Assemblée. La manifestation a été dispersée près de l'hôtel de ville où "
    "des élèves étaient rassemblés; le préfet évoque « une journée éprouvante » et déplore les dégâts causés."
)
#: Written in, and what stands there.
WRITTEN = {"utf-8": RUSSIAN, "windows-1251": RUSSIAN, "koi8-r": RUSSIAN, "windows-1252": FRENCH}
WRONG = {"utf-8": "windows-1251", "windows-1251": "koi8-r", "koi8-r": "windows-1252", "windows-1252": "windows-1251"}


def parsed(body: bytes, content_type: str = "text/xml", encoding: str = "") -> Parsed:
    outcome = parse_document(
        Fetched(
            body=body,
            content_type=content_type,
            encoding=encoding,
            url="http://a.example/",
            validators=Validators(),
        )
    )
    assert isinstance(outcome, Parsed)
    return outcome


def document(text: str, declared: str = "") -> str:
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    return f"{declaration}<rss version='2.0'><channel><item><title>{text}</title></item></channel></rss>"


def claimed(what: str, written: str) -> str:
    return {"nothing": "", "right": written, "default": "iso-8859-1", "wrong": WRONG[written]}[what]


@pytest.mark.parametrize(
    ("written", "declared", "header"),
    list(product(WRITTEN, ("nothing", "right", "wrong"), ("nothing", "right", "default", "wrong"))),
)
def test_r15_no_silent_mojibake(written: str, declared: str, header: str) -> None:
    """R15: four encodings, three declarations, four headers: each of the 48 is read as it was written."""
    body = document(WRITTEN[written], claimed(declared, written)).encode(written)
    charset = claimed(header, written)
    outcome = parsed(body, f"text/xml; charset={charset}" if charset else "text/xml")
    assert (outcome.entries[0].title, outcome.suspect) == (WRITTEN[written], False)


@pytest.mark.parametrize("between", ["windows-1252", "windows-1251", "latin-1"])
@pytest.mark.parametrize("text", [RUSSIAN, FRENCH])
def test_text_that_was_encoded_twice_is_suspect(text: str, between: str) -> None:
    """Where the site itself takes UTF-8 for something else and writes that as UTF-8, its text is called suspect."""
    body = document(text.encode().decode(between, "replace")).encode()
    assert parsed(body).suspect


def test_text_in_an_encoding_that_we_do_not_try_is_suspect() -> None:
    """What reads as no language in any likely encoding is not passed over in silence."""
    assert parsed(document(RUSSIAN).encode("iso-8859-5"), "text/xml; charset=koi8-r").suspect


def test_a_few_damaged_bytes_do_not_change_the_rest() -> None:
    """UTF-8 that was cut within a letter is still read as UTF-8."""
    body = document(RUSSIAN).encode().replace("Полиция".encode(), "Полиция".encode()[:-1])
    outcome = parsed(body)
    assert outcome.entries[0].title == RUSSIAN.replace("Полиция", "Полици\ufffd")
    assert not outcome.suspect


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN.upper(),
        "Дружини мобілізованих вийшли на вулиці Києва, щоб вимагати демобілізації своїх чоловіків",
        "Жонкі мабілізаваных выйшлі на вуліцы Мінска, каб запатрабаваць вяртання сваіх мужоў дадому",
        "Жените на мобилизираните излязоха по улиците на София с искане мъжете им да се върнат у дома",
        "Супруге мобилисаних изашле су на улице Београда и траже да се њихови мужеви врате кући",
    ],
)
@pytest.mark.parametrize("declared", ["windows-1251", ""])
def test_cyrillic_languages_are_read(text: str, declared: str) -> None:
    """Other languages, and capitals, are no reason for suspicion."""
    outcome = parsed(document(text, declared).encode("windows-1251", "replace"))
    assert (outcome.entries[0].title, outcome.suspect) == (text.encode("cp1251", "replace").decode("cp1251"), False)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy; vláda dnes schválila návrh zákona o důchodech", "windows-1250"),
        ("Zażółć gęślą jaźń. Premier powiedział, że ustawa o sądach zostanie przyjęta w środę", "iso-8859-2"),
        ("Οι σύζυγοι των επιστρατευμένων βγήκαν στους δρόμους της Αθήνας ζητώντας την επιστροφή τους", "iso-8859-7"),
        ("Seferberlik ilan edilen askerlerin eşleri İstanbul'da gösteri düzenledi, polis müdahale etti", "iso-8859-9"),
        ("動員された兵士の妻たちが首都で抗議デモを行い、警察は少なくとも二十人を拘束した", "shift_jis"),
        ("被动员士兵的妻子走上街头抗议，警方逮捕了至少二十人，其中包括记者", "gb18030"),
    ],
)
def test_what_is_declared_is_believed_where_it_reads_well(text: str, encoding: str) -> None:
    """Encodings of other alphabets are read as declared."""
    outcome = parsed(document(text, encoding).encode(encoding))
    assert (outcome.entries[0].title, outcome.suspect) == (text, False)


@pytest.mark.parametrize(("declared", "header"), list(product(("", "windows-1252", "utf-8"), ("koi8-r", "utf-8", ""))))
@pytest.mark.parametrize("written", ["iso-8859-5", "windows-1251", "mac-cyrillic", "gb18030"])
def test_r15_the_users_word_comes_before_all_that_is_declared(written: str, declared: str, header: str) -> None:
    """R15: text is read in the feed's `encoding`, whatever document and server say, and is not suspect then."""
    outcome = parsed(document(RUSSIAN, declared).encode(written), f"text/xml; charset={header}", written)
    assert (outcome.entries[0].title, outcome.suspect) == (RUSSIAN, False)


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16"])
def test_r15_what_is_certain_comes_before_the_users_word(written: str) -> None:
    """A site that turned to UTF-8, or says by a byte order mark what it is in, is read although `encoding` is old."""
    assert parsed(document(RUSSIAN).encode(written), encoding="windows-1251").entries[0].title == RUSSIAN


def test_r15_bytes_that_are_not_in_it_do_not_change_the_rest() -> None:
    """A byte that the feed's `encoding` does not know is one odd character; the others are read."""
    body = document(RUSSIAN).encode("windows-1251").replace(b",", b"\x98")
    assert parsed(body, encoding="cp1251").entries[0].title == RUSSIAN.replace(",", "\ufffd")


def test_r15_text_that_is_suspect_for_no_reason_need_not_be() -> None:
    """Who says that the encoding is right is believed, also where the text reads as no language that we know."""
    body = document(RUSSIAN.encode().decode("windows-1252", "replace")).encode()
    assert [parsed(body, encoding=each).suspect for each in ("", "utf-8")] == [True, False]


@pytest.mark.parametrize("kind", ["json", "page"])
def test_r15_the_users_word_counts_for_all_kinds_of_documents(kind: str) -> None:
    """JSON Feed in another encoding than it may be in is read; a page is still none."""
    if kind == "page":
        page = Fetched(
            body=f"<html><title>{RUSSIAN}</title></html>".encode("koi8-r"),
            content_type="text/html",
            encoding="koi8-r",
            url="http://a.example/",
            validators=Validators(),
        )
        assert not isinstance(parse_document(page), Parsed)
    else:
        text = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1", "title": "{RUSSIAN}"}}]}}'
        assert parsed(text.encode("koi8-r"), encoding="koi8-r").entries[0].title == RUSSIAN
