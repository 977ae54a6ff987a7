"""A post without a line: records go on a stick, the centre's word and lists come back on it."""

import io
import os
import resource
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_client.desk.sticks import Effect, Flaw, ReadBack, StickFailed, StickTrouble, Written
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from checkpoint_client.store import BACKED_UP, RECEIVED
from checkpoint_client.vault import NewSlot
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import jsonl
from sync import acknowledgement, bundle, protocol
from sync import stick as sticks
from sync.admin.main import main as admin_main
from sync.enrolment import enrol, first_officers
from sync.protocol import (
    MOST_DECOMPRESSED,
    Acknowledgement,
    Bundle,
    Forged,
    Malformed,
    Provisioning,
    SealedAcknowledgement,
    bundle_message,
    seal,
)
from sync.server import journals, registry
from sync.server.main import main
from sync.stick import ACKNOWLEDGEMENT, BUNDLES, BadFile
from tests.centre import RunningCentre
from tests.post import PASSPHRASE
from tests.workstations import CentreHere, Direct, Workstation, an_alert

pytest_plugins = ["tests.centre"]


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


TakeIn = Callable[..., Ended]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


@pytest.fixture
def post(tmp_path: Path, centre: CentreHere) -> Iterator[Workstation]:
    post = enrolled(centre, tmp_path / "workstation")
    yield post
    post.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


@pytest.fixture
def take_in(capsys: pytest.CaptureFixture[str]) -> TakeIn:
    """Run `checkpoint-server bundle import` as the centre's staff does."""

    def ran(centre: CentreHere, folder: Path) -> Ended:
        code = main(["bundle", "import", str(folder), "--data", str(centre.folder.path)])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return ran


def enrolled(centre: CentreHere, path: Path) -> Workstation:
    folder = Folder(path)
    return Workstation(folder, centre.enrol(folder))


def carry(post: Workstation, stick: Path) -> Written:
    """Leave what waits in the spool, as a lock does, and write it to a stick."""
    bundle.spool(post.store, post.device, post.folder.spool)
    return bundle.export(post.folder.spool, stick, post.device, lambda _done, _of: None)


def bring(post: Workstation, stick: Path) -> ReadBack:
    """What a stick acknowledges, with nobody signed in."""
    return acknowledgement.bring(stick, post.folder.spool, post.device)


def settle(post: Workstation) -> Effect | None:
    """What it comes to when somebody signs in."""
    said = acknowledgement.settle(post.store, post.folder.spool, post.device)
    return said.effect if said else None


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def bundles(stick: Path) -> list[Path]:
    return sorted((stick / BUNDLES).glob("*.bundle"))


def read(path: Path) -> Bundle:
    return protocol.decode(path.read_bytes(), Bundle)


def signed(unsigned: Bundle, device: DeviceKey) -> bytes:
    made = msgspec.structs.replace(unsigned, key=device.public)
    signature = device.sign(bundle_message(made))
    return msgspec.msgpack.encode(msgspec.structs.replace(made, signature=signature))


# there and back


@pytest.fixture
def anywhere(tmp_path: Path, new_database: Callable[[], str | None]) -> Iterator[CentreHere]:
    """A centre on SQLite, and one on PostgreSQL."""
    centre = CentreHere(tmp_path / "anywhere", database=new_database())
    yield centre
    centre.close()


def test_records_reach_the_centre_and_its_word_comes_back(
    anywhere: CentreHere, tmp_path: Path, stick: Path, take_in: TakeIn
) -> None:
    post = enrolled(anywhere, tmp_path / "post")
    post.record("AALTO", "BERG")
    listed = tmp_path / "list.jsonl"
    listed.write_bytes(jsonl.write([an_alert("A-1")]))
    main(["publish", "--jsonl", str(listed), "--data", str(anywhere.folder.path)])

    written = carry(post, stick)
    ended = take_in(anywhere, stick)
    read = bring(post, stick)
    waiting = post.waiting
    effect = settle(post)

    assert written == Written(bundles=1, entries=2)
    assert (ended.code, ended.err) == (0, "")
    assert f"{post.id}: 1 bundle, new: 2 entries, held up to 2." in ended.out
    assert "watchlist version 1 goes back on it." in ended.out
    assert anywhere.leaves(post.id) == post.leaves()
    assert [each.effect for each in read.acknowledged] == [Effect.WAITS]
    assert (waiting, effect, post.waiting) == (2, Effect.TAKEN, 0)
    assert names(post.folder.spool) == []
    assert (stick / protocol.STICK / "metadata" / "timestamp.json").is_file()
    post.close()


def test_names_on_a_stick_say_workstation_and_positions_and_nothing_more(
    centre: CentreHere, post: Workstation, stick: Path, take_in: TakeIn
) -> None:
    post.record("AALTO-YUSSUPOVA")

    carry(post, stick)
    take_in(centre, stick)

    assert names(stick / BUNDLES) == [
        "OSH-01-000001.crossings",
        f"{post.id}-1-000000000001-000000000001.bundle",
        f"{post.id}-1.acknowledgement",
    ]
    for path in (stick / BUNDLES).iterdir():
        assert b"YUSSUPOVA" not in path.read_bytes()


def test_writing_to_a_stick_prunes_nothing_and_marks_nothing(
    post: Workstation, stick: Path, tmp_path: Path
) -> None:
    post.record("AALTO", "BERG")
    second = tmp_path / "second"
    second.mkdir()

    carry(post, stick)
    spooled = names(post.folder.spool)
    again = carry(post, second)

    assert again == Written(bundles=1, entries=2)
    assert names(post.folder.spool) == spooled != []
    assert (post.waiting, post.store.mark(RECEIVED), len(post.leaves())) == (2, 0, 2)


def test_with_nothing_waiting_nothing_is_written(post: Workstation, stick: Path) -> None:
    assert carry(post, stick) == Written()
    assert names(stick) == []


def test_an_acknowledged_tail_is_not_carried_again(
    centre: CentreHere, post: Workstation, stick: Path, take_in: TakeIn
) -> None:
    post.record("AALTO")
    carry(post, stick)
    take_in(centre, stick)
    bring(post, stick)
    settle(post)
    post.record("BERG")

    written = carry(post, stick)

    assert written == Written(bundles=1, entries=1)
    take_in(centre, stick)
    assert centre.leaves(post.id) == post.leaves()


def test_overlapping_sticks_double_nothing(
    anywhere: CentreHere, stick: Path, tmp_path: Path, take_in: TakeIn
) -> None:
    centre, post = anywhere, enrolled(anywhere, tmp_path / "post")
    post.record("AALTO", "BERG")
    carry(post, stick)
    post.record("CELIK")
    for path in post.folder.spool.iterdir():
        path.unlink()
    second = tmp_path / "second"
    second.mkdir()
    carry(post, second)  # 1 to 3 in one bundle

    ended = take_in(centre, second)
    late = take_in(centre, stick)

    assert "new: 3 entries, held up to 3." in ended.out
    assert "new: 0 entries, held up to 3." in late.out
    assert centre.leaves(post.id) == post.leaves()
    assert centre.alarms() == []
    post.close()


def test_a_lost_stick_is_said_and_the_next_one_heals_it(
    centre: CentreHere, post: Workstation, stick: Path, tmp_path: Path, take_in: TakeIn
) -> None:
    post.record("AALTO", "BERG")
    carry(post, stick)
    for path in post.folder.spool.iterdir():
        path.rename(tmp_path / path.name)
    lost = names(stick / BUNDLES)
    post.store.set_mark(RECEIVED, 2)
    post.record("CELIK")
    second = tmp_path / "second"
    second.mkdir()
    carry(post, second)
    post.store.set_mark(RECEIVED, 0)

    ended = take_in(centre, second)

    assert ended.code == 0
    assert "entries 1 to 2 are missing: they are on another stick" in ended.out
    (second / BUNDLES / lost[0]).write_bytes((stick / BUNDLES / lost[0]).read_bytes())
    assert "new: 3 entries, held up to 3." in take_in(centre, second).out
    assert centre.leaves(post.id) == post.leaves()


def test_a_stick_carries_several_workstations_and_each_takes_its_own_word(
    centre: CentreHere, post: Workstation, stick: Path, tmp_path: Path, take_in: TakeIn
) -> None:
    neighbour = enrolled(centre, tmp_path / "neighbour")
    post.record("AALTO")
    neighbour.record("BERG", "CELIK")
    carry(post, stick)
    carry(neighbour, stick)
    take_in(centre, stick)

    mine, theirs = bring(post, stick), bring(neighbour, stick)

    assert [(each.held, read.others) for read in (mine, theirs) for each in read.acknowledged] == [
        (1, 1),
        (2, 1),
    ]
    assert (settle(post), settle(neighbour)) == (Effect.TAKEN, Effect.TAKEN)
    neighbour.close()


def test_a_fork_is_kept_and_said_at_both_ends(
    centre: CentreHere, post: Workstation, stick: Path, take_in: TakeIn
) -> None:
    earlier = post.back_up()
    state = post.device.state
    post.record("AALTO")
    post.settle(Direct(centre, post.device))
    post.device.update(journal_position=state.journal_position, journal_head=state.journal_head)
    post.put_back(earlier)
    post.record("BERG")
    carry(post, stick)

    ended = take_in(centre, stick)

    assert "All is kept; see `checkpoint-server status`." in ended.out
    assert centre.alarms() == ["fork"]
    [word] = bring(post, stick).acknowledged
    assert word.forked_at == 1
    assert settle(post) is Effect.BEGUN_ANEW
    post.settle(Direct(centre, post.device))
    assert post.waiting == 0


def test_what_a_revoked_workstation_left_on_a_stick_is_kept_as_evidence(
    centre: CentreHere, post: Workstation, stick: Path, take_in: TakeIn
) -> None:
    post.record("AALTO")
    carry(post, stick)
    with centre.ledger.writing() as connection:
        registry.revoke(connection, post.id, reason="stolen", now=datetime.now(UTC))

    ended = take_in(centre, stick)

    assert "new: 0 entries, held up to 0." in ended.out
    assert "this workstation was revoked: kept as evidence only." in ended.out
    assert (centre.leaves(post.id), centre.alarms()) == ([], ["revoked"])


def test_a_stick_is_taken_in_while_the_server_runs(
    running_centre: RunningCentre, tmp_path: Path, stick: Path
) -> None:
    folder = Folder(tmp_path / "workstation")
    device = enrol(running_centre.provisioning(), folder)
    post = Workstation(folder, device)
    post.record("AALTO", "BERG")
    carry(post, stick)

    assert main(["bundle", "import", str(stick), "--data", str(running_centre.folder)]) == 0

    assert len(running_centre.entries()) == 2
    bring(post, stick)
    assert settle(post) is Effect.TAKEN
    post.close()


# the centre's word, late, lost, false


def word(centre: CentreHere, post: Workstation, **changes: Any) -> bytes:
    """An acknowledgement as the centre writes it now, with these fields instead."""
    with centre.ledger.reading() as connection:
        held = journals.held(connection, post.store.origin)
    said = Acknowledgement(
        deployment="utopia",
        workstation=post.id,
        incarnation=1,
        held=held.tip.position,
        head=held.tip.head,
        backed_up=0,
        server_time="2026-11-24T12:00:00+00:00",
        epoch=centre.ledger.epoch(),
    )
    return protocol.write_acknowledgement(
        msgspec.structs.replace(said, **changes),
        centre.folder.keys().reply,
        receive_key=post.device.receive_public,
    )


def put(stick: Path, content: bytes, name: str = "word.acknowledgement") -> Path:
    (stick / BUNDLES).mkdir(exist_ok=True)
    path = stick / BUNDLES / name
    path.write_bytes(content)
    return path


def test_a_late_word_never_lowers_the_mark(
    centre: CentreHere, post: Workstation, stick: Path
) -> None:
    link = Direct(centre, post.device)
    post.record("AALTO")
    post.settle(link)
    late = word(centre, post)
    post.record("BERG")
    post.settle(link)

    put(stick, late)
    [taken] = bring(post, stick).acknowledged
    settle(post)

    assert taken.effect in (Effect.KNOWN, Effect.WAITS)
    assert post.store.mark(RECEIVED) == 2
    assert post.waiting == 0


def test_words_in_the_wrong_order_come_to_the_newest(
    centre: CentreHere, post: Workstation, stick: Path
) -> None:
    post.record("AALTO", "BERG")
    heads = {entry.position: entry.head for entry in post.entries()}
    put(stick, word(centre, post, held=2, head=heads[2], server_time="2026-11-25T00:00:00+00:00"))
    bring(post, stick)
    put(stick, word(centre, post, held=1, head=heads[1]))
    [late] = bring(post, stick).acknowledged

    assert late.effect is Effect.KNOWN
    assert settle(post) is Effect.TAKEN
    assert post.store.mark(RECEIVED) == 2
    [again] = bring(post, stick).acknowledged
    settle(post)
    assert (again.effect, post.store.mark(RECEIVED)) == (Effect.KNOWN, 2)


def test_backed_up_comes_with_it_and_is_never_lowered_either(
    centre: CentreHere, post: Workstation, stick: Path
) -> None:
    post.record("AALTO", "BERG")
    heads = {entry.position: entry.head for entry in post.entries()}
    put(stick, word(centre, post, held=1, head=heads[1], backed_up=9))
    bring(post, stick)
    settle(post)
    assert post.store.mark(BACKED_UP) == 1  # no further than it holds
    newer = "2026-11-25T00:00:00+00:00"
    put(stick, word(centre, post, held=2, head=heads[2], backed_up=0, server_time=newer))
    bring(post, stick)

    settle(post)

    assert (post.store.mark(RECEIVED), post.store.mark(BACKED_UP)) == (2, 1)


def test_a_centre_that_came_back_from_a_backup_gets_the_rest_once_more(
    centre: CentreHere, post: Workstation, stick: Path, tmp_path: Path, take_in: TakeIn
) -> None:
    post.record("AALTO")
    carry(post, stick)
    take_in(centre, stick)
    bring(post, stick)
    settle(post)
    centre.back_up(tmp_path / "backup")
    post.record("BERG")
    carry(post, stick)
    take_in(centre, stick)
    bring(post, stick)
    settle(post)
    centre.restore(tmp_path / "backup")
    post.record("CELIK")
    for path in bundles(stick):
        path.unlink()
    carry(post, stick)

    assert "entries 2 to 2 are missing" in take_in(centre, stick).out
    bring(post, stick)
    assert settle(post) is Effect.TAKEN_BACK
    carry(post, stick)
    take_in(centre, stick)

    assert centre.leaves(post.id) == post.leaves()


def foreign_word(_centre: CentreHere, post: Workstation) -> bytes:
    return msgspec.msgpack.encode(
        SealedAcknowledgement(deployment="atlantis", workstation=post.id, sealed=b"x")
    )


def forged_word(_centre: CentreHere, post: Workstation) -> bytes:
    said = Acknowledgement(
        deployment="utopia",
        workstation=post.id,
        incarnation=1,
        held=1,
        head=post.entries()[0].head,
        backed_up=0,
        server_time="2030-01-01T00:00:00+00:00",
        epoch=b"",
    )
    return protocol.write_acknowledgement(
        said, Ed25519PrivateKey.generate(), receive_key=post.device.receive_public
    )


def swapped_word(centre: CentreHere, post: Workstation) -> bytes:
    """Another workstation's, which somebody opened and sealed anew for this one."""
    content = word(centre, post, workstation="OSH-01-ELSE")
    inner = protocol.decode(content, SealedAcknowledgement)
    return msgspec.msgpack.encode(msgspec.structs.replace(inner, workstation=post.id))


def stolen_word(_centre: CentreHere, post: Workstation) -> bytes:
    """Another workstation's under this one's name."""
    sealed = seal(b"x", post.device.receive_public, purpose="bundle")
    return msgspec.msgpack.encode(
        SealedAcknowledgement(deployment="utopia", workstation=post.id, sealed=sealed)
    )


def bomb_word(_centre: CentreHere, post: Workstation) -> bytes:
    packed = zstandard.ZstdCompressor().compress(bytes(300 * 1024 * 1024))
    sealed = seal(packed, post.device.receive_public, purpose="acknowledgement")
    return msgspec.msgpack.encode(
        SealedAcknowledgement(deployment="utopia", workstation=post.id, sealed=sealed)
    )


def reply_as_word(centre: CentreHere, post: Workstation) -> bytes:
    """A reply of the centre to somebody is signed as well, but it is no acknowledgement."""
    reply = protocol.write_reply(
        Acknowledgement(
            deployment="utopia",
            workstation=post.id,
            incarnation=1,
            held=1,
            head=post.entries()[0].head,
            backed_up=0,
            server_time="2030-01-01T00:00:00+00:00",
            epoch=b"",
        ),
        centre.folder.keys().reply,
        answers=bytes(32),
    )
    sealed = seal(reply, post.device.receive_public, purpose="acknowledgement")
    return msgspec.msgpack.encode(
        SealedAcknowledgement(deployment="utopia", workstation=post.id, sealed=sealed)
    )


FALSE_WORDS: dict[str, tuple[Callable[[CentreHere, Workstation], bytes], Flaw]] = {
    "of another service": (foreign_word, Flaw.FOREIGN),
    "by another key": (forged_word, Flaw.FORGED),
    "a reply to somebody": (reply_as_word, Flaw.FORGED),
    "to another workstation": (swapped_word, Flaw.SWAPPED),
    "sealed for another purpose": (stolen_word, Flaw.CLOSED),
    "a bomb": (bomb_word, Flaw.TOO_LARGE),
    "empty": (lambda _centre, _post: b"", Flaw.UNREADABLE),
    "huge": (lambda _centre, _post: bytes(1 << 20), Flaw.TOO_LARGE),
    "no time": (lambda c, p: word(c, p, server_time="yesterday"), Flaw.UNREADABLE),
    "a time nowhere": (lambda c, p: word(c, p, server_time="2026-11-24"), Flaw.UNREADABLE),
}


@pytest.mark.parametrize(("made", "flaw"), FALSE_WORDS.values(), ids=FALSE_WORDS)
def test_a_false_word_is_refused_in_its_own_words_and_moves_nothing(
    centre: CentreHere,
    post: Workstation,
    stick: Path,
    made: Callable[[CentreHere, Workstation], bytes],
    flaw: Flaw,
) -> None:
    post.record("AALTO")
    put(stick, made(centre, post))

    read = bring(post, stick)

    assert read == ReadBack(refused={"word.acknowledgement": flaw})
    assert settle(post) is None
    assert post.store.mark(RECEIVED) == 0


def test_a_word_cut_at_any_byte_or_altered_at_any_byte_is_refused(
    centre: CentreHere, post: Workstation
) -> None:
    whole = word(centre, post)

    for end in range(len(whole)):
        with pytest.raises(BadFile):
            acknowledgement.opened(whole[:end], post.device)
    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 1
        assert not is_taken(bytes(altered), post, whole)


def is_taken(content: bytes, post: Workstation, whole: bytes) -> bool:
    """Whether it is taken for more than the whole one says: its envelope may name anybody."""
    try:
        said = acknowledgement.opened(content, post.device)
    except BadFile:
        return False
    return said is not None and said != acknowledgement.opened(whole, post.device)


def test_a_kept_word_that_was_altered_in_the_spool_is_not_believed(
    centre: CentreHere, post: Workstation, stick: Path
) -> None:
    post.record("AALTO")
    put(stick, word(centre, post))
    bring(post, stick)
    [kept] = post.folder.spool.glob(f"*{ACKNOWLEDGEMENT}")
    kept.write_bytes(forged_word(centre, post))

    assert settle(post) is None
    assert post.store.mark(RECEIVED) == 0


# hostile and broken sticks at the centre


def a_swap(_post: Workstation, stick: Path) -> None:
    """Bundle A under the range of B, or the other way round: two files."""
    first, second = bundles(stick)
    a, b = read(first), read(second)
    first.write_bytes(msgspec.msgpack.encode(msgspec.structs.replace(a, sealed=b.sealed)))
    renamed = msgspec.structs.replace(b, first=a.first, last=a.last, previous=a.previous)
    second.write_bytes(msgspec.msgpack.encode(renamed))


def spoiled(change: Callable[[Bundle, Workstation], bytes]) -> Callable[[Workstation, Path], None]:
    def made(post: Workstation, stick: Path) -> None:
        path = bundles(stick)[0]
        path.write_bytes(change(read(path), post))

    return made


def holding(inside: Callable[[], bytes], honest: Bundle, post: Workstation) -> bytes:
    """Truly signed by an enrolled workstation, with this inside."""
    sealed = seal(inside(), post.device.state.centre_key, purpose="bundle")
    return signed(msgspec.structs.replace(honest, sealed=sealed), post.device)


def sealed_as(inside: Callable[[], bytes]) -> Callable[[Workstation, Path], None]:
    return spoiled(lambda honest, post: holding(inside, honest, post))


def instead(make: Callable[[Path], None]) -> Callable[[Workstation, Path], None]:
    def made(_post: Workstation, stick: Path) -> None:
        path = bundles(stick)[0]
        path.unlink()
        make(path)

    return made


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 << 30)


def a_stranger(honest: Bundle, post: Workstation) -> bytes:
    stranger = DeviceKey.create(
        post.folder.path / "stranger.key", deployment="utopia", workstation=post.id, post="X"
    )
    return signed(honest, stranger)


def packed(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(plain)


EMPTY_ENTRY = msgspec.msgpack.encode([1, 1, None, None, None, []])
SIGNATURE = msgspec.msgpack.encode(["x", 1, b""])
BOMBS: dict[str, Callable[[], bytes]] = {
    "a bomb": lambda: packed(bytes(MOST_DECOMPRESSED + 1)),
    "a bomb in a bomb": lambda: packed(packed(bytes(2 * MOST_DECOMPRESSED))),
    "millions of entries": lambda: packed(
        struct.pack(">BI", 0xDD, 9_000_000) + EMPTY_ENTRY * 9_000_000
    ),
    "more entries than it says": lambda: packed(struct.pack(">BI", 0xDD, 5_001) + EMPTY_ENTRY),
    "millions of signatures": lambda: packed(
        b"\x91\x96\x01\x01\xc0\xc0\xc0"
        + struct.pack(">BI", 0xDD, 9_000_000)
        + SIGNATURE * 9_000_000
    ),
    "an endless list": lambda: packed(b"\xdd\xff\xff\xff\xff"),
    "endless bytes": lambda: packed(b"\x91\x96\x01\x01\xc6\xff\xff\xff\xff"),
    "no frame": lambda: b"junk",
}

HOSTILE: dict[str, tuple[Callable[[Workstation, Path], None], str]] = {
    "cut": (spoiled(lambda b, _: msgspec.msgpack.encode(b)[:-1]), "it was cut, half written"),
    "empty": (spoiled(lambda _b, _p: b""), "it was cut, half written"),
    "not ours": (spoiled(lambda _b, _p: b"MZ" * 500), "it was cut, half written"),
    "swapped envelopes": (a_swap, "its signature is not genuine"),
    "a range that was changed": (
        spoiled(lambda b, _: msgspec.msgpack.encode(msgspec.structs.replace(b, first=1, last=9))),
        "its signature is not genuine",
    ),
    "another key": (spoiled(a_stranger), "its workstation is not enrolled here"),
    "another service": (
        spoiled(lambda b, p: signed(msgspec.structs.replace(b, deployment="atlantis"), p.device)),
        "it is of another service",
    ),
    "an unknown workstation": (
        spoiled(lambda b, p: signed(msgspec.structs.replace(b, workstation="../../x"), p.device)),
        "its workstation is not enrolled here",
    ),
    "sealed for somebody else": (
        spoiled(
            lambda b, p: signed(
                msgspec.structs.replace(b, sealed=seal(b"x", p.device.public, purpose="bundle")),
                p.device,
            )
        ),
        "it was encrypted for somebody else",
    ),
    **{
        name: (sealed_as(inside), "larger than any" if name == "a bomb" else "for somebody else")
        for name, inside in BOMBS.items()
    },
    "a link": (instead(lambda path: path.symlink_to("/etc/passwd")), "it is a link, a folder"),
    "a link to itself": (instead(lambda path: path.symlink_to(path)), "it is a link, a folder"),
    "a folder": (instead(Path.mkdir), "it is a link, a folder"),
    "a pipe": (instead(os.mkfifo), "it is a link, a folder"),
    "a huge file": (instead(huge), "it is larger than any of ours"),
}


@pytest.mark.parametrize(("spoil", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_the_honest_ones_are_taken(
    centre: CentreHere,
    post: Workstation,
    stick: Path,
    tmp_path: Path,
    take_in: TakeIn,
    spoil: Callable[[Workstation, Path], None],
    said: str,
) -> None:
    honest = enrolled(centre, tmp_path / "honest")
    honest.record("CELIK")
    post.record("AALTO")
    carry(post, stick)
    post.record("BERG")
    carry(post, stick)
    spoil(post, stick)
    spoiled_names = names(stick / BUNDLES)
    carry(honest, stick)

    ended = take_in(centre, stick)

    assert ended.code == 2
    assert said in ended.out
    assert "of no use: they lie untouched." in ended.err
    assert "Traceback" not in ended.out + ended.err
    assert centre.leaves(honest.id) == honest.leaves()
    assert set(spoiled_names) <= set(names(stick / BUNDLES))
    assert centre.alarms() == []
    # Nothing is lost: the same journal comes from an honest stick.
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    carry(post, fresh)
    take_in(centre, fresh)
    assert centre.leaves(post.id) == post.leaves()
    honest.close()


def test_a_bundle_cut_or_altered_at_any_byte_is_refused(
    centre: CentreHere, post: Workstation, stick: Path
) -> None:
    post.record("AALTO")
    carry(post, stick)
    [path] = bundles(stick)
    whole = path.read_bytes()

    for end in range(len(whole)):
        with pytest.raises((Malformed, Forged)):
            centre.centre.carried(whole[:end])
    for place in range(0, len(whole), 3):
        altered = bytearray(whole)
        altered[place] ^= 0x40
        with suppress(Malformed, Forged, registry.Unknown):  # a field's name may be any
            centre.centre.carried(bytes(altered))
    assert centre.leaves(post.id) in ([], post.leaves())
    assert centre.alarms() == []


def test_half_written_and_hidden_files_are_passed_over(
    centre: CentreHere, post: Workstation, stick: Path, take_in: TakeIn
) -> None:
    post.record("AALTO")
    carry(post, stick)
    (stick / BUNDLES / "x.bundle.partial").write_bytes(b"half")
    (stick / BUNDLES / "._x.bundle").write_bytes(b"what another system leaves beside")

    ended = take_in(centre, stick)

    assert ended.code == 0
    assert "1 bundle, new: 1 entry" in ended.out


def test_duplicates_under_other_names_are_taken_once(
    centre: CentreHere, post: Workstation, stick: Path, take_in: TakeIn
) -> None:
    post.record("AALTO")
    carry(post, stick)
    [path] = bundles(stick)
    (stick / BUNDLES / "copy (2).bundle").write_bytes(path.read_bytes())

    ended = take_in(centre, stick)

    assert "2 bundles, new: 1 entry, held up to 1." in ended.out
    assert centre.leaves(post.id) == post.leaves()


def test_a_name_that_would_move_the_cursor_is_not_printed(
    centre: CentreHere, post: Workstation, stick: Path, take_in: TakeIn
) -> None:
    post.record("AALTO")
    carry(post, stick)
    (stick / BUNDLES / "a\x1b[2Jb.bundle").write_bytes(b"junk")

    assert "a?[2Jb.bundle was not taken" in take_in(centre, stick).out


def test_a_link_instead_of_the_folder_is_not_followed(
    centre: CentreHere, post: Workstation, stick: Path, tmp_path: Path, take_in: TakeIn
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (stick / BUNDLES).symlink_to(elsewhere)
    post.record("AALTO")

    with pytest.raises(StickFailed) as failed:
        carry(post, stick)

    assert failed.value.trouble is StickTrouble.NOT_A_FOLDER
    assert "is no folder of ours" in take_in(centre, stick).err
    assert names(elsewhere) == []


def test_a_link_where_lists_are_being_written_is_not_followed(
    centre: CentreHere, post: Workstation, stick: Path, tmp_path: Path, take_in: TakeIn
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    listed = tmp_path / "list.jsonl"
    listed.write_bytes(jsonl.write([an_alert("A-1")]))
    main(["publish", "--jsonl", str(listed), "--data", str(centre.folder.path)])
    post.record("AALTO")
    carry(post, stick)
    (stick / f"{protocol.STICK}.coming").symlink_to(elsewhere)

    ended = take_in(centre, stick)

    assert ended.code == 0
    assert names(elsewhere) == []


def test_a_link_where_a_bundle_is_being_written_is_not_followed(
    post: Workstation, stick: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    post.record("AALTO")
    name = f"{post.id}-1-000000000001-000000000001.bundle"
    (stick / BUNDLES).mkdir()
    (stick / BUNDLES / name).symlink_to(victim)
    (stick / BUNDLES / f"{name}.partial").symlink_to(victim)

    assert carry(post, stick) == Written(bundles=1, entries=1)

    assert victim.read_bytes() == b"mine"
    assert not (stick / BUNDLES / name).is_symlink()


def test_more_files_than_a_stick_of_ours_holds_are_refused(
    centre: CentreHere, stick: Path, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "MOST_FILES", 20)
    for number in range(21):
        put(stick, b"", f"{number}.bundle")

    ended = take_in(centre, stick)

    assert ended.code == 2
    assert "files lie on it: part them over several" in ended.err


def test_an_empty_stick_and_none_at_all_are_said(
    centre: CentreHere, stick: Path, tmp_path: Path, take_in: TakeIn
) -> None:
    empty, none = take_in(centre, stick), take_in(centre, tmp_path / "nowhere")

    assert (empty.code, none.code) == (2, 2)
    assert "There is no bundle in" in empty.err
    assert "put the stick in, and name its folder" in none.err


# sticks that fail


@contextmanager
def medium(path: Path, size: str) -> Iterator[Path]:
    """A file system of its own, as small as wished."""
    path.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], capture_output=True, check=False)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system writes no more than this into a file, as if there were no more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_stick_keeps_what_is_whole_and_says_how_much_is_left(
    post: Workstation, tmp_path: Path
) -> None:
    for number in range(6):
        post.record(*[f"{os.urandom(20).hex()}" for _ in range(8)])
        bundle.spool(post.store, post.device, post.folder.spool)
        assert len(names(post.folder.spool)) == number + 1
    with medium(tmp_path / "small", "16k") as small:
        written = carry(post, small)

        assert written.trouble is StickTrouble.FULL
        assert (written.bundles > 0, written.bundles + written.left) == (True, 6)
        assert len(bundles(small)) == written.bundles
        assert not list((small / BUNDLES).glob("*.partial"))
        for path in bundles(small):
            assert read(path).key == post.device.public
    assert len(names(post.folder.spool)) == 6


def test_without_a_mount_a_full_stick_is_a_full_stick(post: Workstation, stick: Path) -> None:
    post.record(*[os.urandom(40).hex() for _ in range(50)])
    bundle.spool(post.store, post.device, post.folder.spool)
    with files_of_at_most(1_000):
        written = bundle.export(post.folder.spool, stick, post.device, lambda _done, _of: None)

    assert written == Written(left=1, trouble=StickTrouble.FULL)
    assert names(stick / BUNDLES) == []
    assert len(names(post.folder.spool)) == 1


def test_a_stick_pulled_out_in_the_middle_loses_nothing(post: Workstation, tmp_path: Path) -> None:
    for _ in range(3):
        post.record("AALTO")
        bundle.spool(post.store, post.device, post.folder.spool)
    with medium(tmp_path / "pulled", "1m") as pulled:

        def pull(done: int, _of: int) -> None:
            if done == 1:
                subprocess.run(["umount", "-l", str(pulled)], check=True)

        written = bundle.export(post.folder.spool, pulled, post.device, pull)

    assert written == Written(bundles=1, entries=1, left=2, trouble=StickTrouble.GONE)
    assert len(names(post.folder.spool)) == 3
    assert post.waiting == 3


def test_a_write_protected_stick_is_said_at_both_ends(
    centre: CentreHere, post: Workstation, tmp_path: Path, take_in: TakeIn
) -> None:
    post.record("AALTO")
    with medium(tmp_path / "locked", "1m") as locked:
        carry(post, locked)
        subprocess.run(["mount", "-o", "remount,ro", str(locked)], check=True)
        post.record("BERG")

        written = carry(post, locked)
        ended = take_in(centre, locked)

    assert (written.trouble, written.left) == (StickTrouble.WRITE_PROTECTED, 1)
    assert ended.code == 2
    assert "held up to 1." in ended.out
    assert "could not be acknowledged: the stick is write-protected" in ended.err
    assert centre.leaves(post.id) == post.leaves()[:1]


def test_what_was_half_written_is_cleared_by_the_next_export(
    post: Workstation, stick: Path
) -> None:
    half = put(stick, b"half", f"{post.id}-1-000000000001-000000000001.bundle.partial")
    strange = put(stick, b"mine", "holiday photo.partial")
    post.record("AALTO")

    carry(post, stick)

    assert not half.exists()
    assert strange.exists()


# any order

ACTS = ("record", "export", "lose", "arrive", "answer", "back up", "restore")


def there_and_back(centre: CentreHere, post: Workstation, stick: Path) -> None:
    """A stick that is not lost."""
    stick.mkdir()
    carry(post, stick)
    (stick / BUNDLES).mkdir(exist_ok=True)
    for path in bundles(stick):
        centre.centre.carried(path.read_bytes())
    key = post.device.public
    put(stick, centre.centre.acknowledgement(post.id, 1, signing_key=key, fork_at=None))
    bring(post, stick)
    settle(post)


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_sticks_in_any_order_come_to_the_journal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("order")
    centre = CentreHere(folder / "centre")
    post = enrolled(centre, folder / "post")
    carried: list[bytes] = []
    words: list[bytes] = []
    is_restored = False
    for _ in range(data.draw(st.integers(4, 14))):
        act = data.draw(st.sampled_from(ACTS))
        match act:
            case "record":
                post.record("AALTO")
            case "export":
                bundle.spool(post.store, post.device, post.folder.spool)
                carried += [path.read_bytes() for path in post.folder.spool.glob("*.bundle")]
            case "lose":
                for path in post.folder.spool.glob("*.bundle"):
                    path.unlink()
            case "arrive" if carried:
                centre.centre.carried(data.draw(st.sampled_from(carried)))
                words.append(
                    centre.centre.acknowledgement(
                        post.id, 1, signing_key=post.device.public, fork_at=None
                    )
                )
            case "answer" if words:
                here = folder / "stick"
                here.mkdir(exist_ok=True)
                put(here, data.draw(st.sampled_from(words)))
                before = post.store.mark(RECEIVED)
                bring(post, here)
                settle(post)
                assert is_restored or post.store.mark(RECEIVED) >= before
            case "back up" if not is_restored:
                centre.back_up(folder / "backup")
            case "restore" if (folder / "backup").exists() and not is_restored:
                centre.restore(folder / "backup")
                is_restored = True
        assert is_restored or post.store.mark(RECEIVED) <= len(centre.leaves(post.id))
    there_and_back(centre, post, folder / "last")
    there_and_back(centre, post, folder / "once more")  # where the centre had lost some

    assert centre.leaves(post.id) == post.leaves()
    assert (post.store.mark(RECEIVED), post.waiting) == (len(post.leaves()), 0)
    assert centre.alarms() == []
    post.close()
    centre.close()


# decoders, with bounded memory

FUZZ = """\
import random, resource, sys
from pathlib import Path
from tests.test_stick_bundles import fuzz
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
fuzz(Path(sys.argv[1]), random.Random(int(sys.argv[2])))
"""


def fuzz(folder: Path, random: Any) -> None:
    """Throw spoiled bundles and words at both decoders; nothing but their own errors comes out."""
    centre = CentreHere(folder / "centre")
    post = enrolled(centre, folder / "post")
    post.record("AALTO", "BERG")
    stick = folder / "stick"
    stick.mkdir()
    carry(post, stick)
    [path] = bundles(stick)
    honest = read(path)
    plain = protocol.decompress(
        protocol.unseal(honest.sealed, centre.folder.keys().centre, purpose="bundle")
    )
    said = word(centre, post)
    for inside in BOMBS.values():
        with suppress(Malformed):
            centre.centre.carried(holding(inside, honest, post))
    for number in range(600):
        content = _spoiled(path.read_bytes(), random)
        if number % 3 == 0:  # the outside is genuine, the inside is not
            content = holding(partial(packed, _spoiled(plain, random)), honest, post)
        with suppress(Malformed, Forged, registry.Unknown):
            centre.centre.carried(content)
        with suppress(BadFile):
            acknowledgement.opened(_spoiled(said, random), post.device)
        inner = seal(
            packed(_spoiled(plain, random)), post.device.receive_public, purpose="acknowledgement"
        )
        outer = SealedAcknowledgement(deployment="utopia", workstation=post.id, sealed=inner)
        with suppress(BadFile):
            acknowledgement.opened(msgspec.msgpack.encode(outer), post.device)
    assert set(centre.leaves(post.id)) <= set(post.leaves())
    post.close()
    centre.close()


def _spoiled(content: bytes, random: Any) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(changed) or 1)
        match random.randrange(4):
            case 0:
                changed[place : place + 1] = bytes([random.randrange(256)])
            case 1:
                changed[place:place] = random.choice((b"\xdd", b"\xdf", b"\xc6")) + b"\xff" * 4
            case 2:
                del changed[place : place + random.randint(1, 40)]
            case 3:
                changed[place:place] = changed[: random.randint(1, 40)]
    return bytes(changed)


def test_spoiled_bytes_only_ever_meet_the_decoders_own_errors_within_bounded_memory(
    tmp_path: Path,
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FUZZ, str(tmp_path), "1842"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_no_bundle(content: bytes) -> None:
    for kind in (Bundle, SealedAcknowledgement, Acknowledgement):
        with pytest.raises(Malformed):
            protocol.decode(content, kind)


# IT's command line at the workstation


@pytest.fixture
def premises(tmp_path: Path, centre: CentreHere) -> Folder:
    """A workstation with a supervisor who can sign in, and a centre that has a list."""
    folder = Folder(tmp_path / "premises")
    provisioning = tmp_path / "post.json"
    arguments = ["--post", "OSH-01", "--url", "http://127.0.0.1:9", "--out", str(provisioning)]
    main(["token", "--data", str(centre.folder.path), *arguments])
    read_in = msgspec.json.decode(provisioning.read_bytes(), type=Provisioning)
    device = centre.enrol(folder)
    folder.provisioning.write_bytes(msgspec.json.encode(read_in))
    first_officers(folder, device, [NewSlot.fresh("1842", Role.SUPERVISOR, PASSPHRASE)]).wipe()
    return folder


@pytest.fixture
def admin(
    premises: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> TakeIn:
    """Run `checkpoint-admin bundle`; with a pass-phrase if one is given."""

    def ran(step: str, stick: Path, passphrase: str = "") -> Ended:
        who = ["--as", "1842", "--passphrase-stdin"] if passphrase else []
        typed = io.TextIOWrapper(io.BytesIO(passphrase.encode() + b"\n"))
        monkeypatch.setattr(sys, "stdin", typed)
        code = admin_main(["bundle", step, str(stick), "--data", str(premises.path), *who])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return ran


def test_it_carries_records_to_the_centre_and_its_word_and_lists_back(
    centre: CentreHere, premises: Folder, stick: Path, take_in: TakeIn, admin: TakeIn
) -> None:
    listed = stick.parent / "list.jsonl"
    listed.write_bytes(jsonl.write([an_alert("A-1")]))
    main(["publish", "--jsonl", str(listed), "--data", str(centre.folder.path)])

    nothing = admin("export", stick)
    written = admin("export", stick, PASSPHRASE)
    take_in(centre, stick)
    without = admin("import", stick)
    within = admin("import", stick, PASSPHRASE)

    assert nothing.code == 0
    assert "Nothing waits that could be written." in nothing.out
    assert (written.code, written.err) == (0, "")
    assert written.out == (
        "On the stick: 1 bundle with 3 entries, read back and found good. Take it out as the"
        " system asks.\n"
    )
    assert without.code == 0
    assert "they count as received from the next sign-in on." in without.out
    assert "watchlist: version 1" in without.out
    assert within.code == 0
    assert "the centre holds the first 3 entries." in within.out
    workstation = DeviceKey.load(premises.device_key).state.workstation
    assert len(centre.leaves(workstation)) == 3


def test_what_cannot_be_done_is_one_sentence(
    premises: Folder, stick: Path, tmp_path: Path, admin: TakeIn
) -> None:
    (premises.spool / "1-000000000001-000000000001.bundle").write_bytes(b"junk")
    gone = admin("export", tmp_path / "nowhere")
    empty = admin("import", stick)
    wrong = admin("export", stick, "not the pass-phrase of anybody")

    assert gone.code == empty.code == 1
    assert "put the stick in, and name its folder" in gone.err
    assert "no folder checkpoint-reference" in empty.err
    assert wrong.code == 2
    assert names(stick) == []


def test_a_stick_that_fills_is_said_with_what_is_left(
    stick: Path, tmp_path: Path, admin: TakeIn
) -> None:
    admin("export", tmp_path, PASSPHRASE)
    with files_of_at_most(500):
        full = admin("export", stick)

    assert full.code == 1
    assert full.err == (
        "checkpoint-admin: on the stick and good: 0 bundles; not on it: 1 bundle: the stick is"
        " full: take another one for the rest.\n"
    )
    assert "1 bundle with 3 entries" in admin("export", stick).out


def test_a_folder_without_a_workstation_is_said_so(
    stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in ("export", "import"):
        assert admin_main(["bundle", step, str(stick), "--data", str(tmp_path / "none")]) == 1
        assert "There is no workstation in" in capsys.readouterr().err
