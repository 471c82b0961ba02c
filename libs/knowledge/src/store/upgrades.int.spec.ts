import { describe, expect, it } from '@jest/globals';
import { shapeProblems, upgradeProblems } from '@baton/persistence/upgrades';
import { freshKnowledgeDatabase } from '@baton/testing';
import { KNOWLEDGE_SCHEMA, knowledgeMigrations } from './migrations.js';

describe('the knowledge’s tables', () => {
  it('are made by migrations that run while the previous release is at work', async () => {
    expect(await upgradeProblems({ schema: KNOWLEDGE_SCHEMA, migrations: knowledgeMigrations })).toEqual([]);
  });

  it('have everything that the previous release lives by', async () => {
    const database = freshKnowledgeDatabase(process.env['KNOWLEDGE_DATABASE_URL']!, 'upgrades');
    expect(
      await shapeProblems(database.url, { schema: KNOWLEDGE_SCHEMA, migrations: knowledgeMigrations }, database.schema).finally(() =>
        database.drop(),
      ),
    ).toEqual([]);
  });
});
