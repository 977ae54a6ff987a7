"""The line: signed requests over HTTPS, where only a signed reply of our own server counts.

A captive portal also answers 200, a proxy may open TLS, a clock may be dead. So the certificate is
trusted because it is pinned, whatever its dates and name say, and an answer because it is signed.
"""

import io
import re
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import msgspec

from sync import dictionaries, protocol
from sync.link import Reason, Unreachable
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    EnrolReply,
    EnrolRequest,
    Forged,
    Malformed,
    Message,
    SheetCall,
    SheetReply,
    Signer,
)

if TYPE_CHECKING:
    from requests import ConnectionError, Response, Session

M = TypeVar("M", bound=Message)

CONNECT_SECONDS: Final = 10.0
STALL_SECONDS: Final = 30.0
SLOW_SECONDS: Final = 30.0
SLOW_BYTES: Final = 1_000
"""Whoever sends fewer bytes than this in that time is given up: he would hold the line for ever."""

KEPT_SECONDS: Final = 3.0
"""Servers give an idle connection up after five; one that is just then used looks like a cut."""

_PART = 64 * 1024
_LONGEST_WORDS = 200
_OPENSSL_NO_CHECK_TIME = 0x200000

_REFUSALS = {
    401: Reason.UNKNOWN_HERE,
    407: Reason.PROXY,
    413: Reason.TOO_LARGE,
    507: Reason.CENTRE_FULL,
}


class BadAddress(ValueError):
    """The server's address, certificate or proxy cannot be used. The text says what to do."""


class _Way:
    """To one server. Used by one thread at a time; opens a connection when first asked."""

    def __init__(self, url: str, trust: ssl.SSLContext | None, proxy: str | None) -> None:
        self._url = url
        self._trust = trust
        self._proxy = _proxy(proxy)
        self._opened: Session | None = None
        self._last_used = monotonic()

    def close(self) -> None:
        """Give the connection up; the next request opens another."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @contextmanager
    def _exchange(self, method: str, path: str, **content: Any) -> Iterator["Response"]:
        from requests import exceptions
        from urllib3.exceptions import HTTPError, ProtocolError, TimeoutError

        try:
            with closing(
                self._session().request(
                    method,
                    self._url + path,
                    timeout=(CONNECT_SECONDS, STALL_SECONDS),
                    allow_redirects=False,
                    stream=True,
                    **content,
                )
            ) as response:
                yield response
            self._last_used = monotonic()
        except exceptions.ProxyError:
            raise Unreachable(Reason.PROXY) from None
        except exceptions.SSLError:
            raise Unreachable(Reason.WRONG_CERTIFICATE) from None
        except exceptions.Timeout:
            raise Unreachable(Reason.NO_ANSWER) from None
        except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError):
            raise Unreachable(Reason.CUT) from None
        except TimeoutError:
            raise Unreachable(Reason.NO_ANSWER) from None
        except ProtocolError:
            raise Unreachable(Reason.CUT) from None
        except exceptions.ConnectionError as error:
            raise Unreachable(_why_broken(error)) from None
        except (exceptions.RequestException, HTTPError):
            raise Unreachable(Reason.NO_LINE) from None

    def _session(self) -> "Session":
        if monotonic() - self._last_used > KEPT_SECONDS:
            self.close()
        if self._opened is None:
            self._opened = _open(self._trust, self._proxy)
        return self._opened


class Stranger(_Way):
    """The way to a server that is not known yet: whatever certificate it shows will do."""

    def __init__(self, url: str, *, proxy: str | None = None) -> None:
        """Raises `BadAddress`."""
        url = url.rstrip("/")
        super().__init__(url, _unpinned() if _is_secure(url) else None, proxy)

    def introduction(self) -> bytes:
        """What the centre says of itself: see `protocol.Introduction`. Anybody may have said it."""
        with (
            warnings.catch_warnings(action="ignore"),  # urllib3's, of what is meant to be so
            self._exchange("GET", protocol.INTRODUCTION_PATH) as response,
        ):
            if not _is_ours(response):
                raise _refusal(response)
            return _read(response)


class Line(_Way):
    """The way to the centre that was pinned at enrolment."""

    def __init__(
        self,
        url: str,
        *,
        deployment: str,
        server_key: bytes,
        signer: Signer,
        certificate: str | None = None,
        proxy: str | None = None,
        dictionary: Callable[[], int] = lambda: dictionaries.NONE,
        statement: Callable[[], bytes] = lambda: b"",
    ) -> None:
        """`certificate` is PEM, None only for http on the loopback; `dictionary` tells the newest
        that the server has said to read, `statement` its word on the signer's key. Raises
        `BadAddress`.
        """
        url = url.rstrip("/")
        super().__init__(url, _trust(url, certificate), proxy)
        self._deployment = deployment
        self._server_key = server_key
        self._signer = signer
        self._dictionary = dictionary
        self._statement = statement

    def contact(self, contact: Contact) -> ContactReply:
        reply = self._known(protocol.CONTACT_PATH, contact, ContactReply)
        _must_answer(reply.request_id, contact.request_id)
        return reply

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        reply = self._known(protocol.BUNDLE_PATH, delivery, BundleReply)
        _must_answer(reply.request_id, delivery.request_id)
        return reply

    def sheet(self, call: SheetCall) -> SheetReply:
        reply = self._known(protocol.CROSSINGS_PATH, call, SheetReply)
        _must_answer(reply.request_id, call.request_id)
        return reply

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        # Ciphertext: no dictionary makes it smaller.
        reply = self._exchanged(protocol.ATTACHMENT_PATH, part, AttachmentReply, dictionaries.NONE)
        _must_answer(reply.request_id, part.request_id)
        return reply

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        reply = self._ask(protocol.ENROL_PATH, request, EnrolReply)
        _must_answer(reply.request_id, request.request_id)
        return reply

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        """A file of reference data in parts, from byte `start` on. It is verified elsewhere."""
        headers = {"Range": f"bytes={start}-"} if start else {}
        with self._exchange("GET", protocol.REFERENCE_PATH + path, headers=headers) as response:
            if start and response.status_code == 416:
                return  # no byte is left to fetch
            if response.status_code != (206 if start else 200):
                raise _refusal(response)
            yield from _steadily(response)

    def _known(self, path: str, message: Contact | BundleDelivery | SheetCall, kind: type[M]) -> M:
        """Ask, and show the centre its own word on our key where it has forgotten it."""
        try:
            return self._ask(path, message, kind)
        except Unreachable as unreachable:
            word = self._statement()
            if unreachable.reason is not Reason.UNKNOWN_HERE or not word:
                raise
        return self._ask(path, msgspec.structs.replace(message, certificate=word), kind)

    def _ask(self, path: str, message: Message, kind: type[M]) -> M:
        dictionary = min(self._dictionary(), dictionaries.NEWEST)
        try:
            return self._exchanged(path, message, kind, dictionary)
        except Unreachable as unreachable:
            if dictionary == dictionaries.NONE or unreachable.reason is not Reason.REFUSED:
                raise
        # An older server in the place of the one that knew it? Its next reply will say so.
        return self._exchanged(path, message, kind, dictionaries.NONE)

    def _exchanged(self, path: str, message: Message, kind: type[M], dictionary: int) -> M:
        if isinstance(message, Contact):
            message = protocol.folded(message, dictionary=dictionary)
        outgoing = protocol.sign_request(
            message, self._signer, deployment=self._deployment, dictionary=dictionary
        )
        headers = {"Content-Type": protocol.CONTENT_TYPE}
        # A file, not bytes: it is sent in blocks, and each block has the whole time-out to itself.
        # Bytes would have to pass within one time-out, which a slow line cannot do.
        body = io.BytesIO(outgoing.body)
        with self._exchange("POST", path, headers=headers, data=body) as response:
            if not _is_ours(response):
                raise _refusal(response)
            answer = _read(response)
        try:
            return protocol.read_reply(
                answer, kind, answers=outgoing.digest, server_key=self._server_key
            )
        except (Malformed, Forged) as error:
            raise Unreachable(Reason.NOT_OUR_SERVER, str(error)) from None


def _open(trust: ssl.SSLContext | None, proxy: str | None) -> "Session":
    # Not at the top: it takes a tenth of a second that the sign-in page need not wait for.
    from requests import PreparedRequest, Session
    from requests.adapters import HTTPAdapter

    class Pinned(HTTPAdapter):
        """Trusts our own certificate and none of the system's or of certifi's."""

        def build_connection_pool_key_attributes(
            self, request: PreparedRequest, verify: Any, cert: Any = None
        ) -> tuple[Any, Any]:
            host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
            if trust is None:
                return host, {}
            return host, {
                "ssl_context": trust,
                "cert_reqs": trust.verify_mode,
                "assert_hostname": False,
            }

        def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
            """Nothing: it would add the public authorities to ours."""

    session = Session()
    # Else proxies, credentials and bundles of authorities come from the environment.
    session.trust_env = False
    session.headers.clear()
    session.headers["User-Agent"] = "checkpoint"
    if proxy:
        session.proxies = {"http": proxy, "https": proxy}
    session.mount("https://", Pinned())
    return session


def _trust(url: str, certificate: str | None) -> ssl.SSLContext | None:
    if not _is_secure(url):
        return None
    if certificate is None:
        raise BadAddress(
            "The server's certificate is missing: ask headquarters for a new provisioning file."
        )
    return _pinned(certificate)


def _is_secure(url: str) -> bool:
    """Whether TLS is spoken there; without it only on this machine. Raises `BadAddress`."""
    parts = urlsplit(url)
    if parts.scheme == "http" and _is_loopback(parts.hostname):
        return False
    if parts.scheme != "https" or not parts.hostname:
        raise BadAddress(
            f"The server's address must begin with https://, this one does not: {url}."
            " Ask headquarters for a new provisioning file."
        )
    return True


def _unpinned() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _pinned(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False  # the key is pinned, whatever address leads to it
    # A dead clock battery must not cut a post off, and the replies are signed besides.
    context.verify_flags |= ssl.VerifyFlags(_OPENSSL_NO_CHECK_TIME)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        context.load_verify_locations(cadata=certificate)
    except (ssl.SSLError, ValueError):
        raise BadAddress(
            "The server's certificate cannot be read: ask headquarters for a new provisioning file."
        ) from None
    return context


def _proxy(proxy: str | None) -> str | None:
    if not proxy:
        return None
    parts = urlsplit(proxy)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadAddress(f"The proxy must look like http://proxy.example:3128, not {proxy}.")
    return proxy


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _why_broken(error: "ConnectionError") -> Reason:
    """Whether there was never a connection, or it stalled or broke while the request was sent."""
    from urllib3.exceptions import ProtocolError

    cause = error.args[0] if error.args else None
    if not isinstance(cause, ProtocolError):
        return Reason.NO_LINE
    has_stalled = any(isinstance(each, TimeoutError) for each in cause.args)
    return Reason.NO_ANSWER if has_stalled else Reason.CUT


def _is_ours(response: "Response") -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    return response.status_code == 200 and kind == protocol.CONTENT_TYPE


def _steadily(response: "Response") -> Iterator[bytes]:
    """What comes, as soon as it comes."""
    since, came = monotonic(), 0
    while some := response.raw.read1(_PART):
        came += len(some)
        if monotonic() - since > SLOW_SECONDS:
            if came < SLOW_BYTES:
                raise Unreachable(Reason.NO_ANSWER, "it drips")
            since, came = monotonic(), 0
        yield some


def _read(response: "Response") -> bytes:
    answer = bytearray()
    for part in _steadily(response):
        answer += part
        if len(answer) > protocol.MOST_COMPRESSED:
            raise Unreachable(Reason.NOT_OUR_SERVER, "the answer does not end")
    return bytes(answer)


def _refusal(response: "Response") -> Unreachable:
    """What an answer without a signature says. Anybody may have written it: a hint, no more."""
    status = response.status_code
    if not response.headers.get("Content-Type", "").startswith("text/plain"):
        return Unreachable(Reason.NOT_OUR_SERVER, f"status {status}")
    if status >= 500:
        wait = response.headers.get("Retry-After", "")
        seconds = int(wait) if re.fullmatch("[0-9]{1,6}", wait) else 0
        reason = _REFUSALS.get(status, Reason.SERVER_FAULT)
        return Unreachable(reason, f"status {status}", retry_after=seconds)
    if status >= 400:
        words = next(response.iter_content(_LONGEST_WORDS), b"").decode(errors="replace")
        return Unreachable(_REFUSALS.get(status, Reason.REFUSED), words.strip())
    return Unreachable(Reason.NOT_OUR_SERVER, f"status {status}")


def _must_answer(answered: bytes, asked: bytes) -> None:
    if answered != asked:
        raise Unreachable(Reason.NOT_OUR_SERVER, "the answer is to another request")
