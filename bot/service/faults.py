"""What may be said of an error: its kind and its place, and nobody's words."""

from __future__ import annotations


def place_of(error: BaseException) -> str:
    """The kind of an error and the file and line where it arose: enough to find it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = trace.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"
