import { counter, histogram } from './metrics.js';
import { METRICS } from './names.js';

/** Counts what becomes of the records that a service takes from Kafka, how long its batches take, and how its group fares. */
export function countRecords() {
  const handled = counter(METRICS.recordsHandled);
  const parked = counter(METRICS.recordsParked);
  const retried = counter(METRICS.recordsRetried);
  const took = histogram(METRICS.handlingSeconds);
  const assignments = counter(METRICS.groupAssignments);
  const lost = counter(METRICS.consumersLost);
  return {
    /** Every topic stands there from the start: a first dead letter must look like a rise. */
    onTopic: (topic: string): void => {
      handled.inc({ topic }, 0);
      retried.inc({ topic }, 0);
      took.zero({ topic });
      for (const reason of METRICS.recordsParked.labels.reason) parked.inc({ topic, reason }, 0);
    },
    onBatch: (topic: string, events: number, milliseconds: number): void => {
      handled.inc({ topic }, events);
      took.observe({ topic }, milliseconds / 1_000);
    },
    onRetry: (topic: string): void => retried.inc({ topic }),
    onParked: (topic: string, reason: string): void => parked.inc({ topic, reason }),
    onAssigned: (): void => assignments.inc(),
    onConsumerLost: (): void => lost.inc(),
  };
}
