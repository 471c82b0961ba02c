import { parseArgs } from 'node:util';

export interface ReplayArguments {
  readonly conversation: string | undefined;
  /** ms */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly bot: string | undefined;
  /** Where the build to be tried stands; else this one. */
  readonly build: string | undefined;
  readonly set: Readonly<Record<string, unknown>>;
  readonly explain: boolean;
  readonly words: boolean;
  readonly json: boolean;
  readonly limit: number;
  /** So many facts may be left that could not be judged again. */
  readonly allowUnsure: number;
}

export const REPLAY_HELP = `Flight recorder: what happened, judged again by this build or another one. Nothing outside is touched or written.

  baton replay --conversation ID [--from TIME] [--to TIME]     one conversation
  baton replay --from TIME [--to TIME] [--bot ID]              all of a time

  --build DIR      judges by the build in this directory (a checkout that is built, or an unpacked image), not by this one
  --set PATH=JSON  judges by another value of the bots' settings: --set handover.timers.silenceSeconds=600 (again for more)
  --explain        tells each decision: what was, what came, what followed
  --words          tells also what people wrote
  --limit N        the most facts at once, with those that lead up to them; 100000 when it is left out
  --allow-unsure N so many facts may be left that could not be judged again; none when it is left out
  --json           for programs instead of people

  TIME is as 2026-01-05T10:00:00Z, or how long ago: 90m, 24h, 7d.

  DATABASE_URL                                the orchestrator's database; reading is enough
  KAFKA_BROKERS, KAFKA_TOPIC_PREFIX, KAFKA_…  as the services have them; reading is enough

It ends with 0 when this build decides as was decided then, 1 when it decides something else, and 2 when that cannot be said:
also when nothing differs, but some facts could not be judged again.
`;

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const LIMIT = 100_000;

/** What was asked for, or why that is not clear. @param now ms */
export function readReplayArguments(args: readonly string[], now: number): ReplayArguments | 'help' | { readonly wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        conversation: { type: 'string', short: 'c' },
        from: { type: 'string' },
        to: { type: 'string' },
        bot: { type: 'string' },
        build: { type: 'string' },
        set: { type: 'string', multiple: true, default: [] },
        explain: { type: 'boolean', default: false },
        words: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        limit: { type: 'string', default: String(LIMIT) },
        'allow-unsure': { type: 'string', default: '0' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return 'help';
    const { conversation, bot, build, explain, words, json } = values;
    if (conversation === undefined && values.from === undefined)
      return { wrong: 'Say what to judge again: --conversation ID, or --from TIME.' };
    if (conversation !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(conversation))
      return { wrong: `"${conversation}" is no ID of a conversation.` };
    const [from, to] = [timeOf(values.from, now), timeOf(values.to, now)];
    if (from === null) return { wrong: `"${values.from}" is no time.` };
    if (to === null) return { wrong: `"${values.to}" is no time.` };
    if (from !== undefined && to !== undefined && from >= to) return { wrong: '--from must be before --to.' };
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) return { wrong: '--limit must be a whole number from 1.' };
    const allowUnsure = Number(values['allow-unsure']);
    if (!Number.isInteger(allowUnsure) || allowUnsure < 0) return { wrong: '--allow-unsure must be a whole number from 0.' };
    const set: Record<string, unknown> = {};
    for (const one of values.set) {
      const [, path, value] = /^([\w.]+)=(.*)$/s.exec(one) ?? [];
      if (path === undefined) return { wrong: `--set ${one}: say PATH=JSON.` };
      set[path] = valueOf(value!);
    }
    return { conversation, from, to, bot, build, set, explain, words, json, limit, allowUnsure };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

/** Null when it is none. */
function timeOf(text: string | undefined, now: number): number | undefined | null {
  if (text === undefined) return undefined;
  const [, many, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const time = many === undefined ? Date.parse(text) : now - Number(many) * UNITS[unit as keyof typeof UNITS];
  return Number.isNaN(time) ? null : time;
}

/** JSON, or else the text itself. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
