"""The coach: what is done, when, and what is said. Pure: no ask_sdk, no clock, no files, no locale."""
