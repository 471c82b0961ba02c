import { describe, expect, it } from '@jest/globals';
import { aHook } from '../testkit/hooks.js';
import { hookId } from './hook-id.js';
import { readHook } from './read-hook.js';

function idOf(...hook: Parameters<typeof aHook>): string {
  const body = aHook(...hook);
  const read = readHook(body);
  if ('refusal' in read) throw new Error(read.refusal.body.message);
  return hookId(read.hook, body);
}

const LATER = 1_760_000_099_999;

describe('the id of a web hook', () => {
  it.each([
    ['a message that Crisp sends out again later', {}, { timestamp: LATER }],
    ['a message whose other fields changed', {}, { data: { stamped: true } }],
    ['a removal that is repeated', { event: 'message:removed' }, { event: 'message:removed', timestamp: LATER }],
    [
      'a repeated state',
      { event: 'session:set_state', data: { state: 'resolved' } },
      { event: 'session:set_state', data: { state: 'resolved', extra: 1 } },
    ],
    [
      'anything else with the same bytes',
      { event: 'session:set_email', data: { email: 'a@b.c' } },
      { event: 'session:set_email', data: { email: 'a@b.c' } },
    ],
  ])('is the same for %s', (_, one, again) => {
    expect(idOf(again)).toBe(idOf(one));
  });

  it.each([
    ['two messages', {}, { data: { fingerprint: 1 } }],
    ['a message and its removal', {}, { event: 'message:removed' }],
    ['two edits of one message', { event: 'message:updated' }, { event: 'message:updated', timestamp: LATER }],
    [
      'the same state at another time',
      { event: 'session:set_state', data: { state: 'resolved' } },
      { event: 'session:set_state', data: { state: 'resolved' }, timestamp: LATER },
    ],
    ['the same fingerprint in another session', {}, { data: { session_id: 'session_x' } }],
    ['a message without a fingerprint and another one', { data: { fingerprint: null } }, { data: { fingerprint: null, content: 'Other' } }],
    [
      'anything else with other bytes',
      { event: 'session:set_email', data: { email: 'a@b.c' } },
      { event: 'session:set_email', data: { email: 'x@b.c' } },
    ],
  ])('is another one for %s', (_, one, other) => {
    expect(idOf(other)).not.toBe(idOf(one));
  });
});
