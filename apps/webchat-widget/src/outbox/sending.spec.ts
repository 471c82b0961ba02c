import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LineState } from '../connection/line.js';
import { Outbox } from './outbox.js';
import { ACK_MS, Sending } from './sending.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function aTab(...texts: string[]) {
  let stored: string | undefined;
  const outbox = new Outbox({ read: () => stored, write: (value) => (stored = value) });
  const sent: string[] = [];
  const line = {
    state: 'online' as LineState,
    restarts: 0,
    send: (frame: { t: string; clientId?: string }) => line.state === 'online' && sent.push(frame.clientId ?? frame.t) > 0,
    restart: () => void (line.restarts += 1),
  };
  for (const text of texts) outbox.add({ clientId: text, text, at: 1 });
  const sending = new Sending(outbox, line);
  sending.pump();
  return { outbox, sent, line, sending };
}

describe('what waits in the outbox', () => {
  it('is sent one by one, each when the one before is confirmed', () => {
    const { sending, sent, outbox } = aTab('a', 'b');
    sending.pump();
    expect(sent).toEqual(['a']);
    sending.confirmed('a');
    expect(sent).toEqual(['a', 'b']);
    sending.confirmed('b');
    expect(outbox.all()).toEqual([]);
  });

  it('is sent again when the line breaks before it was confirmed', () => {
    const { sending, sent, line } = aTab('a', 'b');
    line.state = 'retrying';
    sending.interrupted();
    sending.pump();
    expect(sent).toEqual(['a']);
    line.state = 'online';
    sending.pump();
    expect(sent).toEqual(['a', 'a']);
  });

  it('lets the line be doubted that confirms nothing, and no other', () => {
    const { sending, line } = aTab('a', 'b');
    jest.advanceTimersByTime(ACK_MS - 1);
    sending.confirmed('a');
    jest.advanceTimersByTime(ACK_MS - 1);
    expect(line.restarts).toBe(0);
    jest.advanceTimersByTime(1);
    expect(line.restarts).toBe(1);
  });

  it('is asked about by who hears a confirmation, also when another tab took it out', () => {
    const { sending, outbox } = aTab('a', 'b');
    outbox.remove('a');
    expect(['a', 'b', 'c'].map((id) => sending.find(id)?.text)).toEqual(['a', 'b', undefined]);
  });

  it.each(['too-fast', 'try-later'])('comes again when the server says so, in its order: %s', (code) => {
    const { sending, sent } = aTab('a', 'b');
    sending.refused('a', code, 700);
    jest.advanceTimersByTime(699);
    expect(sent).toEqual(['a']);
    jest.advanceTimersByTime(1);
    expect(sent).toEqual(['a', 'a']);
  });

  it('makes room for the next one when it is refused for good, and is kept with the reason', () => {
    const { sending, sent, outbox } = aTab('a', 'b');
    sending.refused('a', 'text-too-long');
    expect(sent).toEqual(['a', 'b']);
    expect(outbox.all()).toMatchObject([{ clientId: 'a', failed: 'text-too-long' }, { clientId: 'b' }]);
  });

  it('leaves the line alone when the last one was refused for good', () => {
    const { sending, line } = aTab('a');
    sending.refused('a', 'text-too-long');
    jest.advanceTimersByTime(2 * ACK_MS);
    expect(line.restarts).toBe(0);
  });

  it('is watched on when a refusal comes of another one', () => {
    const { sending, sent, line } = aTab('a', 'b');
    sending.refused('b', 'too-fast', 500);
    jest.advanceTimersByTime(ACK_MS);
    expect([sent, line.restarts]).toEqual([['a'], 1]);
  });
});
