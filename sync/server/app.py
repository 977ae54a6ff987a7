"""The centre over HTTP: few addresses, small caps, plain statuses. Nothing personal is logged."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from time import monotonic
from traceback import format_tb
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from sync.protocol import (
    BUNDLE_PATH,
    CONTACT_PATH,
    CONTENT_TYPE,
    ENROL_PATH,
    HEALTH_PATH,
    REFERENCE_PATH,
    Forged,
    Malformed,
    TooLarge,
)
from sync.server import metrics
from sync.server.centre import Centre
from sync.server.incoming import body_of
from sync.server.ledger import NO_ANSWER, Ledger
from sync.server.pages import Pages
from sync.server.registry import Gone, Unknown
from sync.server.serving import is_loopback
from sync.server.shelf import Shelf

METRICS_PATH: Final = "/metrics"

log = logging.getLogger(__name__)

_STATUSES: dict[type[Exception], HTTPStatus] = {
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Malformed: HTTPStatus.BAD_REQUEST,
    Forged: HTTPStatus.UNAUTHORIZED,
    Unknown: HTTPStatus.UNAUTHORIZED,
    Gone: HTTPStatus.GONE,
}


Endpoint = Callable[[Request], Awaitable[Response]]


def application(centre: Centre, shelf: Shelf, ledger: Ledger, pages: Pages) -> Starlette:
    requests = metrics.Requests()

    def counted(path: str, endpoint: Endpoint, method: str, *, shown: str = "") -> Route:
        return Route(path, _counting(endpoint, shown or path, requests), methods=[method])

    return Starlette(
        routes=[
            counted(CONTACT_PATH, _answering(centre.contact), "POST"),
            counted(ENROL_PATH, _answering(centre.enrol), "POST"),
            counted(BUNDLE_PATH, _answering(centre.bundle), "POST"),
            counted(REFERENCE_PATH + "{name}", _lending(shelf), "GET", shown=REFERENCE_PATH),
            Route(HEALTH_PATH, _health(ledger), methods=["GET"]),
            Route(METRICS_PATH, _metrics(ledger, requests), methods=["GET"]),
            *pages.routes(),
        ]
    )


def _counting(endpoint: Endpoint, path: str, requests: metrics.Requests) -> Endpoint:
    async def counted(request: Request) -> Response:
        began = monotonic()
        response = await endpoint(request)
        requests.count(path, response.status_code, monotonic() - began)
        return response

    return counted


def _answering(answer: Callable[[bytes], bytes]) -> Endpoint:
    """An address that takes one signed message and gives one back."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await body_of(request)
            reply = await run_in_threadpool(answer, body)
        except tuple(_STATUSES) as refused:
            return _refusal(refused)
        except NO_ANSWER as away:
            _log("The database does not answer", away)
            return PlainTextResponse(
                "the ledger is not reachable", status_code=HTTPStatus.SERVICE_UNAVAILABLE
            )
        except Exception as bug:
            _log("A request could not be answered", bug)
            return PlainTextResponse(
                "a fault of the server, which is in its log",
                status_code=HTTPStatus.INTERNAL_SERVER_ERROR,
            )
        return Response(reply, media_type=CONTENT_TYPE)

    return endpoint


def _lending(shelf: Shelf) -> Endpoint:
    """Encrypted files of reference data, in parts where the line was cut."""

    async def endpoint(request: Request) -> Response:
        path = shelf.target(request.path_params["name"])
        if path is None:
            return PlainTextResponse("no such file", status_code=HTTPStatus.NOT_FOUND)
        return FileResponse(path, media_type="application/octet-stream")

    return endpoint


def _health(ledger: Ledger) -> Endpoint:
    """Whether this process can do its work, for a load balancer: it asks the database."""

    async def endpoint(_request: Request) -> Response:
        try:
            await run_in_threadpool(ledger.epoch)
        except NO_ANSWER as away:
            _log("The database does not answer", away)
            return PlainTextResponse(
                "the ledger is not reachable", status_code=HTTPStatus.SERVICE_UNAVAILABLE
            )
        return PlainTextResponse("ok")

    return endpoint


def _metrics(ledger: Ledger, requests: metrics.Requests) -> Endpoint:
    """Figures for who asks from this machine; from elsewhere the address does not exist."""

    def read() -> str:
        with ledger.reading() as connection:
            lines = [*requests.lines(), *metrics.gauges(connection, now=datetime.now(UTC))]
        return "\n".join(lines) + "\n"

    async def endpoint(request: Request) -> Response:
        if request.client is None or not is_loopback(request.client.host):
            return PlainTextResponse("Not Found", status_code=HTTPStatus.NOT_FOUND)
        try:
            return Response(await run_in_threadpool(read), media_type=metrics.CONTENT_TYPE)
        except NO_ANSWER as away:
            _log("The database does not answer", away)
            return PlainTextResponse(
                "the ledger is not reachable", status_code=HTTPStatus.SERVICE_UNAVAILABLE
            )

    return endpoint


def _log(what: str, error: Exception) -> None:
    """Where it happened, never the error's text: PostgreSQL quotes the failing row in it."""
    place = "".join(format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__qualname__, place)


def _refusal(refused: Exception) -> Response:
    status = next(code for kind, code in _STATUSES.items() if isinstance(refused, kind))
    return PlainTextResponse(str(refused), status_code=status)
