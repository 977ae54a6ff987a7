"""What every command of `checkpoint-server` shares: refusing in a sentence, asking, progress."""

import argparse
import os
import re
import sys
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from getpass import GetPassWarning, getpass
from pathlib import Path
from time import monotonic
from typing import Final

Parser = argparse.ArgumentParser
_PLAIN: Final = argparse.RawDescriptionHelpFormatter

_TOLD_EVERY: Final = 2.0
_LONGEST_PASSPHRASE: Final = 10_000
_LONGEST_REASON: Final = 200


class Refused(Exception):
    """The command cannot be carried out: one plain sentence and what to do."""


def now() -> datetime:
    return datetime.now(UTC)


class Steps:
    """A command of several steps, each with a help of its own; without a step, it shows."""

    def __init__(
        self,
        commands: "argparse._SubParsersAction[Parser]",
        name: str,
        show: Callable[[argparse.Namespace], None],
        *,
        brief: str,
        what: str,
    ) -> None:
        parser = commands.add_parser(name, help=brief, description=what, formatter_class=_PLAIN)
        parser.set_defaults(command=show)
        parser.add_argument("--data", type=Path, metavar="DIR", help="the folder of this centre")
        self._steps = parser.add_subparsers(metavar="STEP")

    def add(self, name: str, command: Callable[[argparse.Namespace], None], what: str) -> Parser:
        """The first sentence of `what` stands in the list of steps."""
        first = re.split(r"[.:] ", " ".join(what.split()))[0].rstrip(".")
        added = self._steps.add_parser(name, help=first, description=what, formatter_class=_PLAIN)
        added.set_defaults(command=command)
        return added


def add_data(parser: Parser) -> None:
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the folder of this centre"
    )


def add_passphrase(parser: Parser) -> None:
    """Never on the command line, where others can read it."""
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help="read pass-phrases from this open file, one a line, instead of asking (0 is"
        " standard input)",
    )


def is_agreed(word: str) -> bool:
    """Whether somebody at the terminal types this word. Raises `Refused` where there is none."""
    try:
        return input(f"Type {word} to sign this, anything else to leave: ").strip() == word
    except EOFError:
        raise Refused("There is no terminal to ask: use --yes if you have read it.") from None


def reason_in(typed: str | None) -> str:
    """Why something is done, in one line. Raises `Refused`."""
    reason = (typed or "").strip()
    if not reason or len(reason) > _LONGEST_REASON or not reason.isprintable():
        raise Refused(f"Say why: --reason TEXT, one line of at most {_LONGEST_REASON} characters.")
    return reason


def at_minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"


class Passphrases:
    """Asks for pass-phrases, or reads them one a line where the caller said from where."""

    def __init__(self, descriptor: int | None) -> None:
        self._lines = None if descriptor is None else _lines(descriptor)

    def ask(self, of: str) -> str:
        """Raises `Refused`."""
        if self._lines is None:
            return _from_terminal(f"Pass-phrase of {of}: ")
        if not self._lines:
            raise Refused(f"The pass-phrase of {of} is missing from --passphrase-fd.")
        return self._lines.pop(0)

    def ask_twice(self, of: str) -> str:
        """For a new key; typed twice, read once. Raises `Refused`."""
        passphrase = self.ask(of)
        if self._lines is None and passphrase != _from_terminal("Once more: "):
            raise Refused("The two pass-phrases differ: nothing was made, try again.")
        return passphrase


class Progress:
    """Says now and then on standard error how far something is."""

    def __init__(self) -> None:
        self._next = monotonic() + _TOLD_EVERY

    def size(self, what: str, size: int) -> None:
        """`size` in bytes that have passed."""
        self.say(f"{what}: {in_units(size)}")

    def say(self, words: str) -> None:
        if monotonic() >= self._next:
            self._next = monotonic() + _TOLD_EVERY
            tell(f"  {words}")


def in_units(size: int) -> str:
    """Bytes, kB or MB, as people read them."""
    if size < 10_000:
        return f"{size} bytes"
    if size < 10_000_000:
        return f"{size / 1_000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _lines(descriptor: int) -> list[str]:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(_LONGEST_PASSPHRASE).decode().splitlines()
    except OSError as error:
        raise Refused(f"Nothing can be read from --passphrase-fd: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Refused("What comes from --passphrase-fd is not UTF-8.") from None


def _from_terminal(question: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # it would show what is typed
        try:
            return getpass(question)
        except (EOFError, GetPassWarning):
            raise Refused(
                "There is no terminal to ask for the pass-phrase: use --passphrase-fd."
            ) from None
