"""What people do and say, as the coach understands it."""

from enum import StrEnum
from typing import NamedTuple

from skill.coach.routine import Length, Side


class Said(StrEnum):
    """What somebody said or did, whatever the words. Pain comes first, as everywhere."""

    HURTS = "hurts"
    SHARP = "sharp"
    WORSE = "worse"
    RED_FLAG = "red flag"
    STUCK = "stuck"
    SCREEN_FLAG = "screen flag"
    STOP = "stop"
    SOFTER = "softer"
    SAME = "same"
    PAUSE = "pause"
    HELP = "help"
    UNCLEAR = "unclear"
    NO = "no"
    YES = "yes"
    OKAY = "okay"
    GOOD = "good"
    SETTLED = "settled"
    NOT_SURE = "not sure"
    READY = "ready"
    THERE = "there"
    NEXT = "next"
    GO_ON = "go on"
    REPEAT = "repeat"
    TIME_LEFT = "time left"
    WHICH_STEP = "which step"
    BACK = "back"
    LET_GO = "let go"
    SET_HOLD = "set hold"
    WRONG_SIDE = "wrong side"
    START_OVER = "start over"
    SOMETHING_ELSE = "something else"
    LONGER_GAPS = "longer gaps"
    SHORTER_GAPS = "shorter gaps"
    FEWER_WORDS = "fewer words"
    REMIND = "remind"
    CHOOSE = "choose"
    SHORTER = "shorter"
    LONGER = "longer"
    OTHER_SIDE = "other side"
    TEST = "test"
    SAFETY_NOTES = "safety notes"
    NO_BALL = "no ball"
    NOT_TODAY = "not today"
    FORGET = "forget"
    ASK = "ask"
    LAUNCH = "launch"


class Topic(StrEnum):
    """What people ask about the method and the pain; the answer is the line "info." and the topic."""

    WHAT = "what"
    WHERE = "where"
    PAINKILLERS = "painkillers"
    HEAT_COLD = "heat_cold"
    INJECTION = "injection"
    YOGA = "yoga"
    PIRIFORMIS = "piriformis"
    BALL = "ball"
    ROLLER = "roller"
    HOW_LONG = "how_long"
    DOES_IT_WORK = "does_it_work"
    HOW_OFTEN = "how_often"
    DOCTOR = "doctor"
    HURT = "hurt"
    WHAT_ELSE = "what_else"


class Choice(NamedTuple):
    """What somebody would like; None is what they left open.

    area: the word for it, such as "hip".
    way: how to do it, such as "wall" or "palm".
    minutes: the time they say they have; seconds: that of a hold.
    topic: what they ask about.
    """

    area: str | None = None
    way: str | None = None
    length: Length | None = None
    side: Side | None = None
    minutes: int | None = None
    seconds: int | None = None
    topic: Topic | None = None


class Event(NamedTuple):
    """Something that somebody said or did, and the choice that came with it."""

    said: Said
    choice: Choice = Choice()
