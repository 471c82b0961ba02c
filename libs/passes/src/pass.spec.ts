import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { InnerDoor } from './inner-door.js';
import { PASS_LASTS_MS, readPass, writePass } from './pass.js';
import type { Pass } from './pass.js';

const KEY = randomBytes(32).toString('base64');
const NOW = new Date('2026-03-01T10:00:00Z');
const PASS: Pass = { workspaceId: 'acme', errand: 'conversations', may: 'read', by: 'person-1' };

describe('a pass', () => {
  it('says for whom and for what it is, for a minute', () => {
    const header = writePass(KEY, PASS, NOW);
    expect(readPass(KEY, header, NOW)).toEqual(PASS);
    expect(readPass(KEY, header, new Date(NOW.getTime() + PASS_LASTS_MS - 1))).toEqual(PASS);
    expect(readPass(KEY, header, new Date(NOW.getTime() + PASS_LASTS_MS))).toBeUndefined();
  });

  it.each([
    ['another key', (header: string) => [randomBytes(32).toString('base64'), header]],
    ['another workspace in it', (header: string) => [KEY, header.replace(/ [^.]+/, ` ${forged()}`)]],
    ['no signature', (header: string) => [KEY, header.replace(/\..*/, '')]],
    ['a bearer key', () => [KEY, 'Bearer something']],
    ['nothing', () => [KEY, '']],
  ])('is none with %s', (_, change) => {
    const [key, header] = change(writePass(KEY, PASS, NOW)) as [string, string];
    expect(readPass(key, header, NOW)).toBeUndefined();
  });

  const forged = () => Buffer.from(JSON.stringify({ ...PASS, workspaceId: 'other', until: NOW.getTime() + 1_000 })).toString('base64url');
});

describe('an inner door', () => {
  const door = new InnerDoor(KEY, () => NOW);

  it.each([
    ['its errand, to read', 'conversations', 'read', undefined],
    ['its errand, to write with a pass that reads', 'conversations', 'write', 403],
    ['another errand', 'privacy', 'read', 403],
  ] as const)('for %s', (_, errand, may, status) => {
    expect(door.open(writePass(KEY, PASS, NOW), errand, may)).toMatchObject(status === undefined ? PASS : { status });
  });

  it('stays shut without a key of its own, and without a pass', () => {
    expect(new InnerDoor(undefined).open(writePass(KEY, PASS, NOW), 'conversations')).toMatchObject({ status: 503 });
    expect(door.open(undefined, 'conversations')).toMatchObject({ status: 401 });
  });

  it.each([
    ['a pass and the right form', {}, 200, { told: 'acme ada' }],
    ['no pass', { authorization: undefined }, 401, { error: { code: 'unauthorized' } }],
    ['a pass to read where something is changed', { may: 'write' as const }, 403, { error: { code: 'not-allowed' } }],
    ['settings that are not read yet', { isReady: false }, 503, { error: { code: 'not-ready' } }],
    ['a field that is wrong', { body: { who: 1 } }, 400, { error: { code: 'invalid-request', message: 'who is wrong' } }],
    ['no body at all', { body: null }, 400, { error: { code: 'invalid-request', message: 'the body is wrong' } }],
  ])('answers with %s', async (_, change, status, body) => {
    const asked = {
      authorization: writePass(KEY, PASS, NOW),
      errand: 'conversations',
      may: 'read',
      isReady: true,
      body: { who: 'ada' },
      ...change,
    } as const;
    const schema = z.object({ who: z.string() });
    const answered = await door.answer({ ...asked, schema }, ({ who }, { workspaceId }) =>
      Promise.resolve({ told: `${workspaceId} ${who}` }),
    );
    expect(answered).toMatchObject({ status, body });
  });
});
