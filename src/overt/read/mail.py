"""The reader of mails: subject, date and body. Who wrote to whom is personal data and goes into no document.

In: bytes of an .eml file. Out: a document. Of two forms of the body the plain one is read; attachments are named among
the concerns and not read: each can be added as a capture of its own.
"""

import re
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import msgspec

from overt.model import Document, Passage, PassageKind, Reader, ReadError, sha256
from overt.read import html, text
from overt.read.parts import charset as charset_of
from overt.read.parts import header, parse, payload, walk
from overt.read.text import clean

READER = Reader(name="mail", version=f"1+html{html.READER.version}", libraries=html.READER.libraries)
MAX_BYTES = 50_000_000
_QUOTED = re.compile(r"\s{0,3}>")


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read a mail.

    Raises:
        ReadError: where it is too large, nested too deeply, or holds no text.
    """
    del charset, url
    if len(data) > MAX_BYTES:
        raise ReadError(f"the mail is larger than {MAX_BYTES:,} bytes")
    message = parse(data)
    parts = list(walk(message))
    inner = {id(p) for part in parts if part.get_content_type() == "message/rfc822" for p in walk(part)} - {id(message)}
    own = [p for p in parts if id(p) not in inner and not p.is_multipart()]
    body = _body(own)
    subject = header(message, "Subject")
    passages = list(body.passages) if body is not None else []
    if subject:
        passages.insert(0, Passage(kind=PassageKind.HEADING, text=clean(subject)))
    if not passages:
        raise ReadError("the mail holds no text")
    sent = _date(message)
    concerns = [_left(p) for p in parts if p.get_content_disposition() == "attachment" and id(p) not in inner]
    concerns += ["a message within the mail was not read: save it and add it by itself"] * bool(inner)
    return Document(
        capture=sha256(data),
        passages=tuple(passages),
        reader=READER,
        title=clean(subject) if subject else None,
        published=sent,
        published_from="meta" if sent else None,
        language=body.language if body is not None else None,
        relays=body.relays if body is not None else (),
        concerns=tuple(concerns[:50]),
    )


def _body(parts: list[EmailMessage]) -> Document | None:
    """The first plain text that says something, else the first HTML."""
    for media_type in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != media_type or part.get_content_disposition() == "attachment":
                continue
            try:
                if media_type == "text/html":
                    return html.read(payload(part), charset_of(part))
                return _plain(payload(part), charset_of(part))
            except ReadError:
                continue  # an empty part beside the real one
    return None


def _plain(data: bytes, charset: str | None) -> Document:
    """Read plain text; what is quoted of an earlier mail is kept as quotes, and is not what this mail says."""
    lines = data.splitlines(keepends=True)
    quoted = [line for line in lines if _QUOTED.match(line.decode("ascii", "replace"))]
    said = b"".join(line for line in lines if not _QUOTED.match(line.decode("ascii", "replace")))
    if not quoted or not said.strip():
        return text.read(data, charset)
    body = text.read(said, charset)
    earlier = (
        text.read(b"".join(line.lstrip(b" >") for line in quoted) or b" ", charset)
        if any(line.strip(b" >\r\n") for line in quoted)
        else None
    )
    if earlier is None:
        return body
    quotes = tuple(Passage(kind=PassageKind.QUOTE, text=p.text, main=False) for p in earlier.passages)
    return msgspec.structs.replace(body, passages=body.passages + quotes)


def _date(message: EmailMessage) -> str | None:
    """The day on which it was sent, in the sender's own time zone."""
    try:
        sent: datetime = parsedate_to_datetime(header(message, "Date") or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent.date().isoformat() if 1980 <= sent.year <= 2100 else None


def _left(part: EmailMessage) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, AttributeError, IndexError):
        name = None
    what = f"“{clean(name)[:100]}”" if name else "without a name"
    return f"the attachment {what} ({part.get_content_type()}) was not read: save it and add it by itself"
