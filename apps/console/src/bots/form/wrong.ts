import { GivenBotSchema } from '@baton/control-api';
import { part } from './pointer.js';

interface Issue {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly format?: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** What is wrong with a bot's settings, by JSON pointer, in words that stand below a field. */
export function wrongIn(bot: unknown): ReadonlyMap<string, string> {
  const parsed = GivenBotSchema.safeParse(bot);
  const wrong = new Map<string, string>();
  for (const issue of (parsed.error?.issues ?? []) as readonly Issue[]) {
    const pointer = `/${issue.path.map((name) => part(String(name))).join('/')}`;
    if (!wrong.has(pointer)) wrong.set(pointer, inWords(issue));
  }
  return wrong;
}

/** For a person who filled in a form. */
export function inWords(issue: Issue): string {
  const { code, origin, minimum, maximum, format, message } = issue;
  if (code === 'too_small' && origin === 'string') return Number(minimum) === 1 ? 'Must not be empty' : `At least ${minimum} characters`;
  if (code === 'too_big' && origin === 'string') return `At most ${maximum} characters`;
  if (code === 'too_small' && origin === 'array') return `At least ${minimum}`;
  if (code === 'too_big' && origin === 'array') return `At most ${maximum}`;
  if (code === 'too_small') return Number(minimum) === 0 ? 'Must not be below 0' : `At least ${minimum}`;
  if (code === 'too_big') return `At most ${maximum}`;
  if (code === 'invalid_type') return 'Is missing or of the wrong kind';
  if (code === 'invalid_format' && format === 'url') return 'Must be a web address, such as https://shop.example';
  if (code === 'invalid_union') {
    const meant = issue.errors?.reduce<readonly Issue[]>((a, b) => (depth(b) > depth(a) ? b : a), issue.errors[0] ?? []);
    return meant?.[0] ? inWords(meant[0]) : 'Has none of the forms that are allowed here';
  }
  return message.charAt(0).toUpperCase() + message.slice(1);
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
