"""Runs `overt` as its users do: in this process (fast, through `main`), or as a process of its own."""

import atexit
import contextlib
import functools
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from overt.cli import main
from overt.demo import make_demo


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on standard error. Fails where there is another number of lines, or a traceback."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err + self.out
        return lines[0]


def run(*args: object) -> Ran:
    """Run `overt ARGS` in this process, with the streams that a pipe would give it."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    old = sys.argv
    sys.argv = ["overt", *map(str, args)]
    code = 0
    try:
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0
    finally:
        sys.argv = old
    texts = []
    for stream in streams:
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        texts.append(buffer.getvalue().decode())
    return Ran(code, *texts)


def ok(*args: object) -> str:
    """Run a command that must succeed; return its standard output."""
    ran = run(*args)
    assert ran.code == 0, (args, ran)
    return ran.out


def spawn(*args: object, env: Mapping[str, str] | None = None, **more: object) -> subprocess.Popen[str]:
    """Start `overt ARGS` as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "overt.cli", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        **more,  # type: ignore[call-overload]
    )


def alone(*args: object, env: Mapping[str, str] | None = None) -> Ran:
    """Run `overt ARGS` as a process of its own and wait for it."""
    process = spawn(*args, env=env)
    out, err = process.communicate(timeout=120)
    return Ran(process.returncode, out, err)


@functools.cache
def made_once(name: str) -> Path:
    """A folder of this test process that outlives single tests and is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"overt-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def demo() -> Path:
    """The demonstration case, made once a test process. Look, do not touch: `copy_of` gives one to change."""
    folder = made_once("demo") / "case"
    make_demo(folder)
    return folder


def copy_of(case: Path, target: Path) -> Path:
    """A whole copy of a case, its `.local` included: the same copy at another place."""
    shutil.copytree(case, target)
    return target


def tree_of(folder: Path, skip: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every file below a folder: path -> bytes."""
    return dict(_files(folder, skip))


def _files(folder: Path, skip: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(skip):
            yield name, path.read_bytes()
