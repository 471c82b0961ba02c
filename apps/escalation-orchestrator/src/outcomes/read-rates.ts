import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { DeclineReason } from '@baton/contracts';
import type { Period } from './period.js';
import { PeriodShape } from './period.js';
import { ratesSql } from './rates.sql.js';
import type { GroupedBy } from './rates.sql.js';

/** The query of `GET /v1/outcomes/rates`. */
export const RatesQuerySchema = z.strictObject({ ...PeriodShape, by: z.enum(['category', 'day']).default('category') });

/** A share with what it is a share of; the rate is null where that is nothing. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly rate: number | null;
}

export interface Rates {
  readonly counts: Omit<Asked, 'wait_median' | 'wait_p80'>;
  readonly rates: {
    /** Of those asked for: agents were there, and the conversation in their inbox. */
    readonly accepted: Rate;
    /** Of those accepted: a human wrote. */
    readonly answered: Rate;
    /** Of those accepted: ended without a human's word. */
    readonly abandoned: Rate;
    /** Of those asked for: a human wrote, and resolved it. */
    readonly resolved_by_human: Rate;
    /** Of those that a human resolved: taken up again. */
    readonly reopened: Rate;
    /** Of those asked for: goes on by e-mail. */
    readonly followed_up: Rate;
    /** Of the promises made. */
    readonly promises_broken: Rate;
  };
  /** From the request to a human's first word, of those who had one; null when nobody had. */
  readonly first_answer_seconds: { readonly of: number; readonly median: number | null; readonly p80: number | null };
  /** A talk with the bot has no category: grouped by category, its ratings stand in the whole only. */
  readonly ratings: { readonly human: Stars; readonly bot?: Stars };
}

interface Stars {
  readonly count: number;
  /** Of 1 to 5. */
  readonly mean: number | null;
}

interface Asked {
  /** By bot, API, visitor or rule. */
  readonly requested: number;
  /** By an agent himself; they are in no rate. */
  readonly taken_over: number;
  readonly declined: number;
  readonly declined_by_reason: Readonly<Record<DeclineReason, number>>;
  readonly accepted: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly timed_out: number;
  readonly cancelled: number;
  readonly resolved_by_human: number;
  readonly reopened: number;
  readonly followed_up: number;
  readonly open: number;
  readonly wait_median: number | null;
  readonly wait_p80: number | null;
}

interface Row {
  readonly key: string | null;
  readonly whole: boolean;
  readonly asked: Asked | null;
  readonly promised: { readonly promised: number; readonly promises_broken: number } | null;
  readonly rated: {
    readonly human_ratings: number;
    readonly human_mean: number | null;
    readonly bot_ratings: number;
    readonly bot_mean: number | null;
  } | null;
}

export interface RatesOfPeriod {
  readonly from: string;
  readonly to: string;
  readonly by: GroupedBy;
  readonly whole: Rates;
  /** A key of null is no category. Days are of UTC. */
  readonly groups: readonly ({ readonly key: string | null } & Rates)[];
}

/** What became of a bot's handovers in a period. @param now ms */
export async function readRates(
  dataSource: Pick<DataSource, 'query'>,
  botId: string,
  by: GroupedBy,
  period: Period,
  now: number,
): Promise<RatesOfPeriod> {
  const rows = await dataSource.query<Row[]>(ratesSql(by), [botId, period.from, period.to, now]);
  const groups = rows.filter((row) => !row.whole).map((row) => ({ key: row.key || null, ...ratesOf(row, by === 'day') }));
  return {
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    by,
    whole: ratesOf(rows.find((row) => row.whole) ?? NOTHING, true),
    groups: by === 'day' ? groups.sort((a, b) => (a.key ?? '').localeCompare(b.key ?? '')) : groups,
  };
}

const NOTHING: Row = { key: null, whole: true, asked: null, promised: null, rated: null };

function ratesOf({ asked, promised, rated }: Row, withBot: boolean): Rates {
  const n = (name: CountName) => asked?.[name] ?? 0;
  const [made, broken] = [promised?.promised ?? 0, promised?.promises_broken ?? 0];
  return {
    counts: {
      ...(Object.fromEntries(COUNTS.map((name) => [name, n(name)])) as Record<CountName, number>),
      declined_by_reason: asked?.declined_by_reason ?? ({} as Record<DeclineReason, number>),
    },
    rates: {
      accepted: share(n('accepted'), n('requested')),
      answered: share(n('answered'), n('accepted')),
      abandoned: share(n('abandoned'), n('accepted')),
      resolved_by_human: share(n('resolved_by_human'), n('requested')),
      reopened: share(n('reopened'), n('resolved_by_human')),
      followed_up: share(n('followed_up'), n('requested')),
      promises_broken: share(broken, made),
    },
    first_answer_seconds: { of: n('answered'), median: asked?.wait_median ?? null, p80: asked?.wait_p80 ?? null },
    ratings: {
      human: { count: rated?.human_ratings ?? 0, mean: rated?.human_mean ?? null },
      ...(withBot ? { bot: { count: rated?.bot_ratings ?? 0, mean: rated?.bot_mean ?? null } } : {}),
    },
  };
}

const COUNTS = [
  'requested',
  'taken_over',
  'declined',
  'accepted',
  'answered',
  'abandoned',
  'timed_out',
  'cancelled',
  'resolved_by_human',
  'reopened',
  'followed_up',
  'open',
] as const satisfies readonly (keyof Asked)[];
type CountName = (typeof COUNTS)[number];

function share(count: number, of: number): Rate {
  return { count, of, rate: of === 0 ? null : count / of };
}
