"""Templates that editors may write: words are theirs, but what is filled in stays what the shipped phrase fills in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

LONGEST = 8_000
"""Letters of one phrase."""

_READER = Environment(autoescape=True)
"""It only reads templates into their parts and fills none."""


class Forms(NamedTuple):
    """What a phrase computes: the forms of its places, conditions and lists, and how deeply lists are nested."""

    places: frozenset[str]
    depth: int


@lru_cache(maxsize=4096)
def forms(source: str) -> Forms:
    """The forms of a template's computed parts.

    Raises:
        TemplateSyntaxError: when it cannot be read.
    """
    tree = _READER.parse(source)
    return Forms(frozenset(_statements(tree.body)), _depth(tree))


def strange(source: str, shipped: Iterable[str]) -> str:
    """What a template does that none of the shipped ones of its phrase does; empty where there is nothing."""
    if len(source) > LONGEST:
        return f"longer than {LONGEST:,} letters"
    try:
        mine, known = forms(source), [forms(text) for text in shipped]
    except (TemplateSyntaxError, RecursionError) as error:
        return f"the template is broken: {' '.join(str(error).split())[:120]}"
    if mine.depth > max((one.depth for one in known), default=0):
        return "lists within lists that the shipped phrase does not have"
    if not mine.places <= frozenset().union(*(one.places for one in known)):
        return "a place for data that the shipped phrase does not have; its places can be moved, not changed"
    return ""


def _statements(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield from _words(part)
        elif isinstance(node, nodes.If):
            yield from _words(node.test)
            yield from _statements((*node.body, *node.elif_, *node.else_))
        elif isinstance(node, nodes.For):
            yield f"for {_form(node.target)} in {_form(node.iter, exact=True)} {node.recursive} {node.test is None}"
            yield from _statements((*node.body, *node.else_))
        else:
            yield _form(node, exact=True)


def _words(node: nodes.Node) -> Iterator[str]:
    """The forms in one place; plain words and the joints between conditions are free."""
    if isinstance(node, nodes.TemplateData) or (isinstance(node, nodes.Const) and isinstance(node.value, str)):
        return
    if isinstance(node, nodes.CondExpr | nodes.And | nodes.Or | nodes.Not):
        for part in node.iter_child_nodes():
            yield from _words(part)
    else:
        yield _form(node)


def _form(node: nodes.Node, *, exact: bool = False) -> str:
    """One expression without its words; what picks a part of the data, or tells how to write it, is told in full."""
    if isinstance(node, nodes.Const):
        return repr(node.value) if exact or not isinstance(node.value, str) else "words"
    told = [type(node).__name__, *(str(getattr(node, name)) for name in ("name", "attr", "op") if hasattr(node, name))]
    for child in node.iter_child_nodes():
        aside = isinstance(node, nodes.Filter | nodes.Getitem | nodes.Test) and child is not node.node
        told.append(_form(child, exact=exact or aside or (isinstance(node, nodes.Pair) and child is node.key)))
    return f"({' '.join(told)})"


def _depth(node: nodes.Node) -> int:
    deeper = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return deeper + isinstance(node, nodes.For)
