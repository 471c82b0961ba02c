import net from 'node:net';
import tls from 'node:tls';
import { Kafka as Kafkajs, logLevel } from 'kafkajs';
import type { ISocketFactory, SASLOptions } from 'kafkajs';
import type { KafkaConfig, MessagingLog } from './kafka.js';
import { repairKafkajs } from './kafkajs-repairs.js';
import { tlsContexts } from './tls-context.js';

/** Nagle's algorithm holds a small request back until the broker's delayed ACK, 40 ms; kafkajs leaves it on. */
function socketsOf(config: KafkaConfig, log?: MessagingLog): ISocketFactory {
  const secureContext = config.tls && tlsContexts(config.tls, log);
  return ({ host, port, onConnect }) => {
    const socket = secureContext
      ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }), secureContext: secureContext() }, onConnect)
      : net.connect({ host, port }, onConnect);
    socket.setKeepAlive(true, 60_000);
    socket.setNoDelay(true);
    return socket;
  };
}

/** Milliseconds until an unanswered request counts as failed. */
export const REQUEST_TIMEOUT_MS = 5_000;

/**
 * A kafkajs client of its own for each producer and consumer: kafkajs keeps state per client (committed offsets of a group, a broken seed
 * broker), and whoever rebuilds one must not disturb the others. It tries once and says so; waiting and trying again is done above.
 */
export function newKafkajs(config: KafkaConfig, log?: MessagingLog): Kafkajs {
  repairKafkajs();
  return new Kafkajs({
    brokers: [...config.brokers],
    clientId: config.clientId,
    socketFactory: socketsOf(config, log),
    connectionTimeout: 2_000,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 300, factor: 0.2 },
    logLevel: log ? logLevel.WARN : logLevel.NOTHING,
    // Its errors come back to us as errors and are judged there; here they are only a trace for whoever looks.
    logCreator: () => (entry) => log?.warn({ client: 'kafkajs', part: entry.namespace }, entry.log.message),
    ...(config.tls ? { ssl: true } : {}),
    ...(config.sasl ? { sasl: config.sasl as SASLOptions } : {}),
  });
}
