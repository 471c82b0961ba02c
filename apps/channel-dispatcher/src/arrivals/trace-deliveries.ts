import type { deliveries, ReceivedEvent } from '@baton/contracts';
import { beginStep } from '@baton/telemetry';
import type { Step } from '@baton/telemetry';
import type { WrittenLine } from '../log/written-line.js';

type Event = ReceivedEvent<typeof deliveries>;

/** A batch of deliveries on their way into the log, each in the trace of what led to it. */
export interface TracedDeliveries {
  /** The same, with the traceparents of their steps: what follows from one is caused by it. */
  readonly events: readonly Event[];
  /** Runs the writing; the steps end with it. */
  run<T>(write: () => Promise<T>): Promise<T>;
  /** Lines with the traceparents of the deliveries that brought them. */
  caused(lines: readonly WrittenLine[]): readonly WrittenLine[];
}

/** Costs nothing for deliveries that nobody records. */
export function traceDeliveries(batch: readonly Event[]): TracedDeliveries {
  const steps: Step[] = [];
  const causes = new Map<string, string>();
  const events = batch.map((event): Event => {
    if (event.traceparent === undefined) return event;
    const step = beginStep(`deliver ${event.type.replace('delivery.', '')}`, event.traceparent, {
      attributes: { 'baton.conversation.id': event.data.conversationId, 'baton.channel': event.data.channel },
    });
    if (!step.isRecorded || step.traceparent === undefined) return event;
    steps.push(step);
    if ('messageId' in event.data) causes.set(event.data.messageId, step.traceparent);
    return { ...event, traceparent: step.traceparent };
  });
  return {
    events,
    run: async (write) => {
      try {
        return await write();
      } catch (error) {
        for (const step of steps) step.failed(error instanceof Error ? error.name : 'unknown');
        throw error;
      } finally {
        for (const step of steps) step.end();
      }
    },
    caused: (lines) => (causes.size === 0 ? lines : lines.map((line) => withCause(line, causes.get(line.messageId ?? '')))),
  };
}

function withCause(line: WrittenLine, traceparent: string | undefined): WrittenLine {
  return traceparent === undefined ? line : { ...line, traceparent };
}
