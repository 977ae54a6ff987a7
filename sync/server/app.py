"""The centre over HTTP: few addresses, small caps, plain statuses. Nothing personal is logged."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from time import monotonic
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from sync.protocol import (
    ATTACHMENT_PATH,
    BUNDLE_PATH,
    CONTACT_PATH,
    CONTENT_TYPE,
    CROSSINGS_PATH,
    ENROL_PATH,
    HEALTH_PATH,
    INTRODUCTION_PATH,
    REFERENCE_PATH,
    Forged,
    Malformed,
    TooLarge,
)
from sync.server import logs, metrics
from sync.server.centre import Centre
from sync.server.incoming import Busy, Intake, TooSlow
from sync.server.ledger import NO_ANSWER, Ledger, is_full
from sync.server.pages import Pages
from sync.server.pressure import BUSY_SECONDS, Pressure
from sync.server.registry import Gone, Unknown
from sync.server.serving import is_loopback
from sync.server.shelf import Shelf

METRICS_PATH: Final = "/metrics"

log = logging.getLogger(__name__)

_STATUSES: dict[type[Exception], HTTPStatus] = {
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooSlow: HTTPStatus.REQUEST_TIMEOUT,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    Malformed: HTTPStatus.BAD_REQUEST,
    Forged: HTTPStatus.UNAUTHORIZED,
    Unknown: HTTPStatus.UNAUTHORIZED,
    Gone: HTTPStatus.GONE,
}


_LATER: Final = {"Retry-After": str(BUSY_SECONDS)}

Endpoint = Callable[[Request], Awaitable[Response]]


def application(
    centre: Centre, shelf: Shelf, ledger: Ledger, pages: Pages, pressure: Pressure
) -> Starlette:
    requests = metrics.Requests()
    intake = Intake(pressure)

    def counted(path: str, endpoint: Endpoint, method: str, *, shown: str = "") -> Route:
        return Route(path, _counting(endpoint, shown or path, requests), methods=[method])

    return Starlette(
        routes=[
            counted(CONTACT_PATH, _answering(centre.contact, intake), "POST"),
            counted(ENROL_PATH, _answering(centre.enrol, intake), "POST"),
            counted(BUNDLE_PATH, _answering(centre.bundle, intake), "POST"),
            counted(ATTACHMENT_PATH, _answering(centre.attachment, intake), "POST"),
            counted(CROSSINGS_PATH, _answering(centre.sheet, intake), "POST"),
            counted(INTRODUCTION_PATH, _telling(centre.introduction), "GET"),
            counted(REFERENCE_PATH + "{name}", _lending(shelf), "GET", shown=REFERENCE_PATH),
            Route(HEALTH_PATH, _health(ledger), methods=["GET"]),
            Route(METRICS_PATH, _metrics(ledger, requests), methods=["GET"]),
            *pages.routes(),
        ]
    )


def _counting(endpoint: Endpoint, path: str, requests: metrics.Requests) -> Endpoint:
    async def counted(request: Request) -> Response:
        began = monotonic()
        with logs.request() as facts:
            response = await endpoint(request)
        requests.count(path, response.status_code, monotonic() - began)
        logs.write(
            log,
            logging.INFO if response.status_code < HTTPStatus.BAD_REQUEST else logging.WARNING,
            path.strip("/").rpartition("/")[2],
            facts,
            status=response.status_code,
            milliseconds=logs.milliseconds_since(began),
            bytes=_length(request.headers),
            bytes_back=_length(response.headers),
        )
        return response

    return counted


def _answering(answer: Callable[[bytes], bytes], intake: Intake) -> Endpoint:
    """An address that takes one signed message and gives one back."""

    async def endpoint(request: Request) -> Response:
        try:
            reply = await intake.answered(request, answer)
        except tuple(_STATUSES) as refused:
            return _refusal(refused)
        except NO_ANSWER as away:
            return _no_ledger(away)
        except Exception as bug:
            logs.write(log, logging.ERROR, "fault", error=bug)
            return PlainTextResponse(
                "a fault of the server, which is in its log",
                status_code=HTTPStatus.INTERNAL_SERVER_ERROR,
            )
        return Response(reply, media_type=CONTENT_TYPE)

    return endpoint


def _telling(words: Callable[[], bytes]) -> Endpoint:
    """An address that says the same to everybody."""

    async def endpoint(_request: Request) -> Response:
        return Response(await run_in_threadpool(words), media_type=CONTENT_TYPE)

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
            return _no_ledger(away)
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
            return _no_ledger(away)

    return endpoint


def _no_ledger(away: Exception) -> Response:
    """Nothing was kept; whoever asked has it still and asks again."""
    if is_full(away):
        logs.write(log, logging.ERROR, "disk-full", error=away)
        return PlainTextResponse(
            "the server's disk is full: nothing was taken, it comes again by itself",
            status_code=HTTPStatus.INSUFFICIENT_STORAGE,
        )
    logs.write(log, logging.ERROR, "no-database", error=away)
    return PlainTextResponse(
        "the ledger is not reachable", status_code=HTTPStatus.SERVICE_UNAVAILABLE
    )


def _length(headers: Headers) -> int | None:
    told = headers.get("content-length", "")
    return int(told) if told.isdecimal() else None


def _refusal(refused: Exception) -> Response:
    status = next(code for kind, code in _STATUSES.items() if isinstance(refused, kind))
    later = _LATER if status is HTTPStatus.SERVICE_UNAVAILABLE else {}
    return PlainTextResponse(str(refused), status_code=status, headers=later)
