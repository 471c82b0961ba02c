import { v5, v7 } from 'uuid';
import { z } from 'zod';

/** The namespace of every id that Baton derives from a fact. */
const BATON = '6f3d1a52-6a0e-5c1b-9d7e-0b5a70b0a001';

/** An id that the same parts always give again; parts may be of any text, their borders stay apart. */
export function derivedId(...parts: readonly (string | number)[]): string {
  return v5(JSON.stringify(parts), BATON);
}

/** A new id that sorts by the time it was made. */
export function newId(): string {
  return v7();
}

/** A conversation is one visitor of one bot in one channel, for good: everyone computes the same id without asking. */
export function conversationIdOf(address: { botId: string; channel: string; address: string }): string {
  return derivedId('conversation', address.botId, address.channel, address.address);
}

/** Bots, workspaces and connections are named by people: short, lower case, safe in a URL and in a topic key. */
export const SlugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/, 'must be 1 to 64 of a-z, 0-9, - and _');

export const UuidSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a lower-case UUID');

/** ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const TimeSchema = z.iso.datetime();
