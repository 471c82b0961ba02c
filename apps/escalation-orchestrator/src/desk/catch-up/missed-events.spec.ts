import { describe, expect, it } from '@jest/globals';
import { CrispMessageSchema } from '@baton/crisp';
import { lineIdOf } from '../../judge/desk-events.js';
import { missedEvents } from './missed-events.js';
import type { HeldLine, SessionReading } from './missed-events.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const SESSION = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const START = 1_760_000_000_000;

const message = (n: number, patch: Record<string, unknown> = {}) =>
  CrispMessageSchema.parse({
    type: 'text',
    content: `word ${n}`,
    from: 'operator',
    origin: 'chat',
    fingerprint: n,
    timestamp: START + n * 1_000,
    user: { nickname: 'Mia' },
    ...patch,
  });

const held = (n: number, patch: Partial<HeldLine> = {}): HeldLine => ({
  messageId: lineIdOf({ websiteId: WEBSITE, sessionId: SESSION, fingerprint: String(n) }),
  fingerprint: String(n),
  body: { type: 'text', text: `word ${n}` },
  at: START + n * 1_000,
  isFresh: false,
  ...patch,
});

function reading(patch: Partial<SessionReading> = {}): SessionReading {
  return {
    websiteId: WEBSITE,
    conversation: { session_id: SESSION, updated_at: START + 100_000, state: 'unresolved' } as SessionReading['conversation'],
    messages: [],
    since: START - 60_000,
    isComplete: true,
    held: [],
    isStateSettled: true,
    ...patch,
  };
}

const resolved = { session_id: SESSION, updated_at: START + 100_000, state: 'resolved' } as SessionReading['conversation'];

describe('a reading of a session', () => {
  it('tells messages in their order and the resolve behind them', () => {
    const events = missedEvents(reading({ messages: [message(1), message(2)], conversation: resolved }));
    expect(events.map((event) => event.kind)).toEqual(['agent-message', 'agent-message', 'state']);
  });

  it('does not believe a state that we may have set ourselves a moment ago', () => {
    expect(missedEvents(reading({ conversation: resolved, isStateSettled: false }))).toEqual([]);
  });

  it('never tells notes and our own messages', () => {
    expect(
      missedEvents(reading({ messages: [message(1, { type: 'note' }), message(2, { origin: 'urn:baton:escalation-orchestrator:0' })] })),
    ).toEqual([]);
  });

  it('finds an edit, unless what is held is newer than what was read', () => {
    const edited = message(1, { content: 'other words', edited: true });
    expect(missedEvents(reading({ messages: [edited], held: [held(1)] })).map((event) => event.kind)).toEqual(['agent-message', 'edited']);
    expect(missedEvents(reading({ messages: [edited], held: [held(1, { isFresh: true })] })).map((event) => event.kind)).toEqual([
      'agent-message',
    ]);
    expect(missedEvents(reading({ messages: [message(1)], held: [held(1)] })).map((event) => event.kind)).toEqual(['agent-message']);
  });

  it('finds a removal well inside of what was read, and nowhere else', () => {
    const removed = (line: HeldLine, patch: Partial<SessionReading> = {}) =>
      missedEvents(reading({ held: [line], ...patch })).map((event) => event.kind);
    expect(removed(held(1))).toEqual(['removed']);
    expect(removed(held(1), { isComplete: false })).toEqual([]);
    expect(removed(held(1, { isFresh: true }))).toEqual([]);
    expect(removed(held(1, { body: null }))).toEqual([]);
    expect(removed(held(99))).toEqual([]);
    expect(removed(held(1), { since: START })).toEqual([]);
  });
});
