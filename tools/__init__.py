"""What sets the project up on a machine."""
