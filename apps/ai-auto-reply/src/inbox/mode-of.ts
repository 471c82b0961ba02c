import { hash } from 'node:crypto';
import type { AssistantSettings, BotSettings } from '@baton/contracts';

export type InboxMode = AssistantSettings['inbox'];

/** The mode of one session: those outside the share are recorded only. The same session is always on the same side of a share. */
export function modeOf(assistant: Pick<AssistantSettings, 'inbox' | 'sharePercent'>, sessionId: string): InboxMode {
  if (assistant.inbox === 'off') return 'off';
  return placeOf(sessionId) < assistant.sharePercent ? assistant.inbox : 'shadow';
}

/** A place from 0 up to 100, evenly spread. */
function placeOf(sessionId: string): number {
  return (parseInt(hash('sha256', sessionId).slice(0, 8), 16) / 0x1_0000_0000) * 100;
}

/**
 * Which bot answers in a website's inbox: the first by id of those that are connected to it and not switched off. A hook that came by the
 * address of a bot speaks for that bot's workspace only. Where bots of several workspaces claim a website, nobody answers: one of them is
 * wrong, and we cannot tell which.
 */
export function botOfInbox(bots: readonly BotSettings[], byAddressOf: BotSettings | undefined): BotSettings | 'ambiguous' | undefined {
  const able = bots
    .filter(({ enabled, assistant, workspaceId }) => {
      const isOurs = byAddressOf === undefined || workspaceId === byAddressOf.workspaceId;
      return enabled && assistant.inbox !== 'off' && isOurs;
    })
    .sort((a, b) => (a.botId < b.botId ? -1 : 1));
  if (new Set(able.map(({ workspaceId }) => workspaceId)).size > 1) return 'ambiguous';
  return able[0];
}
