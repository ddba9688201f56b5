"""The indexes of words, as the migrations make them and `netcrm.store.checking` makes them again.

They have shipped as they stand here: another text is another constant, and a new migration.
"""

PEOPLE_FTS = """\
CREATE VIRTUAL TABLE people_fts USING fts5 (name, work, place, tags, reach, words, wants, further,
        tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3')"""

TIMELINE_FTS = """\
CREATE VIRTUAL TABLE timeline_fts USING fts5 (text, place, tags,
        tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3')"""

PEOPLE_MATTER = """\
CREATE VIRTUAL TABLE people_matter USING fts5 (wants, offers, tags, title, organisation, city, notes,
        tokenize = "unicode61 remove_diacritics 0")"""
