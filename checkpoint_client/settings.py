"""The workstation's settings, where its files lie, and the program's own data files."""

import json
import os
import sys
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ru", "kk")


class Unsuitable(Exception):
    """The settings file cannot be used. The text says which line and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One workstation's settings. The file may leave out whatever is as here.

    Ages and limits are in the unit of their name. `state` is the State that runs the post (ICAO
    9303-3 code); its own nationals are not asked for purpose, basis and destination. `exchanges`
    are the addresses of the post's exchanges, each with the digest of its certificate behind `#`;
    with `find_exchanges` those that announce themselves in the network are found without one.
    """

    post: str = ""
    post_name: str = ""
    state: str = ""
    lane: str = ""
    language: str = "en"
    theme: str = "light"
    font_percent: int = 100
    idle_lock_minutes: int = 5
    take_back_seconds: int = 60
    refusal_needs_approval: bool = True
    known_here_days: int = 30
    questions_percent: int = 10
    poll_seconds: int = 60
    key_days: int = 365
    proxy: str = ""
    exchanges: tuple[str, ...] = ()
    find_exchanges: bool = True
    reader_prefix: str = ""
    utc_offset_minutes: int | None = None

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """The settings in a TOML file; those of a new workstation if there is none."""
        if not path.exists():
            return cls()
        try:
            with path.open("rb") as file:
                return cls._from(tomllib.load(file), path)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Unsuitable(f"{path.name} is not a TOML file: {error}") from None
        except OSError as error:
            raise Unsuitable(f"{path.name} cannot be read: {error.strerror}") from None

    @classmethod
    def _from(cls, read: dict[str, Any], path: Path) -> "Settings":
        known = {each.name: each for each in fields(cls)}
        for name, value in read.items():
            if name not in known:
                raise Unsuitable(f"{path.name}: there is no setting called {name!r}")
            default = known[name].default
            expected = int if default is None else type(default)
            if expected is tuple and _is_list_of_texts(value):
                read[name] = tuple(value)
            elif type(value) is not expected:
                raise Unsuitable(f"{path.name}: {name} must be {_WORDS[expected]}, not {value!r}")
        if read.get("language", "en") not in LANGUAGES:
            raise Unsuitable(f"{path.name}: language must be one of {', '.join(LANGUAGES)}")
        if read.get("theme", "light") not in ("light", "dark"):
            raise Unsuitable(f"{path.name}: theme must be light or dark")
        for name, (least, most) in _BOUNDS.items():
            if not least <= read.get(name, least) <= most:
                raise Unsuitable(f"{path.name}: {name} must lie between {least} and {most}")
        return cls(**read)

    def write(self, path: Path) -> None:
        """Write what differs from a new workstation's settings, whole or not at all."""
        lines = [
            f"{each.name} = {_toml(getattr(self, each.name))}"
            for each in fields(self)
            if getattr(self, each.name) != each.default
        ]
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a workstation's files lie. Everything in it is encrypted, or names nobody."""

    path: Path
    settings: Path = field(init=False)
    records: Path = field(init=False)
    attachments: Path = field(init=False)
    reference: Path = field(init=False)
    envelope: Path = field(init=False)
    device_key: Path = field(init=False)
    provisioning: Path = field(init=False)
    lists: Path = field(init=False)
    spool: Path = field(init=False)
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        for name, file in _FILES.items():
            object.__setattr__(self, name, self.path / file)

    def make(self) -> None:
        """Make the folder, readable by its owner alone."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.spool.mkdir(mode=0o700, exist_ok=True)


def resource(*parts: str) -> Path:
    """A data file of the program's own, in a checkout and in the frozen program alike."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).parent.parent
    return root.joinpath("resources", *parts)


def usual_folder() -> Path:
    """Where a workstation keeps its data when nobody says otherwise."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Checkpoint Client"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "checkpoint-client"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # A JSON string is a TOML string, but for DEL.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


_WORDS = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    tuple: "a list of texts",
}

_BOUNDS = {
    "font_percent": (80, 300),
    "idle_lock_minutes": (1, 240),
    "take_back_seconds": (0, 3_600),
    "known_here_days": (0, 3_650),
    "questions_percent": (0, 100),
    "poll_seconds": (1, 3_600),
    "key_days": (0, 3_650),
    "utc_offset_minutes": (-14 * 60, 14 * 60),
}

_FILES = {
    "settings": "settings.toml",
    "records": "records.db",
    "attachments": "attachments",
    "reference": "reference.db",
    "envelope": "envelope.json",
    "device_key": "device.key",
    "provisioning": "provisioning.json",
    "lists": "lists",
    "spool": "spool",
    "log": "checkpoint.log",
}
