"""Finding the post's exchange in the network: by real mDNS, and believing nothing of it."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from sync import nearby, post, protocol, revocation
from sync.enrolment import enrol
from sync.exchange import Exchange
from sync.link import Unreachable
from sync.post import PostReply
from sync.protocol import CONTENT_TYPE, DeviceRole
from sync.revocation import Revoked
from sync.server import certificates
from sync.server.command import now
from sync.server.keys import CentreFolder
from tests.centre import RunningCentre, serving, set_up
from tests.exchanges import PATIENCE, Running, enrolled, refer, started, waiting
from tests.test_exchange import a_call, until

POST, DEPLOYMENT = "OSH-01", "utopia"
EVERYWHERE = ("--host", "0.0.0.0")  # noqa: S104  (an exchange is there for its neighbours)

# Of a connection that is reset before its first word, `ssl` (Python 3.11) itself leaves the socket
# to be collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

needs_network = pytest.mark.skipif(
    not nearby.has_network(), reason="this machine has no network to find anybody in"
)


@dataclass
class Stranger:
    """Somebody in the post's network who says to be its exchange, and shows `proof`.

    `reply` is what he says to every call before he hangs up; `asked` is all that was ever said to
    him. Port 0 takes any free one.
    """

    path: Path
    proof: bytes = b""
    reply: bytes = b""
    asked: "Queue[str]" = field(default_factory=Queue)
    port: int = 0

    @contextmanager
    def serving(self) -> Iterator["Stranger"]:
        handler = type("Handler", (_Answers,), {"stranger": self})
        with HTTPServer(("0.0.0.0", self.port), handler) as server:  # noqa: S104
            self.port = server.server_port
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.path / "stranger.pem", self.path / "stranger.key")
            server.socket = context.wrap_socket(server.socket, server_side=True)
            thread = Thread(target=server.serve_forever)
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()

    @property
    def tls(self) -> bytes:
        """The digest of his certificate."""
        pem = (self.path / "stranger.pem").read_bytes()
        return sha256(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)).digest()

    def sign(self) -> nearby.Sign:
        place = nearby.place_of(DEPLOYMENT, POST)
        return nearby.Sign(name=self.tls.hex(), place=place, host="0.0.0.0", port=self.port)  # noqa: S104


class _Answers(BaseHTTPRequestHandler):
    stranger: Stranger

    def do_GET(self) -> None:
        self.stranger.asked.put(f"GET {self.path}")
        self._say(self.stranger.proof)

    def do_POST(self) -> None:
        self.stranger.asked.put(f"POST {self.path}")
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say(self.stranger.reply)

    def _say(self, content: bytes) -> None:
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.end_headers()
        self.wfile.write(protocol.compress(content))

    def log_message(self, format: str, *args: object) -> None:
        """He keeps it to himself."""


def a_stranger(path: Path, *, port: int = 0) -> Stranger:
    issued = certificates.issue("127.0.0.1", now())
    (path / "stranger.pem").write_bytes(issued.server)
    (path / "stranger.key").write_bytes(issued.server_key)
    return Stranger(path, port=port)


@pytest.fixture
def stranger(tmp_path: Path) -> Stranger:
    return a_stranger(tmp_path)


def computer(centre: RunningCentre, path: Path, role: DeviceRole, *, post: str = POST) -> DeviceKey:
    return enrol(centre.provisioning(post, role=role), Folder(path), role=role)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    with serving(set_up(tmp_path_factory.mktemp("centre") / "centre")) as centre:
        yield centre


@pytest.fixture
def booth(centre: RunningCentre, tmp_path: Path) -> Iterator[Running]:
    """A workstation that nobody has told of any exchange."""
    with Running(enrolled(centre, Folder(tmp_path / "booth")), []) as booth:
        yield booth


@needs_network
def test_workstations_find_the_exchange_of_their_post_by_themselves(
    centre: RunningCentre, booth: Running, tmp_path: Path
) -> None:
    exchange = started(centre, tmp_path / "exchange", *EVERYWHERE)
    desk_folder = enrolled(centre, Folder(tmp_path / "desk"))
    with ExitStack() as stack:
        stack.callback(exchange.kill)
        desk = stack.enter_context(Running(desk_folder, []))
        for each in (booth, desk):
            stack.enter_context(finding(each))

        refer(booth)

        assert desk.sees(waiting(1))
        assert len(desk.neighbours.at_work) == 1


@needs_network
def test_who_announces_himself_without_a_proof_is_told_nothing(
    booth: Running, stranger: Stranger
) -> None:
    with stranger.serving(), nearby.announced(stranger.sign()), finding(booth):
        refer(booth)

        assert stranger.asked.get(timeout=PATIENCE) == f"GET {post.PROOF_PATH}"

    assert booth.neighbours.at_work == frozenset()
    assert "POST" not in "".join(stranger.asked.queue)


@pytest.mark.parametrize(
    "lie", ["a replayed proof", "a workstation's", "of another post", "of another service", "noise"]
)
def test_a_lie_is_told_nothing(
    centre: RunningCentre, booth: Running, stranger: Stranger, tmp_path: Path, lie: str
) -> None:
    stranger.proof = {
        "a replayed proof": lambda: post.proof(
            computer(centre, tmp_path / "theirs", DeviceRole.EXCHANGE), bytes(32)
        ),
        "a workstation's": lambda: post.proof(booth.device, stranger.tls),
        "of another post": lambda: post.proof(
            computer(centre, tmp_path / "far", DeviceRole.EXCHANGE, post="TASH-02"),
            stranger.tls,
        ),
        "of another service": lambda: _self_made(tmp_path, stranger.tls),
        "noise": lambda: b"\x00" * 400,
    }[lie]()

    with stranger.serving():
        booth.neighbours.found("127.0.0.1", stranger.port)
        refer(booth)

    assert booth.neighbours.at_work == frozenset()
    assert list(stranger.asked.queue) == [f"GET {post.PROOF_PATH}"]


def test_a_genuine_proof_is_believed(
    centre: RunningCentre, booth: Running, stranger: Stranger, tmp_path: Path
) -> None:
    """The tests of lies above could not fail without it."""
    exchange = computer(centre, tmp_path / "exchange", DeviceRole.EXCHANGE)
    stranger.proof = post.proof(exchange, stranger.tls)

    with stranger.serving():
        booth.neighbours.found("127.0.0.1", stranger.port)

    assert len(booth.neighbours.at_work) == 1


def test_a_revoked_exchange_is_not_worked_with(
    centre: RunningCentre, booth: Running, stranger: Stranger, tmp_path: Path
) -> None:
    exchange = computer(centre, tmp_path / "exchange", DeviceRole.EXCHANGE)
    stranger.proof = post.proof(exchange, stranger.tls)
    revoked = Revoked(
        deployment=DEPLOYMENT, post=POST, number=1, until={exchange.state.workstation: {}}
    )
    word = revocation.write(revoked, CentreFolder(centre.folder).keys().reply)
    assert revocation.hear(booth.device, word)

    with stranger.serving():
        booth.neighbours.found("127.0.0.1", stranger.port)

    assert booth.neighbours.at_work == frozenset()


def test_a_connection_that_was_closed_is_not_opened_again_unseen(
    booth: Running, stranger: Stranger, tmp_path: Path
) -> None:
    """Whoever takes the address over in between is told nothing."""
    stranger.reply = msgspec.msgpack.encode(PostReply(held=0))
    with stranger.serving():
        port = stranger.port
        exchange = Exchange(f"https://127.0.0.1:{port}#{stranger.tls.hex()}")
        assert exchange.call(a_call(booth), booth.device).held == 0

    (tmp_path / "other").mkdir()
    other = a_stranger(tmp_path / "other", port=port)
    with other.serving(), pytest.raises(Unreachable, match="wrong-certificate"):
        exchange.call(a_call(booth), booth.device)

    assert list(other.asked.queue) == []


def test_an_exchange_that_moved_is_worked_with_where_it_is_now(
    centre: RunningCentre, booth: Running, stranger: Stranger, tmp_path: Path
) -> None:
    exchange = computer(centre, tmp_path / "exchange", DeviceRole.EXCHANGE)
    stranger.proof = post.proof(exchange, stranger.tls)
    with stranger.serving():
        booth.neighbours.found("127.0.0.1", stranger.port)
    before, stranger.port = stranger.port, 0

    with stranger.serving():
        until(lambda: finds(booth, stranger.port))

        assert stranger.port != before
        assert len(booth.neighbours.at_work) == 1


def finds(running: Running, port: int) -> bool:
    running.neighbours.found("127.0.0.1", port)
    return any(f":{port}#" in url for url in running.neighbours.at_work)


def _self_made(path: Path, tls: bytes) -> bytes:
    """By the key of a centre that he has made for himself."""
    with serving(set_up(path / "own centre")) as own:
        return post.proof(computer(own, path / "own", DeviceRole.EXCHANGE), tls)


@contextmanager
def finding(running: Running) -> Iterator[None]:
    finder = nearby.Finder(nearby.place_of(DEPLOYMENT, POST), running.neighbours.found)
    finder.start()
    try:
        yield
    finally:
        finder.stop()
