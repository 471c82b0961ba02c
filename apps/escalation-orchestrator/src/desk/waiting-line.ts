import type { EntityManager } from 'typeorm';
import type { HandoverSettings } from '@baton/contracts';
import type { WaitingLine } from '../floor/facts.js';
import { estimateWait } from '../floor/waiting/estimate.js';
import { prepared } from '../judge/statements.js';

/** How far back others tell how long one waits (ms). */
const LATELY = 14 * 24 * 3_600_000;
/** So many of them at most, the latest. */
const AT_MOST = 200;
/** Among so many of the website those of a category are looked for. */
const LOOKED_AT = 2_000;

const readAhead = prepared<{ ahead: number }>(
  'waiting-ahead',
  `SELECT count(*)::int AS ahead FROM handovers
   WHERE website_id = $1 AND accepted_at > to_timestamp($2 / 1000.0) AND connected_at IS NULL AND ended_at IS NULL
     AND id <> $3 AND ($4::text IS NULL OR lower(category) = $4)`,
);

// Whom an agent wrote to unasked did not wait.
const readWaits = prepared<{ ms: number; answered: boolean }>(
  'waits-lately',
  `SELECT greatest(0, extract(epoch FROM coalesce(connected_at, ended_at, to_timestamp($3 / 1000.0)) - accepted_at)::float8 * 1000) AS ms,
     connected_at IS NOT NULL AS answered
   FROM (SELECT * FROM handovers WHERE website_id = $1 AND accepted_at > to_timestamp($2 / 1000.0) ORDER BY accepted_at DESC LIMIT ${LOOKED_AT}) AS latest
   WHERE requested_by <> 'agent' AND id <> $4 AND ($5::text IS NULL OR lower(category) = $5)
   ORDER BY accepted_at DESC LIMIT ${AT_MOST}`,
);

interface Waiter {
  readonly handoverId: string;
  readonly websiteId: string;
  readonly category?: string | null | undefined;
}

/**
 * The line in which somebody begins to wait: of the same category where it has agents of its own, else of the whole
 * website, whichever bot they came from. Undefined when nobody is to be told of it. Runs in the caller's transaction.
 * @param now ms
 */
export async function readWaitingLine(
  manager: EntityManager,
  { handoverId, websiteId, category }: Waiter,
  settings: Pick<HandoverSettings, 'waiting' | 'categories'> | undefined,
  now: number,
): Promise<WaitingLine | undefined> {
  if (!settings) return undefined;
  const { estimate, place } = settings.waiting;
  if (!estimate && !place) return undefined;
  const since = now - LATELY;
  const own = ownCategory(category, settings.categories);
  const [ahead, waits] = await Promise.all([
    place ? readAhead(manager, [websiteId, since, handoverId, own]) : [],
    estimate ? readWaits(manager, [websiteId, since, now, handoverId, own]) : [],
  ]);
  return { ahead: ahead[0]?.ahead ?? 0, estimate: estimateWait(waits)?.ms ?? null };
}

/** In lower case; null when everybody answers this category. */
function ownCategory(category: string | null | undefined, categories: HandoverSettings['categories']): string | null {
  const wanted = category?.toLowerCase();
  return wanted !== undefined && Object.keys(categories).some((name) => name.toLowerCase() === wanted) ? wanted : null;
}
