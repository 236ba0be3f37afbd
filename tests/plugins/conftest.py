"""A broken promise of the store contract is told with the values that were compared."""

import pytest

pytest.register_assert_rewrite("qiantai.testing")
