"""A speaker that stands in for an Echo: it recognises, opens the microphone, plays SSML and ends sessions."""
