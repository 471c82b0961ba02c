import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { checkConfig, databaseVariable } from './config.js';

const HERE = fileURLToPath(import.meta.url);
const at = (parameters: string) =>
  checkConfig(z.object(databaseVariable), { DATABASE_URL: `postgres://baton:hunter2@db/baton${parameters}` });

describe('the address of a Postgres', () => {
  it.each(['', '?sslmode=require', `?sslmode=verify-full&sslrootcert=${HERE}`, `?sslcert=${HERE}&sslkey=${HERE}`])(
    'may end in "%s"',
    (end) => expect(at(end).problems).toBeUndefined(),
  );

  it.each([
    ['?sslmode=verify_full', 'sslmode must be one of disable, prefer, require, verify-ca, verify-full, no-verify'],
    ['?sslmode=verify-full&sslrootcert=/hunter2.pem', 'sslrootcert: there is no such file'],
    ['?sslcert=/', 'sslcert: it names no file'],
    [`?sslkey=${HERE}`, 'sslcert and sslkey go together, and one is missing'],
  ])('may not end in "%s", and says why without its password', (end, why) => {
    const [problem] = at(end).problems!;
    expect(problem).toMatch(/^DATABASE_URL is wrong \(/);
    expect(problem).toContain(why);
    expect(problem).not.toContain('hunter2');
  });
});
