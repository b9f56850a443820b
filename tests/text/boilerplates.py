"""Entries of a made-up paper with a banner."""

from datetime import UTC, datetime, timedelta
from random import Random

from monitor.model.entry import Entry
from monitor.text.boilerplate import FEED_FIELDS, Ledger, page

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
BANNER = (
    "Before you go: the Northern Courier was unfairly listed as a foreign agent by the government in March 2024. "
    "Help us to go on, from three euros a month."
)
#: Each is the title and the text of a report of its own.
REPORTS = (
    ("Ferry to the islands stopped by ice", "The harbour master closed the northern route on Monday morning."),
    ("Bakers' union asks for cheaper flour", "Bread has doubled in price since autumn, bakers told the council."),
    ("Chess school opens in an old cinema", "Eighty children signed up before the paint was dry."),
    ("Hospital gets its second scanner", "Patients had waited five months for an examination."),
    ("Wolves seen near the ring road", "Drivers filmed a pack crossing all four lanes at dawn."),
    ("Theatre season begins without director", "The ensemble read the letter of resignation on stage."),
    ("Two bridges closed for repairs", "Engineers found cracks in the pillars during an inspection."),
    ("Record harvest of late apples", "Growers expect cider to be cheap until next summer."),
    ("Tram drivers vote on strike", "The depot would stay shut for three days if they agree."),
    ("Museum returns a stolen painting", "Its owners' grandchildren came from Canada to see it."),
    ("River cleaned by volunteers", "They took out ninety bicycles and a piano."),
    ("Old lighthouse for sale", "Bidding begins at one crown, with the duty to repaint it."),
    ("School kitchens buy local fish", "Trawlers land their catch at the quay behind the gym."),
    ("Orchestra tours mining towns", "Its brass section was trained underground, the conductor joked."),
    ("Airport drops night flights", "Neighbours had gone to court over the noise."),
    ("Glassmakers revive a lost blue", "The recipe lay folded in a parish register."),
)
_WORDS = sorted({word for report in REPORTS for text in report for word in text.rstrip(".").split()})


def entry(number: int, *more: str) -> Entry:
    """A report with further paragraphs; those beyond REPORTS are made of their words."""
    if number < len(REPORTS):
        title, text = REPORTS[number]
    else:
        title, text = (" ".join(Random(number + more).sample(_WORDS, count)) for more, count in ((0.1, 5), (0.2, 14)))
    return Entry(link=f"https://courier.example/{number}", title=title, summary="\n".join((text, *more)))


def learnt(ledger: Ledger) -> set[str]:
    """The boilerplate that a ledger has learnt."""
    return {each.said for each in ledger.learnt()}


def taught(*entries: Entry, ledger: Ledger | None = None) -> Ledger:
    """A ledger that these entries were taught to, an hour apart."""
    ledger = ledger or Ledger()
    for hour, each in enumerate(entries):
        ledger.learn(page(each, FEED_FIELDS), NOW + timedelta(hours=hour))
    return ledger
