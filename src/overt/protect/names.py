"""Whose names may be said in this case, and whose may not.

In: registry, profile, judgements. Out: the private names (persons without a recorded public role, organisations
without a ground, streets), the names that may stand, and who is a public body. Judgements that open a name: `role`
(one reviewer) and `ground` (as many as the profile says). In doubt a name is private.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import msgspec

from overt.model import Judgement, Registry, Verb, VoiceKind, count_reviewers
from overt.profile.schema import Profile
from overt.protect import bodies
from overt.protect.match import fold_name
from overt.protect.people import is_personal_title, people
from overt.protect.public import Code
from overt.words.phrases import Phrases, matchable
from overt.words.scripts import has_cjk

_BYLINE = re.compile(r"\s*(?:,|;|/|\||&|、|\band\b|\bund\b|\by\b|\bet\b|\be\b)\s*")
_BYLINE_HEAD = re.compile(r"^(?:by|von|por|par|di|door|da|文|记者|記者|作者|撰文|编辑|編輯)[\s::/]*", re.IGNORECASE)
_CJK_CORE = 2
_CJK_NOT_PERSON = 5  # Chinese personal names have two to four characters


Worded = tuple[tuple[str, str], ...]  # (kind of the profile, phrase)


class Names(msgspec.Struct, frozen=True):
    """Whose names may be said.

    `private`: folded name -> what it is. `tokens`: single words of private names, matched only where written large.
    `open`: folded names that may stand (they shield words from patterns, never from `private`). `grounded`: folded
    names of organisations with a ground. `roles`: folded name of a person -> words of the recorded public role.
    `site_words` and `kind_words`: the profile's nouns for counted kinds, and for all.
    `bodies`: folded names of public bodies that the profile knows, `known` of all voices that it knows.
    `redacted`: folded words that a person had cut out of everything; they are in `private`, too.
    """

    private: dict[str, Code]
    tokens: dict[str, Code]
    open: frozenset[str]
    grounded: frozenset[str]
    roles: dict[str, str]
    bodies: frozenset[str]
    known: frozenset[str]
    site_words: Worded
    kind_words: Worded
    redacted: frozenset[str] = frozenset()

    def is_public_body(self, name: str) -> bool:
        """True for a public body that the profile knows or whose own words say so."""
        return fold_name(name) in self.bodies or bodies.has_public_words(name)

    def may_stand(self, name: str) -> bool:
        """True where a name may stand as that of a subject, operator or actor: a public body, or one with a ground."""
        return self.is_public_body(name) or fold_name(name) in self.grounded

    def is_redacted(self, text: str) -> bool:
        """True where words stand in a text that a person had cut out of all that is published."""
        if not self.redacted:
            return False
        plain = f" {fold_name(text)} "
        return any(words in plain if has_cjk(words) else f" {words} " in plain for words in self.redacted)

    def is_site_name(self, name: str) -> bool:
        """True where the words of the profile for its kinds stand in a name, and none of an association or business."""
        if bodies.is_association(name) or bodies.is_business(name):
            return False
        return bool(phrases_of(self.site_words).find(matchable(name)))


@cache
def phrases_of(words: Worded) -> Phrases:
    """Return the patterns of a profile's nouns."""
    return Phrases(words)


def code_of(name: str) -> Code:
    """Return as what a private organisation is withheld: an association where its words say so."""
    return Code.ASSOCIATION if bodies.is_association(name) else Code.ORGANISATION


Read = tuple[str, str | None]  # a document's text and language
Stretch = tuple[int, int]


def spoken(known: Names, documents: Iterable[Read]) -> list[list[Stretch]]:
    """Return for each document where it names a person for certain, by who may stand in `known`."""
    return [
        sorted({(p.start, p.end) for p in people(text, language, known.may_stand) if p.is_certain})
        for text, language in documents
    ]


def names(
    registry: Registry,
    profile: Profile,
    lines: Iterable[Judgement],
    every: Iterable[Judgement] = (),
    listen: Callable[[Names, Sequence[Read]], Iterable[Iterable[Stretch]]] = spoken,
) -> Names:
    """Gather the names of a case.

    Args:
        registry: one built case.
        profile: its voices and kinds.
        lines: judgements that stand.
        every: all of them.
        listen: `spoken`, or what gives the same in another way.
    """
    lines, every = list(lines), list(every)
    redacted = {fold_name(line.target) for line in lines if line.verb is Verb.REDACT}
    roles = {fold_name(line.target): line.detail.get("role", "") for line in lines if line.verb is Verb.ROLE}
    roles = {name: role for name, role in roles.items() if name not in redacted}
    grounded = _grounded(registry, profile, lines, every)
    outlets = _outlets(registry)
    known = bodies.known_names(profile, public_bodies_only=False)
    phrases = tuple(
        (kind, phrase)
        for vocabulary in profile.vocabularies.values()
        for group in (vocabulary.kinds, vocabulary.plural, vocabulary.names)
        for kind in sorted(group)
        if kind in profile.kinds
        for phrase in group[kind]
    )
    counted = {kind for kind, rule in profile.kinds.items() if rule.counted}
    out = Names(
        private={},
        tokens={},
        open=frozenset(name for name in known | outlets | grounded | frozenset(roles) if name),
        grounded=grounded,
        roles=roles,
        bodies=bodies.known_names(profile, public_bodies_only=True),
        known=known,
        site_words=tuple(pair for pair in phrases if pair[0] in counted),
        kind_words=phrases,
        redacted=frozenset(redacted),
    )
    for name in sorted(_organisations(registry, profile, out)):
        _add_organisation(out, name)
    for name in sorted(_persons(registry)):
        _add_person(out, name)
    # These are cut in all other texts too.
    documents = list(dict.fromkeys((d.text, d.language) for d in registry.documents))
    heard = zip(documents, listen(_who_may_stand(out), documents), strict=True)
    for name in sorted({text[start:end] for (text, _), found in heard for start, end in found}):
        _add_person(out, name)
    streets = {e.street for e in registry.entities} | {m.street for m in registry.mentions}
    for street in sorted(street for street in streets if street):
        out.private[fold_name(street)] = Code.ADDRESS
    out.private.update((fold_name(name), Code.FILE) for name in sorted(_files(registry)))
    out.private.update(dict.fromkeys(sorted(redacted), Code.WORDS))
    out.private.pop("", None)
    return out


def _grounded(registry: Registry, profile: Profile, lines: list[Judgement], every: list[Judgement]) -> frozenset[str]:
    by_target: dict[str, list[Judgement]] = defaultdict(list)
    for line in lines:
        if line.verb is Verb.GROUND:
            by_target[line.target].append(line)
    entities = {entity.id: entity for entity in registry.entities}
    texts: dict[str, list[str]] = defaultdict(list)
    for mention in registry.mentions:
        texts[mention.id].append(mention.text)
    statements = {statement.id: statement for statement in registry.statements}
    out: set[str] = set()
    for target, grounds in sorted(by_target.items()):
        if count_reviewers(grounds, every) < max(1, profile.publication.reviewers_organisation):
            continue
        out.add(fold_name(target))
        if target in entities and entities[target].kind in bodies.lexicon()["organisation_kinds"]:
            out.update(fold_name(name.text) for name in entities[target].names)
            out.update(fold_name(text) for mention in entities[target].mentions for text in texts[mention])
        if target in statements and statements[target].property in bodies.lexicon()["naming"]:
            out.add(fold_name(statements[target].value.text))
    return frozenset(out)


def _outlets(registry: Registry) -> frozenset[str]:
    """Return the folded names of outlets that may stand: those that are no person's name."""
    return frozenset(fold_name(name) for name in _all_outlets(registry) if not is_personal_title(name))


def _files(registry: Registry) -> set[str]:
    """Return the names of files that stand for an outlet, where none was told: they may say whose the file was."""
    files = {name for s in registry.sightings if s.outlet is None for name in (s.file, s.address) if name}
    told = {s.outlet for s in registry.sightings} | {d.outlet for d in registry.documents}
    return (files & _all_outlets(registry)) - told


def _all_outlets(registry: Registry) -> set[str]:
    out = {s.outlet for s in registry.sightings} | {d.outlet for d in registry.documents}
    out |= {v.organisation for s in registry.statements for v in s.attribution if v.kind is VoiceKind.OUTLET}
    return {name for name in out if name}


def _organisations(registry: Registry, profile: Profile, known: Names) -> set[str]:
    """Return the names of organisations in this case that may not be said."""
    lexicon = bodies.lexicon()
    own_kinds, naming, public_kinds = (
        set(lexicon["organisation_kinds"]),
        set(lexicon["naming"]),
        set(lexicon["public_kinds"]),
    )
    found: set[str] = set()
    for statement in (*registry.statements, *registry.now):
        for voice in statement.attribution:
            name = voice.organisation or ""
            speaks_for_itself = voice.kind in public_kinds or voice.kind is VoiceKind.OUTLET
            if name and not speaks_for_itself and fold_name(name) not in known.open:
                found.add(name)
        if statement.property in naming or (statement.value.type == "entity" and statement.property != "name"):
            found.add(statement.value.text)
        if statement.property == "name" and not known.is_site_name(statement.value.text):
            found.add(statement.value.text)
        found.update(words for words in (statement.actor, statement.scope.whose) if words)
        if statement.subject.kind in own_kinds:
            found.add(statement.subject.text)
    for mention in registry.mentions:
        found.update(mention.operators)
        found.update(name for name in mention.names if not known.is_site_name(name))
        if mention.kind in own_kinds:
            found.add(mention.text)
    for entity in registry.entities:
        found.update(entity.operators)
        found.update(name.text for name in entity.names if not known.is_site_name(name.text))
    return {
        name for name in found if bodies.is_name_like(name) and not known.may_stand(name) and not bodies.is_place(name)
    }


def _add_organisation(out: Names, name: str) -> None:
    if has_cjk(name):
        for part in bodies.cjk_names(name):
            if not out.may_stand(part) and not bodies.is_place(part):
                out.private[fold_name(part)] = code_of(part)
                rest = bodies.cjk_core(part)
                if len(rest) >= _CJK_CORE:
                    out.private.setdefault(fold_name(rest), code_of(part))
        return
    code = code_of(name)
    bare = re.sub(r"^(?:the|a|an|la|le|el|il|die|der|das)\s+", "", name.strip(), flags=re.IGNORECASE)
    for words in {name, bare}:
        out.private[fold_name(words)] = code
    large = [word for word in re.split(r"[\s\-]+", bare) if word[:1].isupper()]
    if len(large) >= 3:
        out.tokens["".join(word[0] for word in large)] = code
    core = [w for w in large if not (bodies.is_association(w) or bodies.is_business(w) or bodies.is_common(w))]
    # "Golden Dragon" gives the Golden Dragon Association away, but "Madrid" no association in Madrid.
    if 2 <= len(core) < len(large) and not bodies.is_place(" ".join(core)):
        out.private.setdefault(fold_name(" ".join(core)), code)


def _persons(registry: Registry) -> set[str]:
    """Return what may be names of persons: speakers, the parts of bylines, and outlets called after a person."""
    found = {name for name in _all_outlets(registry) if is_personal_title(name)}
    found |= {v.speaker.strip() for s in (*registry.statements, *registry.now) for v in s.attribution if v.speaker}
    outlets = _outlets(registry)
    for document in registry.documents:
        for part in _BYLINE.split(document.byline or ""):
            name = _BYLINE_HEAD.sub("", part.strip()).strip()
            if (" " in name or has_cjk(name)) and fold_name(name) not in outlets:
                found.add(name)
    return {name for name in found if _is_person_like(name)}


def _who_may_stand(known: Names) -> Names:
    """Return of names only what says who may stand: a hash of it does not change with every other name."""
    return Names(
        private={},
        tokens={},
        open=frozenset(),
        grounded=known.grounded,
        roles={},
        bodies=known.bodies,
        known=frozenset(),
        site_words=(),
        kind_words=(),
    )


def _is_person_like(name: str) -> bool:
    if has_cjk(name):
        return 2 <= len(name) < _CJK_NOT_PERSON and not bodies.has_public_words(name)
    return bodies.is_name_like(name) and not bodies.has_public_words(name)


def _add_person(out: Names, name: str) -> None:
    key = fold_name(name)
    if key in out.roles or key in out.known or key in out.open:
        return
    out.private.setdefault(key, Code.PERSON)
    if has_cjk(name):
        return
    words = [word.strip("'’.,\"“”()") for word in name.split()]
    for word in words:
        is_name = len(word) >= 2 and word[0].isupper() and not bodies.is_common(word)
        if is_name and not bodies.has_public_words(word) and not bodies.is_place(word):
            out.tokens.setdefault(word, Code.PERSON)
