"""The algebra of judgements: no order matters, only undo takes away, the most restrictive of what stands wins."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from overt.model import Judgement, Verb, count_reviewers, standing, standing_lines

RANK = [Verb.WITHHOLD, Verb.NOT_SAID, Verb.REJECT, Verb.AMEND, Verb.ACCEPT]


def line(name: str, verb: Verb = Verb.ACCEPT, target: str = "s", **more: str) -> Judgement:
    return Judgement(
        id=name,
        verb=verb,
        target=target,
        why="a reason",
        handle=more.get("handle", "one"),
        key=more.get("key", ""),
        content=more.get("content", "content"),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[Judgement]:
    """Lines on one statement; each undo names a line before it, as hashes force it to."""
    lines: list[Judgement] = []
    for at in range(draw(st.integers(0, 12))):
        verb = draw(st.sampled_from([*RANK, Verb.UNDO]))
        if verb is Verb.UNDO and not lines:
            continue
        target = draw(st.sampled_from(lines)).id if verb is Verb.UNDO else "s"
        lines.append(
            line(
                f"l{at:02d}",
                verb,
                target,
                handle=draw(st.sampled_from(["ann", "ben", "cho"])),
                key=draw(st.sampled_from(["k1", "k2", "k3", ""])),
                content=draw(st.sampled_from(["a", "b"])),
            )
        )
    return lines


@given(ledgers(), st.randoms(use_true_random=False))
def test_no_order_of_lines_and_no_repetition_changes_what_they_make(lines, random):
    shuffled = [*lines, *lines[:3]]
    random.shuffle(shuffled)
    assert standing(shuffled) == standing(lines)
    assert standing_lines(shuffled) == standing_lines(lines)


@given(ledgers(), st.sampled_from([*RANK]))
def test_undo_restores_what_was_before(lines, verb):
    added = line("zz", verb)
    undo = line("zzz", Verb.UNDO, "zz")
    assert standing([*lines, added, undo]) == standing(lines)


@given(ledgers(), st.sampled_from([*RANK]))
def test_undoing_an_undo_brings_the_line_back(lines, verb):
    added, undo, again = line("zz", verb), line("zzz", Verb.UNDO, "zz"), line("zzzz", Verb.UNDO, "zzz")
    assert standing([*lines, added, undo, again]) == standing([*lines, added])


@given(ledgers())
def test_the_most_restrictive_of_what_stands_wins(lines):
    verbs = [made.verb for made in standing_lines(lines)]
    wanted = min(verbs, key=RANK.index) if verbs else None
    assert standing(lines).verb is wanted


@given(ledgers(), st.sampled_from(RANK))
def test_one_line_more_never_makes_the_whole_less_restrictive(lines, verb):
    before, after = standing(lines).verb, standing([*lines, line("zz", verb)]).verb
    assert after is not None
    assert before is None or RANK.index(after) <= RANK.index(before)


@given(ledgers())
def test_two_accepts_add_up_only_on_one_content(lines):
    made = standing(lines)
    accepting = [x for x in standing_lines(lines) if x.verb is Verb.ACCEPT]
    for content, ids in made.accepts.items():
        assert set(ids) == {x.id for x in accepting if x.content == content}
        assert 1 <= made.reviewers[content] <= len({x.handle for x in accepting if x.content == content})
    assert sum(len(ids) for ids in made.accepts.values()) == len(accepting)


def test_two_people_who_accept_different_contents_are_one_reviewer_each():
    made = standing([line("1", content="a", handle="ann"), line("2", content="b", handle="ben")])
    assert made.reviewers == {"a": 1, "b": 1}


def test_one_handle_on_two_copies_is_one_reviewer():
    assert count_reviewers([line("1", handle="ann", key="k1"), line("2", handle="ann", key="k2")]) == 1


def test_two_handles_with_one_key_are_one_reviewer():
    assert count_reviewers([line("1", handle="ann", key="k"), line("2", handle="ben", key="k")]) == 1


def test_two_handles_without_keys_are_two_reviewers():
    assert count_reviewers([line("1", handle="ann"), line("2", handle="ben")]) == 2


def test_a_handle_is_not_mistaken_for_a_key_of_the_same_letters():
    assert count_reviewers([line("1", handle="ann", key="ben"), line("2", handle="ben", key="other")]) == 2


def test_that_two_handles_share_a_key_counts_even_where_only_an_undone_line_shows_it():
    accepts = [line("1", handle="ann", key="k1"), line("2", handle="ben", key="k2")]
    betrayed = [line("3", Verb.REJECT, "s", handle="ben", key="k1"), line("4", Verb.UNDO, "3", handle="ben", key="k1")]
    assert standing(accepts).reviewers["content"] == 2
    assert standing([*accepts, *betrayed]).reviewers["content"] == 1
    elsewhere = msgspec.structs.replace(betrayed[0], target="another statement")
    assert standing(accepts, known=[elsewhere]).reviewers["content"] == 1


def test_a_forged_circle_of_undos_ends_and_is_the_same_in_any_order():
    lines = [line("a"), line("u", Verb.UNDO, "v"), line("v", Verb.UNDO, "u"), line("w", Verb.UNDO, "w")]
    assert standing(lines) == standing(list(reversed(lines)))


def test_a_long_chain_of_undos_needs_no_recursion():
    chain = [line("l00000")]
    chain += [line(f"l{n:05d}", Verb.UNDO, f"l{n - 1:05d}") for n in range(1, 5001)]
    assert standing(chain).verb is Verb.ACCEPT
    assert standing(chain[:-1]).verb is None
