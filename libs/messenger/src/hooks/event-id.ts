import { hash } from 'node:crypto';
import { derivedId } from '@baton/contracts';
import type { MessengerWebhook } from '@baton/contracts';

type Part = string;
type Fields = Readonly<Record<string, unknown>>;
type PartsOf = (said: Fields, at: Part | undefined) => (Part | undefined)[];

const byTime: PartsOf = (_, at) => [at];
const byWatermark: PartsOf = ({ watermark }) => [partOf(watermark)];

const KINDS: readonly (readonly [string, PartsOf])[] = [
  ['message', ({ mid, is_echo: echo }) => [echo === true ? 'echo' : 'said', partOf(mid)]],
  ['message_edit', ({ mid, num_edit: number }) => [partOf(mid), partOf(number)]],
  // Before graph version 11 a postback had no mid; in standby it has no payload.
  ['postback', ({ mid, payload }, at) => (mid === undefined ? [at, partOf(payload) ?? ''] : [partOf(mid)])],
  ['delivery', byWatermark],
  ['read', byWatermark],
  ['reaction', ({ mid }, at) => [partOf(mid), at]],
  ['referral', byTime],
  ['optin', byTime],
  ['pass_thread_control', byTime],
  ['take_thread_control', byTime],
  ['request_thread_control', byTime],
];

/**
 * The id of what Meta says about a person and a page, the same each time it says so: Meta sends no delivery id, and sends again what was not
 * answered in time. A message is told by its `mid`, receipts by how far they reach, the rest as the contract lists; whatever lacks what should
 * tell it is told by all it says.
 */
export function messengerEventId({ pageId, userId, event }: Omit<MessengerWebhook, 'botId'>): string {
  return derivedId('messenger', pageId, userId, ...(told(event) ?? ['whole', hash('sha256', canonical(event), 'base64')]));
}

function told(event: Readonly<Record<string, unknown>>): Part[] | undefined {
  const at = partOf(event['timestamp']);
  for (const [kind, parts] of KINDS) {
    const said = event[kind];
    if (said === undefined) continue;
    const found = isFields(said) ? parts(said, at) : undefined;
    return found && all(kind, ...found);
  }
  return undefined;
}

function all(...parts: (Part | undefined)[]): Part[] | undefined {
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** Text that says something, or a number, which Meta sometimes writes as text. */
function partOf(value: unknown): Part | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** JSON that is the same in whatever order the fields were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
