"""Judgements from the command line: every verb, what each does to counts and releases, and that undo takes it back."""

import json
import re
from pathlib import Path

import pytest
from reading_cases import counted, dump, one, statements
from running import copy_of, demo, ok, run

from overt.model import Registry
from overt.store import reading


def judge(case: Path, *args: object, by: str = "ann", why: str = "as the words say") -> str:
    """Judge, and return the id of the line."""
    said = ok("judge", *args, "--as", by, "--why", why, "--case", case)
    return said.split("line ")[1].split()[0]


def registry(case: Path) -> Registry:
    with reading(case / "index.sqlite") as store:
        return store.load()


def closed(case: Path) -> str:
    return one(case, file="canal.txt", prop="status", normal="closed").id


def test_accept_says_what_it_means_and_never_that_it_is_true(case: Path) -> None:
    said = ok("judge", "accept", closed(case)[:10], "--as", "ann", "--why", "the embassy says so", "--case", case)
    assert "never means that it is so" in said
    tree = ok("why", closed(case)[:12], "--case", case)
    assert "accept by ann: the embassy says so" in tree
    assert "never means that it is so" in tree
    assert counted(case, "--judged")["low"] == 1


def test_reject_takes_a_statement_out_of_the_count_and_undo_brings_it_back(case: Path) -> None:
    before = counted(case)
    mine = [s for s in statements(case, file="tide.txt") if s.quote.exact.startswith("潮汐电视台说")]
    assert mine
    lines = [judge(case, "reject", s.id) for s in mine]
    assert counted(case)["low"] == before["low"] - 1
    for line in lines:
        judge(case, "undo", line)
    assert counted(case)["rows"] == before["rows"]


@pytest.mark.parametrize("verb", ["not_said", "withhold"])
def test_not_said_and_withheld_statements_are_in_no_release(case: Path, verb: str) -> None:
    judge(case, "accept", closed(case))
    judge(case, verb, closed(case), by="ben")
    assert registry(case).standings[closed(case)].verb == verb  # the most restrictive wins, whatever the order
    ran = run("publish", "--as", "ann", "--case", case)
    assert ran.code == 2
    assert verb in ran.out.replace(" ", "_")


def test_amend_sets_the_old_statement_aside_and_keeps_both(case: Path) -> None:
    old = one(case, file="canal.txt", prop="status", normal="closed")
    judge(case, "amend", old.id, "--set", "stance=alleges", "--set", "normal=ceased")
    now = registry(case)
    made = [s for s in now.statements if s.property == "status" and s.value.normal == "ceased" and not s.implied]
    assert len(made) == 1
    assert made[0].stance == "alleges"
    assert made[0].attribution[1:] == old.attribution[1:]
    assert made[0].judgement == "accept"
    assert next(s for s in now.statements if s.id == old.id).judgement == "amend"
    assert all(old.id not in f.affirming for f in now.facts)


def test_amend_of_who_says_it_keeps_the_page_as_the_last_link(case: Path) -> None:
    reported = [s for s in statements(case, prop="located_in") if len(s.attribution) == 1]
    old = reported[0] if reported else one(case, passage="1", prop="opened")
    judge(case, "amend", old.id, "--set", "organisation=Safeguard Defenders")
    made = [s for s in registry(case).statements if s.judgement == "accept" and s.property == old.property]
    voice = made[0].attribution[0]
    assert (voice.organisation, voice.kind) == ("Safeguard Defenders", "watchdog")
    assert made[0].attribution[-1] == old.attribution[-1]


def test_a_voice_is_put_before_a_page_that_spoke_for_itself(tmp_path: Path, empty: Path) -> None:
    text = "The police service station in Dublin has closed.\n\nNobody asked the director of Lantern Watch.\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    ok("add", "--case", empty, tmp_path / "page.txt")
    ok("build", "--case", empty)
    old = one(empty, prop="status")
    ran = run("judge", "amend", old.id, "--set", "organisation=Other Watch", "--as", "a", "--why", "w", "--case", empty)
    assert ran.code == 2
    assert "do not stand in the page" in ran.complaint
    assert len(old.attribution) == 1
    judge(empty, "amend", old.id, "--set", "organisation=Lantern Watch", "--set", "role=director")
    made = next(s for s in registry(empty).statements if s.property == "status" and s.judgement == "accept")
    assert [v.organisation for v in made.attribution] == ["Lantern Watch", old.attribution[0].organisation]
    assert made.attribution[0].role == "director"


def test_add_puts_a_statement_beside_another_with_a_quote_of_the_page(case: Path) -> None:
    beside = one(case, file="canal.txt", prop="status", normal="closed")
    quote = "No permission was requested for the station in Dublin"
    judge(case, "add", beside.id, "--set", "property=permission", "--set", "normal=no", "--set", f"quote={quote}")
    made = [s for s in registry(case).statements if s.judgement == "accept" and s.property == "permission"]
    assert len(made) == 1
    assert made[0].quote.exact == quote
    assert next(s for s in registry(case).statements if s.id == beside.id).judgement is None
    ran = run("judge", "add", beside.id, "--set", "quote=never said", "--as", "ann", "--why", "w", "--case", case)
    assert ran.code == 2
    assert "letter by letter" in ran.complaint


def pair(case: Path) -> tuple[str, str]:
    """Two entries of one city about which the question is open: how many are these?"""
    row = next(r for r in counted(case)["rows"] if r["open"])
    left, right = (p["entity"] for p in row["parts"])
    return left, right


@pytest.fixture
def known(tmp_path: Path) -> Path:
    return copy_of(demo(), tmp_path / "case")


def test_entities_are_joined_kept_apart_and_doubted_by_judgements(known: Path) -> None:
    left, right = pair(known)
    before = counted(known)
    line = judge(known, "same", left, right)
    joined = counted(known)
    assert (joined["low"], joined["high"]) == (before["low"], before["high"] - 1)
    judge(known, "different", left, right, by="ben")
    apart = counted(known)  # different beats same, and the conflict is shown
    assert (apart["low"], apart["high"]) == (before["low"] + 1, before["high"])
    assert [{c.left, c.right} for c in registry(known).conflicts] == [{left, right}]
    assert "conflicts                  │ 1" in ok("status", "--case", known)
    judge(known, "undo", line)
    assert not registry(known).conflicts
    assert counted(known)["low"] == before["low"] + 1


def test_an_unsure_reviewer_leaves_the_question_open(known: Path) -> None:
    before = counted(known)
    judge(known, "unsure", *pair(known))
    after = counted(known)
    assert (after["low"], after["high"]) == (before["low"], before["high"])


def test_an_id_that_was_judged_leads_to_the_joined_entity(known: Path) -> None:
    left, right = pair(known)
    judge(known, "same", left, right)
    joined = next(e for e in registry(known).entities if left in (e.id, *e.was))
    assert right in (joined.id, *joined.was)
    assert joined.id == min(left, right)  # of two minted ids the smaller wins and the other redirects
    for old in (left, right):
        assert f"entity {joined.id[:12]}" in ok("why", old, "--case", known)


def test_part_of_is_kept_with_the_whole(case: Path) -> None:
    sites = [e for e in registry(case).entities if e.group is None]
    one_, other = sites[0].id, sites[1].id
    judge(case, "part_of", one_, other)
    part = next(e for e in registry(case).entities if one_ in (e.id, *e.was))
    assert other in part.part_of


def test_role_and_ground_are_recorded_with_their_words(case: Path) -> None:
    args = ("--as", "ann", "--why", "on its page", "--case", case)
    ok("judge", "role", "Laura Example", "--public-role", "campaign director", *args)
    ok("judge", "ground", "Lantern Club", "--ground", "its own announcement", *args)
    details = [j.detail for j in registry(case).judgements]
    assert {"role": "campaign director"} in details
    assert {"ground": "its own announcement"} in details


def test_judgements_survive_the_loss_of_the_index_to_the_byte(case: Path) -> None:
    judge(case, "accept", closed(case))
    judge(case, "reject", one(case, passage="1", prop="opened").id, by="ben")
    before = dump(case)
    (case / "index.sqlite").unlink()
    ok("build", "--case", case)
    assert dump(case) == before
    ok("build", "--case", case)
    assert dump(case) == before


def reworded(case: Path, *pairs: tuple[str, str]) -> None:
    """Change words of the case's vocabulary, and with them what the finder makes of a page."""
    path = case / "profile" / "vocabulary" / "en.toml"
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8", newline="\n")
    ok("build", "--case", case)


SWAP = (("\nclosed = [", "\nthird = ["), ("\nceased = [", "\nclosed = ["), ("\nthird = [", "\nceased = ["))


def test_a_judged_statement_whose_content_changed_needs_another_look_and_still_counts(case: Path) -> None:
    kept = closed(case)
    line = judge(case, "accept", kept)
    assert counted(case, "--judged")["low"] == 1
    reworded(case, *SWAP)
    now = registry(case)
    assert now.needs_look == (kept,)
    assert [(s.id, s.value.normal) for s in now.now] == [(kept, "ceased")]  # what is found today
    stands = next(s for s in now.statements if s.id == kept)
    assert (stands.value.normal, stands.judgement) == ("closed", "accept")  # what was judged
    assert counted(case, "--judged")["low"] == 1
    assert "need another look          │ 1" in ok("status", "--case", case)
    assert "needs another look" in ok("why", kept, "--case", case)
    ok("publish", "--as", "ann", "--case", case)

    ok("judge", "accept", kept, "--as", "ben", "--why", "seen again", "--case", case)  # ben sees today's version
    assert registry(case).needs_look == ()
    judge(case, "undo", line)
    assert next(s for s in registry(case).statements if s.id == kept).value.normal == "ceased"


def test_a_judged_statement_that_nobody_finds_any_more_counts_while_its_words_are_in_the_capture(case: Path) -> None:
    kept = closed(case)
    line = judge(case, "accept", kept)
    number = len(statements(case))
    text = (case / "profile" / "vocabulary" / "en.toml").read_text("utf-8")
    own = re.search(r'^closed = \[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\]', text, re.MULTILINE)
    assert own is not None
    reworded(case, (own[0], 'closed = ["nothing that anybody wrote"]'))
    now = registry(case)
    assert kept in now.needs_look
    assert not now.now
    assert counted(case, "--judged")["low"] == 1
    judge(case, "undo", line)
    assert kept not in {s.id for s in registry(case).statements}
    assert registry(case).needs_look == ()
    assert len(statements(case)) < number


def test_an_amendment_and_an_undo_are_undone_too(case: Path) -> None:
    old = closed(case)
    line = judge(case, "amend", old, "--set", "stance=alleges")
    number = len(statements(case))
    undo = judge(case, "undo", line)
    assert len(statements(case)) == number - 1
    assert old not in registry(case).standings
    judge(case, "undo", undo, by="ben")
    assert len(statements(case)) == number
    assert registry(case).standings[old].verb == "amend"


def test_a_line_that_nobody_can_find_any_more_is_named(case: Path) -> None:
    ran = run("judge", "undo", "0123456789ab", "--as", "ann", "--why", "w", "--case", case)
    assert ran.code == 2
    assert "no statement, entity, fact, origin or judgement" in ran.complaint


WRONG = [
    (("undo", "{statement}"), "undo takes a judgement"),
    (("accept", "0123456789ab"), "no statement"),
    (("accept", "ab"), "at least 6 characters"),
    (("same", "{site}"), "two ids"),
    (("same", "{site}", "{site}"), "same thing"),
    (("accept", "{site}"), "takes a statement"),
    (("same", "{statement}", "{site}"), "takes a entity or mention"),
    (("amend", "{statement}"), "say what changes"),
    (("amend", "{statement}", "--set", "stance=shouts"), "choose one of"),
    (("amend", "{statement}", "--set", "mood=high"), "choose one of"),
    (("amend", "{statement}", "--set", "normal=ajar"), "has the codes"),
    (("amend", "{statement}", "--set", "number=many"), "not a number"),
    (("amend", "{statement}", "--set", "property=colour"), "the profile has"),
    (("amend", "{statement}", "--set", "stance"), "FIELD=VALUE"),
    (("shout", "{statement}"), "shout"),
]


@pytest.mark.parametrize(("args", "words"), WRONG)
def test_a_wrong_judgement_is_refused_in_one_line_and_leaves_no_trace(
    small: Path, args: tuple[str, ...], words: str
) -> None:
    ids = {"site": next(e.id for e in registry(small).entities if e.group is None), "statement": closed(small)}
    given = [a.format(**ids) for a in args]
    ran = run("judge", *given, "--as", "ann", "--why", "w", "--case", small)
    assert ran.code == 2
    assert words in ran.complaint
    assert not list((small / "decisions").iterdir())


@pytest.mark.parametrize("handle", ["", "Ann", "../ann", "a b", "ann@home", "x" * 200])
def test_a_handle_is_a_plain_word(small: Path, handle: str) -> None:
    ran = run("judge", "accept", closed(small), "--as", handle, "--why", "w", "--case", small)
    assert ran.code == 2
    assert ran.complaint
    assert not list((small / "decisions").iterdir())


def test_a_judgement_without_a_reason_is_refused(small: Path) -> None:
    ran = run("judge", "accept", closed(small), "--as", "ann", "--why", "  ", "--case", small)
    assert ran.code == 2
    assert "say why" in ran.complaint


def test_an_implied_statement_is_judged_through_its_parent(small: Path) -> None:
    implied = next(s for s in registry(small).statements if s.implied)
    ran = run("judge", "accept", implied.id, "--as", "ann", "--why", "w", "--case", small)
    assert ran.code == 2
    assert f"implied by {(implied.parent or '')[:12]}" in ran.complaint


def test_two_keys_accuse_and_one_does_not(case: Path) -> None:
    accusing = one(case, prop="activity", normal="intimidate")
    for s in statements(case, passage="3"):
        judge(case, "accept", s.id)
    judge(case, "accept", accusing.id)
    assert "wait for a second reviewer │ 1" in ok("status", "--case", case)
    ok("publish", "--as", "ann", "--case", case)

    def released(number: int) -> set[str]:
        path = case / "releases" / str(number) / "public" / "data" / "statements.jsonl"
        return {json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()}

    assert accusing.id not in released(1)
    assert "intimidate" not in (case / "releases/1/public/data/statements.jsonl").read_text("utf-8")
    judge(case, "accept", accusing.id, by="ben")
    ok("publish", "--as", "ann", "--case", case)
    assert accusing.id in released(2)


def test_one_key_under_two_handles_is_one_reviewer(case: Path) -> None:
    accusing = one(case, prop="activity", normal="intimidate")
    judge(case, "accept", accusing.id)
    for path in (case / ".local" / "keys").glob("ann*"):
        (path.parent / path.name.replace("ann", "ben")).write_bytes(path.read_bytes())
    ran = run("judge", "accept", accusing.id, "--as", "ben", "--why", "w", "--case", case)
    if ran.code == 0:
        own = registry(case).standings[accusing.id]
        assert set(own.reviewers.values()) == {1}
    else:
        assert ran.complaint


def test_origins_are_joined_by_hand_and_parted_again(known: Path) -> None:
    now = registry(known)
    used = sorted({s.origin for s in now.statements if s.origin and s.property == "service"})
    number = len(now.origins)
    line = judge(known, "join", used[0], used[1])
    assert len(registry(known).origins) == number - 1
    judge(known, "undo", line)
    assert len(registry(known).origins) == number
    members = [s.id for s in now.statements if s.origin == used[0] and not s.implied]
    judge(known, "split", used[0], members[0])
    assert next(s.origin for s in registry(known).statements if s.id == members[0]) != used[0]


def draft_of(case: Path, folder: Path) -> dict[str, str]:
    ok("publish", "--draft", folder, "--case", case)
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*.*") if p.is_file()}


def test_a_translation_stands_beside_its_original_and_says_who_made_it(case: Path, tmp_path: Path) -> None:
    words = "El centro está cerrado"
    machine = ("translate", closed(case), "--to", "es", "--words", words, "--machine", "ferry-mt 3")
    judge(case, *machine)
    pages = draft_of(case, tmp_path / "one")
    page = next(text for name, text in pages.items() if name.startswith("en/") and words in text)
    assert '<p lang="es">' in page
    assert "machine translation (ferry-mt 3), not reviewed" in page
    row = next(r for r in map(json.loads, pages["data/statements.jsonl"].splitlines()) if r["translations"])
    assert row["translations"] == [{"language": "es", "machine": "ferry-mt 3", "reviewed": False, "text": words}]
    line = judge(case, *machine[:-2])
    page = next(t for n, t in draft_of(case, tmp_path / "two").items() if n.startswith("zh/") and words in t)
    assert "认可译文的审阅者：1" in page
    judge(case, "undo", line)
    assert "not reviewed" in "".join(draft_of(case, tmp_path / "three").values())


@pytest.mark.parametrize(
    ("more", "says"),
    [((), "give the language"), (("--to", "es"), "give the language"), (("--to", "en", "--words", "x"), "are in en")],
)
def test_a_translation_without_language_words_or_into_the_same_is_refused(
    case: Path, more: tuple[str, ...], says: str
) -> None:
    done = run("judge", "translate", closed(case), *more, "--as", "ann", "--why", "y", "--case", case)
    assert done.code == 2
    assert says in done.complaint


def test_words_that_a_person_had_redacted_stand_nowhere(case: Path, tmp_path: Path) -> None:
    before = draft_of(case, tmp_path / "one")
    assert any("canal" in text.lower() for text in before.values())
    judge(case, "redact", "Canal")
    after = draft_of(case, tmp_path / "two")
    assert [name for name, text in after.items() if "canal" in text.lower()] == []
    done = run("judge", "redact", "x", "--as", "ann", "--why", "y", "--case", case)
    assert "at least 2 letters" in done.complaint


def entity_of(case: Path, statement: str) -> str:
    rows = map(json.loads, ok("export", "statements", "--case", case).splitlines())
    return next(row["subject"]["entity"] for row in rows if row["id"] == statement)


def test_who_was_asked_stands_on_the_page_of_an_entry_and_in_its_row(case: Path, tmp_path: Path) -> None:
    entity = entity_of(case, closed(case))
    page = f"en/sites/{entity[:12]}.html"
    assert "not recorded whether anybody" in draft_of(case, tmp_path / "one")[page]
    judge(case, "asked", entity[:12], "--who", "the Chinese embassy in Dublin", "--on", "2022-11-01")
    pages = draft_of(case, tmp_path / "two")
    assert "Asked on 2022-11-01" in pages[page]
    assert "no answer is recorded" in pages[page]
    assert "Asked on 2022-11-01: the Chinese embassy in Dublin, no answer is recorded" in pages["data/sites.csv"]
    judge(case, "asked", entity[:12], "--not-asked", "nobody is named there")
    assert "Nobody was asked, because: " in draft_of(case, tmp_path / "three")[page]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "say who was asked and when"),
        (("--who", "the embassy"), "say who was asked and when"),
        (("--who", "the embassy", "--on", "soon"), "write a day"),
    ],
)
def test_a_question_without_somebody_or_a_day_is_refused(case: Path, more: tuple[str, ...], says: str) -> None:
    entity = entity_of(case, closed(case))
    done = run("judge", "asked", entity[:12], *more, "--as", "ann", "--why", "y", "--case", case)
    assert done.code == 2
    assert says in done.complaint


def test_a_check_of_our_own_is_a_voice_of_its_own(case: Path, tmp_path: Path) -> None:
    done = run("judge", "add", closed(case), "--set", "kind=oracle", "--as", "ann", "--why", "y", "--case", case)
    assert "choose one of" in done.complaint
    page_of = f"en/sites/{entity_of(case, closed(case))[:12]}.html"
    judge(case, "add", closed(case), "--set", "kind=own_check")
    page = draft_of(case, tmp_path / "one")[page_of]
    assert "no check of its own is recorded" not in page


def test_what_is_called_one_and_two_at_once_is_listed_with_its_chain(case: Path) -> None:
    entities = sorted({e.id for e in registry(case).entities if e.group is None})[:2]
    judge(case, "same", *entities)
    judge(case, "different", *entities)
    listed = ok("status", "--list", "conflicts", "--case", case)
    assert all(entity[:12] in listed for entity in entities)


def test_who_was_asked_is_named_only_where_that_may_stand(case: Path, tmp_path: Path) -> None:
    entity = entity_of(case, closed(case))
    judge(case, "asked", entity[:12], "--who", "张伟明", "--on", "2022-11-01")
    texts = draft_of(case, tmp_path / "one")
    assert not any("张伟明" in text for text in texts.values())
    assert "somebody concerned, not named" in texts[f"en/sites/{entity[:12]}.html"]
    early = ("--on", "2022-11-01", "--answered", "2021-01-01")
    done = run(
        "judge", "asked", entity[:12], "--who", "the embassy", *early, "--as", "a-1", "--why", "y", "--case", case
    )
    assert "no answer comes before the question" in done.complaint


def test_a_machine_is_named_by_name_and_version_alone(case: Path) -> None:
    args = ("--to", "es", "--words", "Está cerrado", "--machine", "x, account of me@example.org")
    done = run("judge", "translate", closed(case), *args, "--as", "ann", "--why", "y", "--case", case)
    assert "write its name and version alone" in done.complaint
