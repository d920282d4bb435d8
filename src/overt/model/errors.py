"""The errors that a person sees. Each says what was expected, what was found and what to do, in one line."""


class OvertError(Exception):
    """Base of all errors that Overt raises on purpose. The command line prints it in one line."""

    exit_code = 2


class InputError(OvertError):
    """What the user gave cannot be used: a file, an address, a sheet, an option."""


class CaseError(OvertError):
    """The case folder is missing, locked, newer than this Overt, or not a case."""


class ProfileError(OvertError):
    """A profile file breaks its schema. The message names file, line and reason."""


class FetchError(OvertError):
    """A request was refused by the guard, or failed."""


class ReadError(OvertError):
    """Bytes could not be read as a document. The capture stays sealed and is listed as unread."""


class CheckFailedError(OvertError):
    """A check ran and found something broken."""

    exit_code = 1
