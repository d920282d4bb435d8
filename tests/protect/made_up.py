"""A made-up case for tests of protection and publication. Every association, business and person in it is invented."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from overt.model import (
    AFFIRMING,
    Basis,
    Challenge,
    Count,
    Document,
    Entity,
    Fact,
    Finder,
    Judgement,
    Level,
    Mention,
    NotCounted,
    Origin,
    Part,
    Passage,
    PassageKind,
    Question,
    Quote,
    Reader,
    Registry,
    ReportedCount,
    Row,
    Scope,
    Sighting,
    Stance,
    Statement,
    Subject,
    Support,
    Value,
    Verb,
    Voice,
    VoiceKind,
    content_hash,
    digest,
    sha256,
    standing,
)
from overt.model.edtf import said_by
from overt.places.gazetteer import Place
from overt.profile.schema import Kind, KnownVoice, Profile, Property, Publication, Vocabulary

MADRID = Place(
    id="geonames:1", kind="city", names={"en": "Madrid", "zh": "马德里"}, country="ES", lat=40.4, lon=-3.7, radius_km=21
)
GLASGOW = Place(
    id="geonames:2",
    kind="city",
    names={"en": "Glasgow", "zh": "格拉斯哥"},
    country="GB",
    lat=55.9,
    lon=-4.3,
    radius_km=12,
)
USERA = Place(
    id="geonames:3",
    kind="district",
    names={"en": "Usera"},
    country="ES",
    lat=40.381234,
    lon=-3.705678,
    radius_km=1,
    part_of="geonames:1",
)
SPAIN = Place(id="ES", kind="country", names={"en": "Spain"}, country="ES", lat=40.0, lon=-4.0, radius_km=500)
PLACES = {place.id: place for place in (MADRID, GLASGOW, USERA, SPAIN)}


def lookup(place_id: str) -> Place | None:
    return PLACES.get(place_id)


def profile() -> Profile:
    def prop(label: str, zh: str, type_: str, order: int, **more: object) -> Property:
        return msgspec.convert(
            {"label": {"en": label, "zh": zh}, "type": type_, "order": order, **more}, Property, from_attributes=True
        )

    existence = {"implies": "existence"}
    return Profile(
        name="made-up",
        version="1",
        title={"en": "Reported sites, made up", "zh": "虚构的被报道站点"},
        kinds={
            "reported_site": Kind(
                label={"en": "Reported site", "zh": "被报道的站点"},
                plural={"en": "Reported sites", "zh": "被报道的站点"},
                counted=True,
            ),
            "hotline": Kind(
                label={"en": "Hotline", "zh": "热线"}, look_alike={"en": "a telephone service, not a site"}
            ),
            "organisation": Kind(label={"en": "Organisation", "zh": "组织"}),
        },
        properties={
            "host_finding": prop("Finding", "认定", "text", 5, finding=True),
            "reported_count": prop(
                "Reported count", "报道的数目", "count", 10, units={"sites": {"en": "sites", "zh": "处站点"}}
            ),
            "existence": prop("Existence", "是否存在", "term", 20, codes={"yes": {"en": "exists", "zh": "存在"}}),
            "name": prop("Name in use", "使用的名称", "text", 30),
            "located_in": prop("Place", "地点", "place", 40, **existence),
            "operator": prop("Operator", "设立方", "entity", 50, accuses="always", **existence),
            "part_of": prop("Part of", "隶属", "entity", 55, accuses="always"),
            "opened": prop("Opened", "设立时间", "date", 60, **existence),
            "status": prop(
                "Status", "状态", "term", 70, codes={"closed": {"en": "closed", "zh": "已关闭"}, "open": {"en": "open"}}
            ),
            "service": prop(
                "Services said to be offered",
                "所称的服务",
                "term",
                80,
                codes={"licence_renewal": {"en": "driving licence renewal", "zh": "驾照换证"}},
                **existence,
            ),
            "activity": prop("Activity as said", "所称的活动", "text", 90, accuses="always", beside="service"),
        },
        vocabularies={
            "en": Vocabulary(language="en", kinds={"reported_site": ("service station*", "contact point")}),
            "zh": Vocabulary(language="zh", kinds={"reported_site": ("服务站",)}),
        },
        voices={
            "watch": KnownVoice(
                name={"en": "Station Watch", "zh": "站点观察"}, kind="watchdog", names=("Station Watch", "站点观察")
            ),
            "interior": KnownVoice(
                name={"en": "Interior Ministry"}, kind="host_government", names=("Interior Ministry",), country="ES"
            ),
        },
        home="CN",
        publication=Publication(),
    )


@dataclass
class MadeUp:
    """Builds a registry page by page. `shuffled` order of anything must make no difference to what is published."""

    profile: Profile = field(default_factory=profile)
    sightings: list[Sighting] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)

    def page(
        self,
        *texts: str,
        outlet: str = "Example Times",
        published: str | None = "2022-10-13",
        language: str = "en",
        url: str | None = None,
        title: str | None = None,
        byline: str | None = None,
        level: Level = Level.PUBLIC,
        file: str | None = None,
    ) -> str:
        capture = sha256("\n\n".join([*texts, outlet, str(url)]).encode())
        address = url or file or f"https://example.org/{len(self.sightings)}"
        self.sightings.append(
            Sighting(
                capture=capture,
                address=address,
                url=address if address.startswith("http") else None,
                file=file,
                title=title or "A made-up headline",
                outlet=outlet,
                published=published,
                language=language,
                level=level,
                notes={"note": "PRIVATE NOTE"},
            )
        )
        self.documents[capture] = Document(
            capture=capture,
            passages=tuple(Passage(kind=PassageKind.PARAGRAPH, text=text) for text in texts),
            reader=Reader(name="made", version="1"),
            title=title,
            byline=byline,
            outlet=outlet,
            published=published,
            language=language,
        )
        return capture

    def site(
        self,
        name: str,
        place: str | None = "geonames:1",
        country: str | None = "ES",
        kind: str = "reported_site",
        group: str | None = None,
        **more: object,
    ) -> str:
        key = digest("entity", name)
        data = {"id": key, "kind": kind, "label": f"RAWX LABEL {name}", "mentions": [], "place": place}
        self.entities[key] = msgspec.convert({**data, "country": country, "group": group, **more}, Entity)
        return key

    def says(
        self,
        capture: str,
        entity: str,
        prop: str,
        value: str,
        quote: str,
        by: Iterable[str] = (),
        stance: str = "states",
        voice: Voice | None = None,
        normal: str | None = None,
        number: float | None = None,
        unit: str | None = None,
        subject: str = "the station",
        origin: str | None = None,
        **more: object,
    ) -> Statement:
        document = self.documents[capture]
        sighting = next(s for s in self.sightings if s.capture == capture)
        text, rule = document.text, self.profile.properties[prop]
        start = text.index(quote)
        outlet = Voice(organisation=sighting.outlet, kind=VoiceKind.OUTLET, words="")
        chain = (
            (msgspec.structs.replace(voice, stance=Stance(stance)), outlet)
            if voice
            else (msgspec.structs.replace(outlet, stance=Stance(stance)),)
        )
        root = origin or chain[0].organisation or "untold"
        self.origins[root] = Origin(id=root, root=root, reason=f"the first voice is {root}")
        made = Statement(
            id=digest("statement", capture, prop, value, quote, entity, stance),
            capture=capture,
            address=sighting.address,
            document=capture,
            passage=0,
            subject=Subject(
                text=subject,
                kind=self.entities[entity].kind,
                mention=digest("mention", entity),
                entity=entity,
                group=self.entities[entity].group,
            ),
            property=prop,
            value=Value(text=value, type=rule.type, number=number, unit=unit, normal=normal),
            stance=Stance(stance),
            attribution=chain,
            quote=Quote(
                exact=quote, prefix=text[max(0, start - 32) : start], suffix=text[start + len(quote) :][:32],
                start=start, end=start + len(quote),
            ),
            finder=Finder(name="made", version="1"),
            published=sighting.published,
            language=document.language,
            origin=root,
            url=sighting.url,
            file=sighting.file,
        )  # fmt: skip
        made = msgspec.convert({**msgspec.to_builtins(made), **more}, Statement)
        made = msgspec.structs.replace(
            made, content=content_hash(made, self.profile.accuses(prop, stance)), fact=_fact_id(made)
        )
        self.statements.append(made)
        for handle in by:
            self.judge("accept", made.id, handle, content=made.content)
        if rule.implies and made.stance in AFFIRMING:
            child = msgspec.structs.replace(
                made,
                id=digest("implied", made.id),
                property="existence",
                value=Value(text="exists", type="term", normal="yes"),
                implied=True,
                parent=made.id,
                content="",
            )
            self.statements.append(msgspec.structs.replace(child, fact=_fact_id(child)))
        return made

    def judge(self, verb: str, target: str, handle: str, content: str | None = None, **detail: str) -> None:
        line = digest("line", verb, target, handle, content, len(self.judgements))
        self.judgements.append(
            Judgement(
                id=line, verb=Verb(verb), target=target, why="made up", handle=handle, key=handle, content=content,
                detail=detail,
            )
        )  # fmt: skip

    def build(self) -> Registry:
        on: dict[str, list[Judgement]] = defaultdict(list)
        for line in self.judgements:
            on[line.target].append(line)
        registry = Registry(
            sightings=tuple(self.sightings),
            documents=tuple(self.documents.values()),
            entities=tuple(self.entities.values()),
            mentions=tuple(self.mentions),
            statements=tuple(self.statements),
            origins=tuple(self.origins.values()),
            judgements=tuple(self.judgements),
            standings={s.id: standing(on[s.id]) for s in self.statements if on[s.id]},
        )
        return weigh(registry, self.profile)


def _fact_id(statement: Statement) -> str:
    value = statement.value
    return digest("fact", statement.subject.entity, statement.property, value.normal or value.text)


def weigh(registry: Registry, profile: Profile) -> Registry:
    """A toy of weighing: enough for pages, without the rules."""
    del profile
    by: dict[str, list[Statement]] = defaultdict(list)
    for statement in registry.statements:
        by[statement.fact or ""].append(statement)
    facts = []
    for key, members in sorted(by.items()):
        affirming = sorted(s.id for s in members if s.stance in AFFIRMING)
        stating = [s for s in members if s.stance in AFFIRMING and s.stance is not Stance.ALLEGES]
        origins = tuple(sorted({s.origin or "" for s in members if s.stance in AFFIRMING}))
        support = Support.NONE
        if affirming:
            support = Support.REPORTED if stating else Support.ALLEGED
        if len({s.origin for s in stating}) > 1 and any(s.basis is not Basis.NOT_STATED for s in stating):
            support = Support.CORROBORATED
        facts.append(
            Fact(
                id=key,
                entity=members[0].subject.entity or "",
                property=members[0].property,
                key=members[0].value.text,
                value=members[0].value.text,
                support=support,
                rule="toy",
                affirming=tuple(affirming),
                against=tuple(
                    Challenge(kind="denied", statement=s.id)
                    for s in sorted(members, key=lambda s: s.id)
                    if s.stance is Stance.DENIES
                ),
                origins=origins,
            )
        )
    return msgspec.structs.replace(registry, facts=tuple(facts))


def count(registry: Registry, profile: Profile, question: Question) -> Count:
    """A toy of counting: one row a city, as many parts as entities with that support of their existence."""
    said = {s.id for s in registry.statements if question.as_of is None or said_by(s.published, question.as_of) is True}
    kept = msgspec.structs.replace(registry, statements=tuple(s for s in registry.statements if s.id in said))
    facts = {f.entity: f for f in weigh(kept, profile).facts if f.property == "existence"}
    rows: dict[tuple[str | None, str], list[Part]] = defaultdict(list)
    left: list[NotCounted] = []
    for entity in sorted(registry.entities, key=lambda e: e.id):
        about = [s for s in kept.statements if s.subject.entity == entity.id]
        fact = facts.get(entity.id)
        if entity.kind != question.kind:
            if profile.kinds[entity.kind].look_alike:
                left.append(NotCounted(entity=entity.id, label=entity.label, reason="a look-alike: not a site"))
        elif entity.group is None and fact and fact.support >= question.support:
            rows[(entity.country, entity.place or entity.id)].append(
                Part(
                    entity=entity.id, label=entity.label, fact=fact.id, support=fact.support, origins=len(fact.origins)
                )
            )
        elif about and entity.group is None:
            left.append(NotCounted(entity=entity.id, label=entity.label, reason="only denied"))
    made = tuple(
        Row(place=place, country=country, label="RAWX", parts=tuple(parts), open=len(parts) > 1)
        for (country, place), parts in sorted(rows.items(), key=lambda item: (item[0][0] or "", item[0][1]))
    )
    high = sum(len(row.parts) for row in made)
    key = digest("count", question)
    return Count(id=key, question=question, low=len(made), high=high, rows=made, not_counted=tuple(left))


def reported(registry: Registry, profile: Profile) -> list[ReportedCount]:
    out = []
    for s in registry.statements:
        if s.property == "reported_count":
            day = s.scope.as_of or s.published
            recount = count(registry, profile, Question(kind="reported_site", as_of=day)).low if day else None
            out.append(
                ReportedCount(
                    statement=s.id, what="sites", unit=s.value.unit or "", number=s.value.number or 0,
                    whose=s.scope.whose, where=s.scope.where, as_of=s.scope.as_of, qualifier=s.qualifier,
                    voice="RAWX VOICE", recount=recount,
                )
            )  # fmt: skip
    return out


WATCH = Voice(organisation="Station Watch", kind=VoiceKind.WATCHDOG, words="Station Watch")
INTERIOR = Voice(
    organisation="Interior Ministry", role="spokesperson", kind=VoiceKind.HOST_GOVERNMENT, words="the Interior Ministry"
)
BOTH = ("demo-1", "demo-2")


def example() -> MadeUp:
    """A small whole case: two cities, an open question, a denial, a finding, a look-alike, a quoted number, Chinese."""
    made = MadeUp()
    madrid, second = made.site("madrid"), made.site("madrid 2")
    glasgow = made.site("glasgow", place="geonames:2", country="GB")
    hotline, network = (
        made.site("hotline", kind="hotline", place=None),
        made.site("network", place=None, country=None, group="network"),
    )
    times = made.page(
        "Station Watch said that the station in Madrid was run by the Fuzhou Public Security Bureau. "
        "It opened in 2018, the group said.",
        "The watchdog counted at least 54 stations around the world.",
        "The hotline 110 takes calls from abroad.",
        url="https://example.org/news/one",
        title="A report counts stations abroad",
        byline="By Quillon Brackwater",
    )
    post = made.page(
        "The Interior Ministry said there is no such station in Madrid. The inquiry ended without charges.",
        "A second office in Madrid renews driving licences, the paper found.",
        outlet="Example Post",
        published="2022-12-01",
        url="https://post.example.net/two",
    )
    chinese = made.page(
        "格拉斯哥的福州警侨服务站于2019年设立，提供更换驾照服务。",
        outlet="示例日报",
        published="2019-05-02",
        language="zh-Hans",
        url="https://example.cn/san",
    )
    made.says(
        times,
        madrid,
        "operator",
        "Fuzhou Public Security Bureau",
        "the station in Madrid was run by the Fuzhou Public Security Bureau",
        BOTH,
        voice=WATCH,
    )
    made.says(
        times,
        madrid,
        "opened",
        "2018",
        "It opened in 2018, the group said.",
        BOTH,
        voice=WATCH,
        normal="2018",
        basis="document_seen",
    )
    made.says(times, madrid, "located_in", "Madrid", "the station in Madrid", BOTH, voice=WATCH, normal="geonames:1")
    made.says(
        times,
        network,
        "reported_count",
        "54",
        "at least 54 stations",
        BOTH,
        voice=WATCH,
        number=54.0,
        unit="sites",
        qualifier="at_least",
        scope=msgspec.to_builtins(Scope(as_of="2022-12-31")),
    )
    made.says(times, hotline, "name", "hotline 110", "The hotline 110 takes calls", BOTH)
    made.says(
        post,
        madrid,
        "existence",
        "no such station",
        "there is no such station in Madrid",
        BOTH,
        stance="denies",
        voice=INTERIOR,
        normal="yes",
    )
    made.says(
        post,
        madrid,
        "host_finding",
        "ended without charges",
        "The inquiry ended without charges.",
        BOTH,
        voice=INTERIOR,
        actor="Interior Ministry",
    )
    made.says(
        post,
        madrid,
        "status",
        "closed",
        "there is no such station",
        BOTH,
        stance="states",
        voice=INTERIOR,
        normal="closed",
    )
    made.says(
        post,
        second,
        "service",
        "renews driving licences",
        "A second office in Madrid renews driving licences",
        BOTH,
        normal="licence_renewal",
    )
    made.says(chinese, glasgow, "opened", "2019年", "格拉斯哥的福州警侨服务站于2019年设立", BOTH, normal="2019")
    made.says(chinese, glasgow, "service", "更换驾照", "提供更换驾照服务", BOTH, normal="licence_renewal")
    made.says(chinese, glasgow, "name", "福州警侨服务站", "福州警侨服务站", BOTH)
    return made  # fmt: skip
