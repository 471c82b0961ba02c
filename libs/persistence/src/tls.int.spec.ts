import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSecuredPostgres, testAuthority } from '@baton/testing/secured';
import type { SecuredPostgres } from '@baton/testing/secured';
import { createDataSource } from './data-source.js';
import { DatabaseClient } from './database-client.js';
import { runMigrations } from './run-migrations.js';

const TLS_OF_THIS = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

describe('a Postgres that speaks TLS', () => {
  let postgres: SecuredPostgres;
  let directory: string;
  let verified: string;
  let distrusted: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'persistence-tls-'));
    postgres = await startSecuredPostgres();
    const stranger = await testAuthority(directory, 'Somebody else');
    verified = `${postgres.url}?sslmode=verify-full&sslrootcert=${postgres.authority.caFile}`;
    distrusted = `${postgres.url}?sslmode=verify-full&sslrootcert=${stranger.caFile}`;
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(directory, { recursive: true });
  });

  const byPool = async (url: string): Promise<boolean> => {
    const dataSource = createDataSource({ url, schema: 'public', applicationName: 'tls' });
    await dataSource.initialize();
    const [row] = await dataSource.query<{ ssl: boolean }[]>(TLS_OF_THIS).finally(() => dataSource.destroy());
    return row!.ssl;
  };
  const byClient = async (url: string): Promise<boolean> => {
    const client = new DatabaseClient({ connectionString: url });
    try {
      await client.connect();
      return (await client.query<{ ssl: boolean }>(TLS_OF_THIS)).rows[0]!.ssl;
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  describe.each([
    ['the pool of a service', byPool],
    ['a connection that listens', byClient],
  ])('%s', (_, isEncrypted) => {
    it('comes with TLS when the URL asks for it and names the authority', async () => expect(await isEncrypted(verified)).toBe(true));
    it('comes plain when the URL says nothing', async () => expect(await isEncrypted(postgres.url)).toBe(false));
    it('comes with TLS and believes everybody only when the URL says so', async () =>
      expect(await isEncrypted(`${postgres.url}?sslmode=no-verify`)).toBe(true));

    it.each([
      ['an authority that is another one', () => distrusted, /^Postgres shows a certificate that is not trusted \(.*\): its URL must name/],
      [
        'an authority that nobody named',
        () => `${postgres.url}?sslmode=verify-full`,
        /^Postgres shows a certificate that is not trusted \(self-signed/,
      ],
      [
        'another host than the certificate is for',
        () => verified.replace('127.0.0.1', 'localhost'),
        /^Postgres shows a certificate .*Host: localhost/,
      ],
    ])('refuses %s, in a sentence without the URL', async (__, url, sentence) => {
      await expect(isEncrypted(url())).rejects.toThrow(sentence);
    });
  });

  it('takes migrations, by its guard and by its pool, and refuses them, too', async () => {
    const of = { schema: 'over_tls', migrations: [], applicationName: 'tls' };
    expect(await runMigrations({ ...of, url: verified })).toEqual([]);
    await expect(runMigrations({ ...of, url: distrusted })).rejects.toThrow('Postgres shows a certificate that is not trusted');
  });
});
