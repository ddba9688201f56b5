"""Tests of netcrm.cli."""
