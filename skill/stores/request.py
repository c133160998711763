"""What a store reads of a request: whose it is, and when it was made."""

import time
from datetime import datetime
from typing import Any

# Requests are read tolerantly (skill/alexa/serializer.py): any part of one may be missing, or of a form that we
# don't know. So they are `Any` here, and looked at with care.


def user_of(request_envelope: Any) -> str | None:
    """The id of the request's user, None where it names none."""
    for part in (getattr(request_envelope.context, "system", None), request_envelope.session):
        user_id = getattr(getattr(part, "user", None), "user_id", None)
        if isinstance(user_id, str) and user_id:
            return user_id
    return None


def time_of(request_envelope: Any) -> float:
    """The request's own time, in seconds since 1970; the clock's where it has none that can be read."""
    moment = getattr(request_envelope.request, "timestamp", None)
    if isinstance(moment, datetime):
        try:
            return moment.timestamp()
        except (OverflowError, ValueError):
            pass  # a year that the machine's calendar does not reach
    return time.time()
