import type { KillSwitch } from '@baton/contracts';
import { CONVERSATION_SWITCH_DAYS } from '@baton/control-api';

/** A conversation of ours, or a session of Crisp. */
const CONVERSATION = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|session_[0-9a-f-]{36})$/;
const DAY_MS = 86_400_000;

/** Whose switch it is to be, as it is asked for. */
export interface Wanted extends Pick<KillSwitch, 'scope' | 'id' | 'workspaceId'> {
  readonly reason: string;
  readonly endsAt?: string | undefined;
}

/** What the workspace has that can be silenced by name. */
export interface WhatThereIs {
  readonly botIds: readonly string[];
  readonly websiteIds: readonly string[];
}

/** Why there can be no such switch, in words; undefined where it can be. */
export function whyNot({ scope, id, workspaceId, endsAt }: Wanted, { botIds, websiteIds }: WhatThereIs, now: Date): string | undefined {
  if (scope === 'workspace' && id !== workspaceId) return 'The id of a workspace’s switch is the workspace’s own.';
  if (scope === 'bot' && !botIds.includes(id)) return 'This workspace has no bot of this name.';
  if (scope === 'website' && !websiteIds.includes(id)) return 'No bot of this workspace is connected to this website.';
  if (scope === 'conversation' && !CONVERSATION.test(id)) return 'Give the conversation’s id, or the id of its session in Crisp.';
  if (endsAt !== undefined && Date.parse(endsAt) <= now.getTime()) return 'Its end must be in the future.';
  return undefined;
}

/** The switch as it is from now on. One that is on already keeps its beginning; that of a conversation ends by itself. */
export function switched(wanted: Wanted, before: KillSwitch | undefined, by: string, now: Date): KillSwitch {
  const { scope, id, workspaceId, reason } = wanted;
  const latest = scope === 'conversation' ? now.getTime() + CONVERSATION_SWITCH_DAYS * DAY_MS : Infinity;
  const end = Math.min(wanted.endsAt === undefined ? Infinity : Date.parse(wanted.endsAt), latest);
  const isOn = before !== undefined && !hasEnded(before, now);
  return {
    scope,
    id,
    ...(workspaceId !== undefined && { workspaceId }),
    since: isOn ? before.since : now.toISOString(),
    by,
    reason,
    ...(end !== Infinity && { endsAt: new Date(end).toISOString() }),
  };
}

export function hasEnded({ endsAt }: Pick<KillSwitch, 'endsAt'>, now: Date): boolean {
  return endsAt !== undefined && Date.parse(endsAt) <= now.getTime();
}
