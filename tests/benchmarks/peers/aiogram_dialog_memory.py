"""The interview as windows of aiogram_dialog, in memory, with nothing tuned."""

from __future__ import annotations

from aiogram import Dispatcher, F
from aiogram.enums import ContentType
from aiogram.filters import CommandStart
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group
from aiogram_dialog.widgets.text import Const, Format

from tests.benchmarks.peers import interview
from tests.benchmarks.peers.aiogram_memory import STATES
from tests.benchmarks.peers.aiogram_running import run, slow
from tests.benchmarks.peers.starting import read_start


async def _started(_message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(STATES[0], data={}, mode=StartMode.RESET_STACK)


async def _answered(manager: DialogManager, answer: str) -> None:
    answers = manager.dialog_data.setdefault("answers", {})
    answers[STATES.index(manager.current_context().state)] = answer
    await manager.switch_to(STATES[interview.following(answers)])


async def _pressed(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    await _answered(manager, interview.label_of(button.widget_id.replace("_", ":")))


async def _typed(message: Message, _input: MessageInput, manager: DialogManager) -> None:
    await _answered(manager, message.text)


async def _changed(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    await manager.switch_to(STATES[interview.changed(button.widget_id.replace("_", ":"))])


async def _checked(dialog_manager: DialogManager, **_more: object) -> dict[str, str]:
    return {"words": interview.words(interview.CHECK, dialog_manager.dialog_data["answers"])}


def _keyboard(number: int) -> Group:
    taken = _changed if number == interview.CHECK else _pressed
    flat = [button for row in interview.rows(number) for button in row]
    buttons = [Button(Const(label), id=data.replace(":", "_"), on_click=taken) for label, data in flat]
    return Group(*buttons, width=2)


def _window(number: int) -> Window:
    words, keyboard = Const(interview.words(number, {})), _keyboard(number)
    return Window(words, keyboard, MessageInput(_typed, content_types=[ContentType.TEXT]), state=STATES[number])


def build() -> Dispatcher:
    """The dispatcher with one dialog of a window for every card."""
    windows = [_window(number) for number in range(interview.QUESTIONS)]
    check = Window(Format("{words}"), _keyboard(interview.CHECK), state=STATES[interview.CHECK], getter=_checked)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(_started, CommandStart())
    dispatcher.message.register(slow, F.text == interview.SLOW)
    dispatcher.include_router(Dialog(*windows, check))
    setup_dialogs(dispatcher)
    return dispatcher


if __name__ == "__main__":
    run(build(), read_start())
