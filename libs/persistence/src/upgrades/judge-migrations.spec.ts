import { describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { digestOf, upgradeProblems } from './judge-migrations.js';
import type { ReleasedTables } from './released.js';
import { type Declared, type MigrationClass, readMigration } from './statements.js';

function migration(name: string, sql: string, declared: Declared & { transaction?: boolean } = {}): MigrationClass {
  return class implements MigrationInterface {
    readonly name = name;
    constructor() {
      Object.assign(this, declared);
    }
    async up(runner: QueryRunner): Promise<void> {
      for (const one of sql.split(' ; ')) await runner.query(one);
    }
    async down(): Promise<void> {}
  };
}

const first = migration('First1', 'CREATE TABLE notes (id int PRIMARY KEY, line text, old text)');

async function released(version: string, ...migrations: MigrationClass[]): Promise<ReleasedTables> {
  const read = await Promise.all(migrations.map(readMigration));
  const text = { type: 'text', nullable: true };
  return {
    version,
    schemas: {
      book: {
        migrations: Object.fromEntries(read.map((one) => [one.name, digestOf(one)])),
        shape: {
          tables: {
            notes: {
              columns: { id: { type: 'integer', nullable: false }, line: text, old: text },
              constraints: {},
              unique: [],
              triggers: [],
            },
          },
          functions: {},
        },
      },
    },
  };
}

const problems = async (version: string, ...added: MigrationClass[]): Promise<string[]> =>
  upgradeProblems({ schema: 'book', migrations: [first, ...added], previous: await released(version, first) });

describe('migrations that run under the previous release', () => {
  it('may add', async () => {
    expect(
      await problems('0.2.0', migration('Second2', 'ALTER TABLE notes ADD COLUMN size integer ; CREATE TABLE pages (id int)')),
    ).toEqual([]);
  });

  it('may not take away', async () => {
    expect(await problems('0.2.0', migration('Second2', 'ALTER TABLE notes DROP COLUMN old'))).toEqual([
      'Second2: ALTER TABLE notes DROP COLUMN old: the previous release uses the column',
    ]);
  });

  it('may take away what only releases before the previous one used', async () => {
    const contract = { lastUsedIn: '0.1.0', because: 'line took its place in 0.2.0' };
    expect(await problems('0.2.0', migration('Second2', 'ALTER TABLE notes DROP COLUMN old', { contract }))).toEqual([]);
  });

  it('may not take away what the previous one still used, whatever they declare', async () => {
    const contract = { lastUsedIn: '0.2.0', because: 'line takes its place' };
    expect((await problems('0.2.0', migration('Second2', 'ALTER TABLE notes DROP COLUMN old', { contract }))).join()).toContain(
      'the release after the next',
    );
  });

  it('may lock a table that says why it stays small', async () => {
    const small = { tables: ['notes'], because: 'a row for each website' };
    expect(await problems('0.2.0', migration('Second2', 'CREATE INDEX notes_line ON notes (line)', { small }))).toEqual([]);
    expect(await problems('0.2.0', migration('Second2', 'CREATE INDEX notes_line ON notes (line)'))).toHaveLength(1);
  });

  it('build an index beside the work outside a transaction, alone', async () => {
    const sql = 'CREATE INDEX CONCURRENTLY notes_line ON notes (line)';
    expect(await problems('0.2.0', migration('Second2', sql, { transaction: false }))).toEqual([]);
    expect((await problems('0.2.0', migration('Second2', sql))).join()).toContain('readonly transaction = false');
    expect((await problems('0.2.0', migration('Second2', `${sql} ; CREATE TABLE a (b int)`, { transaction: false }))).join()).toContain(
      'stands alone',
    );
  });

  it('stay as they were once they were released, and stay', async () => {
    const other = migration('First1', 'CREATE TABLE notes (id bigint PRIMARY KEY)');
    const previous = await released('0.2.0', first);
    expect((await upgradeProblems({ schema: 'book', migrations: [other], previous })).join()).toContain('says something else now');
    expect(await upgradeProblems({ schema: 'book', migrations: [], previous })).toEqual(['First1 was part of 0.2.0 and is gone']);
  });

  it('are plain statements, for nothing else can be judged', async () => {
    class Clever2 implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        await runner.dropColumn('notes', 'old');
      }
      async down(): Promise<void> {}
    }
    await expect(problems('0.2.0', Clever2)).rejects.toThrow('dropColumn');
  });
});
