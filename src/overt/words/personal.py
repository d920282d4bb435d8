"""What is personal in a text: telephone numbers, e-mails, addresses, accounts, numbers of papers."""

import msgspec


class PersonalSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A span to withhold. `kind`: telephone, email, address, url_handle or id_number."""

    start: int
    end: int
    kind: str


def personal(text: str) -> list[PersonalSpan]:
    """Return the personal data of `text`, in order, without overlaps."""
    del text
    return []
