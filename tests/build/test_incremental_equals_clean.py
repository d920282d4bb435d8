"""Pages come and go, people judge and undo in any order: what is recalled and made anew is what a clean build makes."""

import random
import sqlite3
import sys
import tempfile
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import copy_of, demo, ok

from overt.build import build, following, large, renew, tellings, with_contents
from overt.build.change import Pages
from overt.build.following import Truth, bring
from overt.case import Case, open_case
from overt.find import Finders, Found, find
from overt.ledger import read_judgements
from overt.model import Document, Judgement, Registry, Sighting, Verb, digest
from overt.profile import Profile, find_profile, load
from overt.review import judge
from overt.review.export import jsonl, rows
from overt.review.judge import amended
from overt.store import reading, writing
from overt.weigh import copies

ON_STATEMENTS = [Verb.ACCEPT, Verb.REJECT, Verb.WITHHOLD, Verb.NOT_SAID]
ON_ENTITIES = [Verb.SAME, Verb.DIFFERENT, Verb.PART_OF, Verb.UNSURE]
Page = tuple[Sighting, Document, Found]


@cache
def profile() -> Profile:
    return load(find_profile("overseas-stations"))


@cache
def pages() -> list[Page]:
    """The pages of the demonstration and copies of some, with what is found in each.

    Copies are of earlier and of later days; some are whole, some lack a part: so pages retell each other in chains.
    """
    with reading(open_case(demo()).index) as store:
        known = store.load()
    documents = {d.capture: d for d in known.documents}
    some = [(s, documents[s.capture]) for s in known.sightings]
    longest = sorted(some, key=lambda pair: (-len(pair[1].passages), pair[1].capture))[:4]
    for number, (sighting, document) in enumerate(longest * 2):
        name = digest("copy", number)
        kept = document.passages[number % 3 :] if number >= len(longest) else document.passages
        copy = msgspec.structs.replace(document, capture=name, passages=kept, byline=None)
        day = f"20{(19, 21, 23, 24)[number % 4]}-0{1 + number}-01"
        told = msgspec.structs.replace(
            sighting, capture=name, address=f"https://copy{number}.example/", outlet=f"Paper {number}", published=day
        )
        some.append((told, copy))
    finders = Finders(profile())
    return [(s, d, with_contents(find(d, s, finders), profile())) for s, d in some]


LIMITS = large.LARGE, copies.MOST_HOLDERS


def set_limits(most: int, holders: int) -> None:
    large.LARGE = most
    copies.MOST_HOLDERS = tellings.MOST_HOLDERS = holders


class KilledError(Exception):
    """Ends a build in the middle."""


def killed(*_: object) -> None:
    raise KilledError


class Builds(RuleBasedStateMachine):
    """A case that changes, an index that follows it, and after each change a clean index beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.there: set[int] = set()
        self.registry: Registry = Registry()
        self.lines: list[Judgement] = []
        self.made_of = "one profile and one version of the code"
        self.goes_on = False

    @initialize(large=st.sampled_from([0, large.LARGE]), holders=st.sampled_from([2, copies.MOST_HOLDERS]))
    def limits_are_low_or_as_they_are(self, large: int, holders: int) -> None:
        """Few statements make a large fact, and few pages a sign that many have: so both ways are gone."""
        set_limits(large, holders)

    def teardown(self) -> None:
        set_limits(*LIMITS)
        self.folder.cleanup()

    def follow(self) -> None:
        """Bring the index up to date, make a clean one, and compare every row and every export."""
        clean = Path(self.folder.name) / "clean.sqlite"
        clean.unlink(missing_ok=True)
        follows = Path(self.folder.name) / "follows.sqlite"
        there = sorted(self.there)
        self.registry, *mine = self.built(follows, there)
        was = self.done.is_whole
        _, *theirs = self.built(clean, there[::-1])
        assert was is not self.goes_on
        self.goes_on = bool(self.there)
        assert self.done.is_whole
        if mine != theirs:
            for one, other in zip(mine, theirs, strict=True):
                only = [x for x in one if x not in set(other)], [x for x in other if x not in set(one)]
                print("FOLLOWS", *only[0][:12], "CLEAN", *only[1][:12], sep="\n")
        assert mine == theirs

    def built(self, index: Path, order: list[int]) -> tuple[Registry, list[tuple[str, ...]], list[str]]:
        some = [pages()[at] for at in order]
        finds = {digest(s.capture, s.address): f for s, _, f in some}
        documents = {d.capture: d for _, d, _ in some}
        truth = Truth(
            profile=profile(),
            made_of=self.made_of,
            sightings=[s for s, _, _ in some],
            pages=Pages(
                {name: digest(name) for name in documents},
                {digest(s.capture, s.address): s.capture for s, _, _ in some},
                documents.__getitem__,
                finds.__getitem__,
            ),
            unread=[],
            lines=self.lines,
            remarks=[],
            meta={"truth": "t"},
        )
        with writing(index) as store:
            self.done = bring(store, truth, 1000)
            made = store.load()
            dump = [row for row in store.dump() if row[0] != "memory"]
            return made, dump, [jsonl(rows(made, what)) for what in ("statements", "entities", "facts")]

    @precondition(lambda self: self.goes_on)
    @rule(data=st.data(), step=st.sampled_from(["follow_statements", "follow_origins", "follow_facts"]))
    def a_build_is_killed(self, data: st.DataObject, step: str) -> None:
        """A page goes or comes, and the build that follows it ends in the middle: the index is as before."""
        was = set(self.there)
        self.there ^= {data.draw(st.integers(0, len(pages()) - 1))}
        if not self.there:
            self.there = was
            return
        follows = Path(self.folder.name) / "follows.sqlite"
        with reading(follows) as store:
            before = store.dump()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(following, step, killed)
            with pytest.raises(KilledError):
                self.built(follows, sorted(self.there))
        with reading(follows) as store:
            assert store.dump() == before
        self.follow()

    @precondition(lambda self: self.goes_on)
    @rule()
    def the_profile_or_the_code_changes(self) -> None:
        self.made_of = digest(self.made_of)
        self.goes_on = False
        self.follow()

    def say(self, verb: Verb, target: str, other: str | None = None, **changes: str) -> None:
        """Put a line into the ledger as `judge` does, without its keys and times: one run comes out in one way."""
        saw = next((s for s in (*self.registry.now, *self.registry.statements) if s.id == target), None)
        made = amended(self.registry, profile(), saw, changes) if saw is not None and changes else None
        handle = ("ada", "bo")[len(self.lines) % 2]
        line = Judgement(
            verb=verb,
            target=target,
            other=other,
            why="as it seems",
            handle=handle,
            key=handle,
            id=digest("line", len(self.lines)),
            saw=saw,
            content=saw.content if saw is not None else None,
            made=made,
            mints=(target, str(other)) if verb in ON_ENTITIES else (),
        )
        self.lines.append(line)
        self.follow()

    def some(self, data: st.DataObject, ids: list[str], number: int = 1) -> list[str]:
        return [ids[data.draw(st.integers(0, len(ids) - 1))] for _ in range(number)]

    @rule(data=st.data())
    def pages_are_added(self, data: st.DataObject) -> None:
        missing = sorted(set(range(len(pages()))) - self.there)
        if missing:
            self.there |= set(data.draw(st.lists(st.sampled_from(missing), min_size=1, max_size=9, unique=True)))
            self.follow()

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def a_page_is_gone(self, data: st.DataObject) -> None:
        self.there.discard(data.draw(st.sampled_from(sorted(self.there))))
        self.follow()

    @precondition(lambda self: any(not s.implied for s in self.registry.statements))
    @rule(data=st.data(), verb=st.sampled_from(ON_STATEMENTS))
    def a_statement_is_judged(self, data: st.DataObject, verb: Verb) -> None:
        self.say(verb, *self.some(data, [s.id for s in self.registry.statements if not s.implied]))

    @precondition(lambda self: any(not s.implied for s in self.registry.statements))
    @rule(data=st.data(), verb=st.sampled_from([Verb.AMEND, Verb.ADD]), stance=st.sampled_from(["denies", "alleges"]))
    def a_statement_is_made_by_hand(self, data: st.DataObject, verb: Verb, stance: str) -> None:
        own = [s.id for s in self.registry.statements if not s.implied]
        self.say(verb, *self.some(data, own), stance=stance)

    @precondition(lambda self: len(self.registry.entities) > 1)
    @rule(data=st.data(), verb=st.sampled_from(ON_ENTITIES))
    def two_entities_are_judged(self, data: st.DataObject, verb: Verb) -> None:
        one, other = self.some(data, [e.id for e in self.registry.entities], 2)
        if one != other:
            self.say(verb, one, other)

    @precondition(lambda self: len(self.registry.origins) > 1)
    @rule(data=st.data())
    def two_origins_are_joined(self, data: st.DataObject) -> None:
        one, other = self.some(data, [o.id for o in self.registry.origins], 2)
        if one != other:
            self.say(Verb.JOIN, one, other)

    @precondition(lambda self: any(s.origin and not s.implied for s in self.registry.statements))
    @rule(data=st.data())
    def a_statement_is_split_from_its_origin(self, data: st.DataObject) -> None:
        pairs = [(s.origin, s.id) for s in self.registry.statements if s.origin and not s.implied]
        origin, statement = pairs[data.draw(st.integers(0, len(pairs) - 1))]
        self.say(Verb.SPLIT, origin, statement)

    @precondition(lambda self: self.lines)
    @rule(data=st.data())
    def a_judgement_is_undone(self, data: st.DataObject) -> None:
        self.say(Verb.UNDO, *self.some(data, [line.id for line in self.lines]))


TestBuilds = Builds.TestCase
# Bounded: a fault is told as it was met, since looking for a smaller one takes minutes.
TestBuilds.settings = settings(
    max_examples=6,
    stateful_step_count=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("table", ["told", "marked", "block", "alike"])
def test_rows_that_are_not_as_they_were_left_make_the_next_build_a_whole_one(table: str) -> None:
    case = Builds()
    case.there = set(range(len(pages())))
    case.follow()
    with sqlite3.connect(Path(case.folder.name) / "follows.sqlite") as db:
        rows = db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
        column = "parts" if table == "marked" else "body"
        assert (column,) in rows
        db.execute(f"UPDATE {table} SET {column} = x'c1'")
    db.close()
    case.there.remove(max(case.there, key=lambda at: len(pages()[at][2].statements)))
    case.goes_on = False  # as after nothing
    case.follow()
    case.teardown()


def test_a_damaged_index_is_made_anew_and_is_the_same(tmp_path: Path) -> None:
    case = open_case(copy_of(demo(), tmp_path / "case"))
    build(case)
    before = of_case(case)
    size = case.index.stat().st_size
    with case.index.open("r+b") as file:
        file.truncate(size // 2 // 4096 * 4096)
    assert renew(case).is_whole
    assert of_case(case) == before


def test_an_index_of_the_version_before_is_made_anew_and_is_the_same(tmp_path: Path) -> None:
    case = open_case(copy_of(demo(), tmp_path / "case"))
    build(case)
    before = of_case(case)
    with sqlite3.connect(case.index) as db:
        db.execute("DROP TABLE said")
        db.execute("PRAGMA user_version = 2")
    db.close()
    assert renew(case).is_whole
    assert of_case(case) == before


def test_a_case_that_was_built_at_each_step_has_the_index_and_the_exports_of_one_that_is_built_once(
    tmp_path: Path,
) -> None:
    case = open_case(copy_of(demo(), tmp_path / "case"))
    chance = random.Random(4)
    sealed = sorted(case.captures.glob("*/*.warc.gz"))
    gone = {path: path.read_bytes() for path in chance.sample(sealed, 5)}
    for path in gone:
        path.unlink()
    registry = build(case)
    target = chance.choice([s.id for s in registry.statements if not s.implied])
    ok("judge", "reject", target, "--why", "not so", "--as", "ada", "--case", case.root)
    for path, data in gone.items():
        path.write_bytes(data)
        assert not renew(case).is_whole
    line = read_judgements(case.decision_logs())[-1]
    ok("judge", "undo", line.id, "--why", "it was", "--as", "ada", "--case", case.root)
    before = of_case(case)
    case.index.unlink()
    build(case)
    assert of_case(case) == before


def of_case(case: Case) -> list[object]:
    with reading(case.index) as store:
        dump: list[object] = list(store.dump())
    kinds = ("statements", "entities", "facts", "counts")
    return dump + [ok("export", kind, "--case", case.root) for kind in kinds]


def test_a_judgement_changes_what_it_touches_and_nothing_else(tmp_path: Path) -> None:
    case = open_case(copy_of(demo(), tmp_path / "case"))
    registry = build(case)
    target = next(s for s in registry.statements if not s.implied and s.property == "status")
    judge(case, registry, load(case.profile), Verb.REJECT, target.id, "not so", "ada")
    with reading(case.index) as store:
        before = set(store.dump())
    assert not renew(case, few=1000).is_whole
    with reading(case.index) as store:
        after = set(store.dump())
    assert {row[0] for row in after - before} <= {"meta", "statement", "fact", "standing", "judgement"}
