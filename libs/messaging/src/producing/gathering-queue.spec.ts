import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GatheringQueue, suspects } from './gathering-queue.js';
import type { Call } from './gathering-queue.js';

const wire = (value: string) => ({ topic: 't', key: 'k', value, headers: {} });
const limits = { records: 10, bytes: 100 };

function aCall(deadline = 0): Call & { outcome?: 'done' | Error } {
  const call: Call & { outcome?: 'done' | Error } = { deadline, settle: (error) => (call.outcome = error ?? 'done') };
  return call;
}

function add(queue: GatheringQueue, call: Call, ...sizes: number[]): void {
  queue.add(
    call,
    sizes.map((_, i) => wire(String(i))),
    sizes,
  );
}

describe('the gathering queue', () => {
  it('puts what several calls asked for into one batch, in their order', () => {
    const queue = new GatheringQueue();
    const [one, two] = [aCall(), aCall()];
    add(queue, one, 10, 10);
    add(queue, two, 10);
    const batch = queue.take(limits)!;
    expect(batch.entries.map(({ call }) => call)).toEqual([one, one, two]);
    queue.acknowledged(batch);
    expect([one.outcome, two.outcome, queue.records, queue.bytes]).toEqual(['done', 'done', 0, 0]);
  });

  it('spreads a call over batches when it is larger than one, and tells it when the last is acknowledged', () => {
    const queue = new GatheringQueue();
    const call = aCall();
    add(queue, call, 60, 60);
    queue.acknowledged(queue.take(limits)!);
    expect(call.outcome).toBeUndefined();
    queue.acknowledged(queue.take(limits)!);
    expect(call.outcome).toBe('done');
  });

  it('sends a record that is larger than any batch alone', () => {
    const queue = new GatheringQueue();
    add(queue, aCall(), 10);
    add(queue, aCall(), 500);
    expect([queue.take(limits)!.entries.length, queue.take(limits)!.entries.length]).toEqual([1, 1]);
  });

  it('does not send what belongs to a call that failed meanwhile', () => {
    const queue = new GatheringQueue();
    const [late, other] = [aCall(5), aCall(50)];
    add(queue, late, 60, 60);
    add(queue, other, 10);
    const first = queue.take(limits)!;
    for (const call of queue.overdue(5)) queue.fail(call, new Error('late'));
    expect(late.outcome).toEqual(new Error('late'));
    expect(queue.stillWanted(first)).toBeUndefined();
    expect(queue.take(limits)!.entries.map(({ call }) => call)).toEqual([other]);
  });

  it('tells several suspects apart by halves until one stands alone', () => {
    const queue = new GatheringQueue();
    const calls = [aCall(), aCall(), aCall()];
    for (const call of calls) add(queue, call, 1);
    const found = suspects(queue.take(limits)!);
    if (!('halves' in found)) throw new Error('three calls are more than one suspect');
    expect(found.halves.map((half) => half.entries.map(({ call }) => calls.indexOf(call as never)))).toEqual([[0], [1, 2]]);
    expect(suspects(found.halves[0])).toEqual({ alone: calls[0] });
  });

  it('gives every record out once, in order and within the limits, and its account ends at nothing', () => {
    const sizes = fc.array(fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (calls) => {
        const queue = new GatheringQueue();
        const all = calls.map((sizesOfOne) => {
          const call = aCall();
          add(queue, call, ...sizesOfOne);
          return call;
        });
        const sent: Call[] = [];
        for (let batch = queue.take(limits); batch; batch = queue.take(limits)) {
          const bytes = batch.entries.reduce((sum, entry) => sum + entry.bytes, 0);
          expect(batch.entries.length === 1 || bytes <= limits.bytes).toBe(true);
          expect(batch.entries.length).toBeLessThanOrEqual(limits.records);
          sent.push(...batch.entries.map(({ call }) => call));
          queue.acknowledged(batch);
        }
        expect(sent).toEqual(all.flatMap((call, i) => calls[i]!.map(() => call)));
        expect(all.every(({ outcome }) => outcome === 'done')).toBe(true);
        expect([queue.records, queue.bytes, queue.calls]).toEqual([0, 0, 0]);
      }),
    );
  });
});
