"""From a request to an event of the coach."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from ask_sdk_model import Slot

from skill.coach.events import Choice, Event, Said, Topic
from skill.coach.routine import Length, Side

Member = TypeVar("Member", bound=StrEnum)

PAIN = {
    "StopPainIntent": Said.HURTS,
    "SharpPainIntent": Said.SHARP,
    "WorseIntent": Said.WORSE,
    "RedFlagIntent": Said.RED_FLAG,
    "StuckIntent": Said.STUCK,
    "ScreenFlagIntent": Said.SCREEN_FLAG,
}
"""The intents that stop whatever is going on."""

STOP = {
    "AMAZON.StopIntent": Said.STOP,
    "AMAZON.CancelIntent": Said.STOP,
    "AMAZON.NavigateHomeIntent": Said.STOP,
}
"""The intents that end the session."""

TALK = {
    "AMAZON.HelpIntent": Said.HELP,
    "AMAZON.YesIntent": Said.YES,
    "AMAZON.NoIntent": Said.NO,
    "AMAZON.NextIntent": Said.NEXT,
    "AMAZON.PauseIntent": Said.PAUSE,
    "AMAZON.ResumeIntent": Said.GO_ON,
    "AMAZON.RepeatIntent": Said.REPEAT,
    "AMAZON.PreviousIntent": Said.BACK,
    "AMAZON.StartOverIntent": Said.START_OVER,
    "AMAZON.FallbackIntent": Said.UNCLEAR,
    "ReadyIntent": Said.READY,
    "ThereIntent": Said.THERE,
    "OkayIntent": Said.OKAY,
    "BetterIntent": Said.GOOD,
    "SameIntent": Said.SAME,
    "SettledIntent": Said.SETTLED,
    "SofterIntent": Said.SOFTER,
    "NotSureIntent": Said.NOT_SURE,
    "TimeLeftIntent": Said.TIME_LEFT,
    "WhichStepIntent": Said.WHICH_STEP,
    "ReleasedIntent": Said.LET_GO,
    "ChooseIntent": Said.CHOOSE,
    "ShorterIntent": Said.SHORTER,
    "LongerIntent": Said.LONGER,
    "SetHoldIntent": Said.SET_HOLD,
    "OtherSideIntent": Said.OTHER_SIDE,
    "WrongSideIntent": Said.WRONG_SIDE,
    "SomethingElseIntent": Said.SOMETHING_ELSE,
    "LongerGapsIntent": Said.LONGER_GAPS,
    "ShorterGapsIntent": Said.SHORTER_GAPS,
    "FewerWordsIntent": Said.FEWER_WORDS,
    "RemindIntent": Said.REMIND,
    "TestIntent": Said.TEST,
    "SafetyNotesIntent": Said.SAFETY_NOTES,
    "NoFloorIntent": Said.CHOOSE,
    "NoBallIntent": Said.NO_BALL,
    "CantTodayIntent": Said.NOT_TODAY,
    "ForgetIntent": Said.FORGET,
}
"""Intents of talk."""

ASK = {
    "AskWhatIntent": Topic.WHAT,
    "AskWhereIntent": Topic.WHERE,
    "AskPainkillersIntent": Topic.PAINKILLERS,
    "AskHeatColdIntent": Topic.HEAT_COLD,
    "AskInjectionIntent": Topic.INJECTION,
    "AskYogaIntent": Topic.YOGA,
    "AskPiriformisIntent": Topic.PIRIFORMIS,
    "AskBallIntent": Topic.BALL,
    "AskRollerIntent": Topic.ROLLER,
    "AskHowLongIntent": Topic.HOW_LONG,
    "AskDoesItWorkIntent": Topic.DOES_IT_WORK,
    "AskHowOftenIntent": Topic.HOW_OFTEN,
    "AskDoctorIntent": Topic.DOCTOR,
    "AskHurtIntent": Topic.HURT,
    "AskWhatElseIntent": Topic.WHAT_ELSE,
}
"""Questions about the method and the pain, each with its topic."""

WAYS = {"NoFloorIntent": "wall", "NoBallIntent": "palm"}
"""Intents that name a way of doing it without a slot."""

EVENTS = PAIN | STOP | TALK | dict.fromkeys(ASK, Said.ASK)
"""The event of every intent."""


# Requests are read tolerantly (skill/alexa/serializer.py): any part of one may be missing, or of a form that we
# don't know. So they are `Any` here, and looked at with care.


def spoken(request: Any) -> Event:
    """The event of an intent, with what its slots say. Slots that are empty, wrong or unknown say nothing."""
    name, slots = request.intent.name, _slots(request.intent)
    choice = Choice(
        area=slots.get("area"),
        way=WAYS.get(name) or slots.get("way"),
        length=_member(Length, slots.get("length")),
        side=_member(Side, slots.get("side")),
        minutes=_number(slots.get("minutes")),
        seconds=_seconds(slots.get("time")) or _number(slots.get("count")) or None,
        topic=ASK.get(name),
    )
    return Event(EVENTS[name], choice)


def seconds_since_1970(request: Any) -> float:
    """The request's own time; 0 where it has none that can be read, which counts as the start of a plan."""
    moment = getattr(request, "timestamp", None)
    return moment.timestamp() if isinstance(moment, datetime) else 0.0


def _slots(intent: Any) -> dict[str, str]:
    """What the slots say: the id of the value that was recognised, or else the words as they were said."""
    slots = getattr(intent, "slots", None)
    if not isinstance(slots, dict):
        return {}
    said = {name: _value(slot) for name, slot in slots.items() if isinstance(slot, Slot)}
    return {name: value for name, value in said.items() if value}


def _value(slot: Any) -> str | None:
    try:
        for resolution in slot.resolutions.resolutions_per_authority:
            if resolution.values:
                value = resolution.values[0].value
                return str(value.id or value.name)
    except (AttributeError, TypeError):
        pass  # nothing was resolved, or not in a form that we know: the words themselves are left
    return slot.value.lower() if isinstance(slot.value, str) else None


def _member(members: type[Member], value: str | None) -> Member | None:
    try:
        return members(value or "")
    except ValueError:
        return None


_DURATION = re.compile(r"PT(?:(\d{1,2})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?")


def _seconds(value: str | None) -> int | None:
    """The seconds of a duration as Alexa gives it, in ISO 8601 such as "PT1M30S"; None for any other."""
    found = _DURATION.fullmatch((value or "").upper())
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return 3600 * hours + 60 * minutes + seconds or None


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isdecimal() and len(value) < 4 else None
