"""What an author outside tests a store with: the contract that our own stores keep, as a class of tests to inherit.

A test class inherits `StoreContract` and gives a fixture `store`, a new and empty one for each test. For a store that
several desks may have open, another inherits `SharingContract` and gives `both`, and for the books that such a store
keeps as its attribute `books` one more inherits `BooksContract` and gives `both`, the books of two. Nothing here needs
a test library; `pytest.register_assert_rewrite("qiantai.testing")` before the import makes its failures tell more.
"""

from qiantai.testing.books import BooksContract
from qiantai.testing.finding import FindingContract
from qiantai.testing.history import HistoryContract
from qiantai.testing.keeping import KeepingContract
from qiantai.testing.restarting import restarting
from qiantai.testing.sharing import SharingContract

__all__ = [
    "BooksContract",
    "FindingContract",
    "HistoryContract",
    "KeepingContract",
    "SharingContract",
    "StoreContract",
    "restarting",
]


class StoreContract(KeepingContract, FindingContract, HistoryContract):
    """Everything that a store promises the desk, a test a promise."""
