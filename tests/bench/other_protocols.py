"""What the same records would cost in CouchDB's replication and as ODK's submissions: modelled.

Neither server is installed: requests and replies are built after their documentation and sent over
real TLS to a server that answers with the modelled reply. What is built: CouchDB's `_revs_diff`,
`_bulk_docs` (gzip), `_ensure_full_commit` and the checkpoint `_local` on the target; ODK Collect's
one multipart submission a record, as XML and unpacked, after one HEAD a connection.
"""

import gzip
import ssl
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import md5
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from xml.sax.saxutils import escape

import msgspec

from sync.server import certificates

_BOUNDARY = "4f1c9f3e-8a5e-4a57-9a52-0d7b2f9f6c11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request as the client sends it, and the server's modelled reply."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    answer: bytes = b""
    answer_headers: Mapping[str, str] = field(default_factory=dict)


def couchdb(bodies: Sequence[bytes], chance: Random) -> list[Exchange]:
    """One batch of a replication that pushes: five requests, as its protocol's page lists them."""
    docs = []
    for body in bodies:
        revision = md5(body, usedforsecurity=False).hexdigest()
        read = msgspec.json.decode(body)
        docs.append(
            {
                "_id": read.pop("id"),
                "_rev": f"1-{revision}",
                "_revisions": {"start": 1, "ids": [revision]},
                **read,
            }
        )
    asked = {doc["_id"]: [doc["_rev"]] for doc in docs}
    missing = {name: {"missing": revisions} for name, revisions in asked.items()}
    checkpoint = {
        "_id": f"_local/{chance.randbytes(16).hex()}",
        "history": [
            {
                "session_id": chance.randbytes(16).hex(),
                "recorded_seq": len(docs),
                "docs_read": len(docs),
                "docs_written": len(docs),
            }
        ],
        "replication_id_version": 4,
        "session_id": chance.randbytes(16).hex(),
        "source_last_seq": len(docs),
    }
    sent: tuple[tuple[str, object, object, object], ...] = (
        ("POST", "_revs_diff", asked, missing),
        ("POST", "_bulk_docs", {"docs": docs, "new_edits": False}, []),
        ("POST", "_ensure_full_commit", {}, {"ok": True, "instance_start_time": "0"}),
        ("PUT", checkpoint["_id"], checkpoint, {"ok": True, "rev": "0-1"}),
    )
    return [_couchdb_exchange(*each) for each in sent]


def odk(bodies: Sequence[bytes], chance: Random) -> list[Exchange]:
    """A submission a record; each is answered before the next is sent."""
    return [_odk_head(), *(_odk_submission(body, chance) for body in bodies)]


def payload(exchanges: Sequence[Exchange]) -> int:
    """Bytes of the requests' bodies."""
    return sum(len(each.body) for each in exchanges)


def _couchdb_exchange(method: str, path: object, content: object, answer: object) -> Exchange:
    return Exchange(
        method=method,
        path=f"/checks/{path}",
        body=gzip.compress(msgspec.json.encode(content), 6, mtime=0),
        headers={
            "Accept": "application/json",
            "Authorization": "Basic cG9zdDpzZWNyZXQtb2YtdGhlLXBvc3Q=",
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
            "User-Agent": "CouchDB-Replicator/3.4",
        },
        status=201,
        answer=msgspec.json.encode(answer),
        answer_headers={
            "Server": "CouchDB/3.4 (Erlang OTP/25)",
            "Content-Type": "application/json",
            "Cache-Control": "must-revalidate",
            "X-Couch-Request-ID": "c0ffee1234",
            "X-CouchDB-Body-Time": "0",
        },
    )


def _odk_head() -> Exchange:
    return Exchange(
        method="HEAD", path="/v1/projects/1/submission", body=b"", headers=_ODK, status=204
    )


def _odk_submission(body: bytes, chance: Random) -> Exchange:
    read = msgspec.json.decode(body)
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><data id="border_check" version="2026112401"'
        ' xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">'
        f"{_xml(read)}<orx:meta><orx:instanceID>uuid:{read['id']}</orx:instanceID></orx:meta></data>"
    )
    part = (
        f"--{_BOUNDARY}\r\n"
        f'Content-Disposition: form-data; name="xml_submission_file"; filename="{read["id"]}.xml"'
        f"\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n{xml}\r\n--{_BOUNDARY}--\r\n"
    )
    return Exchange(
        method="POST",
        path="/v1/projects/1/submission?deviceID=collect%3A" + chance.randbytes(8).hex(),
        body=part.encode(),
        headers=_ODK | {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
        status=201,
        answer=(
            b'<OpenRosaResponse xmlns="http://openrosa.org/http/response" items="0">'
            b'<message nature="">full submission upload was successful!</message>'
            b"</OpenRosaResponse>"
        ),
        answer_headers={
            "Server": "nginx",
            "Content-Type": "text/xml; charset=utf-8",
            "X-OpenRosa-Version": "1.0",
            "X-OpenRosa-Accept-Content-Length": "100000000",
            "Vary": "Accept-Encoding",
            "Strict-Transport-Security": "max-age=63072000",
        },
    )


def _xml(value: object) -> str:
    if isinstance(value, dict):
        return "".join(
            f"<{name}>{_xml(inner)}</{name}>"
            for name, several in value.items()
            for inner in (several if isinstance(several, list) else [several])
        )
    return "" if value is None else escape(str(value))


_ODK = {
    "User-Agent": "org.odk.collect.android/v2026.2.1 Dalvik/2.1.0 (Linux; U; Android 14; SM-X200)",
    "X-OpenRosa-Version": "1.0",
    "Accept-Encoding": "gzip",
    "Date": "Tue, 24 Nov 2026 12:00:00 GMT",
    "Authorization": "Basic cG9zdDpzZWNyZXQtb2YtdGhlLXBvc3Q=",
}


class _Modelled(BaseHTTPRequestHandler):
    """Answers whatever comes with what the model says comes next."""

    protocol_version = "HTTP/1.1"
    server: "ModelServer"

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        exchange = self.server.coming.popleft()
        self.send_response_only(exchange.status)
        self.send_header("Date", "Tue, 24 Nov 2026 12:00:00 GMT")
        for name, value in exchange.answer_headers.items():
            self.send_header(name, value)
        if exchange.status != 204:
            self.send_header("Content-Length", str(len(exchange.answer)))
        self.end_headers()
        self.wfile.write(exchange.answer)

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class ModelServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Modelled)
        issued = certificates.issue("127.0.0.1", datetime.now(UTC))
        (folder / "server.pem").write_bytes(issued.server)
        (folder / "server.key").write_bytes(issued.server_key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.trust = ssl.create_default_context(cadata=issued.authority.decode())
        self.trust.check_hostname = False
        self.coming: deque[Exchange] = deque()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def serving(folder: Path) -> Iterator[ModelServer]:
    server = ModelServer(folder)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(server: ModelServer, port: int, exchanges: Sequence[Exchange]) -> None:
    """All of them one after another over one new connection to `port`, which leads to `server`."""
    with closing(HTTPSConnection("127.0.0.1", port, context=server.trust)) as connection:
        for exchange in exchanges:
            server.coming.append(exchange)
            connection.request(
                exchange.method, exchange.path, exchange.body or None, dict(exchange.headers)
            )
            connection.getresponse().read()
