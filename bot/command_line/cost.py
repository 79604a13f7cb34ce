"""limit-guide cost: schedule, totals and yearly rates of one offer, or of two side by side."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.command_line.documents import document_of, failed
from simulator.commands.command import Command, say
from simulator.cost import compare, cost
from simulator.offers import CostQuestion
from simulator.reading_cost import read_cost_question
from simulator.reporting_cost import comparison_document, cost_document


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the cost question as JSON, or -")
    parser.add_argument("--against", metavar="FILE", help="a second offer to compare with")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    first = _question(given.file)
    if given.against is not None:
        say(comparison_document(compare(first, _question(given.against))))
        return 0
    found = cost(first)
    if given.json:
        say(cost_document(found))
        return 0
    for line in found.schedule:
        amounts = "".join(f"{value:>15,}" for value in (line.payment, line.principal, line.interest, line.balance))
        print(f"{line.n:>4} {line.date}{amounts}")
    print(f"interest {found.total_interest:,} yuan, total cost {found.total_cost:,} yuan")
    if found.irr_effective is not None and found.irr_nominal is not None:
        print(f"a year: {found.irr_effective:.4%} effective, {found.irr_nominal:.4%} nominal")
    return 0


def _question(name: str) -> CostQuestion:
    question = read_cost_question(document_of(name))
    if not isinstance(question, CostQuestion):
        raise failed(question[0])
    return question


COMMAND = Command("cost", "what an offer costs", _arguments, _run)
