"""Trains the wire's dictionary: `python -m tests.bench.dictionary FILE` writes it again, the same.

Its crossings are of people whose names are nobody else's: every letter of a name but its ending is
exchanged, and of every note and place. So nobody whom the benches send is known to it beforehand.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

import msgspec
import zstandard

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal.body import ClockReading
from checkpoint_client.records import Record
from checkpoint_client.records.codes import ClockState
from checkpoint_client.specimen import names, recorded
from checkpoint_client.specimen.names import Naming
from sync import dictionaries, rows
from sync.protocol import CHANNELS, Columns, Contact, ContactReply, Signed, Verdict

SIZE: Final = 220 * 1024
POSTS: Final = 12
CROSSINGS: Final = 750

_SEED = 40_711
_FIRST_DAY = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
_EXCHANGED = ("бвгджзклмнпрстфхчш", "аеиоуыэ", "bcdfghjklmnprstvz", "aeiou")
_VARIANTS = 3
_ENTRIES = (3, 10, 1)
_SEGMENT = 600  # bytes; the best of 50 to 1,500 for people who were in no sample


def trained() -> bytes:
    """The newest dictionary, from nothing but the seed."""
    chance = Random(_SEED)
    _rename_everybody(chance)
    samples: list[bytes | bytearray | memoryview] = []
    for number in range(POSTS):
        samples += _contacts(_rests(chance, f"PST-{number:02}"))
    made = zstandard.train_dictionary(
        SIZE,
        samples,
        k=_SEGMENT,
        d=8,
        dict_id=dictionaries.id_of(dictionaries.NEWEST),
        level=19,
    )
    # Each message has one envelope: too rare to be found by training, and best at the end.
    return made.as_bytes() + b"".join(_envelopes())


def _rename_everybody(chance: Random) -> None:
    for state, naming in names.NAMINGS.items():
        names.NAMINGS[state] = _renamed(naming, chance)


def _renamed(naming: Naming, chance: Random) -> Naming:
    def others(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_other(word, chance) for word in words for _ in range(_VARIANTS))

    return replace(
        naming,
        stems=others(naming.stems),
        men=others(naming.men),
        women=others(naming.women),
    )


def _other(word: str, chance: Random) -> str:
    return "".join(_other_letter(letter, chance) for letter in word)


def _other_letter(letter: str, chance: Random) -> str:
    for alike in _EXCHANGED:
        if letter.lower() in alike:
            other = chance.choice(alike.replace(letter.lower(), ""))
            return other.upper() if letter.isupper() else other
    return letter


def _contacts(rests: Iterator[bytes]) -> Iterator[bytes]:
    """The same, as `Columns` of a few entries or of some more hold it."""
    for count in cycle(_ENTRIES):
        some = rows.set_apart(list(islice(rests, count)))
        if not some:
            return
        yield some


def _rests(chance: Random, post: str) -> Iterator[bytes]:
    """What stands behind the identifiers of a post's bodies."""
    moment = _FIRST_DAY.astimezone(timezone(timedelta(hours=chance.choice((0, 3, 5, 6)))))
    for crossing in islice(recorded.crossings(chance, moment), CROSSINGS):
        moment += timedelta(milliseconds=chance.randint(8_000, 90_000))
        check = replace(
            crossing.check,
            post=post,
            started_at=moment - timedelta(seconds=40),
            destination=_other(crossing.check.destination, chance),
            remarks=_other(crossing.check.remarks, chance),
        )
        yield _rest(check, chance, post, moment)
        if hit := crossing.hit(str(UUID(bytes=chance.randbytes(16)))):
            yield _rest(hit, chance, post, moment)


def _rest(record: Record, chance: Random, post: str, moment: datetime) -> bytes:
    is_signed_in = chance.random() < 0.7
    body = bodies.body_of(
        record,
        id=str(UUID(bytes=chance.randbytes(16))),
        happened_at=moment,
        recorded_at=moment,
        clock=ClockReading(
            state=chance.choice(tuple(ClockState)),
            boot=str(UUID(bytes=chance.randbytes(16))),
            monotonic_ms=chance.randint(100_000, 80_000_000),
            last_server_time=moment - timedelta(minutes=5) if is_signed_in else None,
        ),
        officer=f"{chance.randint(1_000, 2_999)}" if is_signed_in else None,
        shift=f"{post}/{moment:%Y-%m-%d}" if is_signed_in else None,
    )
    return bodies.encode(body)[len('{"id":"') + 36 + 1 :]


def _envelopes() -> Iterator[bytes]:
    """Replies and requests without what differs from one to the next: of a workstation that has
    worked for years, for weeks, and since yesterday.

    What differs is as long as it mostly is: then all between has one distance and packs best.
    """
    for counter, position in ((2_000, 20_000), (20, 2_000), (20, 40)):
        contact = Contact(
            request_id=bytes(16),
            deployment=" " * 6,
            workstation=" " * 11,
            incarnation=1,
            counter=counter,
            ratchet=bytes(16),
            first=position,
            previous=bytes(32),
            entries=[],
            tip=position,
            head=b"",
            head_signature=bytes(64),
            have={},
            client="0.1.0",
            clock=_FIRST_DAY.isoformat(timespec="seconds"),
            epoch=bytes(16),
            waiting=0,
            columns=Columns(bytes(160), bytes(100), bytes(1_000), {}, {}),
        )
        reply = ContactReply(
            request_id=bytes(16),
            workstation=" " * 11,
            verdict=Verdict.HELD,
            held=position,
            head=bytes(32),
            backed_up=position,
            ratchet=bytes(16),
            counter=counter,
            server_time=_FIRST_DAY.isoformat(),
            epoch=bytes(16),
            channels=dict.fromkeys(CHANNELS, 1),
            dictionary=dictionaries.NEWEST,
            completes=True,
        )
        for message in (reply, contact):
            payload = msgspec.msgpack.encode(message)
            yield msgspec.msgpack.encode(
                Signed(payload=payload, key=bytes(32), signature=bytes(64))
            )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(trained())
