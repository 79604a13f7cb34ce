"""Hello: who we are not, consent in one tap, the age gate, the menu and the language."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Ability, Scene, Turn

MENU = ("assess", "diagnose", "cost", "afford", "plan", "ask", "data")
LANGUAGES = ("zh", "zh-hant", "en")


def consent_card(who: Conversation, scene: Scene) -> Reply:
    """What we are, what we keep, and one tap to agree or to use general knowledge only."""
    row = (scene.button(who, "welcome.agree", "consent:yes"), scene.button(who, "welcome.refuse", "consent:no"))
    return Reply(blocks=(scene.text(who, "welcome.consent"),), buttons=(row, _languages(who, scene)), slot="card")


def age_card(who: Conversation, scene: Scene) -> Reply:
    """The age gate: no borrowing talk under eighteen."""
    row = (scene.button(who, "age.adult", "age:adult"), scene.button(who, "age.minor", "age:minor"))
    return Reply(blocks=(scene.text(who, "age.ask"),), buttons=(row,), slot="card")


def minor_card(who: Conversation, scene: Scene) -> Reply:
    """What a person under eighteen gets instead of borrowing talk."""
    row = (scene.button(who, "age.mistake", "age:again"),)
    return Reply(blocks=(scene.text(who, "age.minor_reply"),), buttons=(row,), slot="card")


def menu_card(who: Conversation, scene: Scene, preface: str = "") -> Reply:
    """What may be done now; without consent only general knowledge."""
    if who.consent_at is None:
        row = (scene.button(who, "welcome.agree", "consent:yes"),)
        return Reply(blocks=(scene.text(who, "welcome.general", preface=preface),), buttons=(row,), slot="card")
    rows = tuple((scene.button(who, f"menu.{goal}", f"goal:{goal}"),) for goal in MENU)
    return Reply(
        blocks=(scene.text(who, "menu.title", preface=preface),), buttons=(*rows, _languages(who, scene)), slot="card"
    )


def _languages(who: Conversation, scene: Scene) -> tuple[Button, ...]:
    others = (code for code in LANGUAGES if code != who.language)
    return tuple(scene.button(who, f"language.{code}", f"language:{code}") for code in others)


def _start(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    adult = None if who.adult is False else who.adult
    return Turn(who.but(goal=None, focus=None, doubt=None, failures=0, reviewing=False, paused_by=None, adult=adult))


def _consent(who: Conversation, argument: str, scene: Scene) -> Turn:
    if argument == "yes":
        return Turn(who.but(consent_at=scene.now, refused_at=None)).noting("consent", "yes")
    return Turn(who.but(consent_at=None, refused_at=scene.now, goal=None)).noting("consent", "no")


def _age(who: Conversation, argument: str, _scene: Scene) -> Turn:
    adult = {"adult": True, "minor": False}.get(argument)
    goal = who.goal if adult else None
    return Turn(who.but(adult=adult, goal=goal, paused_by=None)).noting("age", argument)


def _menu(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return Turn(who.but(goal=None, focus=None, doubt=None, failures=0, hurried=False, reviewing=False))


def _language(who: Conversation, argument: str, scene: Scene) -> Turn:
    code = argument.strip().lower()
    if code not in LANGUAGES:
        row = tuple(scene.button(who, f"language.{code}", f"language:{code}") for code in LANGUAGES)
        return Turn(who, (Reply(blocks=(scene.text(who, "language.choose"),), buttons=(row,)),), show=False)
    return Turn(who.but(language=code, language_chosen=True))


ABILITY = Ability(
    name="welcome",
    commands={"start": _start, "menu": _menu, "cancel": _menu, "language": _language},
    verbs={"consent": _consent, "age": _age, "menu": _menu, "language": _language},
)
