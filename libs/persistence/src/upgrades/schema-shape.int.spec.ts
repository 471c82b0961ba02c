import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@baton/testing';
import pg from 'pg';
import { readShape, whatIsMissing } from './schema-shape.js';

let database: FreshDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'shapes');
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const BEFORE = `
  CREATE TABLE notes (id int PRIMARY KEY, line text, size integer NOT NULL DEFAULT 0, page int);
  CREATE UNIQUE INDEX notes_line ON notes (line) WHERE page IS NULL;
  CREATE FUNCTION rank_of(text) RETURNS integer LANGUAGE sql RETURN 1;`;

/** What code that lived in the tables above misses after a change. */
async function missingAfter(change: string): Promise<string[]> {
  for (const schema of ['old', 'new']) {
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${BEFORE}`);
  }
  await client.query(change);
  return whatIsMissing(await readShape(client, 'old'), await readShape(client, 'new'));
}

describe('code of before lives on', () => {
  it.each([
    ['when nothing changed', 'SELECT 1'],
    ['beside a new table', 'CREATE TABLE pages (id int PRIMARY KEY)'],
    ['beside a new column that may be null', 'ALTER TABLE notes ADD COLUMN words text'],
    ['beside a new column with a default', 'ALTER TABLE notes ADD COLUMN words text NOT NULL DEFAULT now()'],
    ['beside a check of the new column alone', 'ALTER TABLE notes ADD COLUMN words text CHECK (length(words) < 9)'],
    ['beside a new table whose rows go with its own', 'CREATE TABLE pages (note int REFERENCES notes ON DELETE CASCADE)'],
    ['beside a new index', 'CREATE INDEX ON notes (size)'],
  ])('%s', async (_, change) => {
    expect(await missingAfter(change)).toEqual([]);
  });
});

describe('code of before misses', () => {
  it.each([
    ['a table', 'DROP TABLE notes', 'notes is gone'],
    ['a column', 'ALTER TABLE notes DROP COLUMN page CASCADE; CREATE UNIQUE INDEX ON notes (line)', 'notes.page is gone'],
    ['its type', 'ALTER TABLE notes ALTER COLUMN size TYPE bigint', 'notes.size is bigint, not integer'],
    ['that it may leave it out', 'ALTER TABLE notes ALTER COLUMN size DROP DEFAULT', 'notes.size has lost its default'],
    ['that it may be null', 'ALTER TABLE notes ALTER COLUMN page SET NOT NULL', 'notes.page may not be null any more'],
    ['that it never is', 'ALTER TABLE notes ALTER COLUMN size DROP NOT NULL', 'notes.size may be null now'],
    ['knowledge of a column', 'ALTER TABLE notes ADD COLUMN words text NOT NULL', 'notes.words is new and must be filled in'],
    ['that it may write what it likes', 'ALTER TABLE notes ADD CHECK (size < 9)', 'has a constraint that was not there'],
    ['that rows may be alike', 'CREATE UNIQUE INDEX ON notes (page)', 'must be unique by'],
    [
      'that it may delete what it likes',
      'CREATE TABLE pages (note int REFERENCES notes)',
      'notes has rows that pages keeps from being deleted',
    ],
    ['what ON CONFLICT lives by', 'DROP INDEX notes_line', 'is no longer unique by'],
    ['a function', 'DROP FUNCTION rank_of', 'is gone'],
  ])('%s', async (_, change, sentence) => {
    expect((await missingAfter(change)).join('\n')).toContain(sentence);
  });
});
