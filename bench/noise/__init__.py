"""Noise: what is one entry, what is the site's, what is one story, over recorded feeds and pages.

python -m bench noise CORPUS [--only PART]    each module here is a part
"""

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

PARTS = sorted(
    each.name for each in iter_modules(__path__) if hasattr(import_module(f"{__name__}.{each.name}"), "main")
)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args(arguments)
    worst = 0
    for name in [options.only] if options.only else PARTS:
        print(f"== {name}")
        worst = max(worst, import_module(f"bench.noise.{name}").main(options.corpus))
    return worst
