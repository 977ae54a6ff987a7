"""A post that follows headquarters by python-tuf's own updater, not by our client."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.updater import Updater

from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, digest, jsonl
from sync.protocol import unlock_target, unpack_target
from sync.server.keys import CentreFolder
from sync.server.shelf import Shelf
from tests.centre import RunningCentre


def alert(id: str, name: str = "INVENTED, Person") -> Alert:
    return Alert(
        id=id,
        list_id="UTO",
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        names=(name,),
    )


def publish(centre: RunningCentre, *alerts: Alert, options: tuple[str, ...] = ()) -> str:
    listed = centre.folder / "list.jsonl"
    listed.write_bytes(jsonl.write(alerts))
    return centre.run("publish", "--jsonl", str(listed), *options)


class Shelved(FetcherInterface):
    """Hands out what a contact's reply brought, and targets from a folder."""

    def __init__(self, metadata: Mapping[str, bytes], targets: Path) -> None:
        self._metadata = metadata
        self._targets = targets

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = urlsplit(url).path.rpartition("/")[2]
        if (self._targets / name).is_file():
            return iter([(self._targets / name).read_bytes()])
        if name not in self._metadata:
            raise DownloadHTTPError(name, 404)
        return iter([self._metadata[name]])


class Post:
    """A post's copy of reference data: what it trusts lies in its folder.

    `root` is the version it pinned at enrolment, the newest if not said.
    """

    def __init__(self, folder: Path, centre: RunningCentre, root: int | None = None) -> None:
        self._folder = folder
        self._centre = CentreFolder(centre.folder)
        self.shelf = Shelf(self._centre.reference)
        self._root = self.shelf.root(root) if root else self.shelf.newest_root()
        (folder / "targets").mkdir(parents=True, exist_ok=True)

    def newest(self) -> list[Alert]:
        """The list that is in force at headquarters. Raises what python-tuf raises."""
        news = self.shelf.news({})
        return self.update(news.metadata, f"watchlist-{news.channels['watchlist']}.snapshot")

    def update(self, metadata: Mapping[str, bytes], target: str) -> list[Alert]:
        """Verify and open a whole list. Raises what python-tuf raises."""
        return [jsonl.decode(line) for line in self.fetch(metadata, target).splitlines()]

    def change(self, version: int, before: list[Alert], target: str) -> list[Alert]:
        """What the changes since `version` make of the list before; the result is checked."""
        lines = {(each.list_id, each.id): jsonl.encode(each) for each in before}
        for line in self.fetch(self.shelf.news({}).metadata, target).splitlines():
            change = jsonl.decode_change(line)
            if isinstance(change, tuple):
                del lines[change]
            else:
                lines[change.list_id, change.id] = line
        told = self.shelf.published().files[target].custom
        assert told["from"] == version
        assert told["items"] == len(lines)
        assert told["result"] == digest.text(digest.of_lines(lines.values()))
        return [jsonl.decode(line) for line in lines.values()]

    def fetch(self, metadata: Mapping[str, bytes], target: str) -> bytes:
        """Verify and open a file. Raises what python-tuf raises."""
        updater = Updater(
            str(self._folder),
            "https://invented/metadata/",
            target_dir=str(self._folder / "targets"),
            target_base_url="https://invented/targets/",
            fetcher=Shelved(metadata, self.shelf.targets),
            bootstrap=self._root,
        )
        info = updater.get_targetinfo(target)
        assert info is not None, target
        locked = Path(updater.download_target(info)).read_bytes()
        key = self._centre.keys().channels[info.custom["channel"]]
        packed = unlock_target([locked], key, name=target)
        plain = b"".join(unpack_target(packed, size=info.custom["size"]))
        assert info.custom["sha256"] == hashlib.sha256(plain).hexdigest()
        return plain
