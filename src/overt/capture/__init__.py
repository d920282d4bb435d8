"""Pages and files become sealed captures: added, opened again, verified."""

from overt.capture.add import add, repair
from overt.capture.custody import Custody, Obtained, Redirect, logged
from overt.capture.inputs import Input, as_list, expand, input_of, printable
from overt.capture.kinds import Kind, look
from overt.capture.open import Sealed, payload, sealed, sightings
from overt.capture.sheet import Problem, Sheet, load_sheet
from overt.capture.verdicts import with_verdicts
from overt.capture.verify import Item, Report, Verdict, verify

__all__ = [
    "Custody",
    "Input",
    "Item",
    "Kind",
    "Obtained",
    "Problem",
    "Redirect",
    "Report",
    "Sealed",
    "Sheet",
    "Verdict",
    "add",
    "as_list",
    "expand",
    "input_of",
    "load_sheet",
    "logged",
    "look",
    "payload",
    "printable",
    "repair",
    "sealed",
    "sightings",
    "verify",
    "with_verdicts",
]
