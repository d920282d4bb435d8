"""Drawing a page to its end: waiting for it, scrolling through it, its picture, and its DOM as it then stands.

In: a page on its way. Out: the DOM with what lies in its shadow roots and in frames of its own origin, and the frames
whose words are not in it. Every question to a page has a limit: a script that never ends is ended, and that is said.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

WIDTH, HEIGHT, TALLEST = 1280, 1024, 20_000  # pixels; a page without end is drawn to the last
QUIET = 10_000  # milliseconds that are waited for the network to fall silent
_HASTE = 5
ANSWER = 10_000  # milliseconds in which a page answers a question about itself; real ones need a few
_STEPS, _STEP_WAIT = 25, 120  # scrolling, which makes pages load what they hold back; milliseconds between
_PIECE = 500  # milliseconds after which waiting looks around
_PICTURE = 30_000  # milliseconds
_SCROLL = 30.0  # seconds that scrolling may take; of most pages it takes two
AT_MOST = 150.0  # seconds that a page may take after it came: silence, scrolling, the DOM and the picture take 120
_NO_SIZE = 1e9
_WORDS = 200  # characters of a frame from which it is told of: what is shorter is a button or an advertisement
_FRAMES = 20  # frames that are asked for their words

# The tree as it stands, copied into a document that is never shown (nothing in it runs or loads), with the children of
# open shadow roots, and the bodies of visible frames that the page may look into, beside the elements that hold them.
_SNAPSHOT = """() => {
  const room = document.implementation.createHTMLDocument("");
  const top = room.importNode(document.documentElement, true);
  const pairs = [[document.documentElement, top]];
  let added = 0;
  const beside = (from, mark, value) => {
    const box = room.createElement("div");
    box.setAttribute(mark, value);
    for (const one of from.childNodes) box.append(room.importNode(one, true));
    pairs.push([from, box]);
    added++;
    return box;
  };
  const look = (element, copy) => {
    pairs.push([element, copy]);
    const root = element.shadowRoot;
    if (root && [...root.childNodes].some(one => one.nodeName !== "STYLE" && one.textContent.trim()))
      copy.append(beside(root, "data-overt-shadow", root.mode));
    if (element.localName !== "iframe" && element.localName !== "frame") return;
    let page = null;
    try { page = element.contentDocument; } catch (error) { return; }
    const {width, height} = element.getBoundingClientRect();
    if (page && page.body && width > 1 && height > 1 && page.body.innerText.trim())
      copy.after(beside(page.body, "data-overt-frame", page.URL));
  };
  while (pairs.length) {
    const [from, to] = pairs.pop();
    const copies = [...to.childNodes];
    [...from.childNodes].forEach((one, at) => { if (one.nodeType === 1) look(one, copies[at]); });
  }
  const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
  const words = document.body ? document.body.innerText.length : 0;
  return {html: type + (added ? top : document.documentElement).outerHTML, words};
}"""
_IS_OPEN = "element => { try { return !!element.contentDocument } catch (error) { return false } }"
_FRAME = """() => {
  const {width, height} = document.documentElement.getBoundingClientRect();
  return width > 1 && height > 1 && document.body ? document.body.innerText.trim().length : 0;
}"""


def number(value: object) -> int:
    """A number that a page gives, which can give anything: 0 where it is none, or no size of a page."""
    is_size = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _NO_SIZE
    return int(value) if is_size else 0  # type: ignore[call-overload]


@dataclass(slots=True)
class Drawing:
    """One page that is being drawn. `concerns` are what may be missing of it, `notes` what else is to be said."""

    page: Any
    session: Any  # of the developer tools; opened before the page, since a busy page lets no new one in
    concerns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ended: bool = False

    def ask(self, script: str, argument: Any = None) -> Any:
        """Have a page answer a function. A script of the page that does not let it answer is ended, once.

        Raises:
            playwright.sync_api.Error: where it does not answer.
        """
        from playwright.sync_api import TimeoutError as TooLateError

        asked = f"argument => [({script})(argument)]"
        try:
            return self.page.wait_for_function(asked, arg=argument, timeout=ANSWER).json_value()[0]
        except TooLateError:
            self.session.send("Runtime.terminateExecution")
            answer = self.page.wait_for_function(asked, arg=argument, timeout=ANSWER).json_value()[0]
            if not self.ended:
                self.concerns.append("a script of the page never came to its end, and was ended")
            self.ended = True
            return answer

    def load(self, seconds: float, look_around: Callable[[], None]) -> None:
        """Wait until the page and all its parts are there; where that does not come, note how far it was.

        Args:
            seconds: how long is waited.
            look_around: is called now and then, and may raise.

        Raises:
            playwright.sync_api.Error: where the browser is gone.
        """
        from playwright.sync_api import Error
        from playwright.sync_api import TimeoutError as TooLateError

        end = time.monotonic() + seconds
        while True:
            left = 1000 * (end - time.monotonic())
            look_around()
            if left <= 0:
                break
            try:
                self.page.wait_for_function("document.readyState === 'complete'", timeout=max(1, min(_PIECE, left)))
            except TooLateError:
                continue
            except Error:  # the page went on; where the browser is gone, this fails too
                self.page.wait_for_timeout(_STEP_WAIT)
                continue
            return
        with suppress(Error):
            state = self.ask("() => document.readyState")
            if state == "complete":
                return
            came = "its own text was still coming" if state == "loading" else "a part of it never came"
            self.concerns.append(f"its load event did not come within {seconds:g} seconds ({came})")
            return
        self.concerns.append(f"it gave no sign of life within {seconds:g} seconds")

    def settle(self) -> None:
        """Wait until the page is quiet, scroll to its end and back, and wait once more."""
        from playwright.sync_api import Error

        quiet = QUIET / _HASTE if self.concerns else QUIET  # what hangs already is not waited for twice
        with suppress(Error):
            self.page.wait_for_load_state("networkidle", timeout=quiet)
        end = time.monotonic() + _SCROLL
        with suppress(Error):
            for step in range(1, _STEPS + 1):
                down = f"at => {{ window.scrollTo(0, at); return {_TALL}; }}"
                tall = min(number(self.ask(down, step * HEIGHT)), TALLEST)
                self.page.wait_for_timeout(_STEP_WAIT)
                if step * HEIGHT >= tall or time.monotonic() > end:
                    break
            self.ask("() => window.scrollTo(0, 0)")
            self.page.wait_for_load_state("networkidle", timeout=quiet)

    def picture(self) -> bytes:
        """A picture of the whole page (PNG), or nothing where none could be made, which is noted."""
        from playwright.sync_api import Error

        with suppress(Error):
            tall = max(HEIGHT, min(number(self.ask(f"() => {_TALL}")), TALLEST))
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": tall}
            return bytes(self.page.screenshot(full_page=True, clip=clip, timeout=_PICTURE))
        self.notes.append("no picture of the page could be made")
        return b""

    def dom(self) -> str:
        """The page as it stands. Notes the frames whose words are not in it.

        Raises:
            playwright.sync_api.Error: where the page does not answer.
        """
        found = self.ask(_SNAPSHOT)
        self._frames(number(found["words"]))
        return str(found["html"])

    def _frames(self, own: int) -> None:
        from playwright.sync_api import Error

        for frame in self.page.frames[1 : _FRAMES + 1]:
            words = 0
            with suppress(Error):
                if not frame.frame_element().evaluate(_IS_OPEN):
                    asked = f"() => [({_FRAME})()]"
                    words = number(frame.wait_for_function(asked, timeout=_PIECE).json_value()[0])
            if words >= _WORDS:
                told = f"the words of a frame are not in it ({words:,} characters): {frame.url}"
                # A frame with more words than the page itself is what the page is there for.
                (self.concerns if words > own else self.notes).append(told)


_TALL = "document.documentElement.scrollHeight"
