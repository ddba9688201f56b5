"""The tests; each folder mirrors one of netcrm's."""
