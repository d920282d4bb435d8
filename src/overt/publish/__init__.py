"""What leaves in public: the site, the dataset, the release and its MANIFEST. All is made from what was cleared."""

from overt.publish.book import Book, Weighing, make_book
from overt.publish.release import Release, draft, publish

__all__ = ["Book", "Release", "Weighing", "draft", "make_book", "publish"]
