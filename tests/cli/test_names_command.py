"""`overt names`: a sheet of pairs in, verdicts with reasons out; other columns kept; bad sheets in one line."""

import csv
import io

from click.testing import CliRunner

from overt.cli import overt
from overt.model import InputError


def run(*words: str, data: str | None = None):
    return CliRunner().invoke(overt, ["names", *words], input=data)


def test_each_pair_has_its_verdict_and_keeps_its_other_columns(tmp_path):
    sheet = tmp_path / "pairs.csv"
    rows = ["note,left,right,verdict", "a,福州市公安局,Fuzhou PSB,same", 'b,青田县,丽水市,"x, y"', "c,短"]
    sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run(str(sheet))
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == ["left", "right", "verdict", "score", "reasons", "note", "given_verdict"]
    assert [row["verdict"] for row in rows] == ["same", "part_of", "unsure"]
    assert all(row["reasons"] for row in rows)
    assert rows[1]["given_verdict"] == "x, y"


def test_pairs_come_from_standard_input_too():
    done = run("-", data="left,right\nQingtian,青田\n")
    assert "Qingtian,青田,same" in done.stdout


def test_names_that_may_be_persons_are_compared_only_where_the_user_says_that_they_are_bodies(tmp_path):
    sheet = tmp_path / "pairs.csv"
    sheet.write_text("left,right\nMeridian Lattice,Meridian Latice\n", encoding="utf-8")
    assert ",unsure," in run(str(sheet)).stdout
    assert ",same," in run(str(sheet), "--bodies").stdout


def test_a_sheet_without_the_columns_is_refused_in_one_line(tmp_path):
    sheet = tmp_path / "pairs.csv"
    sheet.write_text("a,b\n1,2\n", encoding="utf-8")
    done = run(str(sheet))
    assert isinstance(done.exception, InputError)
    assert "left" in str(done.exception)
    assert isinstance(run(str(tmp_path / "absent.csv")).exception, InputError)
