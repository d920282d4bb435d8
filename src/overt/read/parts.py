"""MIME, as mails and saved pages use it: parsed within limits, and the bytes of a part undone from their transport.

In: bytes. Out: the message of the standard library, or ReadError.
"""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from overt.model import ReadError

_HEAD_OF_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
MAX_PARTS, MAX_DEPTH = 2000, 30


def parse(data: bytes) -> EmailMessage:
    """Return a message with its parts. Raises ReadError where they are too many or nested too deeply."""
    # Looked at before parsing, which takes a second for each few thousand parts.
    if len(_HEAD_OF_PART.findall(data)) > 2 * MAX_PARTS:
        raise ReadError(f"it has more than {MAX_PARTS:,} parts")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        count = sum(1 for _ in walk(message))
    except RecursionError:
        raise ReadError(f"its parts are nested more than {MAX_DEPTH} deep") from None
    except (ValueError, LookupError, IndexError, AttributeError, TypeError) as error:  # the parser's own slips
        raise ReadError(f"its MIME parts cannot be read: {' '.join(str(error).split())[:120]}") from error
    if count == 0:
        raise ReadError("it holds no parts")
    return message


def walk(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """Yield a message and all its parts, in order."""
    todo = [(message, depth)]
    seen = 0
    while todo:
        part, deep = todo.pop()
        seen += 1
        if deep > MAX_DEPTH:
            raise ReadError(f"its parts are nested more than {MAX_DEPTH} deep")
        if seen > MAX_PARTS:
            raise ReadError(f"it has more than {MAX_PARTS:,} parts")
        yield part
        if part.is_multipart():
            inner = part.get_payload()
            if isinstance(inner, list):
                todo += [(p, deep + 1) for p in reversed(inner) if isinstance(p, EmailMessage)]


def payload(part: EmailMessage) -> bytes:
    """Return the bytes of a part, decoded from base64 or quoted-printable."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def charset(part: EmailMessage) -> str | None:
    """Return the encoding that a part names."""
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, AttributeError, IndexError):
        return None


def header(message: EmailMessage, name: str) -> str | None:
    """Return a header as text, or None where it is missing or broken."""
    try:
        value = message[name]
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return None
    return " ".join(str(value).split()) or None if value is not None else None
