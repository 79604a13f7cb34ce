"""Matrix products in pieces, small enough that no library starts threads for them: those cost more than they bring."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_MOST = 200_000  # multiplications in one piece; linear algebra libraries start threads from about 260,000


def product(rows: npt.NDArray[np.float32], columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The matrix product of two matrices in single precision."""
    found = np.empty((len(rows), columns.shape[1]), np.float32)
    piece = max(1, _MOST // max(1, columns.size))
    for first in range(0, len(rows), piece):
        np.matmul(rows[first : first + piece], columns, out=found[first : first + piece])
    return found
