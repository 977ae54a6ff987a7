"""Sets apart, in what bodies say, the words that mostly differ from all that hardly ever does.

Of each body there is then a form with gaps, and a row of what stands in them: to zstd most forms
are one piece that it knows, and a row is short. Only who writes knows which words are set apart.
"""

import re
from collections.abc import Sequence
from typing import Final

FIRST_DICTIONARY: Final = 2
"""What was packed with this dictionary or a later one is set apart."""

_MOST_GAPS = 10_000
_GAP = b"\x01"
_BETWEEN = b"\n"
_END = b"\x00"
_NOT_IN_JSON = re.compile(rb"[\x00\x01\n]")
_WORD = re.compile(rb'"(?P<text>(?:[^"\\]|\\.)*)"(?P<key>:?)|-?[0-9][0-9.eE+-]*')

_DIFFER = frozenset(
    b"happened_at recorded_at monotonic_ms duration_ms check_id direction transport purpose"
    b" destination primary_identifier secondary_identifier patronymic name_native birth_date sex"
    b" nationality national_numbers issuing_state number mrz expiry_date optional plate".split()
)
"""The keys of what mostly differs, a list's for all that is in it."""


def set_apart(rests: Sequence[bytes]) -> bytes | None:
    """All forms, then all rows, each ended by a zero byte; None where one is not JSON as ours is.

    In a row, a value that repeats the one before it is left empty.
    """
    if any(_NOT_IN_JSON.search(rest) for rest in rests):
        return None
    parts = [_form_and_row(rest) for rest in rests]
    return b"".join(part + _END for kind in zip(*parts, strict=True) for part in kind)


def put_together(apart: bytes, *, most: int) -> list[bytes]:
    """What `set_apart` was given. Raises ValueError where it is nothing of it, or over `most` bytes
    together: a few bytes may ask for a long value again and again.
    """
    parts = apart.split(_END)[:-1]
    count = len(parts) // 2
    rests = []
    for form, row in zip(parts[:count], parts[count:], strict=True):
        values = _values(form, row)
        most -= len(form) + sum(map(len, values))
        if most < 0:
            raise ValueError("too much")
        filled = [b""] * (2 * len(values) + 1)
        filled[::2] = form.split(_GAP)
        filled[1::2] = values
        rests.append(b"".join(filled))
    return rests


def _form_and_row(rest: bytes) -> tuple[bytes, bytes]:
    key = last = b""
    row = []

    def word(found: re.Match[bytes]) -> bytes:
        nonlocal key, last
        text = found["text"]
        if found["key"]:
            key = text
            return found[0]
        value = found[0] if text is None else text
        if key not in _DIFFER or not value:
            return found[0]
        row.append(b"" if value == last else value)
        last = value
        return _GAP if text is None else b'"%s"' % _GAP

    form = _WORD.sub(word, rest)
    return form, _BETWEEN.join(row)


def _values(form: bytes, row: bytes) -> list[bytes]:
    gaps, values = form.count(_GAP), row.count(_BETWEEN) + 1
    if gaps == 0 and not row:
        return []
    if gaps != values or gaps > _MOST_GAPS:
        raise ValueError("gaps and values do not match, or there are too many")
    found = row.split(_BETWEEN)
    for place, value in enumerate(found[1:], 1):
        if not value:
            found[place] = found[place - 1]
    return found
