import { counter, histogram } from './metrics.js';
import { METRICS } from './names.js';

/** Counts what becomes of the records that a service takes from Kafka, and how long its batches take. */
export function countRecords() {
  const handled = counter(METRICS.recordsHandled);
  const parked = counter(METRICS.recordsParked);
  const took = histogram(METRICS.handlingSeconds);
  return {
    onBatch: (topic: string, events: number, milliseconds: number): void => {
      handled.inc({ topic }, events);
      took.observe({ topic }, milliseconds / 1_000);
    },
    onParked: (topic: string, reason: string): void => parked.inc({ topic, reason }),
  };
}
