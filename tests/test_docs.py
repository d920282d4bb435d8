"""The docs say what is there: every command and option, examples that run, links that lead somewhere, every word.

Examples are fenced blocks that begin with ```console. Of such a block

* a line `$ overt ...` is run as it stands, and `$ cd FOLDER` changes the folder; all blocks of one page run in order in
  one temporary folder, so that a page can be followed from its top to its end;
* the lines after a command are its output; `...` stands for anything that is not shown, white space is not compared;
* `[exit code N]` is the exit code; without it, it is 0;
* `$ID` is an id from `overt export WHAT`: the first row that fits `id=WHAT:FIELD=VALUE` in the fence (null: no value);
  `$LINE` is the id of the judgement that was printed last;
* `no-run` in the fence marks what needs a network, or serves until it is stopped. `NOT_RUN` lists all of these.

A block of another language with `file=NAME` in its fence is written to that file first.
"""

import json
import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from overt.cli import overt
from overt.profile import schema
from overt.profile.schema import Expected, Kind, KnownVoice, Profile, Property, Publication, Vocabulary

sys.path.insert(0, str(Path(__file__).parent / "e2e"))
from running import copy_of, demo, run

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [*DOCS.glob("*.md"), *(ROOT / n for n in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))]
)

# What the examples show and no test runs, with the reason.
NOT_RUN = {
    "overt demo my-demonstration": "serves until it is stopped",
    "overt serve": "serves until it is stopped",
    "overt add --sources": "needs a network",
    "overt ask-model --model qwen3-8b --at http://127.0.0.1:8080/v1": "needs a model",
    "overt add https://www.example.org/page.html": "needs a network",
}

# Every word of the glossary; a page that drops one has to say so here.
WORDS = (
    "case profile source capture sighting document passage reading mention statement voice stance actor basis entity "
    "fact origin support challenge finding grade judgement ledger handle level lead count release withheld draft "
    "group quote look-alike implied"
)
PHRASES = ("attribution chain", "hearsay depth", "reported count", "needs another look", "as of")

FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")


@dataclass(frozen=True)
class Example:
    """One command of a page, with what the page says about it."""

    command: str
    output: str
    code: int
    wanted: str | None


def commands(body: str, fence: str) -> Iterator[Example]:
    """Yield the commands of a console block in order."""
    wanted = next((w.removeprefix("id=") for w in fence.split() if w.startswith("id=")), None)
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        code = re.search(r"^\[exit code (\d+)\]\n?", output, re.M)
        yield Example(
            command.strip(),
            output.replace(code[0], "") if code else output,
            int(code[1]) if code else 0,
            wanted,
        )


def first_id(wanted: str, words: list[str]) -> str:
    """The id of the first row of an export that fits `WHAT:FIELD=VALUE`, in the case that a command names."""
    what, _, test = wanted.partition(":")
    field, _, value = test.partition("=")
    case = words[words.index("--case") :][:2] if "--case" in words else []
    for line in run("export", what, *case).out.splitlines():
        row = json.loads(line)
        found = row
        for step in field.split("."):
            found = found[step]
        if found == (None if value == "null" else value):
            return str(row["id"])
    raise AssertionError(f"no row of {what} has {test}")


def as_pattern(output: str) -> re.Pattern[str]:
    words = re.split(r"\.\.\.", " ".join(output.split()))
    return re.compile(".*?".join(r"\s*".join(map(re.escape, w.split())) + r"\s*" for w in words), re.S)


def follow(page: Path) -> int:
    """Do what a page says, in the folder of the test; return how many commands were run."""
    done = 0
    line = ""
    for language, fence, body in FENCE.findall(page.read_text(encoding="utf-8")):
        named = re.search(r"\bfile=(\S+)", fence)
        if named:
            Path(named[1]).write_text(body, encoding="utf-8", newline="\n")
        if language != "console" or "no-run" in fence.split():
            continue
        for example in commands(body, fence):
            words = shlex.split(example.command)
            if words[0] == "cd":
                os.chdir(words[1])  # the fixture brings the test back
                continue
            if words[0] != "overt":
                continue
            if "$ID" in words:
                assert example.wanted, f"{page.name}: {example.command}: the fence does not say which id"
                words[words.index("$ID")] = first_id(example.wanted, words)
            words = [line if w == "$LINE" else w for w in words]
            ran = run(*words[1:])
            text = ran.out + ran.err
            assert ran.code == example.code, f"{page.name}: {example.command}: exit code {ran.code}\n{text}"
            if example.output.strip():
                shown = as_pattern(example.output).fullmatch(" ".join(text.split()))
                assert shown, f"{page.name}: {example.command}\nshown:\n{example.output}\nfound:\n{text}"
            printed = re.findall(r"\bline ([0-9a-f]{12})\b", text)
            line = printed[-1] if printed else line
            done += 1
    return done


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_example_of_the_readme_runs(here: Path) -> None:
    copy_of(demo(), here / "demo-case")
    texts = here / "src" / "overt" / "demo" / "texts"
    texts.parent.mkdir(parents=True)
    copy_of(ROOT / "src" / "overt" / "demo" / "texts", texts)
    assert follow(ROOT / "README.md") >= 7


def test_the_tutorial_can_be_followed_from_top_to_end(here: Path) -> None:
    assert follow(DOCS / "tutorial.md") >= 20


@pytest.mark.parametrize("page", [p for p in PAGES if p.name not in ("README.md", "tutorial.md")], ids=lambda p: p.name)
def test_examples_of_other_pages_run_on_the_demonstration(page: Path, here: Path) -> None:
    if not any(f[0] == "console" and "no-run" not in f[1].split() for f in FENCE.findall(page.read_text("utf-8"))):
        return
    copy_of(demo(), here / "demo-case")
    texts = Path("src") / "overt" / "profiles" / "detention_sites" / "texts"
    (here / texts).parent.mkdir(parents=True)
    copy_of(ROOT / texts, here / texts)
    follow(page)


def test_what_is_not_run_is_listed_with_its_reason() -> None:
    found = set()
    for page in PAGES:
        for language, fence, body in FENCE.findall(page.read_text(encoding="utf-8")):
            if language == "console" and "no-run" in fence.split():
                found |= {e.command for e in commands(body, fence) if e.command.startswith("overt ")}
    assert found == set(NOT_RUN)


def every_command() -> dict[str, click.Command]:
    found = {"overt": overt, **{f"overt {name}": command for name, command in overt.commands.items()}}
    for name, group in list(found.items()):
        if isinstance(group, click.Group) and name != "overt":
            found |= {f"{name} {inner}": command for inner, command in group.commands.items()}
    return found


@pytest.mark.parametrize("name", every_command())
def test_every_command_and_option_is_told_in_cli_md_and_has_a_help_text(name: str) -> None:
    command = every_command()[name]
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    heading = f"\n## `{name}`\n"
    assert heading in page, f"docs/cli.md has no section {heading.strip()}"
    section = page.partition(heading)[2].partition("\n## ")[0]
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{name} {param.opts[0]} has no help text"
            assert f"`{param.opts[0]}" in section, f"docs/cli.md does not tell {param.opts[0]} of {name}"
            if isinstance(param.type, click.Choice):
                for choice in param.type.choices:
                    assert f"`{choice}`" in section, f"docs/cli.md does not tell {param.opts[0]} {choice} of {name}"
        else:
            assert f"`{param.human_readable_name}" in section, f"docs/cli.md does not tell {param.name} of {name}"
            if isinstance(param.type, click.Choice):
                for choice in param.type.choices:
                    assert f"`{choice}`" in section, f"docs/cli.md does not tell {choice} of {name}"


def test_cli_md_tells_no_command_or_option_that_is_not_there() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(overt[^`]*)`$", page, re.M)) == set(every_command())
    there = {o for c in every_command().values() for p in c.params for o in p.opts} | {"--help", "--version"}
    assert set(re.findall(r"`(--[a-z-]+)", page)) <= there


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in [a or b for a, b in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))]:
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            heads = re.findall(r"^#+ (.*)$", FENCE.sub("", target.read_text(encoding="utf-8")), re.M)
            anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}
            assert anchor in anchors, f"{page.name}: {link}: no such heading"


def test_every_word_of_the_glossary_is_explained() -> None:
    page = (DOCS / "concepts.md").read_text(encoding="utf-8")
    for word in (*WORDS.split(), *PHRASES):
        assert f"**{word}**" in page, f"docs/concepts.md does not explain {word}"


@pytest.mark.parametrize(
    "noun",
    [Profile, Kind, Property, KnownVoice, Publication, Vocabulary, schema.Example, Expected],
    ids=lambda n: n.__name__,
)
def test_every_field_of_a_profile_is_told(noun: type) -> None:
    page = (DOCS / "profile-format.md").read_text(encoding="utf-8")
    for field in noun.__struct_fields__:  # type: ignore[attr-defined]
        assert f"`{field}`" in page or f"`[{field}]`" in page, f"docs/profile-format.md does not tell {field}"


def test_every_table_of_a_language_is_told() -> None:
    page = (DOCS / "profile-format.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "src" / "overt" / "find" / "lexicon").glob("*.toml")):
        for table, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            keys = [table, *(rows if isinstance(rows, dict) else ())]
            for key in keys:
                assert f"`{key}`" in page or f"`[{key}]`" in page, f"docs/profile-format.md does not tell {key}"


def test_every_field_of_the_exports_is_told(here: Path) -> None:
    page = (DOCS / "file-formats.md").read_text(encoding="utf-8")
    case = demo()
    for what in ("statements", "entities", "facts", "counts"):
        row = json.loads(run("export", what, "--case", case).out.splitlines()[0])
        fields = set(row) | {f"{k}.{i}" for k, v in row.items() if isinstance(v, dict) and k != "by" for i in v}
        section = page.partition(f"### `overt export {what}`")[2].partition("\n### ")[0]
        for field in sorted(fields):
            name = field.rpartition(".")[2]
            assert f"`{name}`" in section, f"docs/file-formats.md does not tell {field} of {what}"


def test_the_ways_of_the_architecture_exist() -> None:
    """Every path in code marks that the guides name is there, so that a moved file cannot leave its name behind."""
    for name in ("architecture.md", "extending.md", "profile-format.md"):
        page = (DOCS / name).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:src|docs|tests|bench)/[a-z0-9_./-]+\.(?:py|toml|md|svg))`", page):
            assert (ROOT / path).is_file(), f"docs/{name}: {path}"


def test_docs_name_no_machine() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/(?:work|root|tmp|home)/", text), page.name


def test_the_picture_is_small() -> None:
    assert (DOCS / "picture.png").stat().st_size < 200_000
