"""Sentences of one passage, as spans."""


def sentences(text: str, language: str | None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of one passage, without the white space between them."""
    del language
    return [(0, len(text))] if text.strip() else []
