"""Decoders for what is stored and sent, each built once and no two at the same time.

While msgspec describes a class to itself, another thread sees it half described, and the process
dies of that. So every class of ours that threads may come to first is described here.
"""

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Hook = Callable[[type, Any], Any]

_describing = Lock()


def json_decoder(kind: type[T], hook: Hook | None = None) -> msgspec.json.Decoder[T]:
    """`hook` reads what msgspec does not know, see its `dec_hook`."""
    wanted: Any = kind
    decoder: msgspec.json.Decoder[T] = _json(wanted, hook)
    return decoder


def msgpack_decoder(kind: type[T]) -> msgspec.msgpack.Decoder[T]:
    wanted: Any = kind
    decoder: msgspec.msgpack.Decoder[T] = _msgpack(wanted)
    return decoder


@cache
def _json(kind: Any, hook: Hook | None) -> msgspec.json.Decoder[Any]:
    with _describing:
        return msgspec.json.Decoder(kind, dec_hook=hook)


@cache
def _msgpack(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    with _describing:
        return msgspec.msgpack.Decoder(kind)
