"""What may not be public in the text of any capture of a case, for those who make something of it before a release.

In: a registry, its profile and judgements. Out: for a text the spans that a release would cut.
"""

from collections.abc import Sequence

from overt.model import Judgement, Registry, standing_lines
from overt.profile.schema import Profile
from overt.protect.clearance import clearance
from overt.protect.names import names
from overt.protect.redact import Redactor, Span
from overt.protect.statements import Texts, accuser


class Cutter:
    """Cuts texts as a release would, as the case stands now."""

    def __init__(self, registry: Registry, profile: Profile, judgements: Sequence[Judgement]) -> None:
        lines = standing_lines(judgements)
        gate = clearance(registry, profile, lines, accuser(profile), known=judgements)
        self._texts = Texts(registry, Redactor(names(registry, profile, lines, judgements)), gate.hidden)

    def spans(self, capture: str, text: str) -> Sequence[Span]:
        """Return what a release would cut out of the text of a capture's document."""
        return self._texts.spans(capture, text)
