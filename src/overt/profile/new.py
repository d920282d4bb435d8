"""Starts a profile: one counted kind, properties that most subjects have, empty vocabularies. Everything else is data.

In: a folder that does not exist, a name, languages. Out: the files, ready to be edited.
"""

import re
from importlib.resources import files
from pathlib import Path

from overt.model.errors import ProfileError

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def new_profile(folder: Path, name: str, languages: tuple[str, ...]) -> list[Path]:
    """Write a new profile and return its files.

    Raises:
        ProfileError: the folder is there already, or a name or language cannot be one.
    """
    if not _NAME.fullmatch(name):
        raise ProfileError(f"{name!r} is no name of a profile: use lower-case letters, digits and hyphens")
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise ProfileError(f"{language!r} is no language: write its code, as en, zh or es")
    if folder.exists():
        raise ProfileError(f"{folder}: is there already; name a new folder")
    blank = files("overt") / "profile" / "blank"
    (folder / "vocabulary").mkdir(parents=True)
    made = [folder / "profile.toml"]
    made[0].write_text((blank / "profile.toml").read_text(encoding="utf-8").replace("NAME", name), encoding="utf-8")
    words = (blank / "vocabulary.toml").read_text(encoding="utf-8")
    for language in dict.fromkeys(languages):
        path = folder / "vocabulary" / f"{language}.toml"
        path.write_text(words.replace("LANGUAGE", language), encoding="utf-8")
        made.append(path)
    return made


__all__ = ["new_profile"]
