import type { DataSource } from 'typeorm';
import { statement } from './statement.js';

const create = statement(
  'create-budgets',
  `INSERT INTO effect_budgets (target, tokens, at) SELECT target, burst, $3 FROM unnest($1::text[], $2::double precision[]) AS t(target, burst)
   ORDER BY target ON CONFLICT (target) DO NOTHING`,
);

/** A token bucket per target, refilled by the time that passed. Rows are locked in one order, so that takers never deadlock. */
const take = statement<{ target: string; granted: number; tokens: number }>(
  'take-tokens',
  `WITH wanted AS (
     SELECT * FROM unnest($1::text[], $2::double precision[], $3::double precision[], $4::integer[]) AS w(target, per_second, burst, want)
   ), bucket AS (
     SELECT b.target, w.want, LEAST(w.burst, b.tokens + GREATEST(0, EXTRACT(EPOCH FROM $5::timestamptz - b.at)) * w.per_second) AS tokens
     FROM effect_budgets b JOIN wanted w ON w.target = b.target ORDER BY b.target FOR UPDATE OF b
   ), shared AS (
     SELECT target, tokens, LEAST(want, FLOOR(tokens)) AS granted FROM bucket
   )
   UPDATE effect_budgets b SET tokens = s.tokens - s.granted, at = GREATEST(b.at, $5)
   FROM shared s WHERE b.target = s.target
   RETURNING b.target, s.granted::integer AS granted, b.tokens`,
);

export interface TokenRequest {
  readonly target: string;
  readonly perSecond: number;
  readonly burst: number;
  readonly want: number;
}

/** Takes up to the wanted tokens of each target, for all replicas together; `left` is what stays in the bucket. */
export async function takeTokens(
  dataSource: DataSource,
  requests: readonly TokenRequest[],
  now: Date,
): Promise<Map<string, { granted: number; left: number }>> {
  const values = [
    requests.map((r) => r.target),
    requests.map((r) => r.perSecond),
    requests.map((r) => r.burst),
    requests.map((r) => r.want),
    now,
  ];
  const granted = new Map<string, { granted: number; left: number }>();
  const note = (rows: { target: string; granted: number; tokens: number }[]) => {
    for (const row of rows) granted.set(row.target, { granted: row.granted, left: row.tokens });
  };
  note(await take(dataSource, values));
  const fresh = requests.filter(({ target }) => !granted.has(target));
  if (fresh.length > 0) {
    await create(dataSource, [fresh.map((r) => r.target), fresh.map((r) => r.burst), now]);
    note(
      await take(dataSource, [
        fresh.map((r) => r.target),
        fresh.map((r) => r.perSecond),
        fresh.map((r) => r.burst),
        fresh.map((r) => r.want),
        now,
      ]),
    );
  }
  return granted;
}
