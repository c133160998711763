"""Soft Spot: an Alexa skill that talks an adult with sciatica through ball massage, hands-free.

`skill.coach` decides, `skill.speech` makes speech of it, `skill.content` holds the words, and `skill.alexa`,
`skill.stores` and `skill.simulator` are the doors to the outside. See docs/architecture.md.
"""
