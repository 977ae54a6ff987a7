"""The centre's own certificate authority, which workstations pin, and the server's certificate."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFE: Final = timedelta(days=20 * 365)  # a post may be out of reach for long: the pin decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """Certificates and their keys, PEM."""

    authority: bytes
    authority_key: bytes
    server: bytes
    server_key: bytes


def issue(tls_name: str, now: datetime) -> Issued:
    """A new authority and a server certificate for `tls_name` (host name or IP address)."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    server_key = ec.generate_private_key(ec.SECP256R1())
    authority = _authority(authority_key, now)
    server = _server(server_key, tls_name, authority, authority_key, now)
    return Issued(
        authority=authority.public_bytes(Encoding.PEM),
        authority_key=_pem(authority_key),
        server=server.public_bytes(Encoding.PEM),
        server_key=_pem(server_key),
    )


def renew(tls_name: str, now: datetime, *, authority: bytes, key: bytes) -> tuple[bytes, bytes]:
    """Another server certificate of the same authority, and its new key. Workstations, which pin
    the authority, do not notice. Raises ValueError if the key is not the authority's.
    """
    ours = x509.load_pem_x509_certificate(authority)
    authority_key = load_pem_private_key(key, None)
    if not isinstance(authority_key, ec.EllipticCurvePrivateKey):
        raise ValueError("not the authority's key")
    if authority_key.public_key() != ours.public_key():
        raise ValueError("not the authority's key")
    server_key = ec.generate_private_key(ec.SECP256R1())
    server = _server(server_key, tls_name, ours, authority_key, now)
    return server.public_bytes(Encoding.PEM), _pem(server_key)


def ends_at(certificate: bytes) -> datetime:
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a PEM certificate, to be compared by eye."""
    digest = x509.load_pem_x509_certificate(certificate).fingerprint(hashes.SHA256())
    return digest.hex(":")


def _authority(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = _name("Checkpoint authority")
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        _builder(name, name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    key: ec.EllipticCurvePrivateKey,
    tls_name: str,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        _builder(_name(tls_name), authority.subject, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general_name(tls_name)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer, critical=False)
        .add_extension(identifier, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    # A day back: the first workstation's clock may be behind ours.
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
    )


def _usage(*allowed: str) -> x509.KeyUsage:
    """What a key may be used for: RFC 5280 §4.2.1.3."""
    return x509.KeyUsage(**{name: name in allowed for name in _USAGES})


_USAGES: Final = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _general_name(tls_name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(tls_name))
    except ValueError:
        return x509.DNSName(tls_name)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
