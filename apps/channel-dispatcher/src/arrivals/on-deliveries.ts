import { deliveries } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { OnEvents } from '@baton/messaging';
import type { ParkedRecord } from '@baton/messaging';
import { Controller } from '@nestjs/common';
import { LogStore } from '../log/log.store.js';
import { MessengerSigns } from '../messenger/signs.js';
import { Push } from '../push/push.js';
import { Deliver } from './deliver.js';
import { parcelsOf, placeOf } from './parcels.js';
import { traceDeliveries } from './trace-deliveries.js';

/** Deliveries from Kafka: into the log, then to the sockets. */
@Controller()
export class OnDeliveries {
  constructor(
    private readonly deliver: Deliver,
    private readonly push: Push,
    private readonly store: LogStore,
    private readonly signs: MessengerSigns,
  ) {}

  @OnEvents(deliveries, { maxBatch: 200, onParked: 'leaveGap' })
  async bring(events: readonly ReceivedEvent<typeof deliveries>[]): Promise<void> {
    const now = new Date();
    const traced = traceDeliveries(events);
    const { parcels, signs } = parcelsOf(traced.events, now);
    this.push.lines(traced.caused(await traced.run(() => this.deliver.deliver(parcels, now))));
    const [inMessenger, atSockets] = partition(signs, ({ channel }) => channel === 'messenger');
    this.signs.show(inMessenger);
    this.push.signs(atSockets);
  }

  /** A delivery that nobody could read: what follows it need not wait, when it said which place it had. */
  async leaveGap(parked: ParkedRecord): Promise<void> {
    const sequence = placeOf(parked.extensions);
    const to = sequence === undefined ? undefined : await this.store.addressOf(parked.key);
    if (sequence === undefined || !to) return;
    const now = new Date();
    this.push.lines(await this.deliver.deliver([{ to, arrived: [{ readable: false, sequence, arrivedAt: now }] }], now));
  }
}

function partition<T>(items: readonly T[], is: (item: T) => boolean): [T[], T[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}
