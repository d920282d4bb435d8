"""Where a model answers, as `overt.toml` names it, and which host thereby sees what it is asked.

In: the table `[model]`. Out: the address to ask, the host in words, and whether anything leaves this machine.
"""

import ipaddress
import os
from typing import Annotated

import httpx
import msgspec

from overt.model.errors import InputError

HERE = "http://127.0.0.1:8080/v1"  # where llama.cpp listens if nothing else is said
PATH = "/chat/completions"
# Models that a server on this machine asks elsewhere: Ollama names those of its cloud so (`gpt-oss:120b-cloud`).
ELSEWHERE = ("-cloud", ":cloud")


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An endpoint that speaks the OpenAI interface of chat completions.

    `name` is the model as the server calls it, `at` the address before `/chat/completions`. `local`: the host may be
    this machine or in its network; the permission holds for this endpoint alone. `seconds` and `max_bytes` bound one
    answer, `most` the statements in it, `tokens` its length (0: enough for the statements). `key_from` names the
    environment variable that holds a key; the key itself is kept nowhere.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    at: str = HERE
    local: bool = False
    seconds: Annotated[float, msgspec.Meta(gt=0, le=86_400)] = 300.0
    max_bytes: Annotated[int, msgspec.Meta(gt=0, le=100_000_000)] = 1_000_000
    most: Annotated[int, msgspec.Meta(ge=1, le=50)] = 8
    tokens: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    key_from: str = ""

    @property
    def url(self) -> str:
        """The address that is asked."""
        return self.at.rstrip("/") + PATH

    @property
    def host(self) -> str:
        """Host and, where it is given, port: who sees what is asked. "" where the address is none."""
        try:
            return httpx.URL(self.at).netloc.decode("ascii", "replace").rpartition("@")[2]
        except (httpx.InvalidURL, ValueError):
            return ""

    @property
    def is_this_machine(self) -> bool:
        """True where the host is this machine by its name or address."""
        try:
            host = httpx.URL(self.at).host.lower()
        except (httpx.InvalidURL, ValueError):
            return False
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def stays_here(self) -> bool:
        """True where, as far as the names tell, nothing leaves this machine."""
        return self.is_this_machine and not self.name.lower().endswith(ELSEWHERE)

    def key(self) -> str | None:
        """Return the key from the environment, None where none is named.

        Raises:
            InputError: where the variable is not set, holds what no header can, or would go out unencrypted.
        """
        if not self.key_from:
            return None
        key = os.environ.get(self.key_from, "").strip()
        if not key:
            raise InputError(f"the environment variable {self.key_from} holds no key: set it, or leave out key_from")
        if not (key.isascii() and key.isprintable()):
            raise InputError(f"the environment variable {self.key_from} holds what is no key: letters and digits only")
        if not self.is_this_machine and not self.at.lower().startswith("https://"):
            raise InputError(f"{self.at}: a key is sent to another machine over https only")
        return key
