import { daysOf } from '@baton/persistence/retention';
import type { HeldOfConversations, Limit, RetentionSchema, SaidDays } from '@baton/persistence/retention';
import { spanInWords } from './finding.js';
import type { Finding } from './finding.js';

const DAY_MS = 86_400_000;

/** The services by their schemas, as people call them. */
export const SERVICES: Readonly<Record<RetentionSchema, string>> = {
  orchestrator: 'escalation-orchestrator',
  dispatcher: 'channel-dispatcher',
  ai_auto_reply: 'ai-auto-reply',
  control_plane: 'control-plane',
};

/** What stands in a table of what is forgotten by age. */
export interface RowFacts {
  readonly schema: RetentionSchema;
  readonly limit: Limit;
  /** Rows that are past their time by more than the job may need. */
  readonly past: number;
  /** The moment from which the oldest counts; null when there is none, undefined where finding it takes too long. */
  readonly oldest: Date | null | undefined;
  /** How long a row may stand past its time, in ms. */
  readonly slackMs: number;
}

export function judgeRows({ schema, limit, past, oldest, slackMs }: RowFacts, said: SaidDays, now: Date): Finding {
  const { table, what, keeps } = limit;
  const days = daysOf(limit, said);
  const base = { part: 'rows', name: `${schema}.${table}` } as const;
  if (days === Infinity) return { ...base, verdict: 'kept', says: `${what}: for ever, as ${String(keeps)}=0 says` };
  const limitMs = days * DAY_MS;
  const kept = `${what}: ${days === 0 ? 'at once' : spanInWords(limitMs)}${typeof keeps === 'string' ? ` (${keeps})` : ''}`;
  const facts = { limitMs, past, ...(oldest !== undefined && { oldestAt: oldest?.toISOString() ?? null }) };
  if (past > 0)
    return {
      ...{ ...base, ...facts, verdict: 'overstays' },
      says: `${kept}; ${past} ${past === 1 ? 'row is' : 'rows are'} past it${oldest ? `, the oldest by ${spanInWords(Math.max(0, now.getTime() - oldest.getTime() - limitMs))}` : ''}`,
      todo: `does ${SERVICES[schema]} run, and what does its log say of forgetting? It looks every ${spanInWords(slackMs)}; rows that get fewer are on their way`,
    };
  return { ...base, ...facts, verdict: 'within', says: `${kept}; ${ageInWords(oldest, limitMs, now)}` };
}

function ageInWords(oldest: Date | null | undefined, limitMs: number, now: Date): string {
  if (oldest === undefined) return 'none past it';
  if (oldest === null) return 'none there';
  const age = now.getTime() - oldest.getTime();
  if (age < 0 || limitMs === 0) return 'none past it';
  return `the oldest is ${spanInWords(age)} old`;
}

/** What a workspace may keep of conversations, and what is held longer. */
export interface WorkspaceFacts {
  readonly workspaceId: string;
  readonly days: number;
  readonly held: readonly {
    readonly of: HeldOfConversations;
    readonly past: number;
    readonly oldest: Date | null;
  }[];
}

export function judgeWorkspace({ workspaceId, days, held }: WorkspaceFacts, now: Date): Finding {
  const base = { part: 'conversations', name: workspaceId, limitMs: days * DAY_MS } as const;
  const over = held.filter(({ past }) => past > 0);
  const kept = `${spanInWords(days * DAY_MS)} after the last word`;
  if (over.length === 0) return { ...base, verdict: 'within', past: 0, says: `${kept}; nothing is older` };
  const oldest = Math.min(...over.map((one) => one.oldest?.getTime() ?? Infinity));
  const says = over.map(({ of, past }) => `${past} ${of.what} at ${SERVICES[of.schema]}`).join(', ');
  return {
    ...{ ...base, verdict: 'overstays', past: over.reduce((sum, one) => sum + one.past, 0), oldestAt: new Date(oldest).toISOString() },
    says: `${kept}; older are ${says}, the oldest by ${spanInWords(Math.max(0, now.getTime() - oldest - days * DAY_MS))}`,
    todo: 'each service erases 200 in ten minutes: see whether they get fewer, and whether the services run',
  };
}
