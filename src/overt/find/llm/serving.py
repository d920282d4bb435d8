"""A model on this machine for as long as a command runs: a file of weights goes in, an address on loopback comes out.

The server is llama.cpp (extra `overt[llm]`), in a process of its own: it ends with its input, so that it outlives no
command, however that ends.
"""

import contextlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from overt.model import InputError

CONTEXT = 8192  # tokens: an instruction of about 1,500, a part of a page, and the answer
_MAGIC = b"GGUF"

_SERVE = """
import os, sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel = int(sys.argv[2]), 1
params.hostnames, params.port = ["127.0.0.1"], 0
for cpu in (params.cpuparams, params.cpuparams_batch):
    cpu.n_threads, cpu.poll = int(sys.argv[3]), 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
"""


def _threads() -> int:
    """Half of what the system counts: more wait for each other, seven times as long where anything else runs."""
    return max(1, (os.cpu_count() or 2) // 2)


@contextlib.contextmanager
def serving(weights: Path) -> Iterator[str]:
    """Run a model while the block runs; yield its address, as `overt.toml` names one.

    Args:
        weights: a GGUF file.

    Raises:
        InputError: where the file is none, the extra is not installed, or the server does not start.
    """
    try:
        with weights.open("rb") as file:
            is_gguf = file.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise InputError(f"{weights}: {error.strerror or error}") from error
    if not is_gguf:
        raise InputError(f"{weights} is no GGUF file: name the weights of a model as llama.cpp takes them")
    if importlib.util.find_spec("xllamacpp") is None:
        raise InputError('to serve a model here: pip install "overt[llm]"; or name a server with --at URL')
    command = [sys.executable, "-c", _SERVE, str(weights.resolve()), str(CONTEXT), str(_threads())]
    process = subprocess.Popen(  # noqa: S603  (this Python, and a file that the user named)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        if not address.startswith("http://127.0.0.1:"):
            raise InputError(f"{weights}: llama.cpp could not load it")
        yield f"{address}/v1"
    finally:
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
