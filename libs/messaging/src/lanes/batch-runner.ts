import { setTimeout as sleep } from 'node:timers/promises';
import { ContractViolation, decodeEvent } from '@baton/contracts';
import type { DeadLetterReason, ReceivedEvent, TopicDefinition } from '@baton/contracts';
import { deadLetterOf, withoutBody } from '../dead-letters/dead-letter.js';
import { describeError } from '../dead-letters/describe-error.js';
import type { MessagingLog } from '../kafka/kafka.js';
import { rememberPlace } from '../kafka/places.js';
import type { ProducibleRecord } from '../producing/gathering-producer.js';
import { ProduceError } from '../producing/produce-error.js';
import { backOffMs } from './back-off.js';
import type { ParkedRecord } from './on-events.js';
import type { Task } from './task.js';
import { traceIdOf } from '../tracing/traceparent.js';
import { UnprocessableEvent } from './unprocessable-event.js';

export type AnyEvent = ReceivedEvent<TopicDefinition>;

export interface BatchRunnerOptions {
  readonly topic: TopicDefinition;
  readonly groupId: string;
  readonly handle: (events: readonly AnyEvent[]) => Promise<void>;
  readonly onParked?: (parked: ParkedRecord) => Promise<void>;
  readonly produce: (records: readonly ProducibleRecord[]) => Promise<void>;
  readonly isTransient: (error: unknown) => boolean;
  readonly log?: MessagingLog;
  readonly onRetry?: () => void;
  readonly onParkedRecord?: (reason: DeadLetterReason) => void;
}

interface Decoded {
  readonly task: Task;
  readonly event: AnyEvent;
}

const RETRY = { firstMs: 50, capMs: 5_000 };

/**
 * Brings a batch to its end: every record is handled, or lies in the dead letters. What is not ours to decide (Postgres or Kafka away)
 * is waited for; a batch that fails for any other reason is halved until the guilty record stands alone.
 */
export class BatchRunner {
  constructor(private readonly options: BatchRunnerOptions) {}

  /**
   * @param finished told of records as they come to their end
   * @param signal ends the waiting; the promise is then settled with records left over
   */
  async run(tasks: readonly Task[], finished: (tasks: readonly Task[]) => void, signal: AbortSignal): Promise<void> {
    let rest = tasks;
    while (rest.length > 0 && !signal.aborted) {
      const { good, broken, behind, skipped } = this.decode(rest);
      if (skipped.length > 0) finished(skipped);
      if (good.length > 0) await this.handle(good, finished, signal);
      for (const { task, violation } of broken) {
        if (!signal.aborted)
          await this.park(task, violation.reason, violation.message, undefined, signal).then((parked) => parked && finished([task]));
      }
      rest = behind;
    }
  }

  /** Reads records up to the first broken one of each key; what lies behind that waits, so that the gap is told in its place. */
  private decode(tasks: readonly Task[]) {
    const good: Decoded[] = [];
    const broken: { task: Task; violation: ContractViolation }[] = [];
    const behind: Task[] = [];
    const skipped: Task[] = [];
    let cut: Set<string> | undefined;
    for (const task of tasks) {
      if (cut?.has(task.key)) {
        behind.push(task);
        continue;
      }
      try {
        good.push({ task, event: rememberPlace(decodeEvent(this.options.topic, task.record) as AnyEvent, task.record) });
      } catch (error) {
        const violation = error instanceof ContractViolation ? error : new ContractViolation('not-an-event', describeError(error));
        // A newer release writes it, and says that nobody misses it.
        if (violation.mayBeSkipped) {
          skipped.push(task);
          continue;
        }
        broken.push({ task, violation });
        (cut ??= new Set()).add(task.key);
      }
    }
    return { good, broken, behind, skipped };
  }

  private async handle(batch: readonly Decoded[], finished: (tasks: readonly Task[]) => void, signal: AbortSignal): Promise<void> {
    const failure = await this.attempt(batch, signal);
    if (failure === 'handled') return finished(batch.map(({ task }) => task));
    if (signal.aborted) return;
    if (batch.length > 1) {
      const middle = batch.length >> 1;
      await this.handle(batch.slice(0, middle), finished, signal);
      if (!signal.aborted) await this.handle(batch.slice(middle), finished, signal);
      return;
    }
    const { task, event } = batch[0]!;
    const reason = failure.error instanceof UnprocessableEvent ? 'handler-refused' : 'handler-failed';
    if (await this.park(task, reason, describeError(failure.error), event.id, signal)) finished([task]);
  }

  /** Calls the handler, again and again while the reason of its failure will pass. */
  private async attempt(batch: readonly Decoded[], signal: AbortSignal): Promise<'handled' | { error: unknown }> {
    const events = batch.map(({ event }) => event);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.options.handle(events);
        return 'handled';
      } catch (error) {
        if (signal.aborted || !this.options.isTransient(error)) return { error };
        await this.wait(attempt, `${events.length} events wait: ${describeError(error)}`, signal);
        if (signal.aborted) return { error };
      }
    }
  }

  /** @returns whether the record lies in the dead letters now; false only when the waiting was ended */
  private async park(task: Task, reason: DeadLetterReason, error: string, id: string | undefined, signal: AbortSignal): Promise<boolean> {
    const { options } = this;
    const letter = deadLetterOf(task.record, { reason, error, consumer: options.groupId, at: new Date() });
    const always = () => true;
    if (!(await this.insist('the dead letters cannot be written', () => this.post(letter), always, signal))) return false;
    const { topic, partition, offset, headers } = task.record;
    const trace_id = traceIdOf(headers['traceparent']?.toString());
    options.log?.warn({ topic, partition, offset: offset.toString(), reason, error, trace_id }, 'a record went to the dead letters');
    options.onParkedRecord?.(reason);
    const { onParked } = options;
    if (!onParked) return true;
    const told = await this.insist(
      'the gap cannot be told',
      () => onParked({ key: task.key, reason, extensions: extensionsOf(task), ...(id === undefined ? {} : { id }) }),
      options.isTransient,
      signal,
    );
    return told || !signal.aborted;
  }

  private async post(letter: ProducibleRecord): Promise<void> {
    try {
      await this.options.produce([letter]);
    } catch (error) {
      if (!(error instanceof ProduceError) || error.code !== 'kafka.record-refused') throw error;
      await this.options.produce([withoutBody(letter)]);
    }
  }

  /** Tries until it works, as long as `mayPass` says that the failure will pass. */
  private async insist(
    what: string,
    work: () => Promise<void>,
    mayPass: (error: unknown) => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await work();
        return true;
      } catch (error) {
        if (!mayPass(error)) {
          this.options.log?.error({ topic: this.options.topic.name, error: describeError(error) }, what);
          return false;
        }
        if (!signal.aborted) await this.wait(attempt, `${what}: ${describeError(error)}`, signal);
        if (signal.aborted) return false;
      }
    }
  }

  private async wait(attempt: number, reason: string, signal: AbortSignal): Promise<void> {
    this.options.onRetry?.();
    const waitMs = Math.round(backOffMs(RETRY, attempt, Math.random()));
    this.options.log?.warn({ topic: this.options.topic.name, reason, attempt, waitMs }, 'a batch is tried again');
    await sleep(waitMs, undefined, { signal }).catch(() => undefined); // the signal's end is looked at by the caller
  }
}

function extensionsOf({ record }: Task): Record<string, string> {
  const extensions: Record<string, string> = {};
  for (const [name, value] of Object.entries(record.headers)) {
    if (name.startsWith('ce_') && !ATTRIBUTES.has(name)) extensions[name.slice(3)] = value?.toString() ?? '';
  }
  return extensions;
}

const ATTRIBUTES = new Set(['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time']);
