"""The gold set of Chinese sentences: its labels stand in them, and the finder is better than a plain baseline."""

from collections import Counter

from bench import chinese


def test_every_label_stands_in_its_sentence() -> None:
    labelled = chinese.rows()
    assert len(labelled) == len({row.text for row in labelled}) == 250


def test_both_scripts_are_in_both_halves() -> None:
    shares = Counter((row.script, row.half) for row in chinese.rows())
    assert max(shares.values()) - min(shares.values()) <= 1
    assert len(shares) == 4


def test_the_finder_is_better_than_cues_and_endings() -> None:
    seen = [row for row in chinese.rows() if row.half == "a"]
    ours, plain = chinese.measure(chinese.ours(), seen), chinese.measure(chinese.plain, seen)
    for name in ours:
        assert ours[name].f1()[2] > plain[name].f1()[2], name


def test_a_label_found_twice_counts_once() -> None:
    row = chinese.Row("Hans", "a", "甲局和甲局", (), None, (((0, 2), (3, 5)),))
    tally = chinese.measure(lambda _: chinese.Read((), None, ((0, 2), (3, 5))), [row])["organisations"]
    assert (tally.labels, tally.made, tally.right) == (1, 1, 1)
