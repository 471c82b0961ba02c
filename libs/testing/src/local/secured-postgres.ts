import { chown, mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testAuthority } from './certificates.js';
import type { TestAuthority } from './certificates.js';
import { freePort } from './free-port.js';
import { postgresUser } from './postgres-binaries.js';
import { startPostgresServer } from './postgres-server.js';
import type { Restartable } from './restartable.js';

/** A Postgres of a test that speaks TLS to whoever wants it. */
export interface SecuredPostgres extends Restartable {
  /** Without anything about TLS. */
  readonly url: string;
  /** Who signed the server's certificate, which is good for 127.0.0.1 and not for localhost. */
  readonly authority: TestAuthority;
  stop(): Promise<void>;
}

export async function startSecuredPostgres(): Promise<SecuredPostgres> {
  const directory = await mkdtemp(path.join(tmpdir(), 'baton-secured-postgres-'));
  await chmod(directory, 0o755);
  const authority = await testAuthority(path.join(directory, 'certificates'));
  const server = await authority.issue('postgres', ['127.0.0.1']);
  // Postgres takes no key that belongs to somebody else.
  const user = await postgresUser();
  if (user) await chown(server.keyFile, user.uid, user.gid);
  const port = await freePort();
  const own = await startPostgresServer({
    directory: path.join(directory, 'postgres'),
    port,
    fsync: false,
    keepData: false,
    settings: { ssl: 'on', ssl_cert_file: server.certFile, ssl_key_file: server.keyFile, ssl_ca_file: authority.caFile },
  }).catch(async (error: unknown) => {
    await rm(directory, { recursive: true, force: true });
    throw error;
  });
  return {
    provided: false,
    start: () => own.start(),
    kill: () => own.kill(),
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    authority,
    stop: async () => {
      await own.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
