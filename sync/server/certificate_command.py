"""`checkpoint-server certificate`: until when the server's certificate holds, and a new one."""

import argparse

from sync.server import certificates
from sync.server.command import Parser, Refused, add_data, now
from sync.server.keys import CentreFolder


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Show the server's certificate, or give it a new one that workstations trust already."
    parser = commands.add_parser(
        "certificate",
        help=what,
        description=what,
        epilog="Workstations pin the authority that `init` made, not the server's certificate:"
        " after --renew start `serve` again, and nothing is to be done anywhere else."
        " DIR/tls/authority.key is needed for this only and may lie in a safe; if it is lost, the"
        " present certificate serves until its end.",
    )
    add_data(parser)
    parser.set_defaults(command=certificate)
    parser.add_argument(
        "--renew", action="store_true", help="make a new key and certificate for the server"
    )
    parser.add_argument(
        "--tls", metavar="NAME", help="with --renew: another host name or IP address than before"
    )


def certificate(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    name = given.tls or folder.deployment().tls_name
    if not folder.authority.exists() or name is None:
        raise Refused("This centre has no certificate: it was set up without `init --tls NAME`.")
    if given.tls and not given.renew:
        raise Refused("Another name needs another certificate: add --renew.")
    if given.renew:
        folder.renew_certificate(name, now=now())
        print("Start `serve` again: it then shows the new certificate.")
    server, authority = folder.certificate.read_bytes(), folder.authority.read_bytes()
    print(
        f"Server {name}: until {certificates.ends_at(server):%Y-%m-%d},"
        f" {certificates.fingerprint(server)}"
    )
    print(
        f"Authority: until {certificates.ends_at(authority):%Y-%m-%d},"
        f" {certificates.fingerprint(authority)}"
    )
