import { z } from 'zod';

const DAY = 86_400_000;
/** Without `from` the last days are asked for. */
const DEFAULT_DAYS = 30;
const LONGEST_DAYS = 400;

const InstantSchema = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: 'must be a date such as 2026-01-31, or a time with its offset' })
  .transform((text) => Date.parse(text));

/** The parameters that name a period; a date is its beginning in UTC. */
export const PeriodShape = { from: InstantSchema.optional(), to: InstantSchema.optional() };

/** What was asked for (ms). */
export interface AskedPeriod {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A handover belongs to the period in which it was asked for: from the first moment to right before the last (ms). */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** @param now ms; a period without an end goes up to now */
export function periodOf({ from, to }: AskedPeriod, now: number): Period {
  const end = to ?? Math.max(now + 1, from ?? 0);
  return { from: from ?? end - DEFAULT_DAYS * DAY, to: end };
}

/** Why a period cannot be asked for; undefined when it can. */
export function wrongPeriod({ from, to }: Period): string | undefined {
  if (from > to) return 'must not be after to';
  return to - from > LONGEST_DAYS * DAY ? `must be at most ${LONGEST_DAYS} days before to` : undefined;
}
