import { createRequire } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';

export type KafkaAccess = Pick<KafkaConfig, 'ssl' | 'sasl'>;

/** A client that sends small requests at once and is quiet while nothing happens. */
export function createKafkaClient(brokers: readonly string[], clientId: string, access: KafkaAccess = {}): Kafka {
  silenceIdleTimers();
  return new Kafka({
    ...access,
    clientId,
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    // Nagle's algorithm would hold each answer back until the broker's delayed acknowledgement.
    socketFactory: ({ host, port, ssl, onConnect }) => {
      const socket = ssl
        ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
        : net.connect({ host, port }, onConnect);
      return socket.setKeepAlive(true, 60_000).setNoDelay(true);
    },
  });
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
