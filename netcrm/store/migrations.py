"""The schema, one migration after another: append-only, each self-contained.

A migration that has shipped is never edited. `sqlite_utils` runs each once and notes it in the file;
``user_version`` repeats how many have run, so that opening a file needs no look at its tables.
"""

from sqlite_utils import Database, Migrations

from netcrm.store.indexes import PEOPLE_FTS, PEOPLE_MATTER, TIMELINE_FTS

migrations = Migrations("netcrm")

_STAMP = """
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    updated TEXT NOT NULL
"""
"""What every record has. Times are UTC in ISO 8601."""

_DAY = "CHECK ({0} IS NULL OR {0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')"


def _day(column: str) -> str:
    return f"{column} TEXT {_DAY.format(column)}"


_GIVE_KIND = """kind TEXT NOT NULL CHECK (kind IN ('opening', 'article', 'congratulation', 'introduction',
    'help', 'recommendation', 'delight', 'reconnect'))"""


@migrations()
def m001_the_book(db: Database) -> None:
    """All the words of the design, so that later screens need no new tables."""
    for statement in (*_RECORDS, *_LINKS, *_HISTORY, *_DERIVED):
        db.execute(statement)


@migrations()
def m002_giving(db: Database) -> None:
    """What giving first needs: a rhythm that can be shifted, what was suggested, and answers to asks.

    ``person_facts`` is made anew because its ``due_on`` was a generated column, which cannot know of bumps,
    tags and sabbaticals; it is derived, so the store fills it again after this.
    """
    for statement in _GIVING:
        db.execute(statement)


@migrations()
def m003_involved(db: Database) -> None:
    """What groups, light things and relations need.

    ``gives`` is made anew (sqlite.org/lang_altertable.html, 7), since a give may now be for a group: then it
    is for no person, which the old table did not allow.
    """
    for statement in _INVOLVED:
        db.execute(statement)


@migrations()
def m004_quick(db: Database) -> None:
    """The names that have a letter, by name: a letter typed finds the first of many without ordering all."""
    db.execute("CREATE INDEX person_words_letter ON person_words (substr(word, 1, 1), sort_name, person_id)")


_RECORDS = (
    f"""CREATE TABLE people ({_STAMP},
        name TEXT NOT NULL CHECK (name != ''),
        given TEXT NOT NULL DEFAULT '', additional TEXT NOT NULL DEFAULT '',
        family TEXT NOT NULL DEFAULT '', prefix TEXT NOT NULL DEFAULT '', suffix TEXT NOT NULL DEFAULT '',
        nicknames TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(nicknames)),
        sort TEXT NOT NULL DEFAULT '',
        organisation TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '', met TEXT NOT NULL DEFAULT '', {_day("met_on")},
        cadence INTEGER CHECK (cadence IS NULL OR cadence >= 0),
        introduced_by INTEGER REFERENCES people (id),
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
    ) STRICT""",
    f"""CREATE TABLE contact_points ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id), position INTEGER NOT NULL DEFAULT 0,
        kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'url', 'address', 'handle')),
        label TEXT NOT NULL DEFAULT '', value TEXT NOT NULL CHECK (value != '')
    ) STRICT""",
    f"""CREATE TABLE tags ({_STAMP},
        name TEXT NOT NULL CHECK (name != ''), folded TEXT NOT NULL UNIQUE,
        cadence INTEGER CHECK (cadence IS NULL OR cadence >= 0)
    ) STRICT""",
    f"""CREATE TABLE relations ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id), position INTEGER NOT NULL DEFAULT 0,
        kind TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '',
        other_id INTEGER REFERENCES people (id)
    ) STRICT""",
    f"""CREATE TABLE occasions ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id), position INTEGER NOT NULL DEFAULT 0,
        kind TEXT NOT NULL CHECK (kind IN ('birthday', 'anniversary', 'graduation', 'wedding', 'birth',
            'death', 'other')),
        label TEXT NOT NULL, whose TEXT NOT NULL DEFAULT '',
        month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
        day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
        year INTEGER CHECK (year BETWEEN 1 AND 9999),
        yearly INTEGER NOT NULL DEFAULT 1 CHECK (yearly IN (0, 1)),
        notice INTEGER NOT NULL DEFAULT 14 CHECK (notice >= 0)
    ) STRICT""",
    *(
        f"""CREATE TABLE {side} ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id), position INTEGER NOT NULL DEFAULT 0,
        text TEXT NOT NULL CHECK (text != ''), {_day("confirmed_on")}
    ) STRICT"""
        for side in ("wants", "offers")
    ),
    f"""CREATE TABLE groups ({_STAMP},
        name TEXT NOT NULL CHECK (name != ''), kind TEXT NOT NULL DEFAULT '', link TEXT NOT NULL DEFAULT '',
        cadence INTEGER CHECK (cadence IS NULL OR cadence >= 0), note TEXT NOT NULL DEFAULT '',
        topics TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(topics)), {_day("next_on")},
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
    ) STRICT""",
    f"""CREATE TABLE interactions ({_STAMP},
        {_day("day")} NOT NULL,
        time TEXT CHECK (time IS NULL OR time GLOB '[0-2][0-9]:[0-5][0-9]'),
        kind TEXT NOT NULL CHECK (kind IN ('met', 'call', 'message', 'email', 'event', 'note', 'life event',
            'learned', 'taught', 'gave', 'received', 'asked', 'introduced')),
        text TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '',
        group_id INTEGER REFERENCES groups (id),
        enjoyment INTEGER NOT NULL DEFAULT 0 CHECK (enjoyment BETWEEN 0 AND 3)
    ) STRICT""",
    f"""CREATE TABLE sparks ({_STAMP},
        kind TEXT NOT NULL CHECK (kind IN ('opening', 'article', 'event', 'congratulation', 'delight')),
        title TEXT NOT NULL DEFAULT '', link TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
        {_day("until")}
    ) STRICT""",
    f"""CREATE TABLE gives ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id), {_GIVE_KIND},
        words TEXT NOT NULL CHECK (words != ''), link TEXT NOT NULL DEFAULT '', {_day("due")},
        promised INTEGER NOT NULL DEFAULT 0 CHECK (promised IN (0, 1)),
        effort TEXT NOT NULL DEFAULT 'S' CHECK (effort IN ('S', 'M', 'L')),
        source TEXT NOT NULL DEFAULT 'typed' CHECK (source IN ('typed', 'log', 'occasion', 'cadence', 'want',
            'spark', 'new title', 'group', 'ask')),
        why TEXT NOT NULL DEFAULT '',
        later INTEGER NOT NULL DEFAULT 0 CHECK (later IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'snoozed', 'given', 'dropped')),
        {_day("snoozed_until")}, {_day("given_on")}, {_day("dropped_on")},
        interaction_id INTEGER REFERENCES interactions (id),
        spark_id INTEGER REFERENCES sparks (id),
        occasion_id INTEGER REFERENCES occasions (id), occasion_year INTEGER,
        landed TEXT CHECK (landed IN ('yes', 'no', 'unsure')), {_day("landed_asked_on")}
    ) STRICT""",
    f"""CREATE TABLE introductions ({_STAMP},
        one_id INTEGER NOT NULL REFERENCES people (id), other_id INTEGER NOT NULL REFERENCES people (id),
        why TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'idea' CHECK (state IN ('idea', 'asked one', 'asked both',
            'both said yes', 'made', 'came of it')),
        {_day("since")} NOT NULL,
        {_day("asked_one_on")}, {_day("asked_other_on")}, {_day("one_yes_on")}, {_day("other_yes_on")},
        {_day("made_on")}, came_of_it TEXT NOT NULL DEFAULT '',
        CHECK (one_id != other_id)
    ) STRICT""",
    f"""CREATE TABLE settings ({_STAMP}, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT""",
    f"""CREATE TABLE further_fields ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id), position INTEGER NOT NULL DEFAULT 0,
        name TEXT NOT NULL, raw TEXT NOT NULL
    ) STRICT""",
    # What another program said of a person when it was last asked: `key` finds them again, `seen` tells
    # what has changed over there from what the user changed here.
    f"""CREATE TABLE imported_records ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id),
        source TEXT NOT NULL CHECK (source != ''),
        key TEXT NOT NULL, digest TEXT NOT NULL, seen TEXT NOT NULL CHECK (json_valid(seen)),
        UNIQUE (source, key)
    ) STRICT""",
    "CREATE INDEX imported_records_person ON imported_records (person_id)",
    *(
        f"CREATE INDEX {table}_person ON {table} (person_id, position)"
        for table in ("contact_points", "relations", "occasions", "wants", "offers", "further_fields")
    ),
    "CREATE INDEX contact_points_value ON contact_points (value)",
    "CREATE INDEX people_introduced_by ON people (introduced_by) WHERE introduced_by IS NOT NULL",
    "CREATE INDEX relations_other ON relations (other_id) WHERE other_id IS NOT NULL",
    "CREATE INDEX interactions_day ON interactions (day, id)",
    "CREATE INDEX interactions_group ON interactions (group_id) WHERE group_id IS NOT NULL",
    "CREATE INDEX gives_person ON gives (person_id)",
    "CREATE INDEX gives_open ON gives (person_id) WHERE state IN ('queued', 'snoozed')",
    "CREATE INDEX gives_given ON gives (given_on) WHERE given_on IS NOT NULL",
    "CREATE INDEX gives_interaction ON gives (interaction_id) WHERE interaction_id IS NOT NULL",
    "CREATE INDEX gives_spark ON gives (spark_id) WHERE spark_id IS NOT NULL",
    "CREATE INDEX gives_occasion ON gives (occasion_id) WHERE occasion_id IS NOT NULL",
    "CREATE INDEX introductions_one ON introductions (one_id)",
    "CREATE INDEX introductions_other ON introductions (other_id)",
)

_LINKS = (
    # Day and kind stand here too, so that a person's timeline, last contact and counts are read from one
    # index, however long the timeline is.
    f"""CREATE TABLE interaction_people ({_STAMP},
        interaction_id INTEGER NOT NULL REFERENCES interactions (id),
        person_id INTEGER NOT NULL REFERENCES people (id),
        day TEXT NOT NULL, kind TEXT NOT NULL,
        UNIQUE (interaction_id, person_id)
    ) STRICT""",
    "CREATE INDEX interaction_people_day ON interaction_people (person_id, day, interaction_id)",
    """CREATE INDEX interaction_people_contact ON interaction_people (person_id, day)
        WHERE kind NOT IN ('note', 'life event')""",
    "CREATE INDEX interaction_people_kind ON interaction_people (person_id, kind)",
    *(
        f"""CREATE TABLE {one}_tags ({_STAMP},
        {one}_id INTEGER NOT NULL REFERENCES {many} (id), tag_id INTEGER NOT NULL REFERENCES tags (id),
        UNIQUE ({one}_id, tag_id)
    ) STRICT"""
        for one, many in (("person", "people"), ("interaction", "interactions"))
    ),
    "CREATE INDEX person_tags_tag ON person_tags (tag_id)",
    "CREATE INDEX interaction_tags_tag ON interaction_tags (tag_id)",
    f"""CREATE TABLE group_members ({_STAMP},
        group_id INTEGER NOT NULL REFERENCES groups (id), person_id INTEGER NOT NULL REFERENCES people (id),
        UNIQUE (group_id, person_id)
    ) STRICT""",
    "CREATE INDEX group_members_person ON group_members (person_id)",
)

_HISTORY = (
    """CREATE TABLE acts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL, label TEXT NOT NULL, session TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT""",
    "CREATE INDEX acts_undone ON acts (id) WHERE undone = 1",
    # An insert keeps only the range of ids: the rows themselves are taken down when they are undone.
    """CREATE TABLE act_rows (
        id INTEGER PRIMARY KEY,
        act_id INTEGER NOT NULL REFERENCES acts (id) ON DELETE CASCADE,
        change TEXT NOT NULL CHECK (change IN ('insert', 'update', 'delete')),
        tbl TEXT NOT NULL, first_id INTEGER NOT NULL, last_id INTEGER NOT NULL,
        before TEXT CHECK (before IS NULL OR json_valid(before)),
        after TEXT CHECK (after IS NULL OR json_valid(after))
    ) STRICT""",
    "CREATE INDEX act_rows_act ON act_rows (act_id, id)",
)

_DERIVED = (
    # Everything below is made from the rows above by store/derived.py inside the same act, and can be
    # made again at any time. So it is not in the history.
    """CREATE TABLE person_facts (
        person_id INTEGER PRIMARY KEY,
        sort_name TEXT NOT NULL, archived INTEGER NOT NULL, cadence INTEGER,
        last_on TEXT, gives_waiting INTEGER NOT NULL, gave INTEGER NOT NULL, asked INTEGER NOT NULL,
        due_on TEXT GENERATED ALWAYS AS (date(last_on, '+' || cadence || ' days')) VIRTUAL
    ) STRICT""",
    "CREATE INDEX person_facts_name ON person_facts (archived, sort_name, person_id)",
    "CREATE INDEX person_facts_recent ON person_facts (archived, last_on DESC, sort_name, person_id)",
    """CREATE INDEX person_facts_due ON person_facts (archived, due_on)
        WHERE cadence > 0 AND last_on IS NOT NULL""",
    """CREATE TABLE person_words (
        word TEXT NOT NULL, sort_name TEXT NOT NULL, person_id INTEGER NOT NULL,
        PRIMARY KEY (word, sort_name, person_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX person_words_person ON person_words (person_id)",
    # Both hold folded words only (domain/text.py), so the tokenizer has nothing left to fold.
    PEOPLE_FTS,
    TIMELINE_FTS,
)

_GIVING = (
    f"ALTER TABLE people ADD COLUMN {_day('bumped_on')}",
    "ALTER TABLE interactions ADD COLUMN answer TEXT CHECK (answer IN ('yes', 'no'))",
    f"ALTER TABLE interactions ADD COLUMN {_day('answered_on')}",
    "ALTER TABLE gives ADD COLUMN introduction_id INTEGER REFERENCES introductions (id)",
    # A hello that was answered by a contact, rather than given: it takes no room in the week.
    "ALTER TABLE gives ADD COLUMN answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1))",
    "CREATE INDEX gives_link ON gives (link) WHERE link != ''",
    "CREATE INDEX gives_dropped ON gives (dropped_on) WHERE state = 'dropped'",
    "CREATE INDEX gives_introduction ON gives (introduction_id) WHERE introduction_id IS NOT NULL",
    f"ALTER TABLE introductions ADD COLUMN {_day('closed_on')}",
    f"""CREATE TABLE sabbaticals ({_STAMP},
        {_day("from_on")} NOT NULL, {_day("until_on")} NOT NULL, CHECK (until_on >= from_on)
    ) STRICT""",
    # What was ever suggested, so that nothing is suggested twice, even where the suggestion was taken back.
    # Not in the history.
    """CREATE TABLE suggested (
        key TEXT PRIMARY KEY, day TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX occasions_day ON occasions (month, day)",
    # What is near enough for its notice is found a notice at a time: there are only a few different ones.
    "CREATE INDEX occasions_notice ON occasions (notice, month, day)",
    "DROP TABLE person_facts",
    """CREATE TABLE person_facts (
        person_id INTEGER PRIMARY KEY,
        sort_name TEXT NOT NULL, archived INTEGER NOT NULL, cadence INTEGER,
        last_on TEXT, gives_waiting INTEGER NOT NULL, gave INTEGER NOT NULL, asked INTEGER NOT NULL,
        due_on TEXT, drifting_on TEXT, silent_on TEXT
    ) STRICT""",
    "CREATE INDEX person_facts_name ON person_facts (archived, sort_name, person_id)",
    "CREATE INDEX person_facts_recent ON person_facts (archived, last_on DESC, sort_name, person_id)",
    # All that tells who is out of rhythm, so that counting them reads nothing else.
    "CREATE INDEX person_facts_due ON person_facts (archived, due_on, silent_on) WHERE due_on IS NOT NULL",
    # Stems instead of words, by where they stand, to find whom a text would interest; and how many people
    # have one (sqlite.org/fts5.html, the fts5vocab module).
    PEOPLE_MATTER,
    "CREATE VIRTUAL TABLE matter_vocab USING fts5vocab(people_matter, row)",
)

_GIVES_COLUMNS = """id, uuid, created, updated, person_id, kind, words, link, due, promised, effort, source,
    why, later, state, snoozed_until, given_on, dropped_on, interaction_id, spark_id, occasion_id,
    occasion_year, landed, landed_asked_on, introduction_id, answered"""

_INVOLVED = (
    f"""CREATE TABLE gives_anew ({_STAMP},
        person_id INTEGER REFERENCES people (id), group_id INTEGER REFERENCES groups (id), {_GIVE_KIND},
        words TEXT NOT NULL CHECK (words != ''), link TEXT NOT NULL DEFAULT '', {_day("due")},
        promised INTEGER NOT NULL DEFAULT 0 CHECK (promised IN (0, 1)),
        effort TEXT NOT NULL DEFAULT 'S' CHECK (effort IN ('S', 'M', 'L')),
        source TEXT NOT NULL DEFAULT 'typed' CHECK (source IN ('typed', 'log', 'occasion', 'cadence', 'want',
            'spark', 'new title', 'group', 'ask', 'joy')),
        why TEXT NOT NULL DEFAULT '',
        later INTEGER NOT NULL DEFAULT 0 CHECK (later IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'snoozed', 'given', 'dropped')),
        {_day("snoozed_until")}, {_day("given_on")}, {_day("dropped_on")},
        interaction_id INTEGER REFERENCES interactions (id),
        spark_id INTEGER REFERENCES sparks (id),
        occasion_id INTEGER REFERENCES occasions (id), occasion_year INTEGER,
        landed TEXT CHECK (landed IN ('yes', 'no', 'unsure')), {_day("landed_asked_on")},
        introduction_id INTEGER REFERENCES introductions (id),
        answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
        CHECK ((person_id IS NULL) != (group_id IS NULL))
    ) STRICT""",
    f"INSERT INTO gives_anew ({_GIVES_COLUMNS}) SELECT {_GIVES_COLUMNS} FROM gives",
    "DROP TABLE gives",
    "ALTER TABLE gives_anew RENAME TO gives",
    "CREATE INDEX gives_person ON gives (person_id)",
    "CREATE INDEX gives_group ON gives (group_id) WHERE group_id IS NOT NULL",
    "CREATE INDEX gives_open ON gives (person_id) WHERE state IN ('queued', 'snoozed')",
    "CREATE INDEX gives_given ON gives (given_on) WHERE given_on IS NOT NULL",
    "CREATE INDEX gives_interaction ON gives (interaction_id) WHERE interaction_id IS NOT NULL",
    "CREATE INDEX gives_spark ON gives (spark_id) WHERE spark_id IS NOT NULL",
    "CREATE INDEX gives_occasion ON gives (occasion_id) WHERE occasion_id IS NOT NULL",
    "CREATE INDEX gives_link ON gives (link) WHERE link != ''",
    "CREATE INDEX gives_dropped ON gives (dropped_on) WHERE state = 'dropped'",
    "CREATE INDEX gives_introduction ON gives (introduction_id) WHERE introduction_id IS NOT NULL",
    # An open question of a group, to be carried on at its next meeting; settled, it stays with its answer.
    f"""CREATE TABLE group_questions ({_STAMP},
        group_id INTEGER NOT NULL REFERENCES groups (id), text TEXT NOT NULL CHECK (text != ''),
        {_day("asked_on")} NOT NULL, {_day("settled_on")}, answer TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX group_questions_group ON group_questions (group_id)",
    # Of someone who is not in the book the year of birth, so that "daughter Ana, 18" grows older.
    "ALTER TABLE relations ADD COLUMN born INTEGER CHECK (born BETWEEN 1 AND 9999)",
    "ALTER TABLE sparks ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags))",
    # Taken out of the jar, and kept all the same, since it went to somebody: nobody gets it twice.
    "ALTER TABLE sparks ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))",
    # Where somebody worked before; where they work now stands with the person.
    f"""CREATE TABLE positions ({_STAMP},
        person_id INTEGER NOT NULL REFERENCES people (id), position INTEGER NOT NULL DEFAULT 0,
        organisation TEXT NOT NULL CHECK (organisation != ''), title TEXT NOT NULL DEFAULT '',
        {_day("from_on")}, {_day("until_on")}
    ) STRICT""",
    "CREATE INDEX positions_person ON positions (person_id, position)",
    # Who works where is read from this alone, notes and all left aside.
    "CREATE INDEX people_organisation ON people (organisation) WHERE organisation != ''",
    # A look back reads what was given, asked, learned in a stretch of time, and what was most enjoyed.
    "CREATE INDEX interactions_kind ON interactions (kind, day, id)",
    "CREATE INDEX interactions_bright ON interactions (enjoyment, day, id) WHERE enjoyment > 0",
    # A group's timeline is read by pages, and what was learned and taught in it by itself.
    "DROP INDEX interactions_group",
    "CREATE INDEX interactions_group ON interactions (group_id, day, id) WHERE group_id IS NOT NULL",
    """CREATE INDEX interactions_lessons ON interactions (group_id, day, id)
        WHERE group_id IS NOT NULL AND kind IN ('learned', 'taught')""",
)
