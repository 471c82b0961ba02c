import type { deliveries, EventData, ReceivedEvent } from '@baton/contracts';
import type { Arrival } from '../log/append-deliveries.js';
import type { Parcel } from './deliver.js';

type Event = ReceivedEvent<typeof deliveries>;
/** That somebody writes or has read. */
export type Sign = EventData<typeof deliveries, 'delivery.typing'> | EventData<typeof deliveries, 'delivery.read'>;

/** Sorts events by conversation, each in the order it came; signs are apart, they are in no log. */
export function parcelsOf(events: readonly Event[], now: Date): { parcels: Parcel[]; signs: Sign[] } {
  const parcels = new Map<string, Parcel & { arrived: Arrival[] }>();
  const signs: Sign[] = [];
  for (const event of events) {
    if (event.type === 'delivery.typing' || event.type === 'delivery.read') {
      signs.push(event.data);
      continue;
    }
    const { conversationId: id, botId, channel, address, deliverySequence } = event.data;
    let parcel = parcels.get(id);
    if (!parcel) parcels.set(id, (parcel = { to: { id, botId, channel, address }, arrived: [] }));
    const { type, version, data, traceparent } = event;
    // The three always belong together; TypeScript loses that when they are taken apart.
    const delivery = { type, version, data } as Extract<Arrival, { readable: true }>['delivery'];
    parcel.arrived.push({
      readable: true,
      sequence: deliverySequence,
      delivery,
      arrivedAt: now,
      ...(traceparent === undefined ? {} : { traceparent }),
    });
  }
  return { parcels: [...parcels.values()], signs };
}

/** Of each conversation only the last of a kind means anything. */
export function lastOfEach(signs: readonly Sign[]): Sign[] {
  return [...new Map(signs.map((sign) => [`${'typing' in sign} ${sign.conversationId}`, sign])).values()];
}

/** The extension attribute by which a delivery that nobody can read still says which place in the order it had. */
export const SEQUENCE_EXTENSION = 'deliverysequence';

/** The place of a record that was parked; undefined when it did not say. */
export function placeOf(extensions: Readonly<Record<string, string>>): number | undefined {
  const sequence = Number(extensions[SEQUENCE_EXTENSION]);
  return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : undefined;
}
