"""The whole walk back from a count, entity, fact or statement to the words and the sealed bytes, as a tree of lines."""

from dataclasses import dataclass, field

from overt.model import CANNOT_PROVE, MEANS, Count, Fact, How, Registry, Sighting, Statement
from overt.profile import Profile
from overt.review.lookup import find_id
from overt.weigh import rule_text


@dataclass(slots=True)
class Branch:
    """One line of the tree, with what it rests on below it."""

    words: str
    below: list["Branch"] = field(default_factory=list)

    def add(self, words: str) -> "Branch":
        branch = Branch(words)
        self.below.append(branch)
        return branch


class Walk:
    """Walks a build. Everything is looked up once."""

    def __init__(self, registry: Registry, profile: Profile) -> None:
        self.registry = registry
        self.profile = profile
        self.statements = {s.id: s for s in registry.statements}
        self.entities = {e.id: e for e in registry.entities}
        self.origins = {o.id: o for o in registry.origins}
        self.lines = {j.id: j for j in registry.judgements}
        self.files = {(s.capture, s.address): s for s in registry.sightings}

    def why(self, given: str) -> Branch:
        """Return the tree of an entity, fact, statement or origin, by its id or the beginning of one.

        Raises:
            InputError: where nothing has that id.
        """
        kind, one = find_id(self.registry, given)
        if kind == "statement":
            return self.statement(self.statements[one])
        if kind == "fact":
            return self.fact(next(f for f in self.registry.facts if f.id == one))
        if kind == "entity":
            return self.entity(self.registry.redirects.get(one, one))
        if kind == "mention":
            return self._mention(one)
        if kind == "origin":
            return self.origin(one)
        if kind == "judgement":
            line = self.lines[one]
            return Branch(f"judgement {one[:12]}: {line.verb} {line.target[:12]} by {line.handle}: {line.why}")
        sightings = [s for s in self.registry.sightings if s.capture == one]
        top = Branch(f"capture sha256:{one}")
        for sighting in sightings:
            seen = top.add(
                f"seen at {sighting.address}: {sighting.outlet or 'no outlet given'}, {sighting.published or 'no date'}"
            )
            for words in obtained_words(sighting):
                seen.add(words)
        return top

    def count(self, count: Count) -> Branch:
        """The tree of a count: its rows, their parts, and the facts on which they qualify."""
        question = count.question
        as_of = f", publicly said by {question.as_of}" if question.as_of else ""
        top = Branch(
            f"count {count.id[:12]}: {count.low} {question.kind} (support {question.support.word} or more{as_of})"
            + (f"; up to {count.high} if no open question joins any" if count.high != count.low else "")
        )
        facts = {f.id: f for f in self.registry.facts}
        for row in count.rows:
            branch = top.add(row.label + (" - open: how many are these?" if row.open else ""))
            for part in row.parts:
                notes = f" ({'; '.join(part.notes)})" if part.notes else ""
                below = branch.add(
                    f"{part.label} [{part.entity[:12]}] {part.support.word}, {part.origins} origin(s){notes}"
                )
                if part.fact in facts:
                    below.below.append(self.fact(facts[part.fact]))
        out = top.add(f"not counted: {len(count.not_counted)}")
        for one in count.not_counted:
            out.add(f"{one.label} [{one.entity[:12]}]: {one.reason}")
        return top

    def entity(self, entity_id: str) -> Branch:
        entity = self.entities[entity_id]
        top = Branch(f"entity {entity.id[:12]}: {entity.label} (kind {entity.kind})")
        if entity.names:
            names = top.add("names in use")
            for name in entity.names:
                names.add(f"{name.text} ({name.language or 'language not known'})")
        edges = [e for e in self.registry.edges if {e.left, e.right} & set(entity.mentions)]
        if edges:
            joined = top.add(f"joined from {len(entity.mentions)} mentions")
            for edge in edges[:20]:
                joined.add(f"{edge.verdict} by {edge.rule}: {edge.reason}")
        for fact in sorted(
            (f for f in self.registry.facts if f.entity == entity.id),
            key=lambda f: (self.profile.properties[f.property].order, f.key),
        ):
            top.below.append(self.fact(fact))
        return top

    def fact(self, fact: Fact) -> Branch:
        top = Branch(
            f"fact {fact.id[:12]}: {fact.property} = {fact.value}: {fact.support.word} by {len(fact.origins)} origin(s)"
            + (f", alleged by {len(fact.alleging_origins)}" if fact.alleging_origins else "")
        )
        top.add(f"rule {fact.rule}: {rule_text(fact.rule, 'en')}")
        for statement_id in fact.findings:
            top.add("finding").below.append(self.statement(self.statements[statement_id]))
        for challenge in fact.against:
            if challenge.statement in self.statements:
                top.add(challenge.kind).below.append(self.statement(self.statements[challenge.statement]))
        for statement_id in fact.affirming:
            top.below.append(self.statement(self.statements[statement_id]))
        return top

    def statement(self, statement: Statement) -> Branch:
        voice = " < ".join(voice_words(v.speaker, v.role, v.organisation) for v in statement.attribution)
        implied = f" (implied by {(statement.parent or '')[:12]})" if statement.implied else ""
        top = Branch(
            f"statement {statement.id[:12]}{implied}: {statement.property} = {statement.value.text}"
            + (f" [{statement.qualifier}]" if statement.qualifier else "")
        )
        top.add(f"voice: {voice} - {statement.stance}; basis {statement.basis}")
        if statement.actor:
            top.add(f"actor: {statement.actor}")
        top.add(f"words: “{statement.quote.exact}”")
        at = f"characters {statement.quote.start}-{statement.quote.end}"
        top.add(f"page: {statement.address}, {statement.published or 'no date'}, passage {statement.passage}, {at}")
        sighting = self.files.get((statement.capture, statement.address))
        top.add(
            f"sealed: sha256:{statement.capture}" + (f" (file {sighting.file})" if sighting and sighting.file else "")
        )
        for words in obtained_words(sighting) if sighting else ():
            top.add(words)
        origin = self.origins.get(statement.origin or "")
        if origin:
            top.add(f"origin {origin.id[:12]}: {origin.root} - {origin.reason}")
        finder = statement.finder
        also = f", and by {', '.join(finder.also)}" if finder.also else ""
        agreed = "; a parse says the same of who says it" if finder.agreed else ""
        top.add(f"found by {finder.name} {finder.version}, rule {finder.rule}{also}{agreed}")
        self._judgements(top, statement)
        return top

    def origin(self, origin_id: str) -> Branch:
        origin = self.origins[origin_id]
        top = Branch(f"origin {origin.id[:12]}: {origin.root}")
        top.add(origin.reason)
        members = [s for s in self.registry.statements if s.origin == origin.id and not s.implied]
        below = top.add(f"{len(members)} statements on {len({(s.capture, s.address) for s in members})} pages")
        for statement in members:
            below.add(f"{statement.id[:12]} {statement.property} = {statement.value.text} ({statement.address})")
        return top

    def _mention(self, mention_id: str) -> Branch:
        entity = next((e for e in self.registry.entities if mention_id in e.mentions), None)
        mention = next(m for m in self.registry.mentions if m.id == mention_id)
        top = Branch(
            f"mention {mention_id[:12]}: “{mention.text}” in {mention.address}, from character {mention.start}"
        )
        if entity:
            top.below.append(self.entity(entity.id))
        return top

    def _judgements(self, top: Branch, statement: Statement) -> None:
        own = self.registry.standings.get(statement.parent or statement.id)
        if own is None:
            top.add("judgements: none yet")
            return
        below = top.add(f"judged: {own.verb}" + (f" - {MEANS}" if str(own.verb) == "accept" else ""))
        if (statement.parent or statement.id) in self.registry.needs_look:
            below.add("needs another look: the content changed since it was judged; the judged version stands here")
        for line_id in own.lines:
            line = self.lines.get(line_id)
            if line is not None:
                below.add(f"{line.verb} by {line.handle}: {line.why}")


def obtained_words(sighting: Sighting) -> list[str]:
    """How the bytes came in, where that limits what they can prove."""
    limit = CANNOT_PROVE.get(sighting.how)
    if limit is None or sighting.how is How.FILE:  # of plain files `status` says it once
        return []
    by = f" by {sighting.saved_by}" if sighting.saved_by else ""
    on = f" on {sighting.saved_on}" if sighting.saved_on else ""
    return [f"obtained: {sighting.how}{by}{on}: {limit}"]


def voice_words(speaker: str | None, role: str | None, organisation: str | None) -> str:
    """A voice in one line: role and organisation, with the speaker where named."""
    parts = [p for p in (speaker, role, organisation) if p]
    return ", ".join(parts) if parts else "unnamed"
