"""The one way out of this machine: checked addresses, capped sizes and times, honest requests."""

from overt.net.coding import PLAIN, unchunk, unpack
from overt.net.endpoint import Endpoint
from overt.net.fetch import MAX_REDIRECTS, AnswerError, Fetched, Hop, fetch
from overt.net.guard import Target, check_ip, check_url, is_public
from overt.net.post import post
from overt.net.proxy import GuardedProxy

__all__ = [
    "MAX_REDIRECTS",
    "PLAIN",
    "AnswerError",
    "Endpoint",
    "Fetched",
    "GuardedProxy",
    "Hop",
    "Target",
    "check_ip",
    "check_url",
    "fetch",
    "is_public",
    "post",
    "unchunk",
    "unpack",
]
