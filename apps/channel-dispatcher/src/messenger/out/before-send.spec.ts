import { describe, expect, it } from '@jest/globals';
import { maySend } from './before-send.js';
import type { BeforeSend } from './before-send.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-01-05T12:00:00.000Z');

type Given = {
  message?: Partial<BeforeSend['message']>;
  part?: Partial<BeforeSend['part']>;
} & Partial<Omit<BeforeSend, 'message' | 'part'>>;

function asked({ message, part, ...more }: Given): ReturnType<typeof maySend> {
  return maySend({
    message: { authorKind: 'bot', status: 'open', epoch: 1, withdrawable: true, plannedAt: NOW - 100, ...message },
    part: { state: 'open', othersSent: false, ...part },
    epoch: 1,
    lastUserActionAt: NOW - HOUR,
    humanAgent: false,
    page: undefined,
    tokenMark: 'now',
    probeEveryMs: 60_000,
    now: NOW,
    ...more,
  });
}

const go = (probe = false) => ({ as: { messagingType: 'RESPONSE' }, probe });
const waited = { plannedAt: NOW - 11_000 };

describe('a part may be sent', () => {
  const cases: [string, Given, object][] = [
    ['within a day of his last act', {}, go()],
    ['when nobody knows of an act', { lastUserActionAt: undefined }, go()],
    [
      'by a human within a week, with a tag',
      { message: { authorKind: 'agent' }, humanAgent: true, lastUserActionAt: NOW - 30 * HOUR },
      { as: { messagingType: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }, probe: false },
    ],
    ['when the floor changed a moment after it was decided', { epoch: 2, message: { plannedAt: NOW - 9_000 } }, go()],
    ['when the floor changed and a human said it', { epoch: 2, message: { ...waited, withdrawable: false } }, go()],
    ['when its message has begun, whatever the floor did', { epoch: 2, message: waited, part: { othersSent: true } }, go()],
    ['when it was said in the bot’s name since it is switched off: that nobody is there', { stoppedSince: NOW - 200 }, go()],
    ['when a human said it, whatever is switched off', { message: { authorKind: 'agent', withdrawable: false }, stoppedSince: NOW }, go()],
    ['as the correction of what he has read', { message: { status: 'seen' } }, go()],
  ];
  it.each(cases)('%s', (_name, given, expected) => expect(asked(given)).toEqual(expected));
});

describe('a part is refused', () => {
  const cases: [string, Given, string][] = [
    ['when its message failed', { message: { status: 'failed' } }, 'messenger.no-longer-wanted'],
    ['when its message was withdrawn', { message: { status: 'superseded' } }, 'messenger.no-longer-wanted'],
    ['when its echo says that it was sent', { part: { state: 'sent' } }, 'messenger.no-longer-wanted'],
    ['when a bot said it and the floor changed while it waited', { epoch: 2, message: waited }, 'messenger.superseded'],
    ['when the bot said it before somebody switched it off', { stoppedSince: NOW - 50 }, 'messenger.superseded'],
    ['when a bot says it after a day', { lastUserActionAt: NOW - 25 * HOUR, humanAgent: true }, 'messenger.window-closed'],
    [
      'when a human says it after a day and Meta did not approve',
      { message: { authorKind: 'agent' }, lastUserActionAt: NOW - 25 * HOUR },
      'messenger.window-closed',
    ],
    [
      'when a human says it after a week',
      { message: { authorKind: 'agent' }, humanAgent: true, lastUserActionAt: NOW - 169 * HOUR },
      'messenger.window-closed',
    ],
  ];
  it.each(cases)('%s', (_name, given, refused) => expect(asked(given)).toEqual({ refused }));
});

describe('a page that is not well', () => {
  const stopped = { stoppedAt: NOW - HOUR, reason: 'messenger.token-dead', tokenMark: 'now' };
  const cases: [string, Given, object][] = [
    [
      'is left alone between two tries',
      { page: { ...stopped, probedAt: NOW - 10_000 } },
      { waitMs: 5_000, reason: 'messenger.token-dead' },
    ],
    [
      'is looked at again when the next try is due',
      { page: { ...stopped, probedAt: NOW - 58_000 } },
      { waitMs: 2_000, reason: 'messenger.token-dead' },
    ],
    ['is tried once in a while', { page: { ...stopped, probedAt: NOW - 60_000 } }, go(true)],
    ['is called when its token is another one', { page: { ...stopped, tokenMark: 'before', probedAt: NOW } }, go()],
    ['rests for as long as Meta says', { page: { slowUntil: NOW + 30_000 } }, { waitMs: 30_000, reason: 'messenger.rate' }],
    ['is called after its rest', { page: { slowUntil: NOW } }, go()],
  ];
  it.each(cases)('%s', (_name, given, expected) => expect(asked(given)).toEqual(expected));
});
