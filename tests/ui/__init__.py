"""Tests of netcrm.ui."""
