"""Keys and certificates made up for signed messages (CMS)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from cryptography.x509.oid import NameOID

EC_KEY, RSA_KEY = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
P521, SHORT_RSA = ec.generate_private_key(ec.SECP521R1()), rsa.generate_private_key(65537, 1024)
K256 = ec.generate_private_key(ec.SECP256K1())


def certificate(key: Any) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Made up")])
    now = datetime(2022, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return dated.sign(key, SHA256())


def signed(content: bytes, key: Any) -> bytes:
    """A message with its content attached, as the gateway hands them out but in DER."""
    builder = PKCS7SignatureBuilder().set_data(content).add_signer(certificate(key), key, SHA256())
    return builder.sign(Encoding.DER, [PKCS7Options.Binary])
