import { describe, expect, it } from '@jest/globals';
import type { LogFrame, ServerFrame } from '@baton/contracts';
import fc from 'fast-check';
import { EMPTY_LOG, acknowledged, arrived, hasHole, hasOlder, recalled, unseen, welcomed } from './log.js';
import type { Log } from './log.js';

const at = '2026-01-05T10:00:00.000Z';
const text = (words: string) => ({ type: 'text', text: words }) as const;
const said = (seq: number, kind: 'bot' | 'agent' | 'visitor' | 'system' = 'bot', id = `m${seq}`): LogFrame => ({
  t: 'message',
  seq,
  id,
  at,
  author: { kind },
  body: text(`words ${seq}`),
});
const welcome = (seq: number, replayFrom: number, patch: Partial<Extract<ServerFrame, { t: 'welcome' }>> = {}) =>
  ({ t: 'welcome', conversationId: 'c', seq, replayFrom, floor: 'bot', ...patch }) as const;
const shown = (log: Log) => log.entries.map((entry) => (entry.kind === 'message' ? entry.id : entry.floor));
const after = (log: Log, ...frames: LogFrame[]) => frames.reduce(arrived, log);
const fresh = (seq: number, replayFrom = 1) => welcomed(EMPTY_LOG, welcome(seq, replayFrom));

describe('the log of a conversation', () => {
  it('holds nothing twice', () => {
    const log = after(fresh(0), said(1), said(2), said(1), said(2));
    expect(shown(log)).toEqual(['m1', 'm2']);
    expect(log.lastSeq).toBe(2);
  });

  it('joins what was missed to what is held', () => {
    const before = after(fresh(0), said(1), said(2));
    const log = after(welcomed(before, welcome(4, 3)), said(3), said(4));
    expect(shown(log)).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  it('begins anew where so much was missed that the server does not send it', () => {
    const before = after(fresh(0), said(1), said(2));
    const log = after(welcomed(before, welcome(900, 400)), said(400));
    expect(shown(log)).toEqual(['m400']);
    expect(hasOlder(log)).toBe(true);
  });

  it('begins anew when the server knows less than this page, as after its data were lost', () => {
    const before = after(fresh(0), said(1), said(2), said(3));
    const log = after(welcomed(before, welcome(1, 1)), said(1, 'bot', 'other'));
    expect(shown(log)).toEqual(['other']);
  });

  it('forgets everything when it is another conversation', () => {
    const before = after(fresh(0), said(1));
    expect(shown(welcomed(before, welcome(1, 2, { conversationId: 'd' })))).toEqual([]);
  });

  it('puts an own message where the server put it, though its ack overtakes an older line', () => {
    const early = acknowledged(fresh(0), { t: 'ack', clientId: 'x', id: 'mine', seq: 2, at }, text('hello'));
    expect(early.lastSeq).toBe(0);
    expect(hasHole(early)).toBe(true);
    const log = after(early, said(1), { ...said(2, 'visitor', 'mine'), clientId: 'x' } as LogFrame);
    expect(shown(log)).toEqual(['m1', 'mine']);
    expect([log.lastSeq, hasHole(log)]).toEqual([2, false]);
  });

  it('shows an edit in place and a removal as removed, also when they come before the message is loaded', () => {
    const live = after(
      fresh(0),
      said(1),
      { t: 'edit', seq: 2, id: 'm1', at, body: text('better') },
      { t: 'removal', seq: 3, id: 'm1', at },
    );
    expect(live.entries[0]).toMatchObject({ change: 'removed' });
    const later = after(fresh(60, 60), { t: 'edit', seq: 60, id: 'm5', at, body: text('better') });
    const log = recalled(later, [said(5), { t: 'edit', seq: 6, id: 'm5', at, body: text('good') }]);
    expect(log.entries).toHaveLength(1);
    expect(log.entries[0]).toMatchObject({ change: 'edited', body: text('better') });
  });

  it('believes the welcome about who speaks now, not the modes of the past', () => {
    const log = after(fresh(2), { t: 'mode', seq: 1, at, floor: 'agent', agent: { name: 'Mia' } });
    expect(log.floor).toBe('bot');
    expect(after(log, said(2), { t: 'mode', seq: 3, at, floor: 'agent', agent: { name: 'Mia' } })).toMatchObject({
      floor: 'agent',
      agent: { name: 'Mia' },
    });
  });

  it('keeps its numbering over a line that cannot be shown', () => {
    const log = after(fresh(0), said(1), { t: 'gap', seq: 2, at }, said(3));
    expect(shown(log)).toEqual(['m1', 'm3']);
    expect(log.lastSeq).toBe(3);
  });

  it('knows that nothing is older when the server has nothing older', () => {
    const log = fresh(80, 31);
    expect(hasOlder(log)).toBe(true);
    expect(hasOlder(recalled(log, []))).toBe(false);
    expect(hasOlder(recalled(log, [said(1)]))).toBe(false);
  });

  it('has what came by e-mail in its place, and not as unseen', () => {
    const log = after(fresh(0), said(1, 'agent'), { ...said(2, 'agent'), mailed: true } as LogFrame);
    expect(shown(log)).toEqual(['m1', 'm2']);
    expect(unseen(log, 0).map(({ id }) => id)).toEqual(['m1']);
  });

  it('counts as unseen what others said, not what the visitor or the system did, nor what was taken back', () => {
    const log = after(fresh(0), said(1), said(2, 'agent'), said(3, 'visitor'), said(4, 'system'), said(5), {
      t: 'removal',
      seq: 6,
      id: 'm5',
      at,
    });
    expect(unseen(log, 0).map(({ id }) => id)).toEqual(['m1', 'm2']);
    expect(unseen(log, 1).map(({ id }) => id)).toEqual(['m2']);
  });

  it('is whole and in order however often and in whatever order its lines come', () => {
    const orders = fc.integer({ min: 1, max: 12 }).chain((length) => {
      const all = Array.from({ length }, (_, index) => said(index + 1));
      return fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: length, maxLength: length * 2 }));
    });
    fc.assert(
      fc.property(orders, ([all, some]) => {
        const log = after(fresh(0), ...some, ...all);
        expect(shown(log)).toEqual(all.map(({ seq }) => `m${seq}`));
        expect([log.lastSeq, hasHole(log)]).toEqual([all.length, false]);
      }),
    );
  });
});
