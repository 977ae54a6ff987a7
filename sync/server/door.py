"""The server's door: who comes in must speak in time and briefly, and not be one too many.

uvicorn itself waits for ever for a request's head, and for whoever does not take his answer.
"""

import asyncio
import sys
from http import HTTPStatus
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS: Final = 500
HEAD_BYTES: Final = 16 * 1024
HEAD_SECONDS: Final = 20.0
"""Until a request's head is there; what a client left unsaid for longer is not waited for."""

TAKING_SECONDS: Final = 120.0
"""Until 64 KiB of an answer are taken: twice what they need at 20 kbit/s."""

_CAN_ANSWER: Final = (h11.IDLE, h11.SEND_RESPONSE)


class Door(H11Protocol):
    """One connection."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head_due: asyncio.TimerHandle | None = None
        self._taken_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "too many connections at the same time: try again in a minute",
            )
            return
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        for each in (self._head_due, self._taken_due):
            if each is not None:
                each.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._expect_head()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's own
        """h11 refused what came; it knows when a head was too long."""
        error = sys.exc_info()[1]
        if getattr(error, "error_status_hint", None) == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            self._refuse(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"the head of the request is longer than {HEAD_BYTES} bytes",
            )
            return
        self._refuse(HTTPStatus.BAD_REQUEST, "this is not HTTP as it is written")

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taken_due = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        if self._taken_due is not None:
            self._taken_due.cancel()
        super().resume_writing()

    def _expect_head(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
        self._head_due = self.loop.call_later(HEAD_SECONDS, self._miss_head)

    def _miss_head(self) -> None:
        is_at_work = self.cycle is not None and not self.cycle.response_complete
        if is_at_work or self.transport.is_closing():
            return
        seconds = int(HEAD_SECONDS)
        self._refuse(
            HTTPStatus.REQUEST_TIMEOUT, f"the head of the request did not come in {seconds} seconds"
        )

    def _refuse(self, status: HTTPStatus, words: str) -> None:
        """One sentence, if there is still a place for it, and the door is shut."""
        if self.conn.our_state in _CAN_ANSWER:
            said = words.encode()
            headers = [
                ("content-type", "text/plain; charset=utf-8"),
                ("content-length", str(len(said))),
                ("connection", "close"),
            ]
            head = h11.Response(status_code=status, headers=headers, reason=status.phrase)
            for event in (head, h11.Data(data=said), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
