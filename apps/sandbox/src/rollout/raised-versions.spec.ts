import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { becauseRaised, raisedBetween, versionsOf } from './raised-versions.js';

const raised = raisedBetween(
  new Map(Object.entries({ asked: 2, told: 1, gone: 1 })),
  new Map(Object.entries({ asked: 3, told: 1, made: 1 })),
);

it('what was raised is what both builds know in different versions', () => {
  expect([...raised]).toEqual([['asked', { from: 2, to: 3 }]]);
});

it.each<[string, string | undefined]>([
  ['orchestrator: handovers: asked is known in version 2, not 3', 'asked from 2 to 3'],
  ['orchestrator: handovers: asked is known in version 3, not 2', 'asked from 2 to 3'],
  ['orchestrator: handovers: asked is known in version 3, not 4', undefined],
  ['orchestrator: handovers: told is known in version 1, not 2', undefined],
  ['orchestrator: handovers: asked lacks a field', undefined],
])('%s: expected for %s', (reason, why) => {
  expect(becauseRaised(reason, raised)).toBe(why);
});

it('the documents of a tree tell the versions of its events', async () => {
  const versions = await versionsOf(fileURLToPath(new URL('../../../../', import.meta.url)));
  expect(versions.get('handover.requested')).toBeGreaterThanOrEqual(3);
  expect(versions.size).toBeGreaterThan(10);
});
