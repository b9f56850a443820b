"""What rss-monitor costs, and whether it keeps its word on recorded feeds.

python -m bench                    what a poll, an entry, thousands of feeds, a match and a message cost
python -m bench poll|stages|scale|match|deliver   one of them
python -m bench push               from a hub's push to the alert handed to the receiver
python -m bench replay CORPUS      recorded feeds against an oracle: lost, doubled (see bench/replay.py)
python -m bench day CORPUS         a day of 900 feeds, some broken: politeness, what is found and named (see bench/day)
python -m bench crash [CORPUS]     alerts under 300 kills: lost, repeated (see bench/crash.py)
python -m bench chaos              ten receivers, eight of them failing, under kills (see bench/chaos.py)
python -m bench identity CORPUS [PATTERN]  noise, its part on identity, of some feeds
python -m bench noise CORPUS       what is one entry, the site's own, one story (see bench/noise)
python -m bench parsing FOLDER     every file of a folder through the parser's limits
python -m bench rhythm CORPUS      how late entries are found, and with how many polls (see bench/rhythm.py)
python -m bench perturb FOLDER     what careless or disguised text costs the matcher (see bench/perturb.py)
python -m bench articles FOLDER    what the text of a page costs, and how much is found in pages
python -m bench parts [CORPUS]     parsing only what is new: what it saves, what differs (see bench/parts.py)
"""

import sys
from importlib import import_module

COSTS = ("poll", "stages", "scale", "match", "deliver")
NAMES = (
    *COSTS,
    "push",
    "replay",
    "crash",
    "chaos",
    "identity",
    "noise",
    "parsing",
    "articles",
    "parts",
    "rhythm",
    "perturb",
    "day",
)


def main(arguments: list[str]) -> int:
    name, *rest = arguments or ["all"]
    if name == "all":
        return max(run(each, []) for each in COSTS)
    if name not in NAMES:
        print(__doc__)
        return 0 if name in {"-h", "--help"} else 2
    return run(name, rest)


def run(name: str, arguments: list[str]) -> int:
    code: int = import_module(f"bench.{name}").main(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
