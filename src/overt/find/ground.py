"""From finds to statements: quote, chain and id. A quote is cut from the canonical text: verbatim by construction."""

import re

import msgspec

from overt.find.context import Context, Find, voices_of
from overt.find.rows import RowFind
from overt.model import (
    Basis,
    Document,
    Finder,
    Mention,
    Quote,
    Scope,
    Sighting,
    Statement,
    Subject,
    Value,
    Voice,
    digest,
    statement_id,
)
from overt.model.statement import CONTEXT

NAME = "patterns"
VERSION = "6"

_WORK = re.compile(
    r"\b(?:report|study|statement|answer|documentary|informe|rapport|bericht|relatório|rapporto)\b|报告|報告|公告"
)


class Grounds:
    """A document as one sighting shows it, ready to cut quotes from. `outlet` are the last links of every chain."""

    def __init__(
        self,
        document: Document,
        sighting: Sighting,
        outlet: tuple[Voice, ...],
        published: str | None,
        language: str | None,
    ) -> None:
        self.document, self.sighting, self.outlet = document, sighting, outlet
        self.published, self.language = published, language
        self.starts, self.text, self.id = document.starts(), document.text, document.id
        self._sighting_id = digest(sighting.capture, sighting.address)

    def of_find(self, one: Find, context: Context) -> Statement:
        """The statement of what a rule found in a sentence."""
        offset = self.starts[context.sentence.passage]
        start, end = context.quote(one.at)
        chain = voices_of(context.chain(one.at), self.outlet)
        voice = msgspec.structs.replace(chain[0], stance=one.stance or chain[0].stance)
        return self._statement(
            context.sentence.passage,
            (start + offset, end + offset),
            one.property,
            one.value,
            one.subject.mention,
            (voice, *chain[1:]),
            one.rule,
            context.language,
            actor=one.actor,
            qualifier=one.qualifier,
            scope=one.scope,
            basis=context.basis_at(one.at),
            agreed=any(a.agreed for a in context.chain(one.at)[:1]),
        )

    def of_row(self, one: RowFind, issuer: Voice | None) -> Statement:
        """The statement of a cell: the issuer of the list is its voice. What stands beside it is not quoted with it."""
        chain = (issuer, *self.outlet) if issuer is not None else self.outlet
        chain = (msgspec.structs.replace(chain[0], stance=one.stance), *chain[1:])
        offset = self.starts[one.passage]
        span = (one.start + offset, one.end + offset)
        made = self._statement(one.passage, span, one.property, one.value, one.mention, chain, one.rule, self.language)
        # The cells beside a place hold its street and telephone number.
        return msgspec.structs.replace(made, quote=msgspec.structs.replace(made.quote, prefix="", suffix=""))

    def _statement(
        self,
        passage: int,
        span: tuple[int, int],
        prop: str,
        value: Value,
        mention: Mention,
        chain: tuple[Voice, ...],
        rule: str,
        language: str | None,
        actor: str | None = None,
        qualifier: str | None = None,
        scope: Scope | None = None,
        basis: Basis = Basis.NOT_STATED,
        agreed: bool = False,
    ) -> Statement:
        start, end = span
        exact = self.text[start:end]
        voice = chain[0]
        identity = statement_id(
            self.document.capture,
            self.sighting.address,
            exact,
            self.text.count(exact, 0, start),
            prop,
            mention.start,
            value.text,
            voice.words,
        )
        return Statement(
            id=identity,
            capture=self.document.capture,
            address=self.sighting.address,
            document=self.id,
            passage=passage,
            subject=Subject(
                text=mention.text,
                kind=mention.kind,
                mention=mention.id,
                group=mention.id if mention.group is not None else None,
            ),
            property=prop,
            value=value,
            stance=voice.stance,
            attribution=chain,
            quote=Quote(
                exact=exact,
                prefix=self.text[max(0, start - CONTEXT) : start],
                suffix=self.text[end : end + CONTEXT],
                start=start,
                end=end,
            ),
            finder=Finder(name=NAME, version=VERSION, rule=rule, agreed=agreed),
            actor=actor,
            qualifier=qualifier,
            scope=scope if scope is not None else Scope(),
            basis=basis,
            works=(voice.words,) if _WORK.search(voice.words) else (),
            file=self.sighting.file,
            url=self.sighting.url,
            sighting=self._sighting_id,
            published=self.published,
            language=language,
        )
