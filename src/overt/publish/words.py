"""The words that readers see: one catalogue a language, all with the same keys. A missing key is an error, no blank."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale
from markupsafe import Markup

from overt.model import OvertError
from overt.protect.public import Words
from overt.protect.words import said

_FIRST = ("en", "zh")


def languages(folder: Traversable) -> tuple[str, ...]:
    """Return the languages of the catalogues in a folder: English and Chinese first, then the others by their code."""
    found = {file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")}
    return (*_FIRST, *sorted(found - set(_FIRST)))


LANGUAGES = languages(files("overt.publish").joinpath("catalogue"))
HTML_LANG = {language: "zh-Hans" if language == "zh" else language for language in LANGUAGES}
_LOCALE = {language: tag.replace("-", "_") for language, tag in HTML_LANG.items()}


class Catalogue:
    """The words of one language. `c("card.date")` gives them, `c.number("unit.entry", 2)` the form for a number."""

    __slots__ = ("entries", "language")

    def __init__(self, language: str, entries: dict[str, str | list[str]]) -> None:
        self.language = language
        self.entries = entries

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key, with its fields filled in.

        Raises:
            OvertError: where the catalogue has no such key.
        """
        entry = self.entries.get(key)
        if not isinstance(entry, str):
            raise OvertError(f"catalogue/{self.language}.toml has no {key!r}: add it, in every language")
        if any(isinstance(value, Markup) for value in values.values()):
            return Markup.escape(entry).format(**values)
        return entry.format(**values) if values else entry

    def number(self, key: str, n: int) -> str:
        """Return the form of a unit for a number."""
        return self(f"{key}.one" if n == 1 else f"{key}.other")

    def either(self, group: str, code: str) -> str:
        """Return the words of a code, or the code itself in words where the catalogue does not know it."""
        entry = self.entries.get(f"{group}.{code}")
        return entry if isinstance(entry, str) else code.replace("_", " ")

    def pick(self, labels: dict[str, str], fallback: str = "") -> str:
        """Return the label in this language, else in English, else the first by language, else `fallback`."""
        if self.language in labels:
            return labels[self.language]
        near = sorted(tag for tag in labels if tag.split("-")[0] == self.language)
        if near:
            return labels[near[0]]
        return labels.get("en") or (labels[min(labels)] if labels else fallback)

    def country(self, code: str | None) -> str:
        """Return the name of a country or territory by its ISO 3166 code."""
        if not code:
            return self("register.no_country")
        name = _locale(self.language).territories.get(code)
        return str(name) if name else code

    def language_name(self, tag: str | None) -> str:
        """Return the name of a language by its tag."""
        if not tag:
            return self("sources.no_language")
        name = _locale(self.language).languages.get(tag.split("-")[0].lower())
        return str(name) if name else tag

    def plain(self, words: Words) -> str:
        """Return segments as one string, with what is withheld in brackets."""
        if len(words) == 1 and words[0].text:
            return words[0].text
        return "".join(segment.text or self.withheld(str(segment.withheld)) for segment in words)

    def withheld(self, code: str) -> str:
        """Return the words that stand where others are withheld."""
        return f"{self('withheld.open')}{self(f'withheld.{code}')}{self('withheld.close')}"

    def glossary(self) -> list[tuple[str, str]]:
        """Return (word, what it means), in the order of the catalogue."""
        return [
            (entry[0], entry[1])
            for key, entry in self.entries.items()
            if key.startswith("glossary.") and isinstance(entry, list)
        ]

    def not_neutral(self, more: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """Return (key, word) for each entry that says a word these pages never say; `more` are those of a profile."""
        return [
            (key, hit.word)
            for key, entry in self.entries.items()
            for text in ([entry] if isinstance(entry, str) else entry)
            for hit in said(text, self.language, more)
        ]


def _flat(data: dict[str, object], before: str = "") -> dict[str, str | list[str]]:
    out: dict[str, str | list[str]] = {}
    for key, value in data.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            out.update(_flat(value, f"{name}."))
        elif isinstance(value, list):
            out[name] = [str(item) for item in value]
        else:
            out[name] = str(value)
    return out


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALE[language])


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language."""
    text = files("overt.publish").joinpath("catalogue", f"{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language, _flat(tomllib.loads(text)))
