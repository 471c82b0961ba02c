import type { CrispMeta } from '../wire.js';

/** What conversation data can hold. */
export type CrispDataValue = string | number | boolean;

/** A change of a conversation's meta: absent fields stay as they are. */
export interface CrispMetaChange {
  readonly nickname?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly avatar?: string;
  readonly subject?: string;
  readonly ip?: string;
  readonly origin?: string;
  /** Added to those there; a segment is a lower-case word or a few of them. */
  readonly segments?: readonly string[];
  /** Added to the map there; a key of this one wins. */
  readonly data?: Readonly<Record<string, CrispDataValue>>;
  readonly device?: Readonly<Record<string, unknown>>;
}

/**
 * What to send for a change. Crisp replaces the list of segments, and may replace the map of data, so both go out in full: what
 * is there, then what is new. (`before` may be a second old; what an agent set in that second can be lost, which Crisp
 * leaves no way to prevent.)
 */
export function mergedMeta(before: Pick<CrispMeta, 'segments' | 'data'>, change: CrispMetaChange): Record<string, unknown> {
  const { segments, data, ...fields } = change;
  return {
    ...fields,
    ...(segments === undefined
      ? {}
      : { segments: [...new Set([...before.segments, ...segments])].filter((segment) => segment.trim() !== '') }),
    ...(data === undefined ? {} : { data: { ...before.data, ...data } }),
  };
}

/** A segment by which it is compared: in lower case, as Crisp keeps them, with single spaces. */
export function plainSegment(segment: string): string {
  return segment.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Whether a change can only be sent when what is there is known. */
export function needsBefore(change: CrispMetaChange): boolean {
  return change.segments !== undefined || change.data !== undefined;
}
