import { describe, expect, it } from '@jest/globals';
import { deliveries } from '@baton/contracts';
import type { TopicDefinition } from '@baton/contracts';
import { ProduceError } from '../producing/produce-error.js';
import type { ProducibleRecord } from '../producing/gathering-producer.js';
import { aDelivery } from '../testkit/a-delivery.js';
import { BatchRunner } from './batch-runner.js';
import type { AnyEvent, BatchRunnerOptions } from './batch-runner.js';
import { taskOf } from './task.js';
import type { Task } from './task.js';
import { Watermark } from './watermark.js';

const partition = () => ({
  topic: 'baton.deliveries.v1',
  partition: 0,
  watermark: new Watermark(),
  load: { records: 0, bytes: 0 },
  reached: -1n,
  paused: false,
  committed: undefined,
});

function tasksOf(...events: { value: string | Buffer | null; key: string; headers: Readonly<Record<string, string>> }[]): Task[] {
  const state = partition();
  return events.map(({ key, value, headers }, i) => {
    const bytes = value === null ? null : Buffer.from(value);
    return taskOf(
      { topic: state.topic, partition: 0, offset: BigInt(i), timestamp: 0, key: Buffer.from(key), value: bytes, headers },
      state,
    );
  });
}

async function run(tasks: readonly Task[], options: Partial<BatchRunnerOptions>, end = new AbortController()) {
  const finished: string[] = [];
  const letters: ProducibleRecord[] = [];
  const runner = new BatchRunner({
    topic: deliveries as unknown as TopicDefinition,
    groupId: 'desk',
    handle: async () => undefined,
    produce: async (records) => void letters.push(...records),
    isTransient: () => false,
    ...options,
  });
  await runner.run(tasks, (done) => finished.push(...done.map(({ record }) => record.offset.toString())), end.signal);
  return { finished, letters };
}

describe('a record of a newer release', () => {
  const newer = (delivery: ReturnType<typeof aDelivery>, more = {}) => ({
    ...delivery,
    headers: { ...delivery.headers, ce_type: 'baton.delivery.dance.v1', ...more },
  });

  it('that may be left out is left out, and what stands around it is handled', async () => {
    const handled: string[] = [];
    const tasks = tasksOf(aDelivery('a', 1), newer(aDelivery('a', 2), { ce_skippable: 'true' }), aDelivery('a', 3));
    const { finished, letters } = await run(tasks, { handle: async (events) => void handled.push(...events.map(({ type }) => type)) });
    expect([handled.length, finished.sort(), letters]).toEqual([2, ['0', '1', '2'], []]);
  });

  it('that may not is put aside, and told', async () => {
    const { finished, letters } = await run(tasksOf(newer(aDelivery('a', 1))), {});
    expect([finished, letters.length]).toEqual([['0'], 1]);
  });
});

describe('a batch', () => {
  it('leaves records unfinished when it is ended while it waits for Postgres', async () => {
    const end = new AbortController();
    const handle = async () => {
      setImmediate(() => end.abort());
      throw new Error('Postgres is away');
    };
    const { finished, letters } = await run(tasksOf(aDelivery('a', 1), aDelivery('b', 1)), { handle, isTransient: () => true }, end);
    expect([finished, letters]).toEqual([[], []]);
  });

  it('does not count a record as finished that could not be put to the dead letters', async () => {
    const end = new AbortController();
    const produce = async () => {
      setImmediate(() => end.abort());
      throw new ProduceError('kafka.unavailable', 'away');
    };
    const { finished } = await run(tasksOf({ ...aDelivery('a', 1), headers: {} }, aDelivery('b', 1)), { produce }, end);
    expect(finished).toEqual(['1']);
  });

  it('waits until the dead letters can be written', async () => {
    let attempts = 0;
    const produce = async () => {
      if (++attempts < 3) throw new ProduceError('kafka.unavailable', 'away');
    };
    const { finished } = await run(tasksOf({ ...aDelivery('a', 1), headers: {} }, aDelivery('a', 2)), { produce });
    expect([finished, attempts]).toEqual([['0', '1'], 3]);
  });

  it('goes on behind a record that is too large for the dead letters, and keeps the reason', async () => {
    const letters: ProducibleRecord[] = [];
    const produce = async (records: readonly ProducibleRecord[]) => {
      if (records[0]!.value !== null) throw new ProduceError('kafka.record-refused', 'too large');
      letters.push(...records);
    };
    const { finished } = await run(tasksOf({ ...aDelivery('a', 1), headers: {} }, aDelivery('a', 2)), { produce });
    expect(finished).toEqual(['0', '1']);
    expect(letters[0]!.headers['dl-reason']).toBe('not-an-event');
  });

  it('goes on when the gap cannot be told for a reason that will not pass', async () => {
    const onParked = async () => {
      throw new Error('a bug');
    };
    const { finished, letters } = await run(tasksOf({ ...aDelivery('a', 1), value: '{' }, aDelivery('a', 2)), { onParked });
    expect([finished, letters.length]).toEqual([['0', '1'], 1]);
  });

  it('calls the handler about twice per halving to find one guilty record among many', async () => {
    const calls: number[] = [];
    const handle = async (events: readonly AnyEvent[]) => {
      calls.push(events.length);
      if (events.some(({ data }) => (data as { deliverySequence: number }).deliverySequence === 77)) throw new Error('a bug');
    };
    const { finished, letters } = await run(tasksOf(...Array.from({ length: 128 }, (_, n) => aDelivery(`k${n % 9}`, n + 1))), { handle });
    expect([finished.length, letters.length, calls.length]).toEqual([128, 1, 15]);
  });
});
