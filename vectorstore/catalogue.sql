-- The catalogue: the truth about the library. A document is visible when its one transaction says `ready`.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- embedded is 0 while a document is found by full text alone; symbol is as its publisher prints it; edited is 1 when a
-- person has set what a citation says of it.
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY,              -- SHA-256 of the file's bytes
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    year TEXT NOT NULL,
    file_type TEXT NOT NULL,
    language TEXT NOT NULL,           -- ISO 639-1; empty when not known
    unit TEXT NOT NULL,               -- page | slide | sheet | chapter | part; empty: no pages of its own
    status TEXT NOT NULL,             -- ready | no_text | locked | damaged | too_big | unsupported
    message TEXT NOT NULL,
    pages INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    added_at TEXT NOT NULL,           -- UTC, ISO 8601
    embedded INTEGER NOT NULL,
    symbol TEXT NOT NULL DEFAULT '',
    edited INTEGER NOT NULL DEFAULT 0,
    reader INTEGER NOT NULL DEFAULT 0, -- version of the reading; 0 is the time before there were versions
    publisher TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',    -- of publication, ISO 8601 as far as it is known
    court_case TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

-- Where a document that was fetched came from. It stays while the document is read again.
CREATE TABLE IF NOT EXISTS sources (
    document TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    fetched TEXT NOT NULL             -- UTC, ISO 8601
) WITHOUT ROWID;

-- Work under way: what a killed process left is undone from here.
CREATE TABLE IF NOT EXISTS pending (document TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS pages (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,          -- physical, 1-based
    label TEXT NOT NULL,              -- printed
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    layout TEXT NOT NULL,             -- JSON: blocks, runs, words
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    page INTEGER NOT NULL,            -- the first
    spans TEXT NOT NULL,              -- JSON: [[page, start, end], …]
    text TEXT NOT NULL,
    section TEXT NOT NULL,
    context TEXT NOT NULL,            -- words from elsewhere that belong to it
    unspaced INTEGER NOT NULL,        -- whether it holds a script that sets no blanks between words
    UNIQUE (document, ordinal)
);

-- The normalised mean of its sentences' vectors: what Chroma holds, and what a small scope is searched by.
CREATE TABLE IF NOT EXISTS passage_vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    vector BLOB NOT NULL              -- float16
);

-- A text's vector; equal sentences share it, whatever document they stand in.
CREATE TABLE IF NOT EXISTS vectors (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,      -- of the text
    vector BLOB                       -- float16, length 1; NULL until it is made
);

CREATE TABLE IF NOT EXISTS sentences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    document TEXT NOT NULL,
    ordinal INTEGER NOT NULL,         -- within the document
    spans TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    paragraph TEXT NOT NULL,          -- number of the paragraph, or of a sheet's row
    header TEXT NOT NULL DEFAULT '',  -- the line that opens its list, or what heads its table
    whole TEXT NOT NULL DEFAULT '',   -- spans of the whole of which this is a piece; empty where it is whole
    vector INTEGER NOT NULL REFERENCES vectors (id),
    UNIQUE (document, ordinal)
);
CREATE INDEX IF NOT EXISTS sentences_by_passage ON sentences (passage, vector);  -- all that cosines are found by
CREATE INDEX IF NOT EXISTS sentences_by_vector ON sentences (vector);

CREATE TABLE IF NOT EXISTS cases (
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    country TEXT NOT NULL,            -- ISO 3166 alpha-2
    source TEXT NOT NULL,             -- section | mention
    PRIMARY KEY (passage, country)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cases_by_country ON cases (country);
