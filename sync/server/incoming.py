"""What comes in over HTTP, read only as far as it may be long."""

from starlette.requests import ClientDisconnect, Request

from sync.protocol import MOST_COMPRESSED, Malformed, TooLarge


async def body_of(request: Request, *, most: int = MOST_COMPRESSED) -> bytes:
    """The request's body, `most` bytes of it. Raises `TooLarge`, `Malformed`."""
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > most:
                raise TooLarge(f"more than {most} bytes")
    except ClientDisconnect as gone:
        raise Malformed("cut before its end") from gone
    return bytes(read)
