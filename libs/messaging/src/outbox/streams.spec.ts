import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Streams } from './streams.js';
import type { OutboxRow } from './streams.js';

const row = (key: string, seq: number, after?: number): OutboxRow => ({
  key,
  seq,
  after,
  record: { topic: 'deliveries', key, value: '', headers: {} },
});
const seqs = (rows: readonly OutboxRow[]) => rows.map(({ seq }) => seq);

describe('the streams of the outbox', () => {
  it('send what nothing stands in front of, all rows of a key together', () => {
    const streams = new Streams();
    [row('a', 1), row('b', 2), row('a', 3, 1)].forEach((one) => streams.offer(one));
    expect(seqs(streams.nextRound().round)).toEqual([1, 3, 2]);
  });

  it('hold back a row until the one in front of it is acknowledged', () => {
    const streams = new Streams();
    streams.offer(row('a', 1));
    const { round } = streams.nextRound();
    streams.offer(row('a', 2, 1));
    expect(streams.nextRound().round).toEqual([]);
    streams.acknowledged(round);
    expect(seqs(streams.nextRound().round)).toEqual([2]);
  });

  it('wait for a row in front that is not here yet, and say so', () => {
    const streams = new Streams();
    streams.offer(row('a', 2, 1));
    expect(streams.nextRound()).toEqual({ round: [], blocked: ['a'] });
    streams.offer(row('a', 1));
    expect(seqs(streams.nextRound().round)).toEqual([1, 2]);
  });

  it('go on without the row in front when that is known to be out', () => {
    const streams = new Streams();
    streams.offer(row('a', 5, 4));
    streams.nothingBefore('a', 5);
    expect(seqs(streams.nextRound().round)).toEqual([5]);
  });

  it('send again what failed, in its order and not before it has rested', () => {
    const streams = new Streams();
    streams.offer(row('a', 1));
    const { round } = streams.nextRound();
    streams.failed(round);
    streams.offer(row('a', 2, 1));
    expect(streams.nextRound()).toEqual({ round: [], blocked: [] });
    streams.rested(round);
    expect(seqs(streams.nextRound().round)).toEqual([1, 2]);
  });

  it('let other keys go while one rests', () => {
    const streams = new Streams();
    streams.offer(row('a', 1));
    streams.failed(streams.nextRound().round);
    streams.offer(row('b', 2));
    expect(seqs(streams.nextRound().round)).toEqual([2]);
  });

  it('take a row once, however often it is offered', () => {
    const streams = new Streams();
    [row('a', 1), row('a', 1)].forEach((one) => streams.offer(one));
    expect(streams.size).toBe(1);
  });

  it('forget what somebody else has sent', () => {
    const streams = new Streams();
    [row('a', 2, 1), row('a', 3, 2)].forEach((one) => streams.offer(one));
    streams.forgetBefore('a', 3);
    expect([streams.first('a'), streams.size]).toEqual([3, 1]);
  });

  it('keep every key in order and send everything, in whatever order rows are offered, acknowledged or fail', () => {
    const world = fc.record({
      keys: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 }),
      choices: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(world, ({ keys, choices }) => {
        const choose = (n: number) => choices.next().value % n;
        const last = new Map<string, number>();
        const rows = keys.map((key, seq) => {
          const one = row(`k${key}`, seq, last.get(`k${key}`));
          last.set(one.key, seq);
          return one;
        });
        const streams = new Streams();
        const toOffer = [...rows];
        const atWork: OutboxRow[][] = [];
        const resting: OutboxRow[][] = [];
        const arrived: OutboxRow[] = [];
        for (let steps = 0; arrived.length < rows.length; steps++) {
          expect(steps).toBeLessThan(2_000);
          const what = choose(4);
          if (what === 0 && toOffer.length > 0) streams.offer(toOffer.splice(choose(toOffer.length), 1)[0]!);
          if (what === 1) {
            const { round } = streams.nextRound();
            if (round.length > 0) atWork.push(round);
          }
          if (what === 2 && atWork.length > 0) {
            const [call] = atWork.splice(choose(atWork.length), 1);
            if (choose(4) === 0) {
              streams.failed(call!);
              resting.push(call!);
            } else {
              arrived.push(...call!);
              streams.acknowledged(call!);
            }
          }
          if (what === 3 && resting.length > 0) streams.rested(resting.splice(choose(resting.length), 1)[0]!);
        }
        for (const key of last.keys()) {
          const order = seqs(arrived.filter((one) => one.key === key));
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
        expect(streams.size).toBe(0);
      }),
    );
  });
});
