"""The grounds on which entry can be refused, as headquarters words them today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from checkpoint_client.records.codes import RefusalGround
from checkpoint_client.records.decoders import json_decoder


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground and its wording. `is_confirmed` is False for a working text: say so beside it."""

    code: RefusalGround
    text: str
    is_confirmed: bool


class RefusalGrounds(msgspec.Struct, frozen=True, kw_only=True):
    """The scheme in force: letters, wordings by language, where they come from."""

    scheme: str
    source: str
    seen_on: date
    valid_from: date
    valid_to: date | None
    confidence: str
    signed_by: str | None
    grounds: Mapping[RefusalGround, Mapping[str, str]]

    @classmethod
    def read(cls, path: Path) -> "RefusalGrounds":
        return json_decoder(cls).decode(path.read_bytes())

    def worded(self, language: str) -> tuple[Ground, ...]:
        """Every ground in its order, in the officer's language or else in English."""
        return tuple(
            Ground(code, words.get(language) or words["en"], self.confidence == "V")
            for code, words in self.grounds.items()
        )
