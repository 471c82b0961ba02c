import { ApiRefusal } from '../api/problem.js';

/** A place of the audit log, where a page ends. */
export interface Place {
  /** ISO 8601. */
  readonly at: string;
  readonly entryId: string;
}

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** As `next` of a page says it. */
export function placeOf({ at, entryId }: Place): string {
  return `${at}_${entryId}`;
}

/** @throws ApiRefusal where it is none */
export function readPlace(text: string): Place {
  const [, at, entryId] = PLACE.exec(text) ?? [];
  if (at !== undefined && entryId !== undefined && !Number.isNaN(Date.parse(at))) return { at, entryId };
  throw new ApiRefusal('invalid-request', 'before must be the next of the page before', {
    errors: [{ pointer: 'query/before', message: 'must be the next of the page before' }],
  });
}
