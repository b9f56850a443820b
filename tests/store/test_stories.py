"""Any store: entries of one story, and the alerts that it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.group.story import WINDOW
from monitor.model.alert import Alert, DeliveryState
from monitor.model.calm import Priority, Silence
from monitor.model.entry import Entry, Field
from monitor.model.feed import FeedState
from monitor.model.match import Decision, Match, Reason
from monitor.model.record import NewEntry, PollRecord, Revision, Route
from monitor.store import Store
from tests.store.builders import HOUR, NOW, feed
from tests.store.conftest import Opener

TITLE = "Relatives of mobilized soldiers protest outside Defense Ministry"
DESK = Route(receivers=("desk",))
ROUTES = dict.fromkeys(("war", "army"), DESK)


def found(*terms: str, watchlist: str = "war", reason: Reason = Reason.MATCHED) -> Decision:
    matches = [Match(watchlist=watchlist, term=term, field=Field.TITLE, start=0, end=1, form="R") for term in terms]
    return Decision(watchlist=watchlist, reason=reason, matches=tuple(matches))


@dataclass
class News:
    """Feeds that bring entries, each at its time."""

    store: Store
    routes: Mapping[str, Route] = field(default_factory=lambda: ROUTES)
    count: int = 0

    def __post_init__(self) -> None:
        self.store.sync([feed(name) for name in ("one", "two", "three", "four")], now=NOW)

    def poll(self, name: str, *decisions: Decision, title: str = TITLE, after: timedelta = HOUR) -> PollRecord:
        """A poll of a feed that brings one entry."""
        self.count += 1
        entry = Entry(id=f"urn:{self.count}", link=f"https://{name}.example/{self.count}", title=title)
        new = NewEntry(entry=entry, aliases=(str(self.count).encode(),), decisions=decisions)
        state = FeedState(feed=name, next_poll=NOW)
        return PollRecord(at=NOW + after, state=state, new=(new,), routes=dict(self.routes))

    def bring(self, name: str, *decisions: Decision, title: str = TITLE, after: timedelta = HOUR) -> tuple[int, ...]:
        """Keep it; return the numbers of its alerts."""
        return self.store.record(self.poll(name, *decisions, title=title, after=after))

    @property
    def alerts(self) -> list[Alert]:
        return [made.alert for made in self.store.alerts()]

    @property
    def reasons(self) -> list[list[str]]:
        return [[str(made.reason) for made in kept.decisions] for kept in self.store.entries()]


def test_first_alerts_and_the_others_are_the_same_story(store: Store) -> None:
    """Of a report that three feeds carry, the first makes the alert, and what was decided of the others says so."""
    news = News(store)
    assert [news.bring(name, found("mobilized")) for name in ("one", "two", "three")] == [(1,), (), ()]
    assert news.reasons == [["matched"], ["same story"], ["same story"]]


def test_two_feeds_in_one_transaction(store: Store) -> None:
    """Two feeds that are read at the same time do not both alert."""
    news = News(store)
    kept = store.record_all([news.poll("one", found("mobilized")), news.poll("two", found("mobilized"))])
    assert [each.alerts for each in kept] == [(1,), ()]
    assert [each.retold for each in kept] == [frozenset(), {(0, "war")}]


def test_two_entries_of_one_document(store: Store) -> None:
    """An aggregator's feed that lists a report of two papers alerts once."""
    news = News(store)
    both = [news.poll(name, found("mobilized")).new[0] for name in ("one", "two")]
    store.record(replace(news.poll("three"), new=tuple(both)))
    assert news.reasons == [["matched"], ["same story"]]


def test_story_is_known_after_a_restart(opener: Opener) -> None:
    """A copy that comes when the program was restarted is the same story."""
    store = opener()
    News(store).bring("one", found("mobilized"))
    store.close()
    news = News(opener(), count=1)
    assert news.bring("two", found("mobilized")) == ()


def test_further_watchlist_alerts_under_the_first(store: Store) -> None:
    """A copy that a further watchlist matches alerts for that one, under the story's first alert."""
    news = News(store)
    news.bring("one", found("mobilized"))
    news.bring("two", found("mobilized"), found("soldier", watchlist="army"))
    assert [(each.watchlist, each.follows) for each in news.alerts] == [("war", None), ("army", 1)]


def test_further_watchlist_in_one_document(store: Store) -> None:
    """So it is where both come at once."""
    news = News(store)
    both = [news.poll("one", found("mobilized")), news.poll("two", found("soldier", watchlist="army"))]
    store.record(replace(news.poll("three"), new=tuple(each.new[0] for each in both)))
    assert [(each.watchlist, each.follows) for each in news.alerts] == [("war", None), ("army", 1)]


def test_further_term_alerts(store: Store) -> None:
    """A copy in which another term is found tells something new; one with fewer terms does not."""
    news = News(store)
    terms = (("mobilized",), ("mobilized", "ministry"), ("ministry",))
    made = [news.bring(name, found(*each)) for name, each in zip(("one", "two", "three"), terms, strict=True)]
    assert made == [(1,), (2,), ()]


def test_nothing_is_held_back_by_what_nobody_was_told(store: Store) -> None:
    """Where the first made no alert, as it was no news, or was silenced or dropped, the next one alerts."""
    news = News(store)
    news.bring("one", found("mobilized", reason=Reason.BASELINE))
    silence = store.silence(Silence(feed="two", begins=NOW, ends=NOW + 9 * HOUR))
    assert news.bring("two", found("mobilized")) == (1,)
    assert news.bring("three", found("mobilized")) == (2,)
    assert silence.number == 1
    [*_, made] = store.alerts()
    store.drop([each.number for each in made.deliveries])
    assert news.bring("four", found("mobilized")) == (3,)


def test_stories_off(store: Store) -> None:
    """A watchlist that wants every entry gets every entry."""
    news = News(store, routes={"war": DESK, "army": replace(DESK, grouped=False)})
    decisions = (found("mobilized"), found("soldier", watchlist="army"))
    assert [len(news.bring(name, *decisions)) for name in ("one", "two", "three")] == [2, 1, 1]


def test_corroborated(store: Store) -> None:
    """When enough sources carry a story, one more alert says so, more urgent, also to whom the first did not reach."""
    urgent = Route(priority=Priority.HIGH, receivers=("desk", "phone"))
    news = News(store, routes={"war": replace(DESK, corroborated=((3, urgent),))})
    assert [len(news.bring(name, found("mobilized"))) for name in ("one", "two", "three", "four")] == [1, 0, 1, 0]
    second = list(store.alerts())[1]
    assert (second.alert.reason, second.alert.priority, second.alert.follows) == (Reason.CORROBORATED, Priority.HIGH, 1)
    assert [each.receiver for each in second.deliveries] == ["desk", "phone"]
    assert news.reasons[2] == ["corroborated"]


def test_one_source_corroborates_nothing(store: Store) -> None:
    """A site that prints a report again is no further source."""
    urgent = Route(priority=Priority.HIGH, receivers=("phone",))
    news = News(store, routes={"war": replace(DESK, corroborated=((2, urgent),))})
    assert [len(news.bring("one", found("mobilized"), after=minute * HOUR / 60)) for minute in range(3)] == [1, 0, 0]


def test_edit_alerts(store: Store) -> None:
    """An entry of a story that is edited so that it matches tells of the edit."""
    news = News(store)
    news.bring("one", found("mobilized"))
    news.bring("two", Decision(watchlist="war", reason=Reason.NO_MATCH))
    entry = Entry(id="urn:2", link="https://two.example/2", title=TITLE, summary="mobilized")
    edited = Revision(number=2, entry=entry, decisions=(found("mobilized", reason=Reason.EDITED),))
    assert store.revise([edited], at=NOW + 2 * HOUR, routes=ROUTES) == (2,)


def test_article_is_compared(store: Store) -> None:
    """What makes a story may come with the page behind an entry; then its alert is not made."""
    page = "Police detained fourteen people at a rally of soldiers' wives in central Moscow on Monday, OVD-Info said. "
    page += (
        "The women asked that men who were called up in autumn be let home. The ministry gave no answer to reporters."
    )
    news = News(store)
    nothing = Decision(watchlist="war", reason=Reason.NO_MATCH)
    for number, (name, title) in enumerate((("one", "Wives ask for peace"), ("two", "Rally in Moscow")), 1):
        news.bring(name, nothing, title=title)
        entry = Entry(id=f"urn:{number}", link=f"https://{name}.example/{number}", title=title, article=page)
        revision = Revision(number=number, entry=entry, decisions=(found("wives"),))
        store.revise([revision], at=NOW + 2 * HOUR, routes=ROUTES)
    assert news.reasons == [["matched"], ["same story"]]


def test_what_was_alerted_is_what_others_are_compared_with(store: Store) -> None:
    """A paper that edits its report after the alert does not keep back another's report of what is new in it."""
    news = News(store)
    news.bring("one", found("kills"), title="Blast at explosives factory in Nagpur kills 3")
    entry = Entry(id="urn:1", link="https://one.example/1", title="Blast at explosives factory in Nagpur kills 17")
    store.revise([Revision(number=1, entry=entry, decisions=())], at=NOW + 2 * HOUR, routes=ROUTES)
    assert news.bring("two", found("kills"), title=entry.title, after=3 * HOUR) == (2,)


def test_story_ends(store: Store) -> None:
    """After the window a story takes no more entries; what is too old is forgotten."""
    news = News(store)
    for days, name in ((0, "one"), (0.9, "two"), (1.8, "three"), (2.7, "four"), (3.6, "one")):
        news.bring(name, found("mobilized"), title=f"{TITLE} in Moscow", after=timedelta(days=days))
    assert [len(each.story.members) for each in store.stories()] == [4]
    news.bring("two", title="Something else", after=3 * WINDOW)
    with store.reading() as db:
        assert [row[0] for row in db.exec_driver_sql("SELECT entry FROM sketch")] == [6]
        assert {row[0] for row in db.exec_driver_sql("SELECT entry FROM sketch_key")} == {6}


TITLES = (
    TITLE,
    "Blast at explosives factory in Nagpur kills 3",
    "Blast at explosives factory in Nagpur kills 17",
    "Alarm",
)
MATCHED = st.lists(st.sampled_from(("mobilized", "kills", "ministry")), unique=True, max_size=2).map(
    lambda terms: found(*terms)
)
CAME = st.lists(
    st.tuples(st.sampled_from(("one", "two", "three")), st.sampled_from(TITLES), MATCHED, st.integers(0, 30)),
    max_size=7,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(CAME)
def test_grouping_loses_nothing(opener: Opener, came: list[tuple[str, str, Decision, int]]) -> None:
    """Each entry that matches made an alert, or its story has one of the same watchlist that tells all its terms."""
    store = opener()
    with store.writing() as db:
        for table in ("delivery", "alert", "decision", "sketch_key", "sketch", "entry", "story", "alias"):
            db.exec_driver_sql(f"DELETE FROM {table}")
    news, at = News(store), timedelta(0)
    for name, title, decision, hours in came:
        at += hours * HOUR
        made = replace(decision, reason=Reason.MATCHED if decision.matches else Reason.NO_MATCH)
        news.bring(name, made, title=title, after=at)
    alerted = {each.entry.number: each for each in news.alerts}
    stories = {member.number: story.story for story in store.stories() for member in story.story.members}
    for kept in store.entries():
        [made] = kept.decisions
        assert (kept.entry.number in alerted) == made.reason.sends
        if made.reason is Reason.SAME_STORY:
            others = {member.number for member in stories[kept.entry.number].members} & alerted.keys()
            assert {*made.terms} <= {term for each in others for term in alerted[each].terms}
    assert all(each.state is DeliveryState.PENDING for made in store.alerts() for each in made.deliveries)
