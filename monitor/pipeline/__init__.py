"""One pass each: poll a feed, deliver what is due, report. Deciding is done below, doing by what is handed in."""

from monitor.pipeline.also import AlsoIn
from monitor.pipeline.articles import MOST_AT_ONCE, ArticleReport, Articles
from monitor.pipeline.coverage import CoverageReport
from monitor.pipeline.desk import Desk
from monitor.pipeline.evidence import drop_old as drop_old_evidence
from monitor.pipeline.heartbeat import Heartbeat
from monitor.pipeline.keeper import PollReport
from monitor.pipeline.outbox import Attempt, Outbox
from monitor.pipeline.poller import Poller
from monitor.pipeline.proof import Proofs
from monitor.pipeline.pushes import Pushes
from monitor.pipeline.records import Records
from monitor.pipeline.snapshots import Snapshots
from monitor.pipeline.troubles import TroubleReport
from monitor.pipeline.vigil import Vigil

__all__ = [
    "MOST_AT_ONCE",
    "AlsoIn",
    "ArticleReport",
    "Articles",
    "Attempt",
    "CoverageReport",
    "Desk",
    "Heartbeat",
    "Outbox",
    "PollReport",
    "Poller",
    "Proofs",
    "Pushes",
    "Records",
    "Snapshots",
    "TroubleReport",
    "Vigil",
    "drop_old_evidence",
]
