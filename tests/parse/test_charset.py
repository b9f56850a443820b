"""Text is read in the encoding it is written in, whatever the server says."""

import pytest

from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.parse.document import parse_document

_TITLE = "Мобилизованный: «путь домой»"
_DOCUMENT = f"<rss version='2.0'><channel><item><title>{_TITLE}</title></item></channel></rss>"
_ENCODINGS = ("utf-8", "windows-1251", "koi8-r", "utf-16", "utf-8-sig")


def _title(body: bytes, content_type: str) -> str:
    outcome = parse_document(
        Fetched(body=body, content_type=content_type, url="http://a.example/", validators=Validators())
    )
    assert isinstance(outcome, Parsed)
    return outcome.entries[0].title


def _written(encoding: str, *, declared: bool) -> bytes:
    text = _DOCUMENT if encoding != "koi8-r" else _DOCUMENT.replace("«", "'").replace("»", "'")
    name = encoding.removesuffix("-sig")
    return ((f"<?xml version='1.0' encoding='{name}'?>\n" if declared else "") + text).encode(encoding)


@pytest.mark.parametrize("encoding", _ENCODINGS)
@pytest.mark.parametrize("header", ["", "text/xml", "text/xml; charset=iso-8859-1", "text/html; charset=US-ASCII"])
def test_declaration_beats_a_default(encoding: str, header: str) -> None:
    """What the document declares holds where the server names nothing, or its default."""
    assert _title(_written(encoding, declared=True), header).startswith("Мобилизованный: ")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16", "utf-8-sig"])
def test_header_names_it(encoding: str) -> None:
    """What the server names holds where the document declares nothing."""
    header = f"text/xml; charset={encoding.removesuffix('-sig')}"
    assert _title(_written(encoding, declared=False), header).startswith("Мобилизованный: ")


@pytest.mark.parametrize("charset", ["windows-1251", "iso-8859-1", "koi8-r", "no-such-charset", "undefined", "hex"])
def test_utf_8_is_utf_8(charset: str) -> None:
    """Bytes that can only be UTF-8 are read so, whatever header and declaration claim."""
    body = f"<?xml version='1.0' encoding='windows-1251'?>{_DOCUMENT}".encode()

    assert _title(body, f"application/xml; charset={charset}") == _TITLE


def test_utf_16_without_a_mark() -> None:
    """UTF-16 is known by its first character too."""
    for encoding in ("utf-16-le", "utf-16-be"):
        assert _title(_DOCUMENT.encode(encoding), "") == _TITLE


def test_latin_1() -> None:
    """A feed that is Latin-1 and says nothing else is read as such."""
    assert _title(_DOCUMENT.replace(_TITLE, "Café").encode("latin-1"), "text/xml; charset=iso-8859-1") == "Café"
