import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';

/** Certificates in PEM: the text itself, or the path of a file, which is read again at each connection and so may be renewed while the bot runs. */
export interface KafkaCertificates {
  /** Who signed the brokers' certificates; the well-known authorities where absent. */
  ca?: string;
  /** What the bot shows (mTLS), with its key. */
  cert?: string;
  key?: string;
}

export interface KafkaAccess extends Pick<KafkaConfig, 'ssl' | 'sasl'> {
  /** TLS towards the brokers: true for the well-known authorities. Goes before `ssl`, which takes what kafkajs takes. */
  tls?: boolean | KafkaCertificates;
}

/**
 * The access that Baton's own services read from the environment: `KAFKA_TLS` (on, off), `KAFKA_TLS_CA`, `KAFKA_TLS_CERT`, `KAFKA_TLS_KEY`,
 * `KAFKA_SASL_MECHANISM` (plain, scram-sha-256, scram-sha-512), `KAFKA_SASL_USERNAME`, `KAFKA_SASL_PASSWORD`.
 * @throws Error that names the variable that is missing or wrong, never its value
 */
export function kafkaAccessFrom(env: Readonly<Record<string, string | undefined>>): KafkaAccess {
  const of = (name: string) => env[name] || undefined;
  const access: KafkaAccess = {};
  const [ca, cert, key] = [of('KAFKA_TLS_CA'), of('KAFKA_TLS_CERT'), of('KAFKA_TLS_KEY')];
  const on = of('KAFKA_TLS') ?? 'off';
  if (on !== 'on' && on !== 'off') throw new Error('KAFKA_TLS must be on or off');
  if (on === 'off' && (ca ?? cert ?? key)) throw new Error('certificates for Kafka are given, but KAFKA_TLS is not on');
  if ((cert === undefined) !== (key === undefined)) throw new Error('KAFKA_TLS_CERT and KAFKA_TLS_KEY go together, and one is missing');
  if (on === 'on') access.tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };

  const [mechanism, username, password] = [of('KAFKA_SASL_MECHANISM'), of('KAFKA_SASL_USERNAME'), of('KAFKA_SASL_PASSWORD')];
  if (mechanism === undefined) {
    if (username ?? password)
      throw new Error('KAFKA_SASL_MECHANISM is missing: without it nobody is told KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD');
    return access;
  }
  if (mechanism !== 'plain' && mechanism !== 'scram-sha-256' && mechanism !== 'scram-sha-512')
    throw new Error('KAFKA_SASL_MECHANISM must be plain, scram-sha-256 or scram-sha-512');
  if (username === undefined || password === undefined)
    throw new Error('KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed with KAFKA_SASL_MECHANISM');
  // kafkajs tells the mechanisms apart by type, and takes the same of each.
  access.sasl = { mechanism, username, password } as NonNullable<KafkaConfig['sasl']>;
  return access;
}

/** A client that sends small requests at once and is quiet while nothing happens. */
export function createKafkaClient(brokers: readonly string[], clientId: string, access: KafkaAccess = {}): Kafka {
  silenceIdleTimers();
  const { tls: certificates, ...rest } = access;
  return new Kafka({
    ...rest,
    clientId,
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    // Nagle's algorithm would hold each answer back until the broker's delayed acknowledgement.
    socketFactory: ({ host, port, ssl, onConnect }) => {
      const options = certificates ? pemOf(certificates) : ssl;
      const socket = options
        ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }), ...options }, onConnect)
        : net.connect({ host, port }, onConnect);
      return socket.setKeepAlive(true, 60_000).setNoDelay(true);
    },
  });
}

function pemOf(given: true | KafkaCertificates): tls.SecureContextOptions {
  if (given === true) return {};
  const read = (of: string) => (of.includes('-----BEGIN') ? of : readFileSync(of, 'utf8'));
  return {
    ...(given.ca !== undefined && { ca: read(given.ca) }),
    ...(given.cert !== undefined && { cert: read(given.cert) }),
    ...(given.key !== undefined && { key: read(given.key) }),
  };
}

interface RequestQueue {
  pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

let silenced = false;

/** kafkajs 2.2.4 looks for waiting requests a thousand times a second and more, also when there is none. */
function silenceIdleTimers(): void {
  if (silenced) return;
  silenced = true;
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  const look = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) look.call(this);
  };
}
