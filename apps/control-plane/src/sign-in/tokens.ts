import { createHash, randomBytes } from 'node:crypto';

/** A secret that nobody can guess: 256 bits, safe in URLs and cookies. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token. It has enough chance in it to need no salt. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
