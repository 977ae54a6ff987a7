"""The line: only a signed answer of our own server counts as one."""

import os
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from sync import dictionaries, https, protocol
from sync.engine import next_request
from sync.https import BadAddress, Line
from sync.link import Reason, Unreachable
from sync.protocol import CONTENT_TYPE, Contact
from sync.server import certificates
from tests.workstations import CentreHere, Workstation

Answer = Callable[["Answering"], None]


class Answering(BaseHTTPRequestHandler):
    """Answers as the test says; `server.answer` is called with the body read."""

    server: "SomeServer"

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(dict(self.headers))
        self.server.answer(self)

    def do_GET(self) -> None:
        self.server.seen.append(dict(self.headers))
        self.server.answer(self)

    def reply(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class SomeServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answer = answer
        self.seen: list[dict[str, str]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[SomeServer]:
    server = SomeServer(answer)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Post:
    """A workstation with a contact to make."""

    centre: CentreHere
    workstation: Workstation
    made: list[Contact] = field(default_factory=list)

    @property
    def device(self) -> DeviceKey:
        return self.workstation.device

    def line(self, url: str, **changes: object) -> Line:
        options = {
            "deployment": "utopia",
            "server_key": self.centre.server_key,
            "signer": self.device,
        }
        return Line(url, **options | changes)  # type: ignore[arg-type]

    def contact(self) -> Contact:
        return next_request(self.workstation.store, self.device, have={}).contact

    def outcome(self, url: str, **changes: object) -> Reason | None:
        """Why the contact did not happen; None if it did."""
        with closing(self.line(url, **changes)) as line:
            try:
                line.contact(self.contact())
            except Unreachable as unreachable:
                return unreachable.reason
        return None

    def answers(self, handler: Answering) -> None:
        """What our own server would say."""
        handler.reply(200, CONTENT_TYPE, self.centre.centre.contact(handler.body))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    centre = CentreHere(tmp_path / "centre")
    folder = Folder(tmp_path / "workstation")
    workstation = Workstation(folder, centre.enrol(folder))
    workstation.record("AALTO")
    yield Post(centre, workstation)
    workstation.close()
    centre.close()


def portal(status: int, **headers: str) -> Answer:
    return lambda handler: handler.reply(status, "text/html", b"<h1>Log in</h1>", **headers)


def test_a_signed_reply_is_a_contact(post: Post) -> None:
    with serving(post.answers) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}")

    assert outcome is None


@pytest.mark.parametrize(
    "answer",
    [
        portal(200),
        portal(302, Location="http://127.0.0.1:9/login"),
        portal(511),
        portal(204),
        lambda handler: handler.reply(200, CONTENT_TYPE, b""),
        lambda handler: handler.reply(200, CONTENT_TYPE, b"not a message at all"),
        lambda handler: handler.reply(200, CONTENT_TYPE, handler.body),
    ],
    ids=["200", "302", "511", "204", "empty", "garbage", "echo"],
)
def test_a_captive_portal_is_not_our_server(post: Post, answer: Answer) -> None:
    with serving(answer) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}")

    assert outcome is Reason.NOT_OUR_SERVER


def test_an_older_server_in_the_place_of_a_newer_is_understood(post: Post) -> None:
    """It was restored from a backup, say: it does not read the dictionary that it had promised."""
    frames = []

    def as_older(handler: Answering) -> None:
        frames.append(dictionaries.number_in(handler.body))
        if frames[-1]:
            handler.reply(400, "text/plain", b"not a zstd frame")
        else:
            post.answers(handler)

    with serving(as_older) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}", dictionary=lambda: 1)

    assert (outcome, frames) == (None, [1, 0])


def test_the_dictionary_is_used_once_the_server_has_said_to_read_it(post: Post) -> None:
    frames = []

    def answers(handler: Answering) -> None:
        frames.append(dictionaries.number_in(handler.body))
        post.answers(handler)

    with (
        serving(answers) as server,
        closing(
            post.line(
                f"http://127.0.0.1:{server.port}",
                dictionary=lambda: post.device.state.dictionary,
            )
        ) as line,
    ):
        for name in ("BERG", "DAHL"):
            post.workstation.record(name)
            assert post.workstation.contact(line)

    assert frames == [0, dictionaries.NEWEST]


def test_a_newer_server_is_spoken_to_in_words_known_here(post: Post) -> None:
    with serving(post.answers) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}", dictionary=lambda: 99)

    assert outcome is None


def test_a_redirect_is_not_followed(post: Post) -> None:
    with serving(post.answers) as ours:
        elsewhere = portal(307, Location=f"http://127.0.0.1:{ours.port}/v1/contact")
        with serving(elsewhere) as portal_server:
            outcome = post.outcome(f"http://127.0.0.1:{portal_server.port}")

    assert outcome is Reason.NOT_OUR_SERVER
    assert ours.seen == []


def test_a_reply_signed_by_another_key_does_not_count(post: Post, tmp_path: Path) -> None:
    other = CentreHere(tmp_path / "other")

    with serving(post.answers) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}", server_key=other.server_key)

    other.close()
    assert outcome is Reason.NOT_OUR_SERVER


def test_a_reply_to_another_request_does_not_count(post: Post) -> None:
    earlier = protocol.sign_request(post.contact(), post.device, deployment="utopia")
    replayed = post.centre.centre.contact(earlier.body)

    with serving(lambda handler: handler.reply(200, CONTENT_TYPE, replayed)) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}")

    assert outcome is Reason.NOT_OUR_SERVER


def test_an_answer_that_is_cut_does_not_count(post: Post) -> None:
    def cut(handler: Answering) -> None:
        body = post.centre.centre.contact(handler.body)
        handler.send_response(200)
        handler.send_header("Content-Type", CONTENT_TYPE)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    with serving(cut) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}")

    assert outcome is Reason.CUT


def test_an_answer_without_end_is_given_up(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_COMPRESSED", 100_000)

    with serving(lambda handler: handler.reply(200, CONTENT_TYPE, bytes(200_000))) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}")

    assert outcome is Reason.NOT_OUR_SERVER


def test_nobody_there_is_no_line(post: Post) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    outcome = post.outcome(f"http://127.0.0.1:{port}")

    assert outcome is Reason.NO_LINE


@pytest.mark.parametrize(("wait", "seconds"), [("90", 90), ("soon", 0), ("-1", 0)])
def test_a_server_that_is_busy_says_when_it_is_not(post: Post, wait: str, seconds: int) -> None:
    later = {"Retry-After": wait}
    with (
        serving(lambda handler: handler.reply(503, "text/plain", b"busy", **later)) as server,
        pytest.raises(Unreachable) as refused,
    ):
        post.line(f"http://127.0.0.1:{server.port}").contact(post.contact())

    assert refused.value.retry_after == seconds


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Reason.UNKNOWN_HERE),
        (400, Reason.REFUSED),
        (407, Reason.PROXY),
        (413, Reason.TOO_LARGE),
        (503, Reason.SERVER_FAULT),
        (507, Reason.CENTRE_FULL),
    ],
)
def test_a_refusal_says_why(post: Post, status: int, reason: Reason) -> None:
    with serving(lambda handler: handler.reply(status, "text/plain", b"because")) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}")

    assert outcome is reason


def test_the_environment_does_not_choose_the_proxy(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    with serving(post.answers) as server:
        outcome = post.outcome(f"http://127.0.0.1:{server.port}")

    assert outcome is None


def test_the_proxy_of_the_settings_is_used(post: Post) -> None:
    with serving(post.answers) as proxy:
        outcome = post.outcome("http://127.0.0.1:1", proxy=f"http://127.0.0.1:{proxy.port}")

    assert outcome is None
    assert proxy.seen[0]["Host"] == "127.0.0.1:1"


def test_a_file_is_fetched_from_where_it_broke_off(post: Post) -> None:
    def lend(handler: Answering) -> None:
        handler.reply(206, "application/octet-stream", b"the rest")

    with serving(lend) as server, closing(post.line(f"http://127.0.0.1:{server.port}")) as line:
        fetched = b"".join(line.fetch("watchlist-1.snapshot", 1_000))

    assert fetched == b"the rest"
    assert server.seen[0]["Range"] == "bytes=1000-"


def test_a_file_that_was_whole_already_needs_no_more(post: Post) -> None:
    with (
        serving(lambda handler: handler.reply(416, "text/plain", b"")) as server,
        closing(post.line(f"http://127.0.0.1:{server.port}")) as line,
    ):
        assert list(line.fetch("watchlist-1.snapshot", 1_000)) == []


def in_drops(handler: Answering) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/octet-stream")
    handler.send_header("Content-Length", "2000")
    handler.end_headers()
    handler.wfile.write(b"a")


def test_a_file_that_only_drips_is_given_up(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "SLOW_SECONDS", 0.0)

    with (
        serving(in_drops) as server,
        closing(post.line(f"http://127.0.0.1:{server.port}")) as line,
        pytest.raises(Unreachable) as given_up,
    ):
        list(line.fetch("watchlist-1.snapshot", 0))

    assert (given_up.value.reason, given_up.value.words) == (Reason.NO_ANSWER, "it drips")


def test_a_file_that_ends_too_early_is_cut(post: Post) -> None:
    with (
        serving(in_drops) as server,
        closing(post.line(f"http://127.0.0.1:{server.port}")) as line,
        pytest.raises(Unreachable) as cut,
    ):
        list(line.fetch("watchlist-1.snapshot", 0))

    assert cut.value.reason is Reason.CUT


# TLS


def server_context(folder: Path, issued: certificates.Issued) -> ssl.SSLContext:
    (folder / "server.pem").write_bytes(issued.server)
    (folder / "server.key").write_bytes(issued.server_key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


YEAR = timedelta(days=365.25)


@pytest.mark.parametrize(
    "made",
    [
        *(timedelta(0), timedelta(hours=1), timedelta(hours=-1), timedelta(days=30)),
        *(-30 * YEAR, 46 * YEAR, -12 * YEAR),
    ],
    ids=[
        *(
            "our clock is right",
            "an hour behind",
            "an hour ahead",
            "before the certificate's start",
        ),
        *("long behind its end", "our clock says 1980", "our clock says 2038"),
    ],
)
def test_our_own_certificate_is_trusted_whatever_the_clock_says(
    post: Post, tmp_path: Path, made: timedelta
) -> None:
    issued = certificates.issue("centre.example", datetime.now(UTC) + made)

    with serving(post.answers, server_context(tmp_path, issued)) as server:
        outcome = post.outcome(
            f"https://127.0.0.1:{server.port}", certificate=issued.authority.decode()
        )

    assert outcome is None


def test_the_certificate_of_another_authority_is_not_trusted(post: Post, tmp_path: Path) -> None:
    ours = certificates.issue("127.0.0.1", datetime.now(UTC))
    theirs = certificates.issue("127.0.0.1", datetime.now(UTC))

    with serving(post.answers, server_context(tmp_path, theirs)) as server:
        outcome = post.outcome(
            f"https://127.0.0.1:{server.port}", certificate=ours.authority.decode()
        )

    assert outcome is Reason.WRONG_CERTIFICATE
    assert server.seen == []


def test_the_environment_does_not_choose_whom_to_trust(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = certificates.issue("127.0.0.1", datetime.now(UTC))
    theirs = certificates.issue("127.0.0.1", datetime.now(UTC))
    (tmp_path / "theirs.pem").write_bytes(theirs.authority)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "theirs.pem"))

    with serving(post.answers, server_context(tmp_path, theirs)) as server:
        outcome = post.outcome(
            f"https://127.0.0.1:{server.port}", certificate=ours.authority.decode()
        )

    assert outcome is Reason.WRONG_CERTIFICATE


class Tunnel(BaseHTTPRequestHandler):
    """A proxy as offices have them: `CONNECT`, perhaps only for who knows its password."""

    server: "OfficeProxy"

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        if self.headers.get("Proxy-Authorization", "") != self.server.demands:
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="office"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        with socket.create_connection(("127.0.0.1", self.server.leads_to)) as far:
            back = Thread(target=_pass_on, args=(far, self.connection))
            back.start()
            _pass_on(self.connection, far)
            back.join()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class OfficeProxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, leads_to: int, demands: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.leads_to = leads_to
        self.demands = demands
        self.asked: list[str] = []


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(4_096):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def office(leads_to: int, demands: str = "") -> Iterator[OfficeProxy]:
    proxy = OfficeProxy(leads_to, demands)
    thread = Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


def test_a_proxy_is_passed_without_being_trusted(post: Post, tmp_path: Path) -> None:
    issued = certificates.issue("centre.example", datetime.now(UTC))

    with (
        serving(post.answers, server_context(tmp_path, issued)) as server,
        office(server.port) as proxy,
    ):
        outcome = post.outcome(
            "https://centre.example:8443",
            certificate=issued.authority.decode(),
            proxy=f"http://127.0.0.1:{proxy.server_address[1]}",
        )

    assert outcome is None
    assert proxy.asked == ["centre.example:8443"]


def test_a_proxy_that_opens_tls_sees_nothing(post: Post, tmp_path: Path) -> None:
    """It shows a certificate of its own authority, which the office's computers trust."""
    ours = certificates.issue("centre.example", datetime.now(UTC))
    inspectors = certificates.issue("centre.example", datetime.now(UTC))

    with (
        serving(post.answers, server_context(tmp_path, inspectors)) as inspector,
        office(inspector.port) as proxy,
    ):
        outcome = post.outcome(
            "https://centre.example:8443",
            certificate=ours.authority.decode(),
            proxy=f"http://127.0.0.1:{proxy.server_address[1]}",
        )

    assert outcome is Reason.WRONG_CERTIFICATE
    assert inspector.seen == []


@pytest.mark.parametrize(
    ("who", "reason"),
    [("", Reason.PROXY), ("post:wrong@", Reason.PROXY), ("post:secret@", None)],
    ids=["no password", "a wrong password", "the password"],
)
def test_a_proxy_may_demand_a_password(
    post: Post, tmp_path: Path, who: str, reason: Reason | None
) -> None:
    issued = certificates.issue("centre.example", datetime.now(UTC))
    demands = "Basic " + b64encode(b"post:secret").decode()

    with (
        serving(post.answers, server_context(tmp_path, issued)) as server,
        office(server.port, demands) as proxy,
    ):
        outcome = post.outcome(
            "https://centre.example:8443",
            certificate=issued.authority.decode(),
            proxy=f"http://{who}127.0.0.1:{proxy.server_address[1]}",
        )

    assert outcome is reason
    assert len(server.seen) == (0 if reason else 1)


def test_a_proxy_that_is_not_there_is_told_from_a_server_that_is_not(post: Post) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    outcome = post.outcome("http://127.0.0.1:1", proxy=f"http://127.0.0.1:{port}")

    assert outcome is Reason.PROXY


# Half-open connections


@contextmanager
def taking_all(says: bytes) -> Iterator[int]:
    """A modem that is dead behind its own buffer: it takes everything; perhaps it began to answer.

    Gives the port.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    taken: list[socket.socket] = []

    def take() -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                taken.append(near)
                near.sendall(says)

    thread = Thread(target=take)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for near in taken:
            near.close()


@contextmanager
def taking_nothing() -> Iterator[int]:
    """It lets itself be called and reads no byte."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"HTTP/1.1 200 O",
        b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 9\r\n\r\nabc"
        % CONTENT_TYPE.encode(),
    ],
    ids=["silent", "half a status", "half an answer"],
)
def test_a_half_open_connection_is_given_up(
    post: Post, monkeypatch: pytest.MonkeyPatch, says: bytes
) -> None:
    monkeypatch.setattr(https, "STALL_SECONDS", 0.2)

    with taking_all(says) as port:
        outcome = post.outcome(f"http://127.0.0.1:{port}")

    assert outcome is Reason.NO_ANSWER


def test_a_large_request_that_nobody_takes_is_given_up(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its buffers are full and nothing moves: the time-out is for each block, not for the whole."""
    monkeypatch.setattr(https, "STALL_SECONDS", 0.2)
    monkeypatch.setattr(protocol, "compress", lambda _data, **_: os.urandom(8_000_000))

    with taking_nothing() as port:
        outcome = post.outcome(f"http://127.0.0.1:{port}")

    assert outcome is Reason.NO_ANSWER


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "http://centre.example"},
        {"url": "ftp://127.0.0.1"},
        {"url": "centre.example"},
        {"url": "https://centre.example"},
        {"url": "https://centre.example", "certificate": "no certificate"},
        {"url": "http://127.0.0.1:80", "proxy": "proxy.example:3128"},
    ],
    ids=["http", "ftp", "bare", "no-certificate", "bad-certificate", "bad-proxy"],
)
def test_an_unsafe_address_is_refused_before_anything_is_sent(
    post: Post, changes: dict[str, str]
) -> None:
    options = dict(changes)

    with pytest.raises(BadAddress, match=r"\.$"):
        post.line(options.pop("url"), **options)
