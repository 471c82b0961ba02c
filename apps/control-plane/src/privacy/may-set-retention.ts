import type { WorkspaceSettings } from '@baton/contracts';
import type { Caller } from '../api/caller.js';
import { mayInto } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';

type Settings = Pick<WorkspaceSettings, 'retention'> | null | undefined;

/**
 * For how long conversations are kept stands in the settings of a workspace, and is a part of privacy: whoever may not into that part
 * leaves it as it is.
 * @throws ApiRefusal
 */
export function requireMaySetRetention(caller: Pick<Caller, 'scopes'>, before: Settings, after: Settings): void {
  if (before?.retention?.conversationDays === after?.retention?.conversationDays || mayInto(caller, 'privacy')) return;
  const days = before?.retention?.conversationDays;
  const asItIs = days === undefined ? 'leave `retention` out' : `give \`retention.conversationDays\` as it is, ${days}`;
  throw new ApiRefusal(
    'not-allowed',
    `For how long conversations are kept is a part of privacy: use a key with the scope privacy, or ${asItIs}.`,
  );
}
