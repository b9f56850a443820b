"""Reads every page of a folder, and says what that cost and what was found.

python -m bench articles FOLDER     archives (.tar.xz) in it are read too; nothing is unpacked
"""

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

from bench.parsing import bodies
from monitor.model.feed import Validators
from monitor.model.poll import ArticleText, Fetched
from monitor.parse.article import read_article


def main(arguments: Sequence[str]) -> int:
    costs, lengths, failed = [], [], Counter[str]()
    for name, body in bodies(Path(arguments[0])):
        if not name.endswith((".html", ".htm")):
            continue
        page = Fetched(body=body, content_type="text/html", url="http://paper.example/", validators=Validators())
        began = time.process_time()
        found = read_article(page, "")
        costs.append(1000 * (time.process_time() - began))
        if isinstance(found, ArticleText):
            lengths.append(len(found.text))
        else:
            failed[found.reason] += 1
    print(
        f"{len(costs)} pages, CPU ms a page: mean {mean(costs):.1f}, median {median(costs):.1f}, most {max(costs):.0f}"
    )
    print(f"{len(lengths)} read, characters: least {min(lengths)}, median {median(lengths):.0f}, most {max(lengths)}")
    for reason, count in failed.most_common():
        print(f"{count} not read: {reason}")
    return 0
