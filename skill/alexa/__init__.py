"""The door to Alexa: requests become events, turns become responses. No words and no rules live here."""
