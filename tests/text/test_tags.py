"""Tags of pages as strangers write them."""

import pytest

from monitor.text.tags import tags

NAMES = frozenset({"a", "base", "link"})


@pytest.mark.parametrize(
    ("markup", "attributes"),
    [
        ("<link rel=alternate href=/feed>", {"rel": "alternate", "href": "/feed"}),
        ("<LINK REL = 'Alternate'\n HREF = \"/feed?a=1&amp;b=2\" />", {"rel": "Alternate", "href": "/feed?a=1&b=2"}),
        ("<link/href='/feed'/hidden>", {"href": "/feed", "hidden": ""}),
        ("<link href='/first' href='/second' title='a > b'>", {"href": "/first", "title": "a > b"}),
        ("<p <link href=x <link href='/feed'>", {"<link": ""}),
        ("<html><body></p><div><link href=/feed></span>", {"href": "/feed"}),
    ],
)
def test_attributes(markup: str, attributes: dict[str, str]) -> None:
    """Attributes are read in any case and quoting; of two with one name the first counts."""
    found = [tag.attributes for tag in tags(markup, NAMES)]
    assert found == ([attributes] if "<link" not in attributes else [])


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<a href=1>one</a> not <a href=2><b>t</b>wo</a>", ["one", "two"]),
        ("<a href=1>one<a href=2>two", ["one", "two"]),
        ("<a href=1><img src=x alt='RSS feed'></a>", ["RSS feed"]),
        ("<a href=1><span>all\n news</span> <IMG ALT=RSS></a>", ["all news RSS"]),
        ("<a href=1></a>", [""]),
    ],
)
def test_texts_of_links(markup: str, texts: list[str]) -> None:
    """A link has the text that a reader sees, pictures described; it ends where another begins."""
    assert texts == [tag.text for tag in tags(markup, NAMES)]


@pytest.mark.parametrize(
    "markup", ["<!-- <link href=x> -->", "<script>'<link href=x>'</script>", "<template><link href=x></template>"]
)
def test_what_is_not_of_the_page(markup: str) -> None:
    """Tags in comments, scripts and templates are none."""
    assert list(tags(markup, NAMES)) == []


@pytest.mark.parametrize(
    "piece", ["<a ", "<a href='", "<a b=\"c='", "<a>", "</a", "<link x", "<a =  ", "<a" + " x" * 9]
)
def test_repeated_markup(piece: str) -> None:
    """Markup repeated a hundred thousand times ends; a quadratic reader would not."""
    assert len(list(tags(piece * 100_000, NAMES))) <= 100_000
