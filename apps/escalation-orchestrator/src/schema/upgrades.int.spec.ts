import { describe, expect, it } from '@jest/globals';
import { shapeProblems, upgradeProblems } from '@baton/persistence/upgrades';
import { freshDatabase } from '@baton/testing';
import { migrations, SCHEMA } from './index.js';

describe('the orchestrator’s tables', () => {
  it('are made by migrations that run while the previous release is at work', async () => {
    expect(await upgradeProblems({ schema: SCHEMA, migrations })).toEqual([]);
  });

  it('have everything that the previous release lives by', async () => {
    const database = await freshDatabase(process.env['DATABASE_URL']!, 'upgrades');
    expect(await shapeProblems(database.url, { schema: SCHEMA, migrations }).finally(() => database.drop())).toEqual([]);
  });
});
