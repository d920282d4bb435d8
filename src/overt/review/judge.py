"""A person's judgement, written as a signed line of their decision log. Nothing else changes anything by hand.

In: a verb, what it is about, and why. Out: the line as it stands in the ledger. The build does the rest.
"""

import re

import msgspec

from overt.case import Case, ensure_writing
from overt.ledger import key_of, read_judgements, write_judgement
from overt.model import (
    ON_ENTITIES,
    ON_STATEMENTS,
    InputError,
    Judgement,
    Quote,
    Registry,
    Stance,
    Statement,
    Value,
    Verb,
    Voice,
    VoiceKind,
)
from overt.model.edtf import is_edtf, said_by
from overt.profile import Profile
from overt.review.lookup import LEAST, find_id, find_picture
from overt.review.picture import ensure_made_so, recipe_for
from overt.words.phrases import matchable

# What a person may change with `amend --set FIELD=VALUE`.
AMENDABLE = (
    "property", "value", "normal", "number", "stance", "qualifier", "speaker", "role", "organisation", "kind", "quote",
)  # fmt: skip
# Fields that are words of the page: what a person writes there must stand in it, or be a name of a known voice.
_IN_THE_PAGE = ("value", "speaker", "role", "organisation")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_MACHINE = re.compile(r"[\w][\w .+:/-]{0,39}")
_LEAST_REDACTED = 2
_TAKES = {
    **dict.fromkeys(ON_STATEMENTS, ("statement",)),
    Verb.TRANSLATE: ("statement",),
    **dict.fromkeys(ON_ENTITIES, ("entity", "mention")),
    Verb.JOIN: ("origin",),
    Verb.SPLIT: ("origin",),
}
_NEEDS_OTHER = ON_ENTITIES | {Verb.JOIN, Verb.SPLIT}


def judge(
    case: Case,
    registry: Registry,
    profile: Profile,
    verb: Verb,
    target: str,
    why: str,
    handle: str,
    other: str | None = None,
    changes: dict[str, str] | None = None,
    detail: dict[str, str] | None = None,
) -> Judgement:
    """Append a judgement to the handle's decision log.

    Args:
        case: is locked for writing.
        registry: the build that the person looked at: the line carries what they saw.
        verb, target, other: what is judged; ids may be shortened. For `role` and `ground` the target is a name.
        why: never empty.
        handle: the reviewer's pseudonym; its key is made at its first judgement.
        changes: for `amend` and `add`, what the statement made by hand says otherwise.
        detail: for `role` and `ground`, the words that they record; for `translate`, `language`, `words` and `machine`
            where a machine made it; for `shows`, `words`; for `asked`, `who`, `on` and `answered`, or `not_asked`.

    Raises:
        InputError: where ids, words or fields do not fit, saying what would.
    """
    if not why.strip():
        raise InputError(f'{verb} {target}: say why (--why "..."): a judgement without a reason cannot be checked')
    if verb is Verb.UNDO:
        line = Judgement(verb=verb, target=_undone(case, registry, target), why="", handle="")
    else:
        picture = _picture_of(case, registry, verb, target)
        line = _line(registry, profile, verb, target, other, changes or {}, detail or {}, picture)
    line = msgspec.structs.replace(line, why=why.strip(), handle=handle)
    with ensure_writing(case):
        key = key_of(case.keys, handle)
        return write_judgement(case.decision_log(handle), line, key)


def _picture_of(case: Case, registry: Registry, verb: Verb, target: str) -> tuple[str, str] | None:
    """The picture that a target names, with its recipe as a line carries it; None where it names none."""
    if verb is Verb.SHOWS:
        name, recipe = recipe_for(case, target)
        ensure_made_so(case, registry, name, recipe)
        return name, msgspec.json.encode(recipe).decode()
    shown = find_picture(registry, target) if verb is Verb.WITHHOLD else None
    return (shown, "") if shown is not None else None


def _undone(case: Case, registry: Registry, target: str) -> str:
    """The line that an id names: any line of the case, undone ones and undos too, or one that made a statement."""
    word = target.strip().lower()
    found = {j.id for j in read_judgements(case.decision_logs()) if len(word) >= LEAST and j.id.startswith(word)}
    if len(found) > 1:
        raise InputError(f"{target!r} is the beginning of {len(found)} ids of judgements: give more characters")
    if found:
        return found.pop()
    kind, _ = find_id(registry, target)
    raise InputError(f"{Verb.UNDO} {target}: this id is a {kind}, but {Verb.UNDO} takes a judgement")


def _line(
    registry: Registry,
    profile: Profile,
    verb: Verb,
    target: str,
    other: str | None,
    changes: dict[str, str],
    detail: dict[str, str],
    picture: tuple[str, str] | None = None,
) -> Judgement:
    if verb in (Verb.ROLE, Verb.GROUND):
        option = "--public-role" if verb is Verb.ROLE else "--ground"
        if not detail.get(str(verb), "").strip():
            raise InputError(f'{verb} {target}: say which ({option} "..."): a record without it allows nothing')
        return Judgement(verb=verb, target=target.strip(), why="", handle="", detail=detail)
    if verb is Verb.REDACT:
        if sum(char.isalnum() for char in target) < _LEAST_REDACTED:
            raise InputError(f"{verb} {target!r}: give at least {_LEAST_REDACTED} letters: less cuts up every text")
        return Judgement(verb=verb, target=target.strip(), why="", handle="")
    if verb is Verb.ASKED:
        return _asked(registry, target, detail)
    if verb is Verb.SHOWS or picture is not None:
        return _picture(registry, verb, target, other, detail, picture)
    if verb is Verb.LEVEL:
        raise InputError("level: raising the level of a capture is not part of this version")
    kind, one = find_id(registry, target)
    if kind not in _TAKES[verb]:
        raise InputError(f"{verb} {target}: this id is a {kind}, but {verb} takes a {' or '.join(_TAKES[verb])}")
    two = None
    if verb in _NEEDS_OTHER:
        if other is None:
            raise InputError(f'{verb} {target}: give two ids, as in: overt judge {verb} A B --why "..."')
        other_kind, two = find_id(registry, other)
        takes = ("statement",) if verb is Verb.SPLIT else _TAKES[verb]
        if other_kind not in takes:
            raise InputError(f"{verb} {other}: this id is a {other_kind}, but {verb} takes a {' or '.join(takes)} here")
        if two == one:
            raise InputError(f"{verb} {target} {other}: both ids are the same thing")
    if verb in ON_ENTITIES:
        return Judgement(verb=verb, target=one, other=two, why="", handle="", mints=(one, two) if two else (one,))
    if verb not in (*ON_STATEMENTS, Verb.TRANSLATE):
        return Judgement(verb=verb, target=one, other=two, why="", handle="")
    saw = _statement(registry, one)
    made = None
    if verb is Verb.TRANSLATE:
        detail = _translation(saw, target, detail)
    if verb in (Verb.AMEND, Verb.ADD):
        if not changes:
            raise InputError(f"{verb} {target}: say what changes, as in: --set stance=alleges ({', '.join(AMENDABLE)})")
        made = amended(registry, profile, saw, changes)
    entity = saw.subject.entity
    return Judgement(
        verb=verb,
        target=one,
        why="",
        handle="",
        saw=saw,
        content=saw.content,
        made=made,
        detail=detail if verb is Verb.TRANSLATE else {},
        mints=(entity,) if entity else (),
    )


def _asked(registry: Registry, target: str, detail: dict[str, str]) -> Judgement:
    kind, about = find_id(registry, target)
    if kind != "entity":
        raise InputError(f"{Verb.ASKED} {target}: this id is a {kind}, but {Verb.ASKED} takes an entity")
    said = {key: " ".join(detail[key].split()) for key in ("who", "on", "answered", "not_asked") if detail.get(key)}
    is_whole = bool(said.get("who") and said.get("on")) != bool(said.get("not_asked"))
    if not is_whole:
        raise InputError(
            f'{Verb.ASKED} {target}: say who was asked and when (--who "the embassy" --on 2022-11-01), '
            'or why nobody was (--not-asked "...")'
        )
    for key in ("on", "answered"):
        if said.get(key) and not is_edtf(said[key]):
            raise InputError(f"--{key} {said[key]}: write a day as in 2022-11-01")
    if said.get("answered") and said_by(said["on"], said["answered"]) is False:
        raise InputError(f"--answered {said['answered']}: no answer comes before the question of {said['on']}")
    return Judgement(verb=Verb.ASKED, target=about, why="", handle="", detail=said, mints=(about,))


def _translation(saw: Statement, target: str, detail: dict[str, str]) -> dict[str, str]:
    """The words of a translation and their language, and who made it where that is a machine."""
    words, language = " ".join(detail.get("words", "").split()), detail.get("language", "").strip()
    if not words or not _LANGUAGE.fullmatch(language):
        raise InputError(f'{Verb.TRANSLATE} {target}: give the language and the words: --to en --words "..."')
    if language.split("-")[0] == (saw.language or "").split("-")[0] != "zh":
        raise InputError(f"{Verb.TRANSLATE} {target}: its words are in {saw.language} already")
    machine = " ".join(detail.get("machine", "").split())
    if machine and not _MACHINE.fullmatch(machine):
        raise InputError(f"--machine {machine}: write its name and version alone, as in: opus-mt 2020-02-11")
    return {"language": language, "words": words} | ({"machine": machine} if machine else {})


def _picture(
    registry: Registry,
    verb: Verb,
    target: str,
    other: str | None,
    detail: dict[str, str],
    picture: tuple[str, str] | None,
) -> Judgement:
    if picture is None:
        raise InputError(f"{verb} {target}: no picture of this case has this id: `overt picture STATEMENT` makes one")
    name, recipe = picture
    if verb is Verb.WITHHOLD:
        return Judgement(verb=verb, target=name, why="", handle="")
    if verb is not Verb.SHOWS:
        raise InputError(f"{verb} {target}: this id is a picture, but only shows and withhold take one")
    words = " ".join(detail.get("words", "").split())
    if not words or other is None:
        raise InputError(
            f'{verb} {target}: say of what and what it shows, as in: overt judge {verb} PICTURE STATEMENT --words "..."'
        )
    kind, about = find_id(registry, other)
    if kind not in ("statement", "entity"):
        raise InputError(f"{verb} {other}: this id is a {kind}, but a picture belongs to a statement or entity")
    said = {"shows": words, "recipe": recipe}
    mints = (about,) if kind == "entity" else ()
    return Judgement(verb=verb, target=name, other=about, why="", handle="", detail=said, mints=mints)


def _statement(registry: Registry, statement_id: str) -> Statement:
    """What the person saw: what is found today, where a judged version stands beside it."""
    for one in (*registry.now, *registry.statements):
        if one.id == statement_id:
            if one.implied:
                raise InputError(f"{statement_id[:12]} is implied by {(one.parent or '')[:12]}: judge that one")
            return one
    raise InputError(f"{statement_id}: no such statement")


def amended(registry: Registry, profile: Profile, old: Statement, changes: dict[str, str]) -> Statement:
    """Return the statement that a person puts in the place of `old`, or beside it.

    Raises:
        InputError: for an unknown field or word, or a quote that is not in the document.
    """
    new = old
    for field, words in changes.items():
        if field in _IN_THE_PAGE:
            _ensure_said(registry, profile, old, field, words)
        if field not in AMENDABLE:
            raise InputError(f"--set {field}=...: choose one of {', '.join(AMENDABLE)}")
        if field == "property":
            if words not in profile.properties:
                raise InputError(f"--set property={words}: the profile has {', '.join(sorted(profile.properties))}")
            value = msgspec.structs.replace(new.value, type=profile.properties[words].type)
            new = msgspec.structs.replace(new, property=words, value=value)
        elif field == "stance":
            if words not in set(Stance):
                raise InputError(f"--set stance={words}: choose one of {', '.join(Stance)}")
            voice = msgspec.structs.replace(new.attribution[0], stance=Stance(words))
            new = msgspec.structs.replace(new, stance=Stance(words), attribution=(voice, *new.attribution[1:]))
        elif field in ("value", "normal", "number"):
            new = msgspec.structs.replace(new, value=_value(profile, new, field, words))
        elif field == "qualifier":
            new = msgspec.structs.replace(new, qualifier=words or None)
        elif field == "quote":
            new = msgspec.structs.replace(new, quote=_quote(registry, new, words))
        else:
            new = msgspec.structs.replace(new, attribution=_said_by(profile, new, old, field, words))
    return msgspec.structs.replace(new, id="", fact=None, origin=None, judgement=None, content="", implied=False)


def _kinds_of_names(profile: Profile) -> dict[str, str]:
    """The kind of voice by each name of a known voice, as names are compared."""
    return {matchable(n): v.kind for v in profile.voices.values() for n in (*v.names, *v.name.values())}


def _ensure_said(registry: Registry, profile: Profile, old: Statement, field: str, words: str) -> None:
    """Refuse words that the page does not hold: a statement made by hand can be recounted like any other."""
    known = _kinds_of_names(profile)
    document = next((d for d in registry.documents if d.capture == old.capture), None)
    text = matchable(document.text) if document else ""
    if words and matchable(words) not in known and matchable(words) not in text:
        raise InputError(
            f"--set {field}={words}: these words do not stand in the page; give them as the page writes them"
            + ("" if field == "value" else ", or as the profile names the voice")
        )


def _said_by(profile: Profile, new: Statement, old: Statement, field: str, words: str) -> tuple[Voice, ...]:
    """Say otherwise who spoke. The outlet of the page stays the last link: who spoke to it stands before it."""
    chain = new.attribution
    if len(chain) == 1 and len(old.attribution) == 1:
        chain = (Voice(stance=new.stance, words=words), *chain)
    if field == "kind":
        if words not in set(VoiceKind):
            raise InputError(f"--set kind={words}: choose one of {', '.join(VoiceKind)}")
        return (msgspec.structs.replace(chain[0], kind=VoiceKind(words)), *chain[1:])
    voice = msgspec.structs.replace(chain[0], **{field: words or None})
    if field == "organisation":
        kind = _kinds_of_names(profile).get(matchable(words), voice.kind)
        voice = msgspec.structs.replace(voice, kind=VoiceKind(kind))
    return (voice, *chain[1:])


def _value(profile: Profile, statement: Statement, field: str, words: str) -> Value:
    value = statement.value
    if field == "number":
        try:
            return msgspec.structs.replace(value, number=float(words))
        except ValueError:
            raise InputError(f"--set number={words}: not a number") from None
    if field == "normal":
        codes = profile.properties[statement.property].codes
        if codes and words not in codes:
            raise InputError(f"--set normal={words}: {statement.property} has the codes {', '.join(sorted(codes))}")
        return msgspec.structs.replace(value, normal=words or None)
    return msgspec.structs.replace(value, text=words)


def _quote(registry: Registry, statement: Statement, words: str) -> Quote:
    document = next((d for d in registry.documents if d.capture == statement.capture), None)
    text = document.text if document else ""
    at = text.find(words)
    if not words or at < 0:
        raise InputError(f"--set quote: these words do not stand in the document, letter by letter: {words[:60]!r}")
    end = at + len(words)
    return Quote(exact=words, prefix=text[max(0, at - 32) : at], suffix=text[end : end + 32], start=at, end=end)
