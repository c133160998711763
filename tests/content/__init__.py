"""Tests of the part of the house with the same name."""
