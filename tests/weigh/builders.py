"""Small builders: a statement, a mention, a case in one line each. Everything that a test does not say is plain."""

import msgspec

from overt.model import (
    Basis,
    Document,
    Entity,
    Finder,
    Judgement,
    Mention,
    Passage,
    PassageKind,
    Quote,
    Reader,
    Registry,
    Scope,
    Stance,
    Standing,
    Statement,
    Subject,
    Value,
    Verb,
    Voice,
    VoiceKind,
    content_hash,
    digest,
    standing,
)
from overt.profile.schema import Kind, KnownVoice, Profile, Property
from overt.resolve import Naming
from overt.weigh import origins, reweigh

SITE = "reported_site"
_CONFIRMED = ("court", "host_government", "operator")

PROFILE = Profile(
    name="test",
    version="1",
    title={"en": "Test"},
    home="CN",
    kinds={
        SITE: Kind(label={"en": "Reported site", "zh": "被报道的站点"}, plural={"en": "Reported sites"}, counted=True),
        "hotline": Kind(label={"en": "Hotline"}, look_alike={"en": "a telephone service, not a site"}),
        "organisation": Kind(label={"en": "Organisation"}),
    },
    properties={
        "reported_count": Property(label={"en": "Reported count"}, type="count", units={"sites": {}, "countries": {}}),
        "existence": Property(
            label={"en": "Existence"}, type="term", cardinality="one", confirmed_by=_CONFIRMED, codes={"yes": {}}
        ),
        "located_in": Property(
            label={"en": "Place"}, type="place", cardinality="one", implies="existence", confirmed_by=_CONFIRMED
        ),
        "opened": Property(
            label={"en": "Opened"}, type="date", cardinality="one", implies="existence", confirmed_by=_CONFIRMED
        ),
        "operator": Property(
            label={"en": "Operator"}, type="entity", implies="existence", confirmed_by=_CONFIRMED, accuses="always"
        ),
        "status": Property(
            label={"en": "Status"},
            type="term",
            cardinality="one_at_a_time",
            implies="existence",
            implies_not=("never_existed",),
            confirmed_by=_CONFIRMED,
            codes={"operating": {"en": "open"}, "closed": {"en": "closed"}, "never_existed": {"en": "never existed"}},
            agree=(("closed", "ceased"),),
        ),
        "service": Property(label={"en": "Service"}, type="term", implies="existence", confirmed_by=("court",)),
        "activity": Property(
            label={"en": "Activity"}, type="term", implies="existence", confirmed_by=("court",), accuses="always"
        ),
        "name": Property(label={"en": "Name"}, type="text"),
        "host_action": Property(label={"en": "Action"}, type="term", needs_actor=True, confirmed_by=("actor",)),
        "host_finding": Property(
            label={"en": "Finding of an authority"},
            type="term",
            needs_actor=True,
            finding=True,
            confirmed_by=("actor",),
            codes={"no_offence": {"en": "no illegal activity found"}},
        ),
    },
    voices={
        "watchdog": KnownVoice(
            name={"en": "Safeguard Defenders"}, kind="watchdog", names=("Safeguard Defenders", "保护卫士")
        ),
        "abc": KnownVoice(name={"en": "ABC"}, kind="outlet", names=("the ABC", "ABC News", "ABC中文")),
        "afp_police": KnownVoice(
            name={"en": "Australian Federal Police"}, kind="host_government", names=("Australian Federal Police", "AFP")
        ),
        "afp_agency": KnownVoice(name={"en": "Agence France-Presse"}, kind="outlet", names=("AFP",)),
    },
)
NAMING = Naming(PROFILE)


def outlet(name: str, stance: Stance = Stance.STATES) -> Voice:
    return Voice(organisation=name, kind=VoiceKind.OUTLET, stance=stance)


def voice(
    organisation: str | None = None,
    kind: VoiceKind = VoiceKind.UNKNOWN,
    stance: Stance = Stance.STATES,
    role: str | None = None,
    speaker: str | None = None,
) -> Voice:
    words = organisation or role or speaker or ""
    return Voice(speaker=speaker, role=role, organisation=organisation, kind=kind, stance=stance, words=words)


def say(
    prop: str,
    value: str = "",
    *voices: Voice,
    page: str = "Evening Post",
    entity: str | None = "site",
    stance: Stance = Stance.STATES,
    outer: Stance = Stance.STATES,
    normal: str | None = None,
    number: float | None = None,
    unit: str | None = None,
    qualifier: str | None = None,
    scope: Scope | None = None,
    basis: Basis = Basis.NOT_STATED,
    published: str | None = "2022-10-13",
    document: str | None = None,
    passage: int = 0,
    quote: str | None = None,
    kind: str = SITE,
    mention: str | None = None,
    group: str | None = None,
    actor: str | None = None,
    works: tuple[str, ...] = (),
    language: str = "en",
) -> Statement:
    """A statement of a page. `voices` stand before the page's outlet; `stance` is the innermost one's."""
    chain = [*voices, outlet(page, outer if voices else stance)]
    chain[0] = msgspec.structs.replace(chain[0], stance=stance)
    # Words of its own for each page, so that nothing counts as a copy unless a test makes it one.
    words = quote or f"{prop} {value} " + " ".join(f"{document or page}{n}" for n in range(9))
    rule = PROFILE.properties.get(prop)
    made = Statement(
        id=digest(
            "test", prop, value, normal, number, [v.words for v in chain], page, document, published, words, entity
        ),
        capture=digest("capture", document or page),
        address=f"{document or page}.html",
        document=document or page,
        passage=passage,
        subject=Subject(text="the site", kind=kind, mention=mention or f"m-{entity}", entity=entity, group=group),
        property=prop,
        value=Value(
            text=value or str(number), type=rule.type if rule else "text", normal=normal, number=number, unit=unit
        ),
        stance=stance,
        attribution=tuple(chain),
        quote=Quote(exact=words, prefix="", suffix="", start=0, end=len(words)),
        finder=Finder(name="test", version="1"),
        qualifier=qualifier,
        scope=scope or Scope(),
        basis=basis,
        published=published,
        actor=actor,
        works=works,
        language=language,
    )
    return msgspec.structs.replace(made, content=content_hash(made, accuses=False))


def mention(
    name: str,
    place: str | None = "c:sydney",
    *,
    document: str = "page",
    kind: str = SITE,
    text: str = "the station",
    names: tuple[str, ...] = (),
    operators: tuple[str, ...] = (),
    street: str | None = None,
    group: str | None = None,
    country: str | None = None,
    language: str | None = "en",
) -> Mention:
    return Mention(
        id=name,
        capture=document,
        address=document,
        document=document,
        passage=0,
        start=0,
        end=1,
        text=text,
        kind=kind,
        language=language,
        place=place,
        country=country,
        group=group,
        names=names,
        operators=operators,
        street=street,
    )


def site(name: str = "site", place: str | None = "c:sydney", **more: object) -> Entity:
    country = {"c:sydney": "AU", "c:perth": "AU", "c:madrid": "ES", "c:dublin": "IE"}.get(place or "", "GB")
    fields = {"kind": SITE, "label": f"Reported site in {place}", "country": country, **more}
    return Entity(id=name, mentions=(f"m-{name}",), place=place, **fields)  # type: ignore[arg-type]


def judge(
    verb: Verb, target: str, other: str | None = None, handle: str = "one", key: str = "", **more: object
) -> Judgement:
    line = digest("line", str(verb), target, other, handle, key, str(sorted(more.items())))
    return Judgement(verb=verb, target=target, other=other, why="a reason", handle=handle, id=line, key=key, **more)  # type: ignore[arg-type]


def accept(statement: Statement, handle: str = "one") -> Judgement:
    return judge(Verb.ACCEPT, statement.id, handle=handle, content=statement.content)


def standings(*lines: Judgement) -> dict[str, Standing]:
    targets = {line.target for line in lines}
    return {target: standing([line for line in lines if line.target == target]) for target in sorted(targets)}


def page(name: str, *passages: str, byline: str | None = None) -> Document:
    return Document(
        capture=digest("capture", name),
        passages=tuple(Passage(kind=PassageKind.PARAGRAPH, text=text) for text in passages),
        reader=Reader(name="test", version="1"),
        byline=byline,
    )


def rooted(*statements: Statement, judgements: tuple[Judgement, ...] = ()) -> list[Statement]:
    """The statements with their origins filled."""
    _, of = origins(statements, PROFILE, NAMING, judgements=judgements)
    return [msgspec.structs.replace(s, origin=of[s.id]) for s in statements]


def case(entities: list[Entity], statements: list[Statement], judgements: tuple[Judgement, ...] = ()) -> Registry:
    """A built case: origins, implied statements and facts made as a build makes them."""
    made, of = origins(statements, PROFILE, NAMING, judgements=judgements)
    on_statements = [line for line in judgements if line.verb in (Verb.ACCEPT, Verb.REJECT, Verb.WITHHOLD)]
    registry = Registry(
        statements=tuple(msgspec.structs.replace(s, origin=of[s.id]) for s in statements),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        origins=made,
        standings=standings(*on_statements),
        judgements=judgements,
    )
    return reweigh(registry, PROFILE, NAMING)
