"""The interview as aiogram's own states hold it, in memory, with nothing tuned."""

from __future__ import annotations

from aiogram import Dispatcher, F
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.benchmarks.peers import interview
from tests.benchmarks.peers.aiogram_running import run, slow
from tests.benchmarks.peers.starting import read_start


class Asked(StatesGroup):
    """One state for every card."""

    q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11 = (State() for _ in range(interview.QUESTIONS))
    check = State()


STATES = Asked.__states__


def _keyboard(number: int) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in interview.rows(number)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def _started(message: Message, state: FSMContext) -> None:
    await state.set_data({"answers": {}})
    await state.set_state(STATES[0])
    await message.answer(interview.words(0, {}), reply_markup=_keyboard(0))


async def _pressed(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    answers = (await state.get_data())["answers"]
    answers[int(query.data.partition(":")[0])] = interview.label_of(query.data)
    number = interview.following(answers)
    await state.update_data(answers=answers)
    await state.set_state(STATES[number])
    await query.message.edit_text(interview.words(number, answers), reply_markup=_keyboard(number))


async def _changed(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    number = interview.changed(query.data)
    answers = (await state.get_data())["answers"]
    await state.set_state(STATES[number])
    await query.message.edit_text(interview.words(number, answers), reply_markup=_keyboard(number))


async def _typed(message: Message, state: FSMContext) -> None:
    answers = (await state.get_data())["answers"]
    asked = [one.state for one in STATES].index(await state.get_state())
    answers[asked] = message.text
    number = interview.following(answers)
    await state.update_data(answers=answers)
    await state.set_state(STATES[number])
    await message.answer(interview.words(number, answers), reply_markup=_keyboard(number))


def build() -> Dispatcher:
    """The dispatcher with a pair of handlers for every card."""
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(_started, CommandStart())
    dispatcher.message.register(slow, F.text == interview.SLOW)
    for state in STATES[: interview.QUESTIONS]:
        dispatcher.callback_query.register(_pressed, state)
        dispatcher.message.register(_typed, state, F.text)
    dispatcher.callback_query.register(_changed, Asked.check, F.data.startswith("change:"))
    return dispatcher


if __name__ == "__main__":
    run(build(), read_start())
