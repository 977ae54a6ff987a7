"""What both ends know of a message before it comes: dictionaries for zstd, kept by number for ever.

They are trained from invented people by `python -m tests.bench.dictionary`. A number once released
never stands for other bytes: requests that were kept as evidence are read by it years later.
"""

from functools import cache
from typing import Final

import zstandard

from checkpoint_client.settings import resource

NONE: Final = 0
NEWEST: Final = 2
OF_WHOLE_BODIES: Final = 1
"""The newest for bodies as they are; later ones are of bodies set apart, see `rows`."""

_ID_OF_NONE: Final = 32_768
"""Lower ids belong to zstd's own registry; in a frame, a number stands above this one."""


def id_of(number: int) -> int:
    """How a frame names the dictionary it was packed with."""
    return _ID_OF_NONE + number if number else 0


def number_in(frame: bytes) -> int:
    """The dictionary a frame was packed with, 0 for none. Raises `ZstdError`, KeyError."""
    named = zstandard.get_frame_parameters(frame).dict_id
    number = named - _ID_OF_NONE if named else NONE
    if not NONE <= number <= NEWEST:
        raise KeyError(number)
    return number


@cache
def for_packing(number: int, level: int) -> zstandard.ZstdCompressionDict:
    """Digested once for a level: that takes longer than to pack a message with it."""
    dictionary = zstandard.ZstdCompressionDict(_content(number))
    dictionary.precompute_compress(level=level)
    return dictionary


@cache
def for_unpacking(number: int) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(_content(number))


def _content(number: int) -> bytes:
    return resource("wire", f"dictionary-{number}.bin").read_bytes()
