import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, freshDatabase, type FreshDatabase } from '@baton/testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource, isTransient, runMigrations } from './index.js';
import type { MigrationOptions } from './index.js';

class CreateNotes1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE notes (id int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes');
  }
}

class AddLine1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notes ADD line text');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notes DROP line');
  }
}

class IndexLine1700000000003 implements MigrationInterface {
  readonly transaction = false;
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX CONCURRENTLY notes_at ON notes (at)');
  }
  async down(): Promise<void> {}
}

class Fails1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id int)');
    await runner.query('CREATE TABLE notes (id int)');
  }
  async down(): Promise<void> {}
}

let database: FreshDatabase;
const open: DataSource[] = [];

beforeEach(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'persistence');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((dataSource) => dataSource.destroy()));
  await database.drop();
});

async function connected(schema = 'notebook', poolSize = 4): Promise<DataSource> {
  const dataSource = await createDataSource({ url: database.url, schema, applicationName: 'notes', poolSize }).initialize();
  open.push(dataSource);
  return dataSource;
}

const migrate = (migrations: (new () => MigrationInterface)[], options: Partial<MigrationOptions> = {}): Promise<string[]> =>
  runMigrations({ url: database.url, schema: 'notebook', migrations, applicationName: 'notes', ...options });

describe('migrations', () => {
  it('make the schema and its tables, once', async () => {
    expect(await migrate([CreateNotes1700000000001])).toEqual(['CreateNotes1700000000001']);
    expect(await migrate([CreateNotes1700000000001, AddLine1700000000002])).toEqual(['AddLine1700000000002']);
    expect(await migrate([CreateNotes1700000000001, AddLine1700000000002])).toEqual([]);

    const dataSource = await connected();
    expect(await dataSource.query(`INSERT INTO notes (id, line) VALUES (1, 'hello') RETURNING line`)).toEqual([{ line: 'hello' }]);
    expect(await dataSource.query(`SELECT schemaname FROM pg_tables WHERE tablename IN ('notes', 'migrations')`)).toEqual([
      { schemaname: 'notebook' },
      { schemaname: 'notebook' },
    ]);
  });

  it('that are run by three at once run once', async () => {
    const ran = await Promise.all([1, 2, 3].map(() => migrate([CreateNotes1700000000001, AddLine1700000000002])));
    expect(ran.map((names) => names.length).sort()).toEqual([0, 0, 2]);
  });

  it('that fail leave nothing half done and keep what ran before', async () => {
    await expect(migrate([CreateNotes1700000000001, Fails1700000000003])).rejects.toThrow('already exists');
    const dataSource = await connected();
    expect(await dataSource.query(`SELECT to_regclass('notebook.half') AS half, to_regclass('notebook.notes')::text AS notes`)).toEqual([
      { half: null, notes: 'notes' },
    ]);
  });

  describe('of a table that a long transaction holds', () => {
    let holder: QueryRunner;
    let held: string[];
    const options = { patience: { lockWithinMs: 100, pauseMs: 200, tries: 100 }, onHeld: (sentence: string) => void held.push(sentence) };
    beforeEach(async () => {
      held = [];
      await migrate([CreateNotes1700000000001]);
      holder = (await connected()).createQueryRunner();
      await holder.startTransaction();
      await holder.query('INSERT INTO notes (id) VALUES (1)');
    });
    afterEach(() => holder.release());

    it('let others work with it meanwhile, and run when it is free', async () => {
      const others = await connected();
      const migrating = migrate([CreateNotes1700000000001, AddLine1700000000002], options);
      for (let round = 1; round <= 3; round++) {
        await eventually(() => held.length >= round, { what: `try ${round} that lets go` });
        await others.query(`BEGIN; SET LOCAL statement_timeout = '5s'; SELECT count(*) FROM notes; COMMIT`);
      }
      expect(held[0]).toContain('AddLine1700000000002 did not get its table within 0.1 s');
      await holder.commitTransaction();
      expect(await migrating).toEqual(['AddLine1700000000002']);
      expect(await others.query('SELECT id, line FROM notes')).toEqual([{ id: 1, line: null }]);
    });

    it('say so in the end, and what ran before stays', async () => {
      class Pages1700000000001 implements MigrationInterface {
        async up(runner: QueryRunner): Promise<void> {
          await runner.query('CREATE TABLE pages (id int)');
        }
        async down(): Promise<void> {}
      }
      const all = [CreateNotes1700000000001, Pages1700000000001, AddLine1700000000002];
      const hasty = { ...options, patience: { lockWithinMs: 50, pauseMs: 1, tries: 2 } };
      await expect(migrate(all, hasty)).rejects.toMatchObject({ code: 'table-held' });
      expect(held).toHaveLength(1);
      await holder.commitTransaction();
      expect(await migrate(all)).toEqual(['AddLine1700000000002']);
    });

    it('wait for as long as it takes where they keep nobody waiting: an index that is built beside the work', async () => {
      const migrating = migrate([CreateNotes1700000000001, IndexLine1700000000003], options);
      await eventually(async () => (await waitingForLocks()) > 0, { what: 'an index that waits' });
      await watcher.query('SELECT pg_sleep(0.3)');
      await holder.commitTransaction();
      expect(await migrating).toEqual(['IndexLine1700000000003']);
      expect(held).toEqual([]);
    });
  });

  it('refuse a schema name that would be a statement of its own', async () => {
    await expect(runMigrations({ url: database.url, schema: 'a"; DROP', migrations: [], applicationName: 'x' })).rejects.toThrow(
      'is no schema name',
    );
  });
});

describe('a data source', () => {
  beforeEach(async () => {
    await migrate([CreateNotes1700000000001]);
  });

  it('says who it is to the database', async () => {
    const dataSource = await connected();
    expect(await dataSource.query('SHOW application_name')).toEqual([{ application_name: 'notes' }]);
  });

  it('outlives the death of all its connections', async () => {
    const dataSource = await connected();
    await Promise.all([1, 2, 3].map(() => dataSource.query('SELECT pg_sleep(0.05)')));
    await endConnections();
    await eventually(() => dataSource.query('SELECT 1'), { what: 'the pool finding new connections' });
  });

  it('fails as transient when its connection dies inside a transaction, and the transaction did not happen', async () => {
    const dataSource = await connected();
    const broken = dataSource.transaction(async (manager) => {
      await manager.query('INSERT INTO notes (id) VALUES (1)');
      await endConnections();
      await eventually(() =>
        manager.query('SELECT 1').then(
          () => false,
          () => true,
        ),
      );
      await manager.query('INSERT INTO notes (id) VALUES (2)');
    });
    const error = await broken.catch((reason: unknown) => reason);
    expect(isTransient(error)).toBe(true);
    expect(await eventually(() => dataSource.query('SELECT count(*)::int AS count FROM notes'))).toEqual([{ count: 0 }]);
  });

  it('fails as transient when no connection becomes free in time', async () => {
    const dataSource = await connected('notebook', 1);
    const error = await dataSource.transaction(() => dataSource.query('SELECT 1').catch((reason: unknown) => reason));
    expect(isTransient(error)).toBe(true);
  });

  it('fails as transient on a deadlock', async () => {
    const dataSource = await connected();
    await dataSource.query('INSERT INTO notes (id) VALUES (1), (2)');
    const both = [
      [1, 2],
      [2, 1],
    ].map((ids) =>
      dataSource.transaction(async (manager) => {
        for (const id of ids) {
          await manager.query('SELECT * FROM notes WHERE id = $1 FOR UPDATE', [id]);
          await manager.query('SELECT pg_sleep(0.2)');
        }
      }),
    );
    const failed = (await Promise.allSettled(both)).filter((result) => result.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(isTransient(failed[0]?.reason)).toBe(true);
  });
});

let watcher: DataSource;
beforeAll(async () => {
  watcher = await createDataSource({
    url: process.env['DATABASE_URL']!,
    schema: 'public',
    applicationName: 'watcher',
    poolSize: 1,
  }).initialize();
});
afterAll(() => watcher.destroy());

async function waitingForLocks(): Promise<number> {
  const [row] = (await watcher.query(
    "SELECT count(*)::integer AS count FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock' AND query LIKE 'CREATE INDEX%'",
    [new URL(database.url).pathname.slice(1)],
  )) as { count: number }[];
  return row!.count;
}

async function endConnections(): Promise<void> {
  await watcher.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
    new URL(database.url).pathname.slice(1),
  ]);
}
