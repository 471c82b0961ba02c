import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testAuthority } from './certificates.js';
import type { TestAuthority } from './certificates.js';
import { freePort } from './free-port.js';
import { startKafkaServer } from './kafka-server.js';
import type { Restartable } from './restartable.js';

/** A Kafka of a test that lets nobody do anything but by rights. */
export interface SecuredKafka extends Restartable {
  /** TLS and a password (SCRAM-SHA-512); the principal is `User:<user name>`. */
  readonly byPassword: string;
  /** TLS and a certificate; the principal is `User:<its CN>`. */
  readonly byCertificate: string;
  /** Neither; whoever comes here may everything. For the test itself. */
  readonly open: string;
  /** Who signed the broker's certificate, and signs those of clients. */
  readonly authority: TestAuthority;
  stop(): Promise<void>;
}

/** Starts a broker with an authorizer, one listener per way to name oneself, and these users with their passwords. */
export async function startSecuredKafka(users: Readonly<Record<string, string>>): Promise<SecuredKafka> {
  const directory = await mkdtemp(path.join(tmpdir(), 'baton-secured-kafka-'));
  const authority = await testAuthority(path.join(directory, 'certificates'));
  const broker = await authority.issue('broker', ['localhost', '127.0.0.1']);
  const [open, byPassword, byCertificate] = [await freePort(), await freePort(), await freePort()];
  const server = await startKafkaServer({
    directory: path.join(directory, 'kafka'),
    port: open,
    onProgress: () => undefined,
    keepData: false,
    security: {
      ports: { byPassword, byCertificate },
      users,
      properties: {
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': 'User:ANONYMOUS',
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': broker.bothFile,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': authority.caFile,
        'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/',
        'listener.name.certificate.ssl.client.auth': 'required',
        'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
        'listener.name.password.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      },
    },
  }).catch(async (error: unknown) => {
    await rm(directory, { recursive: true, force: true });
    throw error;
  });
  return {
    provided: false,
    start: () => server.start(),
    kill: () => server.kill(),
    open: `127.0.0.1:${open}`,
    byPassword: `127.0.0.1:${byPassword}`,
    byCertificate: `127.0.0.1:${byCertificate}`,
    authority,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
