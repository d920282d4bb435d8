"""Keys of handles: an Ed25519 key a handle, kept as an unencrypted minisign key file that its owner alone can read.

In: the folder of the keys and a handle. Out: a key that signs ledger lines, and (in minisign's format, so that anyone
can check with other tools) the MANIFEST of a release.
"""

import base64
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import minisign
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from overt.model import CaseError, InputError

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])")
# Offset of the 32-byte seed in minisign's key layout: 3 algorithm names, salt, 2 limits, key id.
_SEED_AT = 2 * 3 + 32 + 8 * 2 + 8


@dataclass(frozen=True, slots=True)
class Key:
    """A handle's key. `public` is the Ed25519 public key as 64 hexadecimal digits: what makes a reviewer one."""

    handle: str
    public: str
    minisign_public: str
    _secret: minisign.SecretKey = field(repr=False, compare=False)

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the Ed25519 signature on `message`."""
        return _private(self._secret).sign(message)


def _private(secret: minisign.SecretKey) -> Ed25519PrivateKey:
    raw = base64.b64decode(secret.to_base64())
    return Ed25519PrivateKey.from_private_bytes(raw[_SEED_AT : _SEED_AT + 32])


def check_handle(handle: str) -> str:
    """Return the handle.

    Raises:
        InputError: where it is not 2-40 lower-case letters, digits and hyphens (no hyphen at the ends).
    """
    if not HANDLE.fullmatch(handle):
        raise InputError(
            f"not a handle: {handle!r} (2 to 40 of a-z, 0-9 and hyphen, beginning and ending with a letter or digit)"
        )
    return handle


def _key(handle: str, secret: minisign.SecretKey) -> Key:
    public = secret.get_public_key()
    raw = _private(secret).public_key().public_bytes_raw()
    return Key(handle=handle, public=raw.hex(), minisign_public=public.to_base64().decode(), _secret=secret)


def load_key(folder: Path, handle: str) -> Key | None:
    """Return the key of a handle, or None where this copy has none.

    Raises:
        InputError: where the handle is not one.
        CaseError: where the key file cannot be read as an unencrypted minisign key.
    """
    path = folder / f"{check_handle(handle)}.key"
    if not path.exists():
        return None
    try:
        secret = minisign.SecretKey.from_file(path)
        if secret.is_encrypted():
            raise CaseError(f"{path.name} is locked with a password; Overt reads keys without one")
        return _key(handle, secret)
    except (OSError, minisign.Error) as error:
        raise CaseError(f"{path.name} is not a minisign key file: {error}") from error


def make_key(folder: Path, handle: str) -> Key:
    """Make and keep a new key; its file has mode 0600 where the system knows modes.

    Raises:
        InputError: where the handle is not one.
        CaseError: where the handle has a key already, or the file cannot be written.
    """
    path = folder / f"{check_handle(handle)}.key"
    secret = minisign.KeyPair.generate().secret_key
    secret.untrusted_comment = f"overt key of {handle}, no password: keep it to yourself"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(bytes(secret) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise CaseError(f"the handle {handle} has a key already") from error
    except OSError as error:
        raise CaseError(f"the key of {handle} cannot be written: {error.strerror or error}") from error
    return _key(handle, secret)


def key_of(folder: Path, handle: str) -> Key:
    """Return the key of a handle, made where this copy has none. Raises what `load_key` and `make_key` do."""
    return load_key(folder, handle) or make_key(folder, handle)


def signature(data: bytes, key: Key, comment: str) -> bytes:
    """Return the bytes of a minisign signature file on `data`. `comment` is signed too and holds no clock."""
    made = key._secret.sign(data, untrusted_comment=f"signature of {key.handle}", trusted_comment=comment)
    return bytes(made) + b"\n"


def sign_file(path: Path, key: Key, comment: str) -> Path:
    """Write `NAME.minisig` beside a file and return its path. `comment` is signed too and holds no clock.

    Raises:
        CaseError: where the file cannot be read or the signature not written.
    """
    target = path.with_name(path.name + ".minisig")
    try:
        target.write_bytes(signature(path.read_bytes(), key, comment))
    except (OSError, minisign.Error) as error:
        raise CaseError(f"{path.name} cannot be signed: {error}") from error
    return target


def is_file_signed(path: Path, minisign_public: str) -> bool:
    """True where `NAME.minisig` beside the file is a signature of this minisign public key on these bytes.

    Raises:
        CaseError: where there is no signature file: nothing was checked.
    """
    target = path.with_name(path.name + ".minisig")
    if not target.exists():
        raise CaseError(f"{path.name} has no signature beside it: nothing was checked")
    try:
        signature = minisign.Signature.from_bytes(target.read_bytes())
        minisign.PublicKey.from_base64(minisign_public).verify(path.read_bytes(), signature)
    except minisign.Error:
        return False
    return True
