import { hash } from 'node:crypto';
import { v7 } from 'uuid';
import { z } from 'zod';

/** The namespace of every id that Baton derives from a fact. In plain bytes: browsers read the schemas of this file, too. */
const BATON = Uint8Array.of(0x6f, 0x3d, 0x1a, 0x52, 0x6a, 0x0e, 0x5c, 0x1b, 0x9d, 0x7e, 0x0b, 0x5a, 0x70, 0xb0, 0xa0, 0x01);

/** An id that the same parts always give again; parts may be of any text, their borders stay apart. */
export function derivedId(...parts: readonly (string | number)[]): string {
  const name = Buffer.from(JSON.stringify(parts));
  // UUIDv5 by hand: an id is derived for every message on every hop, and the uuid package takes four times as long.
  const hex = hash('sha1', Buffer.concat([BATON, name]), 'hex');
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
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
