"""The centre over HTTP: five addresses, small caps, plain statuses. Nothing personal is logged."""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from traceback import format_tb

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from sync.protocol import (
    BUNDLE_PATH,
    CONTACT_PATH,
    CONTENT_TYPE,
    ENROL_PATH,
    HEALTH_PATH,
    MOST_COMPRESSED,
    REFERENCE_PATH,
    Forged,
    Malformed,
    TooLarge,
)
from sync.server.centre import Centre
from sync.server.ledger import NO_ANSWER
from sync.server.registry import Gone, Unknown
from sync.server.shelf import Shelf

log = logging.getLogger(__name__)

_STATUSES: dict[type[Exception], HTTPStatus] = {
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Malformed: HTTPStatus.BAD_REQUEST,
    Forged: HTTPStatus.UNAUTHORIZED,
    Unknown: HTTPStatus.UNAUTHORIZED,
    Gone: HTTPStatus.GONE,
}


def application(centre: Centre, shelf: Shelf) -> Starlette:
    return Starlette(
        routes=[
            Route(CONTACT_PATH, _answering(centre.contact), methods=["POST"]),
            Route(ENROL_PATH, _answering(centre.enrol), methods=["POST"]),
            Route(BUNDLE_PATH, _answering(centre.bundle), methods=["POST"]),
            Route(REFERENCE_PATH + "{name}", _lending(shelf), methods=["GET"]),
            Route(HEALTH_PATH, _health, methods=["GET"]),
        ]
    )


Endpoint = Callable[[Request], Awaitable[Response]]


def _answering(answer: Callable[[bytes], bytes]) -> Endpoint:
    """An address that takes one signed message and gives one back."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
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


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _body(request: Request) -> bytes:
    """The request's body, read only as far as the cap. Raises `TooLarge`, `Malformed`."""
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > MOST_COMPRESSED:
                raise TooLarge(f"more than {MOST_COMPRESSED} bytes")
    except ClientDisconnect as gone:
        raise Malformed("cut before its end") from gone
    return bytes(read)


def _log(what: str, error: Exception) -> None:
    """Where it happened, never the error's text: PostgreSQL quotes the failing row in it."""
    place = "".join(format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__qualname__, place)


def _refusal(refused: Exception) -> Response:
    status = next(code for kind, code in _STATUSES.items() if isinstance(refused, kind))
    return PlainTextResponse(str(refused), status_code=status)
