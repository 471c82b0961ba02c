import { getAnswer, listAnswers, tryOutBot } from '@baton/control-api';
import type { Role } from '@baton/control-api';
import { expect, it } from '@jest/globals';
import { whyNot } from '../api/caller.js';
import type { Caller } from '../api/caller.js';

const caller = (role: Role): Caller => ({
  ...{ author: { kind: 'api-key', id: 'k', name: 'CI' }, administrator: false },
  ...{ roles: new Map([['acme', role]]), scopes: new Set(['knowledge'] as const) },
});

it.each([
  ['viewer', 'not-allowed'],
  ['editor', undefined],
  ['owner', undefined],
] as const)('a question in the playground costs tokens: a %s is told %s; what was answered everybody reads', (role, why) => {
  expect(whyNot(tryOutBot.access, caller(role), 'acme')).toBe(why);
  for (const { access } of [listAnswers, getAnswer]) expect(whyNot(access, caller(role), 'acme')).toBeUndefined();
});
