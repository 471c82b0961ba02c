/**
 * What Baton asks of a Kafka client. Everything above this file speaks only these words, so that the client can be changed; what is
 * demanded of an adapter beyond the types is proven by the integration tests next to it.
 */

export interface KafkaConfig {
  /** `host:port` of one or more brokers. */
  readonly brokers: readonly string[];
  /** Seen in the broker's logs; the service's name. */
  readonly clientId: string;
  /** Topics on the wire are called `<topicPrefix>.<name>.v1`. */
  readonly topicPrefix: string;
  /** TLS towards the brokers; without it the connections are plain. */
  readonly tls?: KafkaTls;
  readonly sasl?: { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; readonly username: string; readonly password: string };
}

/** Paths of PEM files; they are read again at each connection, so that renewed certificates are taken without a restart. */
export interface KafkaTls {
  /** Who signed the brokers' certificates; the well-known authorities where absent. */
  readonly caFile?: string | undefined;
  /** What this client shows (mTLS), with its key. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** Where the library says what happens; pino's loggers fit. */
export interface MessagingLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export type HeaderValue = Buffer | string;
export type Headers = Readonly<Record<string, HeaderValue | readonly HeaderValue[] | undefined>>;

/** A record on its way to a topic named as it is on the wire. */
export interface WireRecord {
  readonly topic: string;
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers: Headers;
}

/** A record as it lies in Kafka. */
export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** When it was appended or produced (the topic's setting), in milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
}

export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

export interface PartitionOffset extends Partition {
  readonly offset: bigint;
}

/** Where a topic's partition begins and ends; `end` is the offset the next record will get. */
export interface PartitionBounds extends Partition {
  readonly begin: bigint;
  readonly end: bigint;
}

export interface Kafka {
  readonly config: KafkaConfig;
  producer(): KafkaProducer;
  consumer(options: ConsumerOptions): KafkaConsumer;
  admin(): KafkaAdmin;
}

/** Sends records with `acks=all` and never repeats by itself what may have arrived: its caller decides. */
export interface KafkaProducer {
  connect(): Promise<void>;
  /**
   * Resolves when every record is acknowledged by all in-sync replicas, in at most about 5 seconds.
   * @throws KafkaRefusal when Kafka will never take one of these records
   * @throws any other error when Kafka is away or did not answer: the records may have arrived or not
   */
  send(records: readonly WireRecord[]): Promise<void>;
  disconnect(): Promise<void>;
}

/** Kafka answered, and the answer was no: too large, no such topic, not allowed. */
export class KafkaRefusal extends Error {
  override readonly name = 'KafkaRefusal';
}

export interface ConsumerOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** How long a fetch waits for a first record, in milliseconds; also the longest wait of a clean stop. */
  readonly maxWaitMs?: number;
  /** A member that was silent this long is taken out of the group, in milliseconds. */
  readonly sessionTimeoutMs?: number;
  /** The `member` of a consumer of this process that broke: the group takes the new one for it and does not wait for the old one to time out. */
  readonly former?: string | undefined;
  readonly events: ConsumerEvents;
}

export interface ConsumerEvents {
  /** The group gave this member these partitions; reading starts at what was committed. */
  onAssigned(partitions: readonly Partition[]): void;
  /** The group is about to give the partitions anew; it waits until the promise is settled (keep it well under the session time-out). */
  onRevoking(): Promise<void>;
  /**
   * Records of one partition, in order. They count as read when it is called; a promise only holds back the next fetch, so that more
   * gathers in the broker meanwhile. It must be short: it holds back all partitions.
   */
  onRecords(records: readonly KafkaRecord[], from: Partition): void | Promise<void>;
  /** Something moved: a fetch came back, the group was joined. */
  onAlive(): void;
  /** The consumer stopped by itself and will not come back; build a new one. */
  onCrash(error: Error): void;
}

export interface KafkaConsumer {
  /** By what name the group knows this consumer; undefined until it joined. */
  readonly member: string | undefined;
  /** Resolves when it runs; assignment comes later by `onAssigned`. */
  start(): Promise<void>;
  pause(partitions: readonly Partition[]): void;
  resume(partitions: readonly Partition[]): void;
  /**
   * Commits the offset of the next record to read, once, for the assignment of this moment.
   * @throws when the group or the broker did not take it
   */
  commit(offsets: readonly PartitionOffset[]): Promise<void>;
  /** Leaves the group and closes the connections. */
  stop(): Promise<void>;
}

export interface TopicToBe {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  readonly settings: Readonly<Record<string, string>>;
}

/** A topic as it is. */
export interface TopicThere {
  readonly topic: string;
  readonly partitions: number;
  /** Of the partition that has the fewest. */
  readonly replication: number;
  /** Those that were asked for, with Kafka's defaults; undefined when this user may not see them. */
  readonly settings: Readonly<Record<string, string>> | undefined;
}

export interface KafkaAdmin {
  connect(): Promise<void>;
  /** How many brokers the cluster has at this moment. */
  brokers(): Promise<number>;
  topics(): Promise<string[]>;
  /** Those of these topics that exist and may be seen, with these of their settings. */
  describe(topics: readonly string[], settings: readonly string[]): Promise<TopicThere[]>;
  /** Sets these settings of a topic and leaves its others. */
  alterSettings(topic: string, settings: Readonly<Record<string, string>>): Promise<void>;
  /** Raises the number of partitions; new records of most keys go elsewhere from then on. */
  growPartitions(topic: string, partitions: number): Promise<void>;
  /** Creates the topics that do not exist yet. */
  createTopics(topics: readonly TopicToBe[]): Promise<void>;
  deleteTopics(topics: readonly string[]): Promise<void>;
  bounds(topic: string): Promise<PartitionBounds[]>;
  /** What a group has committed for a topic: absent where nothing was. */
  committed(groupId: string, topic: string): Promise<PartitionOffset[]>;
  /** What a group has committed, over all its topics. */
  committedOf(groupId: string): Promise<PartitionOffset[]>;
  /** The consumer groups that Kafka knows. */
  groups(): Promise<string[]>;
  deleteGroup(groupId: string): Promise<void>;
  disconnect(): Promise<void>;
}
