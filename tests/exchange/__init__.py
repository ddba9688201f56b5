"""Tests of netcrm.exchange."""
