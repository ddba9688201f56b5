"""Tests of netcrm.store."""
