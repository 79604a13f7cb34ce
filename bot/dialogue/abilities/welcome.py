"""Hello: who we are not, consent in one tap with details by another, the age gate, the menu and the language."""

from __future__ import annotations

from bot.dialogue.abilities.data import ask_to_withdraw
from bot.dialogue.consenting import (
    DAYS_OF_KEYS,
    DAYS_UNANSWERED,
    DAYS_UNDECIDED,
    FEWEST,
    LAPSED,
    MONTHS_KEPT,
    WORDS,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Ability, Scene, Turn

MENU = ("assess", "diagnose", "cost", "afford", "plan", "lower", "ask", "data")
LANGUAGES = ("zh", "zh-hant", "en")


def consent_card(who: Conversation, scene: Scene, *, briefly: bool = False) -> Reply:
    """What we are, what we keep, and one tap to agree or to use general knowledge only; details by another.

    ``briefly`` after an answer given below the whole card: only the choice, once more.
    """
    about = {"months": MONTHS_KEPT, "renewed": who.consent_words == LAPSED, "joining": who.joining is not None}
    words = scene.text(who, "welcome.consent", **about)
    if briefly:
        words = scene.text(who, "welcome.consent_again")
    rows = (_choice(who, scene), (scene.button(who, "privacy.open", "privacy:"),), _languages(who, scene))
    return Reply(blocks=(words,), buttons=rows, slot="card")


def _choice(who: Conversation, scene: Scene) -> tuple[Button, ...]:
    return (scene.button(who, "welcome.agree", "consent:yes"), scene.button(who, "welcome.refuse", "consent:no"))


def age_card(who: Conversation, scene: Scene, preface: str = "") -> Reply:
    """The age gate: no borrowing talk under eighteen."""
    row = (scene.button(who, "age.adult", "age:adult"), scene.button(who, "age.minor", "age:minor"))
    return Reply(blocks=(scene.text(who, "age.ask", preface=preface),), buttons=(row,), slot="card")


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
    """Agreeing, noted with the number of the words; who refuses after having told something takes it all back."""
    if argument == "yes" and (who.consent_at is None or who.consent_words != WORDS):
        agreed = who.but(consent_at=scene.now, consent_words=WORDS, refused_at=None)
        return Turn(agreed).noting("consent", "yes").noting("consent_words", str(WORDS))
    if argument == "yes":
        return Turn(who)
    if who.consent_at is not None or who.answers:
        return ask_to_withdraw(who, "", scene)
    return Turn(who.but(refused_at=scene.now, goal=None)).noting("consent", "no")


def _privacy(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """Who keeps what, why and how long, what rights there are, and what the messenger itself sees."""
    days = {"undecided": DAYS_UNDECIDED, "keys": DAYS_OF_KEYS, "unanswered": DAYS_UNANSWERED}
    words = scene.text(who, "privacy.details", months=MONTHS_KEPT, fewest=FEWEST, **days)
    if who.consent_at is None and who.refused_at is None and who.adult is not False:
        rows: tuple[tuple[Button, ...], ...] = (_choice(who, scene),)
    else:
        rows = ((scene.button(who, "menu.data", "data:"), scene.button(who, "menu.back", "menu:")),)
    return Turn(who, (Reply(blocks=(words,), buttons=rows, slot="card"),), show=False)


def _age(who: Conversation, argument: str, scene: Scene) -> Turn:
    """The answer to the age gate; of somebody under age nothing stays but that they are."""
    if argument == "why":
        return Turn(who, preface=scene.say(who, "age.why"))
    if argument == "minor":
        return Turn(_flagged(who), forget=True).noting("age", argument)
    adult = True if argument == "adult" else None
    goal = who.goal if adult else None
    return Turn(who.but(adult=adult, goal=goal, paused_by=None)).noting("age", argument)


def _flagged(who: Conversation) -> Conversation:
    return Conversation(
        id=who.id,
        language=who.language,
        language_chosen=who.language_chosen,
        adult=False,
        revision=who.revision,
        shown=who.shown,
        seed=who.seed,
    )


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
    verbs={"consent": _consent, "privacy": _privacy, "age": _age, "menu": _menu, "language": _language},
)
