"""Prints every number we promised: `python -m tests.bench [NAME...]` for some of the benches."""

import sys
from importlib import import_module
from pathlib import Path

from tests.bench import Row, machine, table


def main(names: list[str]) -> int:
    rows: list[Row] = []
    broken = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if names and name not in names:
            continue
        print(f"measuring {name}", file=sys.stderr, flush=True)
        try:
            rows.extend(import_module(f"tests.bench.{path.stem}").rows())
        except Exception as error:
            # One bench that breaks must not hide what the others found.
            broken.append(f"{name}: {type(error).__name__}: {error}")
    print(f"Measured on {machine()}.\n")
    print(table(rows))
    for line in broken:
        print(f"\nNot measured, the bench broke off: {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
