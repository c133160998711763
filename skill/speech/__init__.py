"""From a script to SSML that Alexa accepts, and how long words take to say."""
