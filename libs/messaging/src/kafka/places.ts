import type { KafkaRecord, PartitionOffset } from './kafka.js';

const places = new WeakMap<object, PartitionOffset>();

/** Keeps where in Kafka an event was read, for as long as the event itself is held. */
export function rememberPlace<E extends object>(event: E, { topic, partition, offset }: KafkaRecord): E {
  places.set(event, { topic, partition, offset });
  return event;
}

/** Where in Kafka this very event was read (the topic as on the wire); undefined for one that no lane handed over. */
export function placeOf(event: object): PartitionOffset | undefined {
  return places.get(event);
}
