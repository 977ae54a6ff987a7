"""`checkpoint-server token`, `enrol-file`: how a computer is let in, with a line and without."""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec
import segno

from sync import protocol
from sync.enrolment import KEY_WORDS
from sync.invitation import Invitation
from sync.protocol import (
    CarriedReply,
    Certificate,
    DeviceRole,
    EnrolReply,
    Forged,
    Introduction,
    Malformed,
    Provisioning,
    Token,
)
from sync.server import registry
from sync.server.centre import Centre
from sync.server.command import Parser, Refused, add_data, now
from sync.server.keys import CentreFolder, write_private
from sync.server.ledger import Ledger
from sync.server.lost_documents import Register
from sync.server.shelf import Shelf

POST_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
MOST_REQUEST_BYTES: Final = 64 * 1024
_GROUP = 5
_GROUPS_A_LINE = 8

_LETTING_IN: Final = """\
Let one computer in, once, within 24 hours, as a workstation of a post or as its exchange.

It prints a line of text that begins with CP2- and the same as a QR code: scan the code at the new
computer with a scanner that types (keyboard in English), or type the text; blanks and dashes do not
matter, and a wrong character is noticed. With --out the same goes into a file, for a stick.
Whoever has it first can enrol a computer, so give it to nobody else. Nothing of it is kept here.

A post without any line: carry the file there, bring back a request, see `enrol-file --help`."""

_ENROL_FILE: Final = """\
Answer a computer that no line reaches. Three steps, with one stick:

  1. At the new computer, with the text or file of `checkpoint-server token`:
     checkpoint-admin enrol --data DIR --token --request STICK/request
  2. Here:  checkpoint-server enrol-file STICK/request --reply STICK/reply --data DIR
  3. At the new computer:
     checkpoint-admin enrol --data DIR --reply STICK/reply --officer NUMBER:SUPERVISOR

Each may be done again: the same request is given the same workstation. Only the computer that made
the request can use the reply. Compare the digits that both ends show, by telephone."""


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    plain = argparse.RawDescriptionHelpFormatter
    parser = commands.add_parser(
        "token",
        help="Let one new computer enrol: print its token as text and QR code, or write a file.",
        description=_LETTING_IN,
        formatter_class=plain,
    )
    add_data(parser)
    parser.set_defaults(command=token)
    _describe_token(parser)
    parser = commands.add_parser(
        "enrol-file",
        help="Answer the request of a computer that no line reaches.",
        description=_ENROL_FILE,
        formatter_class=plain,
    )
    add_data(parser)
    parser.set_defaults(command=enrol_file)
    parser.add_argument("request", type=Path, metavar="REQUEST", help="what the computer wrote")
    parser.add_argument(
        "--reply", type=Path, required=True, metavar="FILE", help="where to write the answer"
    )


def token(given: argparse.Namespace) -> None:
    if not POST_CODE.fullmatch(given.post):
        raise Refused("A post's code has letters, digits and dashes, at most 32: OSH-01.")
    folder = CentreFolder(given.data)
    folder.deployment()  # says so where there is no centre at all
    url = given.url or _last_url(folder)
    post_name = given.post_name or given.post
    with closing(_opened(folder)) as ledger:
        introduction = _centre(folder, ledger).introduction()
        issued = folder.keys().new_token()
        try:
            with ledger.writing() as connection:
                registry.issue_token(
                    connection,
                    issued,
                    post=given.post,
                    post_name=post_name,
                    role=given.role,
                    now=now(),
                )
        except registry.TooManyOpen as refused:
            raise Refused(str(refused)) from None
    invitation = _invitation(url, introduction, issued, given)
    provisioning = msgspec.structs.replace(invitation.accept(introduction), post_name=post_name)
    _write_codes(given, str(invitation))
    if given.out == Path("-"):
        print(_packed(provisioning).decode())
        return
    if given.out:
        write_private(given.out, _packed(provisioning))
    for line in _words(given, str(invitation)):
        print(line)


def enrol_file(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    folder.deployment()  # says so where there is no centre
    body = _content(given.request)
    with closing(_opened(folder)) as ledger:
        centre = _centre(folder, ledger)
        try:
            answer = centre.enrol(body)
            incoming = protocol.read_request(body, deployment=folder.deployment().name)
        except registry.Gone as gone:
            raise Refused(f"Nobody was let in: {gone}.") from None
        except registry.Unknown:
            raise Refused(
                "Nobody was let in: the token is not one of this centre, or is older than its"
                " newest backup. Ask for a new one with `token`."
            ) from None
        except (Malformed, Forged):
            raise Refused(
                f"{given.request} is no request to this centre, or not a whole one: carry it"
                " again, or make it again at the computer."
            ) from None
        carried = CarriedReply(introduction=centre.introduction(), reply=answer)
    write_private(given.reply, msgspec.msgpack.encode(carried))
    certificate = _certificate(answer, incoming, folder)
    print(
        f"{given.reply} makes that computer {certificate.workstation} of {certificate.post}"
        f" ({certificate.role}). Carry it back."
    )
    print(KEY_WORDS.format(protocol.key_digits(certificate.signing_key, certificate.receive_key)))


def _invitation(
    url: str, introduction: bytes, issued: Token, given: argparse.Namespace
) -> Invitation:
    return Invitation(
        url,
        protocol.decode(introduction, Introduction).deployment,
        given.post,
        given.role,
        issued.id,
        issued.secret,
        protocol.fingerprint(introduction),
    )


def _words(given: argparse.Namespace, text: str) -> Iterator[str]:
    yield from _code(text)
    yield ""
    yield from _in_groups(text)
    yield ""
    what = "the exchange" if given.role is DeviceRole.EXCHANGE else "one workstation"
    yield f"This lets {what} of {given.post} enrol once, within 24 hours. It is a secret."
    if given.out:
        yield f"{given.out} holds the same, for a stick."


def _code(text: str) -> Iterator[str]:
    """The QR code in half blocks, where the terminal can show them."""
    try:
        "\u2580".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return
    drawn = io.StringIO()
    segno.make_qr(text).terminal(out=drawn, border=2, compact=True)
    yield from drawn.getvalue().splitlines()


def _in_groups(text: str) -> Iterator[str]:
    """For eyes and fingers."""
    prefix, _, rest = text.partition("-")
    groups = [rest[start : start + _GROUP] for start in range(0, len(rest), _GROUP)]
    lines = [
        "-".join(groups[start : start + _GROUPS_A_LINE])
        for start in range(0, len(groups), _GROUPS_A_LINE)
    ]
    yield f"{prefix}-{lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


def _write_codes(given: argparse.Namespace, text: str) -> None:
    for path, kind in ((given.svg, "svg"), (given.png, "png")):
        if path:
            drawn = io.BytesIO()
            segno.make_qr(text).save(drawn, kind=kind, scale=8)
            write_private(path, drawn.getvalue())


def _packed(provisioning: Provisioning) -> bytes:
    return msgspec.json.format(msgspec.json.encode(provisioning))


def _certificate(answer: bytes, incoming: protocol.Incoming, folder: CentreFolder) -> Certificate:
    server_key = folder.keys().reply_public
    reply = protocol.read_reply(answer, EnrolReply, answers=incoming.digest, server_key=server_key)
    return protocol.read_certificate(reply.certificate, server_key=server_key)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_REQUEST_BYTES + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > MOST_REQUEST_BYTES:
        raise Refused(f"{path} is larger than any request: is it the right file?")
    return content


def _centre(folder: CentreFolder, ledger: Ledger) -> Centre:
    return Centre(
        deployment=folder.deployment().name,
        ledger=ledger,
        keys=folder.keys(),
        shelf=Shelf(folder.reference),
        documents=Register(folder.documents),
    )


def _opened(folder: CentreFolder) -> Ledger:
    ledger = Ledger(folder.database)
    ledger.check()
    return ledger


def _last_url(folder: CentreFolder) -> str:
    try:
        return folder.url.read_text()
    except OSError as error:
        raise Refused(
            "Say where workstations reach this server: --url https://NAME:PORT"
            " (or start `serve` once, its address is remembered)."
        ) from error


def _describe_token(parser: Parser) -> None:
    parser.add_argument("--post", required=True, metavar="CODE", help="the post's code: OSH-01")
    parser.add_argument("--post-name", metavar="TEXT", help="the post's name as officers say it")
    parser.add_argument(
        "--role",
        type=DeviceRole,
        choices=list(DeviceRole),
        default=DeviceRole.WORKSTATION,
        help="workstation, or exchange: a PC that hands on what the post's workstations tell each"
        " other and can open nothing of it (workstation)",
    )
    parser.add_argument(
        "--url", help="where the computer reaches this server, if not where it last listened"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write the provisioning file here; it is a secret (- prints it, and nothing else)",
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="the QR code as a drawing")
    parser.add_argument("--png", type=Path, metavar="FILE", help="the QR code as a picture")
