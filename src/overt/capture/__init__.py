"""Pages and files become sealed captures: added, opened again, verified."""

from overt.capture.add import add, repair
from overt.capture.custody import Custody, Obtained, Redirect, logged
from overt.capture.inputs import Input, as_list, expand, input_of, printable
from overt.capture.kinds import Kind, look
from overt.capture.open import Sealed, payload, sealed, sightings
from overt.capture.sheet import Problem, Sheet, load_sheet
from overt.capture.sheet_back import KINDS, returned
from overt.capture.verdicts import how_came, judged_rows
from overt.capture.verify import Item, Report, Verdict, verify

__all__ = [
    "KINDS",
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
    "how_came",
    "input_of",
    "judged_rows",
    "load_sheet",
    "logged",
    "look",
    "payload",
    "printable",
    "repair",
    "returned",
    "sealed",
    "sightings",
    "verify",
]
