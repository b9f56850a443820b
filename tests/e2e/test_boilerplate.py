"""A paper that prints the watched words on each of its pages."""

from tests.e2e.conftest import PAPER, Home
from tests.servers import Page
from tests.text.boilerplates import BANNER, entry

LAW = (
    "Twelve teachers were fined under the law on foreign agents on Thursday.",
    "None of them had taken money from abroad, their lawyer said.",
)


def page(number: int, title: str, *paragraphs: str) -> str:
    """An entry with the whole page as its content."""
    html = "".join(f"<p>{each}</p>" for each in (*paragraphs, BANNER.replace("2024", f"20{number}")))
    return (
        f"<item><guid isPermaLink='false'>{number}</guid><title>{title}</title>"
        f"<link>https://courier.example/{number}</link><content:encoded><![CDATA[{html}]]></content:encoded></item>"
    )


def report(number: int) -> str:
    return page(number, entry(number).title.replace("'", ""), entry(number).summary)


def publish(home: Home, *items: str) -> None:
    namespace = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    document = f"<rss version='2.0' {namespace}><channel><title>Courier</title>{''.join(items)}</channel></rss>"
    home.site.pages[PAPER] = Page(document.encode(), headers={"Content-Type": "application/rss+xml; charset=utf-8"})


def test_the_report_alerts_and_the_banner_does_not(home: Home) -> None:
    """Each page says that the paper is called a foreign agent; only the report on the law is told of."""
    home.configure(watchlists={"agents": ["foreign agent"]})
    backlog = [report(number) for number in reversed(range(12))]
    publish(home, *backlog)
    assert home.run("poll").returncode == 0
    publish(home, report(14), page(13, "Fines for teachers", *LAW), report(12), *backlog)
    assert home.run("poll").returncode == 0
    assert home.hook.titles() == ["[agents] Fines for teachers"]
    [alert] = home.json("alerts")
    assert (alert["reason"], alert["excerpts"]) == ("matched", [LAW[0]])
    decided = [(each["title"], made["reason"]) for each in home.json("entries") for made in each["decisions"]][-3:]
    assert [reason for _, reason in decided] == ["boilerplate", "matched", "boilerplate"]

    [banner] = home.json("boilerplate", "Paper")
    assert (banner["entries"], banner["passage"].startswith("before you go the northern courier")) == (15, True)
    [explained] = home.json("explain", "13")
    [agents] = explained["watchlists"]
    assert agents["reason"] == explained["then"][0]["reason"] == "boilerplate"
    [passage] = agents["boilerplate"]
    assert (passage["passage"], passage["entries"]) == (BANNER.replace("2024", "2012"), 15)
    assert f"boilerplate   “{BANNER[:40]}" in home.run("explain", "13").stdout


def test_a_passage_that_is_news_after_all(home: Home) -> None:
    """What was learnt wrongly alerts again when the user says so, over restarts, until that is taken back."""
    home.configure(watchlists={"agents": ["foreign agent"]})
    backlog = [report(number) for number in reversed(range(12))]
    publish(home, *backlog)
    home.run("poll")
    unclear = home.run("boilerplate", "Paper", "--not", "the paper was fairly listed")
    assert unclear.returncode == 2
    assert "makes no alert has the words “the paper was fairly listed”" in unclear.stderr
    assert "“before you go the northern courier was unfairly listed" in unclear.stderr
    said = home.run("boilerplate", "Paper", "--not", "unfairly Listed as a FOREIGN agent")
    assert (said.returncode, "is news: a match that lies only in it alerts." in said.stdout) == (0, True)

    publish(home, report(12), *backlog)
    home.run("poll")
    assert home.hook.titles() == [f"[agents] {entry(12).title}"]
    [kept] = home.json("boilerplate", "Paper")
    assert (kept["entries"], kept["spared"] is not None) == (13, True)
    assert "yes, since" in home.run("boilerplate").stdout
    [explained] = home.json("explain", "13")
    [agents] = explained["watchlists"]
    assert (agents["reason"], agents["boilerplate"], agents["spared"][0]["entries"]) == ("matched", [], 13)
    assert "no boilerplate, as you said: “Before you go" in home.run("explain", "13").stdout

    [again] = home.json("boilerplate", "Paper", "--undo", "unfairly listed")
    assert again["spared"] is None
    publish(home, report(14), report(12), *backlog)
    home.run("poll")
    assert len(home.hook.titles()) == 1


def test_words_that_several_passages_have(home: Home) -> None:
    """Words that tell no passage from another are answered with those that have them, and nothing is changed."""
    also = "Readers who pay from three euros a month get the Sunday letter of the paper."
    publish(home, *(page(number, entry(number).title.replace("'", ""), also) for number in range(12)))
    home.run("poll")
    unclear = home.run("boilerplate", "Paper", "--not", "from three euros a month")
    assert (unclear.returncode, "2 passages of Paper have the words" in unclear.stderr) == (2, True)
    assert [each["spared"] for each in home.json("boilerplate", "Paper")] == [None, None]
    nothing = home.run("boilerplate", "Paper", "--undo", "from three euros a month")
    assert (nothing.returncode, "none; see rss-monitor boilerplate" in nothing.stderr) == (2, True)
    assert home.run("boilerplate", "--not", "euros").returncode == 2


def put(home: Home, *numbers: int) -> None:
    """Publish teasers, with pages behind them that all carry the banner; page 13 reports on the law."""
    items = []
    for number in numbers:
        told = (*LAW, entry(13).summary) if number == 13 else (entry(number).summary,)
        more = (" ".join(entry(100 * number + part + each).summary for each in range(4)) for part in (20, 30, 40))
        body = "".join(f"<p>{each}</p>" for each in (*told, *more, BANNER))
        title = entry(number).title.replace("'", "")
        html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        home.site.pages[f"/{number}"] = Page(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
        items.append(f"<item><title>{title}</title><link>{home.site.url(f'/{number}')}</link></item>")
    document = f"<rss version='2.0'><channel><title>Courier</title>{''.join(items)}</channel></rss>"
    home.site.pages[PAPER] = Page(document.encode(), headers={"Content-Type": "application/rss+xml; charset=utf-8"})


def test_pages_behind_teasers_are_learnt_too(home: Home) -> None:
    """The first four pages of a site alert as unproven; after that its banner is known, and the report still alerts."""
    settings = {"allow_private": ["127.0.0.1"], "host_interval": "0s", "full_text": "yes", "first_run": "all"}
    home.configure(settings=settings, watchlists={"agents": ["foreign agent"]})
    put(home, *reversed(range(8)))
    assert home.run("poll").returncode == 0
    put(home, 14, 13, 12, *reversed(range(8)))
    assert home.run("poll").returncode == 0
    reasons = [made["reason"] for each in home.json("entries") for made in each["decisions"]]
    assert reasons == ["unproven"] * 4 + ["boilerplate"] * 5 + ["matched", "boilerplate"]
    assert "[agents] " + entry(13).title == home.hook.titles()[-1]


def test_boilerplate_of_an_unknown_feed(home: Home) -> None:
    """A feed that is not there is a wrong call; before anything is learnt the list is empty."""
    assert home.json("boilerplate") == []
    wrong = home.run("boilerplate", "Papre")
    assert (wrong.returncode, "'Papre'" in wrong.stderr) == (2, True)
