import { expect, it } from '@jest/globals';
import { aPolicy, START } from '../../floor/conversation.builder.js';
import { KnownPolicies } from './known-policies.js';

const DAY = 86_400_000;

it('notes a policy once a day, when it was committed', () => {
  const known = new KnownPolicies();
  const policy = aPolicy();
  const used = new Map([[known.idOf(policy), policy]]);
  const first = known.newOf(used, START);
  expect(first).toEqual([{ id: known.idOf(policy), day: '2026-01-05', policy }]);
  // That transaction was rolled back.
  expect(known.newOf(used, START)).toEqual(first);
  known.remember(first);
  expect(known.newOf(used, START + 1)).toEqual([]);
  expect(known.newOf(used, START + DAY).map(({ day }) => day)).toEqual(['2026-01-06']);
});

it('names equal policies alike, whichever object they are', () => {
  const known = new KnownPolicies();
  expect(known.idOf(aPolicy())).toBe(known.idOf(aPolicy()));
  expect(known.idOf(aPolicy({ botName: 'Rita' }))).not.toBe(known.idOf(aPolicy()));
});
