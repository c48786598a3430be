-- The full-text index, of letters as they are compared: `fold` is ingest/language/folding.py, which every connection of
-- the catalogue knows. The tables keep no text of their own; what they index is in the views.
CREATE VIEW IF NOT EXISTS folded_passages AS
    SELECT id, fold(text) AS text, fold(context) AS context FROM passages;
CREATE VIEW IF NOT EXISTS folded_sentences AS SELECT id, fold(text) AS text FROM sentences;
-- Words of scripts without blanks between them are found by three letters at a time.
CREATE VIEW IF NOT EXISTS unspaced_passages AS
    SELECT id, fold(replace(text, char(8203), '')) AS text FROM passages WHERE unspaced;
CREATE VIRTUAL TABLE IF NOT EXISTS passages_text USING fts5 (
    text, context, content='folded_passages', content_rowid='id',
    tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE VIRTUAL TABLE IF NOT EXISTS sentences_text USING fts5 (
    text, content='folded_sentences', content_rowid='id',
    tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE VIRTUAL TABLE IF NOT EXISTS passages_trigrams USING fts5 (
    text, content='unspaced_passages', content_rowid='id', tokenize='trigram'
);
CREATE TRIGGER IF NOT EXISTS unspaced_added AFTER INSERT ON passages WHEN new.unspaced BEGIN
    INSERT INTO passages_trigrams (rowid, text) VALUES (new.id, fold(replace(new.text, char(8203), '')));
END;
CREATE TRIGGER IF NOT EXISTS unspaced_removed AFTER DELETE ON passages WHEN old.unspaced BEGIN
    INSERT INTO passages_trigrams (passages_trigrams, rowid, text)
    VALUES ('delete', old.id, fold(replace(old.text, char(8203), '')));
END;
CREATE TRIGGER IF NOT EXISTS passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_text (rowid, text, context) VALUES (new.id, fold(new.text), fold(new.context));
END;
CREATE TRIGGER IF NOT EXISTS passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_text (passages_text, rowid, text, context)
    VALUES ('delete', old.id, fold(old.text), fold(old.context));
END;
CREATE TRIGGER IF NOT EXISTS sentences_added AFTER INSERT ON sentences BEGIN
    INSERT INTO sentences_text (rowid, text) VALUES (new.id, fold(new.text));
END;
CREATE TRIGGER IF NOT EXISTS sentences_removed AFTER DELETE ON sentences BEGIN
    INSERT INTO sentences_text (sentences_text, rowid, text) VALUES ('delete', old.id, fold(old.text));
END;
