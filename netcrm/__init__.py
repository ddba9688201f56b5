"""netcrm: a personal CRM for the terminal that asks what you can do for the people you know."""

__version__ = "0.1.0"
