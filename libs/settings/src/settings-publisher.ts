import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeEvent, newId, settings, sourceOf, topicOnTheWire } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import { createKafka, followTopic, GatheringProducer } from '@baton/messaging/kafka';
import type { Following, Kafka, KafkaConfig, KafkaRecord, MessagingLog } from '@baton/messaging/kafka';
import { HeldSettings } from './held-settings.js';
import { planPublishing } from './publish-plan.js';
import type { PublishPlan } from './publish-plan.js';
import type { SecretKeys } from './secrets/seal.js';
import type { Setting } from './setting.js';

export interface SettingsPublisherOptions {
  readonly kafka: KafkaConfig;
  /** All keys: what is on the topic is compared by what its secrets open to. */
  readonly keys: SecretKeys;
  readonly log?: MessagingLog;
  readonly now?: () => Date;
  /** How often readers are told that settings are current, in milliseconds; they take a minute of silence for trouble. */
  readonly heartbeatMs?: number;
}

const SOURCE = sourceOf('control-plane');
const HEARTBEAT_MS = 10_000;
const LOOK_EVERY_MS = 20;
/** A start that hears nothing of Kafka for so long is begun anew by whoever began it. */
const GIVE_UP_AFTER_MS = 60_000;
/** The header that tells a publisher its own records from those of others. */
const PUBLISHER = 'baton-publisher';

/**
 * Writes settings to the compacted topic: what changed, once, with a rising revision, and a heartbeat that says that all is current.
 * There is one publisher at a time. It reads the topic and goes on with it: what a former one still wrote late is seen, and mended.
 */
export class SettingsPublisher {
  private readonly kafka: Kafka;
  private readonly producer: GatheringProducer;
  private readonly onTopic: HeldSettings;
  private readonly now: () => Date;
  /** One write after the other: a later call never overtakes an earlier one. */
  private last: Promise<unknown> = Promise.resolve();
  private heart: NodeJS.Timeout | undefined;
  private following: Following | undefined;
  private readonly me = randomUUID();

  constructor(private readonly options: SettingsPublisherOptions) {
    this.kafka = createKafka(options.kafka, options.log);
    this.producer = new GatheringProducer(this.kafka);
    this.onTopic = new HeldSettings(options.keys);
    this.now = options.now ?? (() => new Date());
  }

  /**
   * Reads what is on the topic already.
   * @throws when Kafka is away or has no such topic
   */
  async start(): Promise<void> {
    this.following ??= await followTopic({
      kafka: this.kafka,
      topic: topicOnTheWire(settings.name, this.options.kafka.topicPrefix),
      onRecord: (record) => this.read(record),
      ...(this.options.log && { log: this.options.log }),
    });
    while (!this.following.caughtUp) {
      const { ms, reason } = this.following.silence;
      if (ms > GIVE_UP_AFTER_MS) throw new Error(`nothing came from the settings for ${Math.round(ms / 1_000)} s: ${reason}`);
      await pause(LOOK_EVERY_MS);
    }
    await this.producer.connect();
  }

  /** Whether Kafka took what was last sent. */
  get healthy(): boolean {
    return this.producer.healthy;
  }

  /**
   * Makes the topic say exactly this: writes what is new or changed, takes away what is not in it; from then on the heart beats.
   * @throws ProduceError when Kafka did not take it; calling again continues where it ended
   */
  publish(wanted: readonly Setting[]): Promise<PublishPlan> {
    return this.inOrder(async () => {
      const plan = planPublishing(this.onTopic, wanted, this.options.keys);
      const publishedAt = this.now().toISOString();
      const records = plan.changed.map(({ settingId, setting, revision }) => this.encode({ settingId, revision, publishedAt, ...setting }));
      const tombstones = plan.removed.map((key): OutgoingRecord => ({ topic: settings.name, key, value: null, headers: {} }));
      await this.write([...records, ...tombstones, this.heartbeat()]);
      this.heart ??= setInterval(() => void this.beat(), this.options.heartbeatMs ?? HEARTBEAT_MS);
      return plan;
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.heart);
    await this.last;
    await this.following?.stop();
    await this.producer.close();
  }

  private beat(): Promise<void> {
    return this.inOrder(() => this.write([this.heartbeat()])).catch((error: unknown) => {
      this.options.log?.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'the heartbeat of the settings was not taken',
      );
    });
  }

  /** What was written here is known already, and may be older than what is known. */
  private read(record: KafkaRecord): void {
    if (String(record.headers[PUBLISHER]) !== this.me) this.onTopic.apply(record);
  }

  private async write(given: readonly OutgoingRecord[]): Promise<void> {
    const records = given.map((record) => ({ ...record, headers: { ...record.headers, [PUBLISHER]: this.me } }));
    await this.producer.send(records);
    for (const record of records) this.onTopic.apply(record);
  }

  private heartbeat(): OutgoingRecord {
    const data = { settingId: 'heartbeat' as const, publishedAt: this.now().toISOString() };
    return encodeEvent(settings, 'settings.heartbeat', data, this.attributes());
  }

  private encode(data: { settingId: string; revision: number; publishedAt: string } & Setting): OutgoingRecord {
    const { type, ...rest } = data;
    return encodeEvent(settings, type, rest as never, this.attributes());
  }

  private attributes() {
    return { id: newId(), source: SOURCE, time: this.now() };
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
