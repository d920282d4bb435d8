"""Append-only hash-chained JSON lines, the keys that sign them, and the decision log made of both."""

from overt.ledger.chain import Fault, Finding, Signer, append, check, is_signed
from overt.ledger.clock import stamp, utc_now
from overt.ledger.decisions import read_judgements, write_judgement
from overt.ledger.heads import missing
from overt.ledger.keys import Key, check_handle, is_file_signed, key_of, load_key, make_key, sign_file, signature
from overt.ledger.lines import Entry, is_unchanged, read

__all__ = [
    "Entry",
    "Fault",
    "Finding",
    "Key",
    "Signer",
    "append",
    "check",
    "check_handle",
    "is_file_signed",
    "is_signed",
    "is_unchanged",
    "key_of",
    "load_key",
    "make_key",
    "missing",
    "read",
    "read_judgements",
    "sign_file",
    "signature",
    "stamp",
    "utc_now",
    "write_judgement",
]
