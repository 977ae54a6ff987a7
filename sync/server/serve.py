"""`checkpoint-server serve`: runs the centre, in one process or in several workers at one port."""

import argparse
import socket
from contextlib import closing
from pathlib import Path
from typing import Final

from sync.server import exchange, logs, projection
from sync.server.app import application
from sync.server.centre import Centre
from sync.server.command import Parser, Refused, add_data, now
from sync.server.keys import CentreFolder, Deployment, write_private
from sync.server.ledger import Ledger
from sync.server.lost_documents import Register
from sync.server.pages import Pages
from sync.server.pressure import Pressure
from sync.server.readers import Readers
from sync.server.serving import CentreProcess, Chores, is_loopback, listen
from sync.server.shelf import Shelf
from sync.server.workers import CAN_SHARE_A_PORT, MOST_WORKERS, READY, Workers

DAY_SECONDS: Final = 86_400.0
COUNT_SECONDS: Final = 10.0


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Run the server. Ctrl+C ends it."
    parser = commands.add_parser(
        "serve",
        help=what,
        description=what,
        epilog="Ctrl+C, SIGTERM and the end of standard input (--until-closed) end it well: what"
        " is in work is answered first, for at most ten seconds.",
    )
    add_data(parser)
    parser.set_defaults(command=serve)
    _describe(parser)
    _describe_post(parser)


def serve(given: argparse.Namespace) -> None:
    logs.begin(given.log)
    if given.post:
        exchange.serve(
            given.data,
            host=given.host,
            port=given.port,
            provisioning=given.provisioning,
            until_closed=given.until_closed,
            forward_after=given.forward_after,
            wishes=given.wishes,
        )
        return
    folder = CentreFolder(given.data)
    deployment = folder.deployment()
    if not deployment.tls_name and not is_loopback(given.host):
        raise Refused(
            "Without a certificate the server may listen on this machine only (127.0.0.1):"
            " set it up with `init --tls NAME` to serve others."
        )
    with closing(Ledger(given.database or folder.database)) as ledger:
        ledger.check()
        if given.workers > 1:
            _lead_workers(given, folder, deployment, ledger)
            return
        process = _process(folder, deployment, ledger)
        if given.until_closed:
            process.stop_when_input_ends()
        if given.worker is not None:
            process.run_on(socket.socket(fileno=given.worker), lambda: print(READY, flush=True))
            return
        listener = _listen(given.host, given.port)
        with closing(Chores()) as chores:
            _begin(chores, ledger)
            process.run_on(listener, lambda: _say_ready(folder, deployment, listener))


def _lead_workers(
    given: argparse.Namespace, folder: CentreFolder, deployment: Deployment, ledger: Ledger
) -> None:
    """Let workers answer, and do here what is to be done once."""
    if not ledger.takes_many_writers:
        raise Refused(
            "Several workers need PostgreSQL; SQLite has one writer: leave out --workers."
        )
    if not CAN_SHARE_A_PORT:
        raise Refused("Several workers need a server on Linux: leave out --workers.")
    wishes = ["--data", str(given.data), "--log", given.log]
    if given.database:
        wishes += ["--database", given.database]
    with closing(_listen(given.host, given.port)) as listener, closing(Chores()) as chores:
        workers = Workers(wishes, listener, count=given.workers)
        _begin(chores, ledger)
        if given.until_closed:
            workers.stop_when_input_ends()
        workers.run(lambda: _say_ready(folder, deployment, listener))


def _process(folder: CentreFolder, deployment: Deployment, ledger: Ledger) -> CentreProcess:
    shelf = Shelf(folder.reference)
    pressure = Pressure(folder.calm)
    centre = Centre(
        deployment=deployment.name,
        ledger=ledger,
        keys=folder.keys(),
        shelf=shelf,
        documents=Register(folder.documents),
        retry_after=pressure.retry_after,
    )
    pages = Pages(
        deployment.name,
        ledger,
        shelf,
        Readers(folder.readers),
        now=now,
        is_secure=bool(deployment.tls_name),
    )
    return CentreProcess(
        application(centre, shelf, ledger, pages, pressure),
        certificate=folder.certificate if deployment.tls_name else None,
        key=folder.certificate_key,
    )


def _begin(chores: Chores, ledger: Ledger) -> None:
    chores.repeat(lambda: ledger.begin_months(now=now()), seconds=DAY_SECONDS)
    chores.repeat(lambda: projection.catch_up(ledger), seconds=COUNT_SECONDS)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as error:
        raise Refused(f"{host}:{port} cannot be listened on: {error.strerror}.") from error


def _say_ready(folder: CentreFolder, deployment: Deployment, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    url = (
        f"https://{deployment.tls_name}:{port}" if deployment.tls_name else f"http://{shown}:{port}"
    )
    write_private(folder.url, url.encode())
    print(f"listening on {url}", flush=True)


def _describe(parser: Parser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="0 takes any free port")
    parser.add_argument("--database", metavar="URL", help="another database than `init` was told")
    parser.add_argument(
        "--workers",
        type=_worker_count,
        default=1,
        metavar="N",
        help="answer with N processes, about one a core; needs PostgreSQL",
    )
    parser.add_argument(
        "--log",
        type=logs.Wanted,
        choices=list(logs.Wanted),
        default=logs.Wanted.ALL,
        help="what to write to standard error, one JSON object a line: every answer, or only"
        " what went wrong; never anything personal (all)",
    )
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument(
        "--until-closed", action="store_true", help="end when standard input is closed"
    )


def _describe_post(parser: Parser) -> None:
    parser.add_argument(
        "--post",
        action="store_true",
        help="serve the workstations of one post while the centre is away: DIR is then the"
        " exchange's own folder, on any PC of the post, and prints what to write in settings.toml",
    )
    parser.add_argument(
        "--provisioning",
        type=Path,
        metavar="FILE",
        help="with --post, at the first start: from `token`, by which the exchange is enrolled",
    )
    parser.add_argument(
        "--forward-after",
        type=float,
        default=exchange.FORWARD_AFTER_SECONDS,
        metavar="SECONDS",
        help="with --post: how long to leave it to the workstations to bring their entries to the"
        " centre themselves (120)",
    )
    parser.add_argument(
        "--quiet",
        dest="wishes",
        action="store_const",
        const=exchange.Wishes.QUIET,
        default=exchange.Wishes.ANNOUNCED,
        help="with --post: do not announce it in the post's network; workstations then need its"
        " address in their settings.toml",
    )


def _worker_count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= MOST_WORKERS:
        return int(text)
    raise argparse.ArgumentTypeError(f"between 1 and {MOST_WORKERS}")
