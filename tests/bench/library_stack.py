"""A popular library stack (base45, cbor2, cwt) beside the product, in a process and a folder of its own.

`cwt` asks for an older cbor2 than the product has, so nothing of it may come near the product's environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.bench.report import FOLDER
from tests.verification.made import EC_KEY, dcc_claims, kid_of, message

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements" / "bench.txt"
HERE = FOLDER / "stack"
INSTALL_S, RUN_S = 180, 300


def installed(folder: Path = HERE) -> bool:
    """Puts the pinned stack into `folder` unless it is there already; False where it cannot be had."""
    if (folder / "cwt").is_dir():
        return True
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    target = ["--only-binary", ":all:", "--target", str(folder), "-r", str(REQUIREMENTS)]
    try:
        subprocess.run([*pip, *target], check=True, timeout=INSTALL_S, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        return False
    return True


def times(rounds: int, folder: Path = HERE) -> list[list[float]] | None:
    """Microseconds of the stack and of a bare ES256 verification, in turns; None if the stack does not run.

    The stack goes by the machine's own clock: the code is one of this hour.
    """
    now = int(time.time())
    cose = message(cbor2.dumps(dcc_claims(iat=now - 60, exp=now + 3600)))
    pem = EC_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = cbor2.dumps(["Signature1", b"", b"", cbor2.dumps(dcc_claims())])
    asked = {
        "text": "HC1:" + base45.b45encode(zlib.compress(cose)).decode(),
        "pem": pem.decode(),
        "kid": kid_of(EC_KEY).hex(),
        "signature": EC_KEY.sign(signed, ec.ECDSA(SHA256())).hex(),
        "signed": signed.hex(),
        "rounds": rounds,
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("library_child.py"))],
        input=json.dumps(asked),
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=RUN_S,
        check=False,
    )
    if done.returncode:
        return None
    taken: list[list[float]] = json.loads(done.stdout)
    return taken
