import type { KafkaConfig } from '@baton/messaging/kafka';
import { createKafka } from '@baton/messaging/kafka';
import { botSettingId, open } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import { VERSION } from '@baton/telemetry';
import type { Health, Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { Alarms } from '../alarms/alarms.js';
import { AlarmsStore } from '../alarms/alarms.store.js';
import type { ServiceSeen, Watched } from '../alarms/snapshot.js';
import type { Audit } from '../audit/audit.js';
import { LettersStore } from '../dead-letters/letters.store.js';
import type { Documents } from '../documents/documents.js';
import type { Services } from '../services/services.js';
import { collect } from './collect.js';
import { LookOut } from './look-out.js';
import { LooksStore } from './looks.store.js';
import { ShowGauges } from './show-gauges.js';
import { TryTokens } from './try-tokens.js';
import { WatchLag } from './watch-lag.js';

export interface WatchOptions {
  readonly kafka: KafkaConfig;
  readonly dataSource: DataSource;
  readonly documents: Documents;
  readonly services: Services;
  readonly audit: Audit;
  /** With which secrets of connections are opened. */
  readonly keys: SecretKeys;
  /** Where services are reached inside. */
  readonly urls: Readonly<Partial<Record<Watched, string | undefined>>>;
  readonly notPublished: () => string | undefined;
  readonly health: Health;
  readonly logger: Logger;
}

/** Everything about alarms and operations that runs. */
export class WatchEverything {
  readonly alarms: Alarms;
  readonly looks: LooksStore;
  private readonly lookOut: LookOut;
  private readonly lag: WatchLag;

  constructor(o: WatchOptions) {
    const { dataSource, services, documents, keys, logger } = o;
    const store = new AlarmsStore(dataSource);
    this.looks = new LooksStore(dataSource);
    this.alarms = new Alarms({ store, audit: o.audit });
    this.lag = new WatchLag(createKafka(o.kafka));
    const tokens = new TryTokens({ dataSource, services, open: (botId, sealed) => open(botSettingId(botId), keys, sealed) });
    const gauges = new ShowGauges(this.looks, store);
    const startedAt = new Date(Date.now() - performance.now()).toISOString();
    const itself = (): ServiceSeen => {
      const { ok, problems } = o.health.ready();
      return {
        name: 'control-plane',
        state: ok ? 'ready' : 'not-ready',
        problems,
        version: VERSION,
        startedAt,
        outboxAge: null,
        outboxWaiting: null,
      };
    };
    const parts = {
      documents,
      services,
      urls: o.urls,
      itself,
      lag: this.lag,
      tokens,
      letters: new LettersStore(dataSource),
      notPublished: o.notPublished,
    };
    this.lookOut = new LookOut({
      ...{ dataSource, logger, looks: this.looks },
      alarms: store,
      collect: (now) => collect(parts, now),
      onTurn: () => gauges.show(),
    });
  }

  /** The database must be there. */
  start(): void {
    this.lookOut.start();
  }

  async stop(): Promise<void> {
    await this.lookOut.stop();
    await this.lag.stop();
  }
}
