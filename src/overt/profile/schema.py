"""A profile: what a case looks for. Kinds, properties, vocabularies per language, known voices, rules of publication.

All of it is data (TOML). These nouns are what the files decode into; unknown keys are refused.
"""

import msgspec

Labels = dict[str, str]  # language -> words


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of thing. `counted` kinds are counted; a `look_alike` is never counted, with the reason in words."""

    label: Labels
    plural: Labels = {}
    counted: bool = False
    look_alike: Labels = {}


class Property(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A property of things.

    `type`: place, date, entity, count, term or text. `cardinality`: one, one_at_a_time or many. `implies` names the
    property that an affirming statement implies ("existence"), but for the codes in `implies_not`. `accuses`: always,
    alleged (only where the stance is alleges) or never. `confirmed_by`: voice kinds, or `actor` (the body that did
    it), or `operator` (the site's own operator). `codes` maps code -> words per language. `order` sorts pages.
    `suspects`: codes of an action that only suspects (an inquiry, a charge): such a clause says
    that the thing is there at most as alleged.
    `negatable`: a negation beside the words denies the value (not so where it is negative itself: "no permission").
    `over`: codes of a state that say that it is over (closed, ceased).
    `beside`: the property at whose side pages show this one, at the same size, even where nothing is said of one.
    `agree`: sets of codes that can be right at one time, so that they never contradict each other (closed, ceased).
    """

    label: Labels
    type: str
    cardinality: str = "many"
    implies: str | None = None
    implies_not: tuple[str, ...] = ()
    accuses: str = "never"
    confirmed_by: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    codes: dict[str, Labels] = {}
    units: dict[str, Labels] = {}
    needs_actor: bool = False
    suspects: tuple[str, ...] = ()
    negatable: bool = False
    agree: tuple[tuple[str, ...], ...] = ()
    over: tuple[str, ...] = ()
    finding: bool = False
    beside: str | None = None
    order: int = 100


class KnownVoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisation that speaks on the subject, with all its names, so that two names are one voice.

    `public` is true for public bodies, outlets, courts and whoever speaks in its own publication: these are named as
    voices without a further ground.
    """

    name: Labels
    kind: str
    names: tuple[str, ...]
    public: bool = True
    country: str | None = None


class Advice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a named body advises people who were told to go to such a place, with its day (EDTF) and address."""

    who: str
    date: str
    text: Labels
    url: str = ""


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be public. `reviewers` says how many accepts a statement needs: accusing ones and others.

    `publisher` and `contact` say who publishes and where to complain; `licence` is an SPDX id for the data.
    """

    publisher: str = ""
    contact: str = ""
    licence: str = ""
    precision: str = "city"
    reviewers_accusing: int = 2
    reviewers_other: int = 1
    reviewers_organisation: int = 2
    reviewers_picture: int = 2
    never_say: dict[str, tuple[str, ...]] = {}
    advice: tuple[Advice, ...] = ()


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement that an example must give. What is not written is not asked.

    `value`: the code, date, number, place id or words. `voice`: speaker, role or body of the innermost voice, or a part
    of it; `outlet` where nobody is named. `where` and `whose`: of a number.
    """

    property: str
    value: str | None = None
    stance: str | None = None
    voice: str | None = None
    kind: str | None = None
    qualifier: str | None = None
    unit: str | None = None
    where: str | None = None
    actor: str | None = None


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text and what is found in it. `never`: properties, or `property=value`, that must not be found.

    Without `finds` and `never`, nothing may be found in the text. `published` is the date of the page (EDTF).
    """

    text: str
    finds: tuple[Expected, ...] = ()
    never: tuple[str, ...] = ()
    published: str | None = None


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language. Every string is a phrase in the small language of `overt.words.phrases`.

    `kinds`: kind -> nouns that name it. `plural`: kind -> nouns for several. `terms`: property -> code -> phrases.
    `weak`, `weak_plural`: nouns that name other things too: they count only on a page that has one of the former, or a
    name. `unlike`: names of other things that hold such a noun ("railway station").
    `elliptic`, `elliptic_many`: words for further ones without the noun ("one in", "two are in"), which count only
    after the noun in one sentence. `text`: property -> phrases whose clause is the value.
    `events`: property -> phrases that go with a date.
    `entities`: property -> phrases before or after an organisation. `units`: unit -> nouns that are counted.
    `names`: proper names of the kinds (kind -> names). `batches`, `networks`: words that make a mention a group.
    `headings`: headings of columns of a list, by the property that they hold, or `country`, `city`, `address` (what
    places a row), `telephone`, `number` (what is never published).
    `not_counts`: phrases around numbers that are never counts.
    `examples`: texts with what is found in them; they try the words and are no part of a build.
    """

    language: str
    kinds: dict[str, tuple[str, ...]] = {}
    plural: dict[str, tuple[str, ...]] = {}
    weak: dict[str, tuple[str, ...]] = {}
    weak_plural: dict[str, tuple[str, ...]] = {}
    elliptic: dict[str, tuple[str, ...]] = {}
    elliptic_many: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    terms: dict[str, dict[str, tuple[str, ...]]] = {}
    text: dict[str, tuple[str, ...]] = {}
    events: dict[str, tuple[str, ...]] = {}
    entities: dict[str, tuple[str, ...]] = {}
    units: dict[str, tuple[str, ...]] = {}
    networks: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    not_counts: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    headings: dict[str, tuple[str, ...]] = {}
    operators: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole profile. `home` is the ISO 3166 code of the state whose network is investigated, where there is one."""

    name: str
    version: str
    title: Labels
    kinds: dict[str, Kind]
    properties: dict[str, Property]
    vocabularies: dict[str, Vocabulary] = {}
    voices: dict[str, KnownVoice] = {}
    home: str | None = None
    publication: Publication = Publication()
    about: Labels = {}

    def accuses(self, prop: str, stance: str) -> bool:
        """True where a statement of this property in this stance accuses somebody."""
        rule = self.properties[prop].accuses
        return rule == "always" or (rule == "alleged" and stance == "alleges")
