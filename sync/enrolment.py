"""Makes a computer a workstation of its post: token in, certificate out, keys pinned.

Nothing is trusted but what IT carried here: a provisioning file, or an invitation, a line of text.
The workstation's own keys are made here and never leave. Interrupted anywhere, it is run again.
"""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from checkpoint_client.desk.channels import NotTaken
from checkpoint_client.records.decoders import json_decoder, msgpack_decoder
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.vault import NewSlot, Unlocked, Vault
from checkpoint_client.vault.device import DeviceKey, Forerunner
from sync import protocol
from sync.engine import client_version
from sync.https import BadAddress, Line, Stranger
from sync.invitation import Invitation, is_invitation
from sync.link import Reason, Unreachable
from sync.protocol import (
    CarriedReply,
    Certificate,
    DeviceRole,
    EnrolReply,
    EnrolRequest,
    Forged,
    Malformed,
    Provisioning,
    Token,
)

KEY_WORDS: Final = "Digits of its keys: {0}. Both ends show them: compare them by telephone."


class NotEnrolled(Exception):
    """The computer did not become a workstation. The text is one sentence and says what to do."""


def read_provisioning(path: Path) -> Provisioning:
    """What headquarters' file says. Raises `NotEnrolled`."""
    try:
        return json_decoder(Provisioning).decode(path.read_bytes())
    except OSError as error:
        raise NotEnrolled(f"{path.name} cannot be read: {error.strerror}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotEnrolled(
            f"{path.name} is not a provisioning file, or not a whole one:"
            " copy it again, or ask headquarters for a new one."
        ) from None


def accept(text: str, *, proxy: str = "") -> Provisioning:
    """What an invitation stands for, once its centre has said who it is. Raises `NotEnrolled`."""
    invitation = _invitation(text)
    try:
        with closing(Stranger(invitation.url, proxy=proxy or None)) as stranger:
            return invitation.accept(stranger.introduction())
    except BadAddress as error:
        raise NotEnrolled(str(error)) from None
    except Unreachable as error:
        raise NotEnrolled(_advice(error)) from None
    except Malformed:
        raise NotEnrolled(
            f"At {invitation.url} answers another server than the one that gave out the token, or"
            " its keys have changed since: ask headquarters for a new token."
        ) from None


def given(what: str, *, proxy: str = "") -> Provisioning:
    """By an invitation's text or a provisioning file's path. Raises `NotEnrolled`."""
    return (
        accept(what, proxy=proxy)
        if is_invitation(what)
        else read_provisioning(Path(what).expanduser())
    )


def line_of(provisioning: Provisioning, device: DeviceKey, *, proxy: str = "") -> Line:
    """The line to the server that the provisioning file names. Raises `BadAddress`."""
    return Line(
        provisioning.url,
        deployment=provisioning.deployment,
        server_key=provisioning.server_key,
        signer=device,
        certificate=provisioning.certificate,
        proxy=proxy or None,
        dictionary=lambda: device.state.dictionary,
        statement=lambda: device.state.certificate,
    )


def enrol_anew(
    provisioning: Provisioning, folder: Folder, *, name: str = "", proxy: str = ""
) -> DeviceKey:
    """Make a workstation that is in use another one, with keys of its own: it was a copy.

    Officers and records stay; what had not been sent goes on under the new name at the next
    sign-in. Interrupted before the answer, nothing has changed. Raises `NotEnrolled`, OSError.
    """
    _must_be_for(DeviceRole.WORKSTATION, provisioning)
    before = DeviceKey.load(folder.device_key).state
    path = folder.device_key.with_name(folder.device_key.name + ".coming")
    path.unlink(missing_ok=True)
    device = DeviceKey.create(
        path, deployment=provisioning.deployment, workstation="", post=provisioning.post
    )
    if before.deployment != device.state.deployment:
        raise NotEnrolled(f"These records belong to {before.deployment}: nothing was changed.")
    device.update(
        forerunner=Forerunner(
            workstation=before.workstation,
            incarnation=before.incarnation,
            position=before.journal_position,
            head=before.journal_head,
        )
    )
    _ask(provisioning, folder, device, name=name, proxy=proxy)
    path.replace(folder.device_key)
    return DeviceKey.load(folder.device_key)


def enrol(
    provisioning: Provisioning,
    folder: Folder,
    *,
    name: str = "",
    proxy: str = "",
    role: DeviceRole = DeviceRole.WORKSTATION,
) -> DeviceKey:
    """Ask the centre to take this computer as a workstation; its key is then in `folder`.

    `name`: what people call it, the centre gives the final one. Nothing is asked again where only
    the first officers are still missing. Raises `NotEnrolled`, OSError.
    """
    _must_be_for(role, provisioning)
    folder.make()
    device = _key(folder, provisioning)
    if not device.state.workstation:
        _ask(provisioning, folder, device, name=name, proxy=proxy)
    return device


def request_by_file(what: str, folder: Folder, *, name: str = "") -> bytes:
    """What to carry to the centre, for a computer without a line; the same if made again.

    `what` as for `given`, but nobody is asked. Raises `NotEnrolled`, OSError.
    """
    known = _invitation(what) if is_invitation(what) else _read(what)
    _must_be_for(DeviceRole.WORKSTATION, known)
    folder.make()
    device = _key(folder, known)
    if device.state.workstation:
        raise NotEnrolled(
            f"This computer is {device.state.workstation} already; only its first officers are"
            " missing: leave --request out."
        )
    token = _token_of(known)
    asked = _asked(device)
    if asked is None or asked.token_id != token.id:
        message = _request(token, known.deployment, known.role, device, name)
        request = protocol.sign_request(message, device, deployment=known.deployment)
        asked = _without_secret(known, _Asked(token_id=token.id, request=request.body))
        device.update(asked=msgspec.msgpack.encode(asked))
    return asked.request


def is_reply(content: bytes) -> bool:
    """Whether this looks like the centre's answer to a request that was carried."""
    try:
        protocol.decode(content, CarriedReply)
    except Malformed:
        return False
    return True


def take_reply(content: bytes, folder: Folder) -> DeviceKey:
    """Become what the centre's answer says, which was carried here. Raises `NotEnrolled`, OSError.

    Nothing is changed again where only the first officers are still missing.
    """
    if not folder.device_key.exists():
        raise NotEnrolled("No request was made here: begin with `enrol --request FILE`.")
    device = DeviceKey.load(folder.device_key)
    if device.state.workstation:
        _must_lack_officers(device, folder)
        return device
    asked = _asked(device)
    if asked is None:
        raise NotEnrolled("No request was made here: begin with `enrol --request FILE`.")
    try:
        carried = protocol.decode(content, CarriedReply)
    except Malformed:
        raise NotEnrolled(
            "This is no answer of a centre, or not a whole one: carry it here again."
        ) from None
    try:
        provisioning = _recognised(asked, carried.introduction)
        digest = protocol.read_request(asked.request, deployment=provisioning.deployment).digest
        reply = protocol.read_reply(
            carried.reply, EnrolReply, answers=digest, server_key=provisioning.server_key
        )
    except (Malformed, Forged):
        raise NotEnrolled(
            "The answer is another centre's, or answers another request than the one that was made"
            " here last: carry the request `enrol --request FILE` writes now, and its answer back."
        ) from None
    _take(reply, provisioning, folder, device)
    return device


def digits_of(device: DeviceKey) -> str:
    """What both ends show of the keys that were made here."""
    return protocol.key_digits(device.public, device.receive_public)


def first_officers(folder: Folder, device: DeviceKey, officers: Sequence[NewSlot]) -> Unlocked:
    """Make the envelope with a slot for each, the first of them opened, and headquarters' own.

    Raises `AlreadyThere`.
    """
    first, *others = officers
    return Vault.create(
        folder.envelope,
        deployment=device.state.deployment,
        workstation=device.state.workstation,
        recovery_key=device.state.recovery_key or None,
        first=first,
        others=others,
    )


class _Asked(msgspec.Struct, frozen=True):
    """A request that is being carried: its exact bytes, and by what the answer is recognised.

    One of the two, without the token's secret: the request has used it up.
    """

    token_id: bytes
    request: bytes
    provisioning: Provisioning | None = None
    invitation: Invitation | None = None


def _ask(
    provisioning: Provisioning, folder: Folder, device: DeviceKey, *, name: str, proxy: str
) -> None:
    token = _token_of(provisioning)
    request = _request(token, provisioning.deployment, provisioning.role, device, name)
    try:
        with closing(line_of(provisioning, device, proxy=proxy)) as line:
            reply = line.enrol(request)
    except BadAddress as error:
        raise NotEnrolled(str(error)) from None
    except Unreachable as error:
        raise NotEnrolled(_advice(error)) from None
    _take(reply, provisioning, folder, device)


def _take(reply: EnrolReply, provisioning: Provisioning, folder: Folder, device: DeviceKey) -> None:
    certificate = _proved(reply, provisioning, device)
    _keep(folder, provisioning, reply)
    _name_post(folder, reply)
    device.update(
        workstation=reply.workstation,
        post=reply.post,
        ratchet=reply.ratchet,
        server_key=provisioning.server_key,
        centre_key=provisioning.centre_key,
        certificate=reply.certificate,
        certified_at=datetime.fromisoformat(certificate.issued_at),
        channel_keys=_opened(device, reply),
        recovery_key=provisioning.recovery_key or reply.recovery_key or b"",
        asked=b"",
    )


def _key(folder: Folder, known: Provisioning | Invitation) -> DeviceKey:
    """New keys, or those of an attempt that was interrupted before the answer came."""
    if not folder.device_key.exists():
        return DeviceKey.create(
            folder.device_key, deployment=known.deployment, workstation="", post=known.post
        )
    device = DeviceKey.load(folder.device_key)
    if device.state.workstation:
        _must_lack_officers(device, folder)
    if device.state.deployment != known.deployment:
        raise NotEnrolled(
            f"An enrolment with {device.state.deployment} was begun here: finish it with that"
            f" provisioning file, or remove {folder.device_key.name} first."
        )
    return device


def _must_lack_officers(device: DeviceKey, folder: Folder) -> None:
    if folder.envelope.exists():
        raise NotEnrolled(
            f"This computer is already enrolled as {device.state.workstation}: nothing was changed."
        )


def _must_be_for(role: DeviceRole, known: Provisioning | Invitation) -> None:
    if known.role is not role:
        raise NotEnrolled(_OTHER_ROLE[known.role])


def _read(path: str) -> Provisioning:
    return read_provisioning(Path(path).expanduser())


def _invitation(text: str) -> Invitation:
    try:
        return Invitation.read(text)
    except Malformed as error:
        raise NotEnrolled(f"This is not the token's text. {error}") from None


def _token_of(known: Provisioning | Invitation) -> Token:
    if isinstance(known, Invitation):
        return Token(id=known.token_id, secret=known.token_secret)
    try:
        return Token.read(known.token)
    except Malformed as error:
        raise NotEnrolled(
            f"The provisioning file holds no usable token ({error}):"
            " ask headquarters for a new one."
        ) from None


def _without_secret(known: Provisioning | Invitation, asked: _Asked) -> _Asked:
    if isinstance(known, Invitation):
        text = msgspec.structs.replace(known, token_secret=b"")
        return msgspec.structs.replace(asked, invitation=text)
    file = msgspec.structs.replace(known, token="")
    return msgspec.structs.replace(asked, provisioning=file)


def _asked(device: DeviceKey) -> _Asked | None:
    return msgpack_decoder(_Asked).decode(device.state.asked) if device.state.asked else None


def _recognised(asked: _Asked, introduction: bytes) -> Provisioning:
    if asked.invitation:
        return asked.invitation.accept(introduction)
    if asked.provisioning is None:
        raise Malformed("nothing to recognise the centre by")
    return asked.provisioning


def _request(
    token: Token, deployment: str, role: DeviceRole, device: DeviceKey, name: str
) -> EnrolRequest:
    return EnrolRequest(
        request_id=os.urandom(16),
        deployment=deployment,
        token_id=token.id,
        name=name,
        signing_key=device.public,
        receive_key=device.receive_public,
        client=client_version(),
        mac=protocol.enrolment_mac(
            token,
            deployment=deployment,
            signing_key=device.public,
            receive_key=device.receive_public,
        ),
        role=role,
    )


def _proved(reply: EnrolReply, provisioning: Provisioning, device: DeviceKey) -> Certificate:
    """The certificate, once the whole answer fits what we know."""
    try:
        certificate = protocol.read_certificate(
            reply.certificate, server_key=provisioning.server_key
        )
    except (Malformed, Forged):
        raise NotEnrolled(_WRONG_ANSWER) from None
    stated = (certificate.deployment, certificate.workstation, certificate.post)
    keys = (certificate.signing_key, certificate.receive_key, certificate.role)
    if stated != (provisioning.deployment, reply.workstation, reply.post):
        raise NotEnrolled(_WRONG_ANSWER)
    if keys != (device.public, device.receive_public, provisioning.role):
        raise NotEnrolled(_WRONG_ANSWER)
    if (reply.server_key, reply.centre_key) != (provisioning.server_key, provisioning.centre_key):
        raise NotEnrolled(_WRONG_ANSWER)
    return certificate


def _opened(device: DeviceKey, reply: EnrolReply) -> dict[str, bytes]:
    from sync import reference  # not at the top: enrolling is rare, and this brings a lot along

    try:
        return reference.opened_keys(device, reply.channel_keys)
    except NotTaken:
        raise NotEnrolled(_WRONG_ANSWER) from None


def _keep(folder: Folder, provisioning: Provisioning, reply: EnrolReply) -> None:
    """What the line needs at every start: address, certificate and root; the token is used up."""
    kept = msgspec.structs.replace(
        provisioning, token="", post=reply.post, post_name=reply.post_name
    )
    coming = folder.provisioning.with_suffix(".new")
    with coming.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(kept)))
        file.flush()
        os.fsync(file.fileno())
    coming.replace(folder.provisioning)


def _name_post(folder: Folder, reply: EnrolReply) -> None:
    settings = Settings.read(folder.settings)
    replace(settings, post=reply.post, post_name=reply.post_name).write(folder.settings)


def _advice(error: Unreachable) -> str:
    if error.reason in (Reason.REFUSED, Reason.UNKNOWN_HERE):
        return f"The server refused ({error.words}): ask headquarters for a new provisioning file."
    return (
        f"The server did not answer ({error}): check cable, address and proxy, then try again."
        " The provisioning file stays good."
    )


_OTHER_ROLE = {
    DeviceRole.EXCHANGE: (
        "This token is for the exchange of a post (`checkpoint-server serve --post`): ask"
        " headquarters for one for a workstation."
    ),
    DeviceRole.WORKSTATION: (
        "This token is for a workstation: an exchange needs one of its own, from"
        " `checkpoint-server token --role exchange`."
    ),
}
_WRONG_ANSWER = "The server's answer does not fit the provisioning file: tell headquarters."
