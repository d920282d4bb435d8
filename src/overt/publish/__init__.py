"""What leaves in public: the site, the dataset, the release and its MANIFEST. All is made from what was cleared."""

from overt.publish.book import Book, Weighing, make_book
from overt.publish.case import check_case, check_releases, draft_case, give_notice, publish_case, weighing
from overt.publish.check import Outlook
from overt.publish.notices import REASONS, Notice
from overt.publish.release import Release, draft, publish
from overt.publish.serve import serve

__all__ = [
    "REASONS",
    "Book",
    "Notice",
    "Outlook",
    "Release",
    "Weighing",
    "check_case",
    "check_releases",
    "draft",
    "draft_case",
    "give_notice",
    "make_book",
    "publish",
    "publish_case",
    "serve",
    "weighing",
]
