import { describe, expect, it } from '@jest/globals';
import { shapeProblems, upgradeProblems } from '@baton/persistence/upgrades';
import { freshDatabase } from '@baton/testing';
import { SCHEMA } from './database.js';
import { migrations } from './migrations.js';

describe('the control plane’s tables', () => {
  it('are made by migrations that run while the previous release is at work', async () => {
    expect(await upgradeProblems({ schema: SCHEMA, migrations })).toEqual([]);
  });

  it('have everything that the previous release lives by', async () => {
    const database = await freshDatabase(process.env['DATABASE_URL']!, 'upgrades');
    expect(await shapeProblems(database.url, { schema: SCHEMA, migrations }).finally(() => database.drop())).toEqual([]);
  });
});
