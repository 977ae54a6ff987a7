"""What a crossing costs on the line: payload as sent, and all bytes of TLS counted by a relay.

Complete records of the specimen through the real engine, line and server process. TCP and IP
headers are not counted.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Lock, Thread

import msgspec

from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Origin
from checkpoint_client.settings import Folder
from checkpoint_client.specimen import recorded
from checkpoint_client.store import Store
from checkpoint_client.store.engine import KEY_BYTES
from checkpoint_client.vault.device import DeviceKey
from sync import engine, protocol
from sync.enrolment import enrol, line_of, read_provisioning
from sync.https import Line
from tests.bench import PAYLOAD_10, PAYLOAD_100, Promise, Row, other_protocols
from tests.centre import RunningCentre, serving

BATCHES = {1: 40, 10: 40, 100: 6}
"""Crossings a contact, and how many contacts."""

PAYLOAD_1 = Promise("payload a crossing, 1 a batch", "")
LIMITS = {PAYLOAD_1: None, PAYLOAD_10: 195, PAYLOAD_100: 155}
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_PART = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """Bytes of some contacts that carried `crossings` each, both ways where TLS is counted."""

    crossings: int
    contacts: int
    payload: int
    tls_new: int
    tls_kept: int


class Relay:
    """Passes every connection on to a port and counts the bytes of both directions."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._lock = Lock()
        self.passed = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                for one, other in ((near, far), (far, near)):
                    Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while part := one.recv(_PART):
                with self._lock:
                    self.passed += len(part)
                other.sendall(part)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)


def rows() -> list[Row]:
    with TemporaryDirectory() as folder, _post(Path(folder)) as (store, device, data, relay):
        measured = [_measure(store, device, data, relay, crossings=n) for n in BATCHES]
        bodies = [entry.body for entry in store.entries(0, limit=2_000, max_bytes=1 << 40)]
        others = list(_others(Path(folder), [body for body in bodies if body]))
    return [row for sent in measured for row in _rows(sent)] + others


def _others(folder: Path, bodies: list[bytes]) -> Iterator[Row]:
    """The same records by other ways: what a crossing costs, its hit included."""
    with (
        other_protocols.serving(folder) as server,
        closing(Relay(server.port)) as relay,
    ):
        for name, model in (
            ("CouchDB replication", other_protocols.couchdb),
            ("ODK submissions", other_protocols.odk),
        ):
            for crossings in BATCHES:
                batch = _with_their_hits(bodies, crossings)
                once = model(batch, Random(crossings))
                before = relay.passed
                other_protocols.send(server, relay.port, once)
                new = relay.passed - before
                before = relay.passed
                other_protocols.send(server, relay.port, [*once, *once])
                kept = relay.passed - before - new
                yield Row(
                    what=f"{name} of the same records, modelled, {crossings} a batch",
                    goal="",
                    measured=f"{other_protocols.payload(once) / crossings:.0f} bytes a crossing;"
                    f" TLS both ways {new / crossings:.0f} new connection,"
                    f" {kept / crossings:.0f} kept alive",
                    n=crossings,
                    met=None,
                )


def _with_their_hits(bodies: list[bytes], crossings: int) -> list[bytes]:
    """The first so many checks, and the hits among them."""
    checks = 0
    for number, body in enumerate(bodies):
        checks += b'"kind":"check"' in body
        if checks > crossings:
            return bodies[:number]
    return bodies


def _rows(sent: Sent) -> Iterator[Row]:
    promise = {1: PAYLOAD_1, 10: PAYLOAD_10, 100: PAYLOAD_100}[sent.crossings]
    limit = LIMITS[promise]
    total = sent.crossings * sent.contacts
    payload = sent.payload / total
    tls = f"{sent.tls_new / total:.0f} new connection, {sent.tls_kept / total:.0f} kept alive"
    yield Row(
        what=promise.what,
        goal=promise.goal,
        measured=f"{payload:.0f} bytes, one request a batch",
        n=total,
        met=None if limit is None else payload <= limit,
    )
    yield Row(
        what=f"TLS bytes a crossing both ways, {sent.crossings} a batch",
        goal="",
        measured=tls,
        n=total,
        met=None,
    )


def _measure(
    store: Store, device: DeviceKey, data: Folder, relay: Relay, *, crossings: int
) -> Sent:
    contacts = BATCHES[crossings]
    provisioning = read_provisioning(data.provisioning)
    through = msgspec.structs.replace(provisioning, url=f"https://127.0.0.1:{relay.port}")
    made = recorded.crossings(Random(crossings), NOON)
    payload = 0
    counts = {}
    for is_kept_alive in (False, True):
        with closing(line_of(through, device)) as line:
            _contact(store, device, line, 0)
            if not is_kept_alive:
                line.close()
            before = relay.passed
            for _ in range(contacts):
                _record(store, made, crossings)
                payload += _contact(store, device, line, crossings)
                if not is_kept_alive:
                    line.close()
        counts[is_kept_alive] = relay.passed - before
    return Sent(crossings, contacts, payload // 2, counts[False], counts[True])


def _record(store: Store, made: Iterator[recorded.Crossing], crossings: int) -> None:
    with store.together():
        for crossing in islice(made, crossings):
            check = store.append(crossing.check)
            if hit := crossing.hit(check.id):
                store.append(hit, refers_to=(check.leaf,))


def _contact(store: Store, device: DeviceKey, line: Line, expected: int) -> int:
    """One contact; the bytes of its request's body."""
    contact = engine.next_request(store, device, have={}).contact
    outcome = engine.confirm(store, device, line.contact(contact))
    is_all_held = outcome.held == store.tip().position
    if outcome.trouble or not is_all_held or len(contact.entries) < expected:
        raise RuntimeError("the contact did not carry what was to be measured")
    dictionary = device.state.dictionary
    return len(
        protocol.sign_request(
            protocol.folded(contact, dictionary=dictionary),
            device,
            deployment=contact.deployment,
            dictionary=dictionary,
        ).body
    )


@contextmanager
def _post(folder: Path) -> Iterator[tuple[Store, DeviceKey, Folder, Relay]]:
    """An enrolled workstation, a server process with TLS, and a relay between them."""
    centre = RunningCentre(folder / "centre")
    centre.run("init", "--tls", "127.0.0.1")
    with serving(centre):
        data = Folder(folder / "workstation")
        device = enrol(centre.provisioning(), data)
        with (
            closing(Relay(int(centre.url.rpartition(":")[2]))) as relay,
            closing(_store(data, device)) as store,
        ):
            yield store, device, data, relay


def _store(data: Folder, device: DeviceKey) -> Store:
    state = device.state
    return Store(
        data.records,
        bytearray(range(KEY_BYTES)),
        origin=Origin(state.deployment, state.workstation, state.incarnation),
        public=device.public,
        sign=device.sign,
        clock=Clock(_ticking(Random(state.workstation))),
    )


def _ticking(chance: Random) -> Callable[[], datetime]:
    """A clock by which some seconds pass between any two looks, as between two travellers."""
    now = NOON

    def look() -> datetime:
        nonlocal now
        now += timedelta(milliseconds=chance.randint(5_000, 40_000))
        return now

    return look
