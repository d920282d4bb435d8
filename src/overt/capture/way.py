"""The way of a page: which documents followed each other in its window, and which one stands there at last.

In: what a browser tells of the window's own requests. Out: the document that came last, the redirects before it, and
errors where none came. A page leads on by headers, by `meta refresh` or by scripts, and may end at an error page or at
nothing: what the browser then shows is its own, and no part of any source.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from overt.capture.custody import Redirect
from overt.model import FetchError
from overt.net import MAX_REDIRECTS, AnswerError, GuardedProxy

_ABORTED = "ERR_ABORTED"  # the window did not go there: a download, an answer without a body, another page came first
_OWN = "chrome-error:"
_LONGEST = 80  # characters of an address that are told


def holds_a_password(url: str) -> bool:
    """True where an address says who asks: it would stand in every record of it."""
    return "@" in urlsplit(url).netloc


@dataclass(slots=True)
class Step:
    """One request of the window: its answer and why it failed, as far as they came."""

    request: Any
    answer: Any = None
    failed: str = ""

    @property
    def has_come(self) -> bool:
        return self.answer is not None and _ABORTED not in self.failed


@dataclass(slots=True)
class Way:
    """The requests of one window, in their order."""

    page: Any
    steps: list[Step] = field(default_factory=list)

    def listen(self) -> None:
        """Begin to note what the window asks for."""
        self.page.on("request", lambda request: self._asked(request))
        self.page.on("response", lambda answer: self._note(answer.request, answer=answer))
        self.page.on("requestfailed", lambda request: self._note(request, failed=request.failure or "it failed"))

    def _asked(self, request: Any) -> None:
        with suppress(Exception):  # a request of a window that was closed at once has no frame
            if request.is_navigation_request() and request.frame == self.page.main_frame:
                self.steps.append(Step(request))

    def _note(self, request: Any, answer: Any = None, failed: str = "") -> None:
        for step in reversed(self.steps):
            if step.request == request:
                step.answer, step.failed = answer or step.answer, failed or step.failed
                return

    @property
    def documents(self) -> list[Step]:
        """The steps that are no redirects by a header."""
        return [step for step in self.steps if step.request.redirected_to is None]

    def check_length(self) -> None:
        """Raise FetchError where a page leads on and on."""
        if len(self.documents) > MAX_REDIRECTS + 1:
            raise FetchError(f"the page led on by itself more than {MAX_REDIRECTS} times")

    def now(self) -> Step | None:
        """The last document that came, whatever its status."""
        return next((step for step in reversed(self.documents) if step.has_come), None)

    def last(self, url: str, proxy: GuardedProxy) -> Step:
        """Return the document that stands in the window.

        Args:
            url: the address that was asked for.
            proxy: knows what the guard refused.

        Raises:
            AnswerError: where it is the page of an error.
            FetchError: where no document came.
        """
        self.check_length()
        at = str(self.page.url)
        if not at.startswith((_OWN, "http://", "https://")):
            raise FetchError(f"{url}: the page led on to {at[:_LONGEST]}, which no server gave")
        if any(holds_a_password(str(step.request.url)) for step in self.steps):
            raise FetchError(f"{url}: it led on to an address with a user's name or password in it")
        is_own = at.startswith(_OWN)
        step = self.documents[-1] if is_own and self.documents else self.now()
        if step is None or is_own or step.answer.status >= 400:
            raise self.problem(url, proxy, step)
        return step

    def problem(self, url: str, proxy: GuardedProxy, step: Step | None = None, words: str = "") -> FetchError:
        """Return the error that says why a document did not come; by default the last one that was asked for."""
        documents = self.documents
        step = step or (documents[-1] if documents else None)
        if step is None:
            return FetchError(f"{url}: the browser could not open it: {words or 'no answer'}")
        at, answer = str(step.request.url), step.answer
        led = "" if step is documents[0] else "the page led on by itself; "
        if why := proxy.why_not(at):
            return FetchError(f"{led}{why}")
        if answer is not None and answer.status >= 400:
            words = f"{led}{at}: the server answered {answer.status} {answer.status_text}".rstrip()
            return AnswerError(words, answer.status)
        return FetchError(f"{led}{at}: the browser could not open it: {step.failed or words or 'no answer'}")

    def unfinished(self) -> str | None:
        """The address that the window was about to go to, but has not reached."""
        step = self.documents[-1]
        return None if step.has_come or step.failed else str(step.request.url)

    def redirects(self, last: Step) -> tuple[Redirect, ...]:
        """The hops before a document. Where a page led on by itself, the hop has the status with which it came."""
        out: list[Redirect] = []
        for step, after in zip(self.steps, self.steps[1:], strict=False):
            if step is last:
                break
            if not step.has_come and step.request.redirected_to is None:
                continue
            status = step.answer.status if step.answer else 0
            given = step.answer.headers.get("location", "") if step.answer and 300 <= status < 400 else ""
            out.append(Redirect(url=step.request.url, status=status, location=given or after.request.url))
        return tuple(out)
