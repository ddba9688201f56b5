"""Tests of netcrm.domain."""
