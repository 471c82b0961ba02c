import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testAuthority } from '@baton/testing/secured';
import type { Identity, TestAuthority } from '@baton/testing/secured';
import { tlsContexts } from './tls-context.js';

describe('the certificates for a connection', () => {
  let directory: string;
  let authority: TestAuthority;
  let mine: Identity;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tls-context-'));
    authority = await testAuthority(directory);
    mine = await authority.issue('mine');
  });
  afterAll(() => rm(directory, { recursive: true }));

  function contexts() {
    const told: string[] = [];
    const note = (_: object, message: string) => void told.push(message);
    const { caFile } = authority;
    const { certFile, keyFile } = mine;
    return { told, next: tlsContexts({ caFile, certFile, keyFile }, { info: note, warn: note, error: note }) };
  }

  it('are the same while the files are, and others as soon as they are renewed', async () => {
    const { told, next } = contexts();
    const first = next();
    expect(next()).toBe(first);
    await authority.issue('mine');
    expect(next()).not.toBe(first);
    expect(told).toEqual(['the certificates for Kafka were renewed']);
  });

  it('are the last good ones while the files on disk do not fit together', async () => {
    const { told, next } = contexts();
    const first = next();
    await writeFile(mine.certFile, 'half writ');
    expect(next()).toBe(first);
    expect(told.at(-1)).toMatch(/cannot be used: .*; the last good ones go on/);
    await authority.issue('mine');
    expect(next()).not.toBe(first);
  });

  it('are missed in words when there never were good ones', () => {
    const next = tlsContexts({ caFile: path.join(directory, 'nobody.pem') });
    expect(() => next()).toThrow(/^the certificates for Kafka cannot be used: .*ENOENT/);
  });
});
