import { describe, expect, it } from '@jest/globals';
import { after, agentSays, aSession, asks, POLICY } from '../testing/sessions.js';
import { GOODBYE_MS, hasToldQuotaEnd, isTooLate, mustSayAutomated, pendingOf, stateOf } from './session.js';
import type { Session, SessionState } from './session.js';
import { afterFact } from './session-rules.js';
import type { InboxFact } from './session-rules.js';

const planned = (answerId: string, ...asked: number[]): InboxFact => ({ kind: 'planned', answerId, asked });
const said = (answerId: string, asked: readonly number[], as: Extract<InboxFact, { kind: 'said' }>['as'] = 'answer'): InboxFact => ({
  kind: 'said',
  answerId,
  asked,
  fingerprint: 900_000 + asked[0]!,
  text: 'the answer',
  as,
});
const waits = (session: Session): string[] => pendingOf(session).map(({ text }) => text);
const on = (at: number): InboxFact => ({ kind: 'command', at, says: 'on' });
const off = (at: number): InboxFact => ({ kind: 'command', at, says: 'off' });
const resolved = (at: number): InboxFact => ({ kind: 'resolved', at });

describe('a question that lay about', () => {
  const MINUTE = 60_000;
  it('for half an hour is not answered any more, unless it is asked anew or an agent wants it answered', () => {
    const session = after(aSession(), [asks(100)]);
    expect(isTooLate(session, 100 + 30 * MINUTE)).toBe(false);
    expect(isTooLate(session, 101 + 30 * MINUTE)).toBe(true);
    expect(isTooLate(after(session, [asks(40 * MINUTE)]), 41 * MINUTE)).toBe(false);
    expect(isTooLate(after(session, [{ kind: 'edited', fingerprint: 100, at: 40 * MINUTE, text: 'another' }]), 41 * MINUTE)).toBe(false);
    expect(isTooLate(after(session, [on(40 * MINUTE)]), 41 * MINUTE)).toBe(false);
  });
});

describe('the end of the plan', () => {
  const inJune = Date.parse('2026-06-30T23:59:00Z');
  const told = after(aSession(), [asks(inJune), [{ ...said('a', [inJune], 'quota-end'), withoutHuman: true } as InboxFact, inJune]]);

  it.each([
    ['was not told to who was answered only', after(aSession(), [asks(inJune), said('a', [inJune])]), inJune, false],
    ['was told, at once', told, inJune, true],
    ['was told to the end of the month', told, inJune + 59_000, true],
    ['was not told in the next month', told, inJune + 60_000, false],
  ])('%s', (_, session, now, is) => {
    expect(hasToldQuotaEnd(session, now)).toBe(is);
  });
});

describe('a burst', () => {
  it('is let end: each line begins the wait anew, up to the longest', () => {
    const session = after(aSession(), [asks(100)]);
    expect(session.burst).toEqual({ since: 100, lastAt: 100, dueAt: 1_100, typedAt: 0 });
    expect(after(session, [asks(900)]).burst).toMatchObject({ since: 100, dueAt: 1_900 });
    const long = after(
      session,
      [900, 1_700, 2_500, 3_300, 4_100, 4_900, 5_700, 6_500, 7_300, 8_090].map((at) => asks(at)),
    );
    expect(long.burst?.dueAt).toBe(8_100);
    expect(waits(long)).toHaveLength(11);
  });

  it('goes on while he types, within the same bound', () => {
    const session = after(aSession(), [asks(100), [{ kind: 'typing', at: 900 }, 900]]);
    expect(session.burst?.dueAt).toBe(3_400);
    expect(after(session, [[{ kind: 'typing', at: 7_900 }, 7_900]]).burst?.dueAt).toBe(8_100);
  });

  it('is not held up by a typing from before his line, nor begun by one', () => {
    expect(after(aSession(), [asks(100), [{ kind: 'typing', at: 50 }, 300]]).burst?.dueAt).toBe(1_100);
    expect(after(aSession(), [{ kind: 'typing', at: 50 }]).burst).toBeNull();
  });

  it('is one answer, and the next line another', () => {
    const session = after(aSession(), [asks(1), asks(2), asks(3), planned('a', 1, 2, 3), [said('a', [1, 2, 3]), 10]]);
    expect(waits(session)).toEqual([]);
    expect(session.burst).toBeNull();
    expect(waits(after(session, [asks(20)]))).toEqual(['question at 20']);
  });

  it('is kept as a database can store it: without NUL and halves of a character, and cut', () => {
    const text = `\0${'a'.repeat(3_998)}\u{1f600}`;
    const earlier = { fingerprint: 5, from: 'human', text, at: 5, editedAt: 0, removed: false } as const;
    const session = after(aSession(), [
      asks(10, text),
      { kind: 'read', lines: [earlier], wordAt: 0 },
      asks(20),
      { kind: 'edited', fingerprint: 20, at: 30, text },
    ]);
    const stored = `\ufffd${'a'.repeat(3_998)}\ufffd`;
    expect(session.lines.map((line) => line.text)).toEqual([stored, stored, stored]);
  });

  it('keeps all of its lines, however many were said before', () => {
    const talk = Array.from({ length: 200 }, (_, index) => agentSays(index + 1));
    const burst = Array.from({ length: 90 }, (_, index) => asks(1_000 + index));
    const session = after(aSession(), [...talk, resolved(500), ...burst]);
    expect(pendingOf(session)).toHaveLength(90);
    expect(session.lines.length).toBeLessThanOrEqual(150);
  });
});

describe('an answer on its way', () => {
  const session = after(aSession(), [asks(1), planned('a', 1)]);

  it.each<[string, InboxFact]>([
    ['the visitor writes on', asks(5)],
    ['an agent speaks', agentSays(5)],
    ['the question is edited', { kind: 'edited', fingerprint: 1, at: 5, text: 'another question' }],
    ['the question is removed', { kind: 'deleted', fingerprint: 1, at: 5 }],
    ['an agent is assigned', { kind: 'assigned', at: 5 }],
    ['it is switched off', off(5)],
    ['the visitor is blocked', { kind: 'blocked', at: 5, is: true }],
    ['a handover turns up', { kind: 'handover' }],
    ['the session is removed', { kind: 'session-removed' }],
    ['the conversation is resolved', resolved(5)],
  ])('is overtaken when %s', (_, fact) => {
    const now = after(session, [fact]);
    expect(now.epoch).toBeGreaterThan(session.epoch);
    expect(now.planned).toBeNull();
  });

  it.each<[string, InboxFact]>([
    ['the same line comes again', asks(1)],
    ['he types', { kind: 'typing', at: 5 }],
    ['a machine says something', { kind: 'machine-line', fingerprint: 5, at: 5, text: 'We are open' }],
    ['a line that is no question is edited', { kind: 'edited', fingerprint: 77, at: 5, text: 'x' }],
    ['a resolve from before the question comes late', { kind: 'resolved', at: 0.5 }],
  ])('is not overtaken when %s', (_, fact) => {
    expect(after(session, [fact]).epoch).toBe(session.epoch);
  });

  it('gives its question back when the visitor writes on, so that one answer takes up both', () => {
    expect(waits(after(session, [asks(5)]))).toEqual(['question at 1', 'question at 5']);
  });

  it('that was said all the same leaves only what came since', () => {
    expect(waits(after(session, [asks(5), [said('a', [1]), 6]]))).toEqual(['question at 5']);
  });

  it('that cannot be said for a source that is gone is made anew, at once', () => {
    const again = after(session, [[{ kind: 'not-said', answerId: 'a', asked: [1], again: true, why: 'source-gone' }, 50]]);
    expect(again).toMatchObject({ planned: null, burst: { dueAt: 50 } });
    expect(again.epoch).toBeGreaterThan(session.epoch);
    expect(waits(again)).toEqual(['question at 1']);
  });

  it('that cannot be said for another reason is left', () => {
    const left = after(session, [{ kind: 'not-said', answerId: 'a', asked: [1], again: false, why: 'disconnected' }]);
    expect(left).toMatchObject({ planned: null, burst: null });
    expect(waits(left)).toEqual([]);
  });
});

describe('where Crisp assigns every conversation by itself', () => {
  it('an assignment says nothing of a human, his word still does', () => {
    const policy = { ...POLICY, silentWhenAssigned: false };
    const assigned = afterFact(after(aSession(), [asks(1)]), { kind: 'assigned', at: 2 }, policy, 2);
    expect(stateOf(assigned)).toBe('open');
    expect(stateOf(after(assigned, [agentSays(3)]))).toBe('human');
  });
});

describe('who may speak', () => {
  const bye = GOODBYE_MS;
  it.each<[string, InboxFact[], SessionState]>([
    ['nobody but the visitor spoke', [asks(1)], 'open'],
    ['an agent spoke', [asks(1), agentSays(2)], 'human'],
    ['an agent was assigned', [asks(1), { kind: 'assigned', at: 2 }], 'human'],
    ['an agent spoke and it was resolved', [agentSays(2), resolved(10_000)], 'open'],
    ['it was resolved and the goodbye came after', [agentSays(2), resolved(10_000), agentSays(10_000 + bye)], 'open'],
    ['an agent answers a question that came right after the end', [resolved(10_000), asks(10_500), agentSays(11_000)], 'human'],
    ['the question came after his goodbye', [agentSays(2), resolved(10_000), agentSays(11_000), asks(11_500)], 'open'],
    ['an agent spoke again, later than a goodbye', [agentSays(2), resolved(10_000), agentSays(10_001 + bye)], 'human'],
    ['the resolve is older than the agent’s word', [agentSays(20_000), resolved(10_000)], 'human'],
    ['an agent handed back', [agentSays(2), on(3)], 'open'],
    ['he spoke again', [agentSays(2), on(3), agentSays(4)], 'human'],
    ['switched off', [off(3)], 'off'],
    ['switched off, resolved', [off(3), resolved(10)], 'off'],
    ['switched off and on', [off(3), on(4)], 'open'],
    ['on and off at one time', [on(4), off(4)], 'off'],
    ['a late off', [on(4), off(3)], 'open'],
    ['a human was promised', [asks(1), planned('a', 1), said('a', [1], 'human')], 'waiting'],
    ['a human was promised and came', [asks(1), said('a', [1], 'human'), agentSays(2)], 'human'],
    ['a human was promised, it was resolved', [asks(1), said('a', [1], 'human'), resolved(2)], 'open'],
    ['a human was promised, an agent handed back', [asks(1), said('a', [1], 'human'), on(2)], 'open'],
    ['the plan is at its end, a human was promised', [asks(1), said('a', [1], 'quota-end')], 'waiting'],
    ['a handover’s, whatever else', [{ kind: 'handover' }, on(5), resolved(6)], 'handover'],
    ['removed', [{ kind: 'session-removed' }, { kind: 'handover' }], 'removed'],
  ])('%s', (_, facts, state) => {
    expect(stateOf(after(aSession(), facts))).toBe(state);
    // What we said ourselves is never told before what it answers.
    if (!facts.some(({ kind }) => kind === 'said')) expect(stateOf(after(aSession(), [...facts].reverse()))).toBe(state);
  });

  it('lets nothing be answered in a blocked session, until it is unblocked', () => {
    const blocked = after(aSession(), [{ kind: 'blocked', at: 1, is: true }, asks(2)]);
    expect(blocked.burst).toBeNull();
    expect(after(blocked, [{ kind: 'blocked', at: 3, is: false }]).burst).not.toBeNull();
  });

  it('takes a question up that came while a human had the word, once it is handed back', () => {
    const silent = after(aSession(), [agentSays(2), asks(3)]);
    expect(silent.burst).toBeNull();
    expect(waits(after(silent, [on(4)]))).toEqual(['question at 3']);
    expect(after(silent, [on(4)]).burst).toMatchObject({ dueAt: 4 + POLICY.quietMs });
  });

  it('never takes up what a human answered, or what was before the end', () => {
    expect(waits(after(aSession(), [asks(1), agentSays(2), on(3)]))).toEqual([]);
    expect(waits(after(aSession(), [asks(1), off(2), resolved(3), on(4)]))).toEqual([]);
  });

  it('suggests to agents while they speak, in note mode', () => {
    const note = { ...POLICY, mode: 'note' } as const;
    expect(after(aSession(), [agentSays(1), asks(2)], note).burst).not.toBeNull();
    expect(after(aSession(), [agentSays(1), asks(2), off(3)], note).burst).toBeNull();
    expect(after(aSession(), [{ kind: 'handover' }, asks(2)], note).burst).toBeNull();
  });
});

describe('edits and removals', () => {
  it('count although they come before their line', () => {
    expect(waits(after(aSession(), [{ kind: 'edited', fingerprint: 1, at: 9, text: 'better' }, asks(1)]))).toEqual(['better']);
    expect(waits(after(aSession(), [{ kind: 'deleted', fingerprint: 1, at: 9 }, asks(1), asks(2)]))).toEqual(['question at 2']);
  });

  it('keep the newest wording in whatever order they come', () => {
    const edits: InboxFact[] = [
      { kind: 'edited', fingerprint: 1, at: 9, text: 'newest' },
      { kind: 'edited', fingerprint: 1, at: 5, text: 'older' },
    ];
    expect(waits(after(aSession(), [asks(1), ...edits]))).toEqual(['newest']);
    expect(waits(after(aSession(), [asks(1), ...edits.reverse()]))).toEqual(['newest']);
  });

  it('of all that was asked leave nothing to answer', () => {
    expect(after(aSession(), [asks(1), { kind: 'deleted', fingerprint: 1, at: 2 }]).burst).toBeNull();
  });
});

describe('what is remembered of answers', () => {
  it('says that a machine speaks first, and again after a human or an end', () => {
    const first = aSession();
    expect(mustSayAutomated(first)).toBe(true);
    const told = after(first, [asks(1), said('a', [1])]);
    expect(mustSayAutomated(told)).toBe(false);
    expect(mustSayAutomated(after(told, [agentSays(5), on(6)]))).toBe(true);
    expect(mustSayAutomated(after(told, [resolved(5)]))).toBe(true);
    expect(mustSayAutomated(after(told, [resolved(5), asks(6), said('b', [6])]))).toBe(false);
  });

  it('counts misses in a row', () => {
    const missed = after(aSession(), [asks(1), said('a', [1], 'unknown'), asks(2), said('b', [2], 'unknown')]);
    expect(missed.misses).toBe(2);
    expect(after(missed, [asks(3), said('c', [3], 'courtesy')]).misses).toBe(2);
    expect(after(missed, [asks(3), said('c', [3])]).misses).toBe(0);
    expect(after(missed, [resolved(9)]).misses).toBe(0);
  });

  it('counts the answers of an hour', () => {
    const busy = after(aSession(), [
      [said('a', [1]), 1_000],
      [said('b', [2]), 2_000],
    ]);
    expect(busy.answeredAt).toEqual([1_000, 2_000]);
    expect(after(busy, [[said('c', [3]), 3_601_500]]).answeredAt).toEqual([2_000, 3_601_500]);
  });

  it('tells the same answer once', () => {
    const once = after(aSession(), [asks(1), [said('a', [1], 'unknown'), 10]]);
    expect(after(once, [[said('a', [1], 'unknown'), 20]])).toBe(once);
  });
});

describe('the first reading', () => {
  it('makes what was there history, which is not answered', () => {
    const earlier = { fingerprint: 1, from: 'visitor', text: 'hello?', at: 1, editedAt: 0, removed: false, answer: 'earlier' } as const;
    const session = after(aSession(), [asks(50), [{ kind: 'read', lines: [earlier], wordAt: 0 }, 60]]);
    expect(waits(session)).toEqual(['question at 50']);
    expect(session.lines.map(({ text }) => text)).toEqual(['hello?', 'question at 50']);
    expect(session).toMatchObject({ read: true, epoch: 1 });
  });

  it('silences where an agent is there already', () => {
    const session = after(aSession(), [asks(50), [{ kind: 'read', lines: [], wordAt: 40 }, 60]]);
    expect(stateOf(session)).toBe('human');
    expect(session.burst).toBeNull();
  });
});
