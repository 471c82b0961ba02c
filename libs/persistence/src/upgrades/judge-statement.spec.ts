import { describe, expect, it } from '@jest/globals';
import { objectionsTo } from './judge-statement.js';
import { splitStatements } from './statements.js';

const exists = (table: string): boolean => table === 'notes';
const kinds = (sql: string): string[] => objectionsTo(sql, exists).map(({ kind }) => kind);

describe('a statement under which the previous release goes on', () => {
  it.each([
    ['a new table', 'CREATE TABLE pages (id int PRIMARY KEY, at timestamptz NOT NULL)'],
    ['an index on a table that this release brings', 'CREATE INDEX pages_at ON pages (at)'],
    ['a column that this release brings, made stricter', 'ALTER TABLE pages ALTER COLUMN at SET NOT NULL'],
    ['a column that may be null', 'ALTER TABLE notes ADD COLUMN line text'],
    ['several such columns', 'ALTER TABLE notes ADD COLUMN line text, ADD COLUMN size integer'],
    ['a column with a value for everybody', 'ALTER TABLE notes ADD COLUMN mailed boolean NOT NULL DEFAULT false'],
    ['a column with the time of the change', 'ALTER TABLE notes ADD COLUMN at timestamptz NOT NULL DEFAULT now()'],
    ['a default with commas and brackets', `ALTER TABLE notes ADD COLUMN what jsonb NOT NULL DEFAULT '{"a": [1, 2]}'`],
    ['an index that is built beside the work', 'CREATE INDEX CONCURRENTLY notes_at ON notes (at)'],
    ['an index that is taken away beside the work', 'DROP INDEX CONCURRENTLY notes_at'],
    ['how a table is looked after', 'ALTER TABLE notes SET (autovacuum_vacuum_scale_factor = 0)'],
    ['a check of what is there already', 'ALTER TABLE notes VALIDATE CONSTRAINT notes_line'],
    ['a function of its own name', 'CREATE FUNCTION rank_2(text) RETURNS integer LANGUAGE sql RETURN 1'],
    ['a new default', `ALTER TABLE notes ALTER COLUMN line SET DEFAULT ''`],
    ['rows of its own', `INSERT INTO pages (id) VALUES (1)`],
    ['rows of its own that are taken from an old table', 'INSERT INTO pages (id) SELECT id FROM notes'],
    ['a row that an old table lacks', `INSERT INTO notes (id, line) VALUES (1, 'select update notes') ON CONFLICT DO NOTHING`],
    ['a look', 'WITH some AS (SELECT * FROM notes FOR UPDATE SKIP LOCKED) SELECT count(*) FROM some'],
    ['a new table whose rows go with an old one’s', 'CREATE TABLE pages (note int REFERENCES notes ON DELETE CASCADE, at int NOT NULL)'],
    [
      'a new table that forgets an old one’s row',
      'CREATE TABLE pages (a int, b int, FOREIGN KEY (a, b) REFERENCES notes (id, size) ON DELETE SET NULL)',
    ],
    ['a new table beside another new one', 'CREATE TABLE pages (id int REFERENCES books (id))'],
    ['a part of a new table', 'CREATE TABLE pages_1 PARTITION OF pages FOR VALUES FROM (1) TO (2)'],
    ['a new table that says of itself what it is', `CREATE TABLE pages (what text DEFAULT 'partition of notes, references notes (id)')`],
  ])('%s', (_, sql) => {
    expect(objectionsTo(sql, exists)).toEqual([]);
  });
});

describe('a statement that breaks the previous release', () => {
  it.each([
    ['a table goes', 'DROP TABLE notes'],
    ['a column goes', 'ALTER TABLE notes DROP COLUMN line'],
    ['a column goes beside one that comes', 'ALTER TABLE notes ADD COLUMN words text, DROP COLUMN line'],
    ['a column gets another name', 'ALTER TABLE notes RENAME COLUMN line TO words'],
    ['a table gets another name', 'ALTER TABLE notes RENAME TO pages'],
    ['a new column must be filled in', 'ALTER TABLE notes ADD COLUMN size integer NOT NULL'],
    ['a column may be null now', 'ALTER TABLE notes ALTER COLUMN line DROP NOT NULL'],
    ['a default goes', 'ALTER TABLE notes ALTER COLUMN line DROP DEFAULT'],
    ['a constraint goes', 'ALTER TABLE notes DROP CONSTRAINT notes_line'],
    ['a check comes, even unproven', 'ALTER TABLE notes ADD CONSTRAINT short CHECK (length(line) < 9) NOT VALID'],
    ['rows must differ', 'CREATE UNIQUE INDEX CONCURRENTLY notes_line ON notes (line)'],
    ['a trigger comes', 'CREATE TRIGGER t BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION f()'],
    ['a function does something else', 'CREATE OR REPLACE FUNCTION rank(text) RETURNS integer LANGUAGE sql RETURN 2'],
    ['a function goes', 'DROP FUNCTION rank'],
    ['rows go', 'TRUNCATE notes'],
    ['rows may not go any more', 'CREATE TABLE pages (id int, note int REFERENCES notes (id), at int REFERENCES books ON DELETE CASCADE)'],
    ['nor by a constraint of its own', 'CREATE TABLE pages (note int, FOREIGN KEY (note) REFERENCES book."notes" (id) ON DELETE RESTRICT)'],
    ['other rows come in', 'CREATE TABLE more PARTITION OF notes FOR VALUES FROM (1) TO (2)'],
    ['other rows are seen', 'CREATE TABLE IF NOT EXISTS more (size int) INHERITS (notes)'],
  ])('%s', (_, sql) => {
    expect(kinds(sql)).toEqual(['breaks']);
  });

  it.each([
    ['another type', 'ALTER TABLE notes ALTER COLUMN size TYPE smallint'],
    ['null is forbidden', 'ALTER TABLE notes ALTER COLUMN line SET NOT NULL'],
    ['a constraint that is proven at once', 'ALTER TABLE notes ADD CONSTRAINT short CHECK (length(line) < 9)'],
    ['a foreign key that is proven at once', 'ALTER TABLE "notes" ADD FOREIGN KEY (page) REFERENCES pages'],
  ])('and keeps it waiting: %s', (_, sql) => {
    expect(kinds(sql)).toEqual(['breaks', 'locks']);
  });
});

describe('a statement that keeps a big table from its work', () => {
  it.each([
    ['an index', 'CREATE INDEX notes_at ON notes (at)'],
    ['an index of another schema', 'CREATE INDEX IF NOT EXISTS notes_at ON book.notes USING brin (at)'],
    ['an index that goes', 'DROP INDEX notes_at'],
    ['a value that differs from row to row', 'ALTER TABLE notes ADD COLUMN id2 uuid DEFAULT gen_random_uuid()'],
    ['a computed column', 'ALTER TABLE notes ADD COLUMN size integer GENERATED ALWAYS AS (length(line)) STORED'],
    ['all rows changed at once', `UPDATE notes SET line = ''`],
    ['all rows deleted at once', 'DELETE FROM notes WHERE at < now()'],
    ['rows deleted on the way', 'WITH gone AS (DELETE FROM notes RETURNING id) SELECT count(*) FROM gone'],
    ['rows changed on the way', `WITH some AS (UPDATE ONLY notes SET line = '' RETURNING id) INSERT INTO pages SELECT id FROM some`],
    ['rows moved', 'INSERT INTO pages WITH gone AS (DELETE FROM book.notes RETURNING id) SELECT id FROM gone'],
    ['rows copied into itself', 'INSERT INTO notes (id) SELECT id + 1000 FROM notes'],
    ['rows copied into it on the way', 'WITH some AS (INSERT INTO notes SELECT * FROM pages RETURNING id) SELECT 1'],
    ['a lock', 'LOCK TABLE notes'],
  ])('%s', (_, sql) => {
    expect(kinds(sql)).toEqual(['locks']);
  });
});

describe('a statement that no rule knows', () => {
  it.each([
    'DO $$ BEGIN DROP TABLE notes; END $$',
    'REINDEX TABLE notes',
    'ALTER TABLE notes OWNER TO somebody',
    'ALTER TABLE notes ENABLE ROW LEVEL SECURITY',
  ])('is not waved through: %s', (sql) => {
    expect(kinds(sql)).toEqual(['unknown']);
  });
});

it('a text is several statements, without comments, and nothing quoted is divided', () => {
  expect(
    splitStatements(`-- a note; with a semicolon
      CREATE TABLE a (b text DEFAULT ';--');
      /* between */ CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;`),
  ).toEqual([`CREATE TABLE a (b text DEFAULT ';--')`, 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$']);
});
