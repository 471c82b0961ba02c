import { UuidSchema } from '@baton/contracts';
import type { DeadLetter } from '@baton/messaging/kafka';

/** What a letter says about whose it is; each where it could be read. */
export interface Hints {
  readonly eventType: string | null;
  readonly botId: string | null;
  readonly websiteId: string | null;
  readonly pageId: string | null;
  readonly conversationId: string | null;
  readonly sessionId: string | null;
}

/** A bot as far as letters may name it. */
export interface KnownBot {
  readonly botId: string;
  readonly workspaceId: string;
  readonly websiteId: string | null;
  readonly pageId: string | null;
}

const SESSION = /^session_[0-9a-f-]{36}$/;
const MAX_NAME = 200;

/** Reads headers, key and, where it is JSON, the value: whatever was wrong with the letter, something of these is often right. */
export function hintsOf({ original: { headers, key, value } }: Pick<DeadLetter, 'original'>): Hints {
  const data = objectOf(value);
  const header = (name: string) => nameIn(headers[name]?.toString());
  const keyText = key?.toString() ?? '';
  const conversation = nameIn(data['conversationId']) ?? keyText;
  const session = nameIn(objectIn(data['data'])['session_id']) ?? keyText;
  return {
    eventType: shortType(header('ce_type')),
    botId: header('ce_botid') ?? nameIn(data['botId']),
    websiteId: nameIn(data['website_id']) ?? nameIn(data['websiteId']),
    pageId: header('ce_pageid') ?? nameIn(data['pageId']),
    conversationId: UuidSchema.safeParse(conversation).success ? conversation : null,
    sessionId: SESSION.test(session) ? session : null,
  };
}

/** The workspace of the bot that is named, or of all bots that share what is named; undefined where that leaves more than one, or none. */
export function workspaceOf({ botId, websiteId, pageId }: Hints, bots: readonly KnownBot[]): string | undefined {
  const named =
    botId !== null
      ? bots.filter((bot) => bot.botId === botId)
      : bots.filter((bot) => (websiteId !== null && bot.websiteId === websiteId) || (pageId !== null && bot.pageId === pageId));
  const workspaces = new Set(named.map(({ workspaceId }) => workspaceId));
  return workspaces.size === 1 ? [...workspaces][0] : undefined;
}

/** `baton.delivery.message.v1` is `delivery.message`. */
function shortType(type: string | null): string | null {
  return type === null ? null : (/^baton\.(.+)\.v\d+$/.exec(type)?.[1] ?? type);
}

function objectOf(value: Buffer | null): Record<string, unknown> {
  try {
    return objectIn(JSON.parse(value?.toString('utf8') ?? 'null'));
  } catch {
    return {};
  }
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function nameIn(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME ? value : null;
}
