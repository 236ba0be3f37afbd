"""What an author outside tests a store with: the contract that our own stores keep, as a class of tests to inherit.

A test class inherits `StoreContract` and gives a fixture `store`, a new and empty one for each test; for a store that
several desks may have open, another inherits `SharingContract` and gives `both`. Nothing here needs a test library;
`pytest.register_assert_rewrite("qiantai.testing")` before the import makes its failures tell more.
"""

from qiantai.testing.finding import FindingContract
from qiantai.testing.history import HistoryContract
from qiantai.testing.keeping import KeepingContract
from qiantai.testing.restarting import restarting
from qiantai.testing.sharing import SharingContract

__all__ = ["FindingContract", "HistoryContract", "KeepingContract", "SharingContract", "StoreContract", "restarting"]


class StoreContract(KeepingContract, FindingContract, HistoryContract):
    """Everything that a store promises the desk, a test a promise."""
