import { z } from 'zod';
import { UuidSchema } from '@baton/contracts';

/** The place of a row in a list that is ordered by time, newest first; `at` is ms. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

/** What every list takes: how many rows, and the `next` of the page before. */
export const PageShape = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z
    .string()
    .max(200)
    .transform((text, context): Place => {
      const place = readPlace(text);
      if (place) return place;
      context.addIssue({ code: 'custom', message: 'must be the `next` of an earlier answer' });
      return z.NEVER;
    })
    .optional(),
};

/** One row more than a page was read: whether it is there says whether there is a next page. */
export function pageOf<R>(rows: readonly R[], limit: number, placeOf: (row: R) => Place): { rows: readonly R[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? writePlace(placeOf(last)) : null };
}

function writePlace({ at, id }: Place): string {
  return Buffer.from(`${at}.${id}`).toString('base64url');
}

function readPlace(text: string): Place | null {
  const [at, id, ...more] = Buffer.from(text, 'base64url').toString().split('.');
  const ms = Number(at);
  if (more.length > 0 || !/^\d{1,14}$/.test(at ?? '') || !Number.isSafeInteger(ms)) return null;
  return id !== undefined && UuidSchema.safeParse(id).success ? { at: ms, id } : null;
}
