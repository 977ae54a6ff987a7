"""Makes a computer a workstation of its post: token in, certificate out, keys pinned.

Nothing is trusted but the provisioning file that IT carried here: it names the server's keys. The
workstation's own keys are made here and never leave. Interrupted anywhere, it is run again.
"""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec

from checkpoint_client.desk.channels import NotTaken
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.vault import NewSlot, Unlocked, Vault
from checkpoint_client.vault.device import DeviceKey, Forerunner
from sync import protocol
from sync.engine import client_version
from sync.https import BadAddress, Line
from sync.link import Reason, Unreachable
from sync.protocol import EnrolReply, EnrolRequest, Forged, Malformed, Provisioning, Token


class NotEnrolled(Exception):
    """The computer did not become a workstation. The text is one sentence and says what to do."""


def read_provisioning(path: Path) -> Provisioning:
    """What headquarters' file says. Raises `NotEnrolled`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Provisioning)
    except OSError as error:
        raise NotEnrolled(f"{path.name} cannot be read: {error.strerror}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotEnrolled(
            f"{path.name} is not a provisioning file, or not a whole one:"
            " copy it again, or ask headquarters for a new one."
        ) from None


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
    )


def enrol_anew(
    provisioning: Provisioning, folder: Folder, *, name: str = "", proxy: str = ""
) -> DeviceKey:
    """Make a workstation that is in use another one, with keys of its own: it was a copy.

    Officers and records stay; what had not been sent goes on under the new name at the next
    sign-in. Interrupted before the answer, nothing has changed. Raises `NotEnrolled`, OSError.
    """
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
    provisioning: Provisioning, folder: Folder, *, name: str = "", proxy: str = ""
) -> DeviceKey:
    """Ask the centre to take this computer as a workstation; its key is then in `folder`.

    `name`: what people call it, the centre gives the final one. Nothing is asked again where only
    the first officers are still missing. Raises `NotEnrolled`, OSError.
    """
    folder.make()
    device = _key(folder, provisioning)
    if not device.state.workstation:
        _ask(provisioning, folder, device, name=name, proxy=proxy)
    return device


def first_officers(folder: Folder, device: DeviceKey, officers: Sequence[NewSlot]) -> Unlocked:
    """Make the envelope with a slot for each, the first of them opened. Raises `AlreadyThere`."""
    first, *others = officers
    return Vault.create(
        folder.envelope,
        deployment=device.state.deployment,
        workstation=device.state.workstation,
        recovery_key=None,
        first=first,
        others=others,
    )


def _ask(
    provisioning: Provisioning, folder: Folder, device: DeviceKey, *, name: str, proxy: str
) -> None:
    try:
        with closing(line_of(provisioning, device, proxy=proxy)) as line:
            reply = line.enrol(_request(provisioning, device, name))
    except BadAddress as error:
        raise NotEnrolled(str(error)) from None
    except Unreachable as error:
        raise NotEnrolled(_advice(error)) from None
    _must_name_us(reply, provisioning, device)
    _keep(folder, provisioning)
    _name_post(folder, reply)
    device.update(
        workstation=reply.workstation,
        post=reply.post,
        ratchet=reply.ratchet,
        server_key=provisioning.server_key,
        centre_key=provisioning.centre_key,
        certificate=reply.certificate,
        channel_keys=_opened(device, reply),
    )


def _key(folder: Folder, provisioning: Provisioning) -> DeviceKey:
    """New keys, or those of an attempt that was interrupted before the answer came."""
    if not folder.device_key.exists():
        return DeviceKey.create(
            folder.device_key,
            deployment=provisioning.deployment,
            workstation="",
            post=provisioning.post,
        )
    device = DeviceKey.load(folder.device_key)
    if device.state.workstation and folder.envelope.exists():
        raise NotEnrolled(
            f"This computer is already enrolled as {device.state.workstation}: nothing was changed."
        )
    if device.state.deployment != provisioning.deployment:
        raise NotEnrolled(
            f"An enrolment with {device.state.deployment} was begun here: finish it with that"
            f" provisioning file, or remove {folder.device_key.name} first."
        )
    return device


def _request(provisioning: Provisioning, device: DeviceKey, name: str) -> EnrolRequest:
    try:
        token = Token.read(provisioning.token)
    except Malformed as error:
        raise NotEnrolled(
            f"The provisioning file holds no usable token ({error}):"
            " ask headquarters for a new one."
        ) from None
    return EnrolRequest(
        request_id=os.urandom(16),
        deployment=provisioning.deployment,
        token_id=token.id,
        name=name,
        signing_key=device.public,
        receive_key=device.receive_public,
        client=client_version(),
        mac=protocol.enrolment_mac(
            token,
            deployment=provisioning.deployment,
            signing_key=device.public,
            receive_key=device.receive_public,
        ),
    )


def _must_name_us(reply: EnrolReply, provisioning: Provisioning, device: DeviceKey) -> None:
    try:
        certificate = protocol.read_certificate(
            reply.certificate, server_key=provisioning.server_key
        )
    except (Malformed, Forged):
        raise NotEnrolled(_WRONG_ANSWER) from None
    stated = (certificate.deployment, certificate.workstation, certificate.post)
    keys = (certificate.signing_key, certificate.receive_key)
    if stated != (provisioning.deployment, reply.workstation, reply.post):
        raise NotEnrolled(_WRONG_ANSWER)
    if keys != (device.public, device.receive_public):
        raise NotEnrolled(_WRONG_ANSWER)
    if (reply.server_key, reply.centre_key) != (provisioning.server_key, provisioning.centre_key):
        raise NotEnrolled(_WRONG_ANSWER)


def _opened(device: DeviceKey, reply: EnrolReply) -> dict[str, bytes]:
    from sync import reference  # not at the top: enrolling is rare, and this brings a lot along

    try:
        return reference.opened_keys(device, reply.channel_keys)
    except NotTaken:
        raise NotEnrolled(_WRONG_ANSWER) from None


def _keep(folder: Folder, provisioning: Provisioning) -> None:
    """What the line needs at every start: address, certificate and root; the token is used up."""
    kept = msgspec.structs.replace(provisioning, token="")
    coming = folder.provisioning.with_suffix(".new")
    coming.write_bytes(msgspec.json.format(msgspec.json.encode(kept)))
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


_WRONG_ANSWER = "The server's answer does not fit the provisioning file: tell headquarters."
