import type { AuditEntry } from '@baton/control-api';
import { nameWords, whereWords } from '../history/words.js';

/** What was done, as it follows the name of who did it. */
const DEEDS: Readonly<Record<string, string>> = {
  created: 'made',
  changed: 'changed',
  deleted: 'took away',
  'rolled-back': 'went back with',
  applied: 'set',
  connected: 'connected to Crisp',
  disconnected: 'disconnected from Crisp',
  'secret-rotated': 'changed the web hook secret of',
  'secret-ended': 'ended the old web hook secret of',
  'key-created': 'made a key for',
  'key-revoked': 'revoked a key of',
  resealed: 'sealed the secrets anew of',
  invited: 'invited',
  uninvited: 'took back the invitation of',
  renamed: 'renamed',
  revoked: 'revoked',
  replayed: 'sent again',
  dismissed: 'dismissed',
  acknowledged: 'took note of',
  read: 'read',
  on: 'switched on',
  off: 'switched off',
  ended: 'saw the end of',
  exported: 'exported',
  erased: 'erased',
  added: 'added',
  removed: 'removed',
  'signed-in': 'signed in',
  'signed-out': 'signed out',
};

/** Kinds of things that are done something to, as the filter shows them. */
export const SUBJECTS: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'bot', label: 'Bots' },
  { value: 'workspace', label: 'Workspace' },
  { value: 'member', label: 'Members' },
  { value: 'api-key', label: 'API keys' },
  { value: 'session', label: 'Sign-ins' },
  { value: 'knowledge', label: 'Knowledge' },
  { value: 'kill-switch', label: 'Kill switches' },
  { value: 'dead-letter', label: 'Dead letters' },
  { value: 'conversation', label: 'Conversations' },
  { value: 'privacy', label: 'Privacy' },
  { value: 'alarm', label: 'Alarms' },
];

/** "Anna changed the bot Demo". */
export function deedWords({ author, action, target }: Pick<AuditEntry, 'author' | 'action' | 'target'>): string {
  const [, deed = ''] = action.split('.');
  const what = DEEDS[deed] ?? deed.replaceAll('-', ' ');
  return `${author.name.charAt(0).toUpperCase()}${author.name.slice(1)} ${what} the ${target.kind.replaceAll('-', ' ')} ${target.name ?? target.id}`;
}

/** More about it, in one line; empty where there is nothing to say. */
export function detailWords({ details }: Pick<AuditEntry, 'details'>): string {
  const { paths, more, version: _, restored, ...rest } = details;
  const where = Array.isArray(paths) ? whereWords(paths.map(String), Number(more ?? 0)) : '';
  const others = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${nameWords(name)}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [
    ...(restored === undefined || restored === null ? [] : [`to version ${JSON.stringify(restored)}`]),
    ...(where === '' ? [] : [where]),
    ...others,
  ].join(' · ');
}

/** Where more about it is shown: the version that it made; undefined where nothing is. */
export function historyOf({ workspaceId, target, details }: Pick<AuditEntry, 'workspaceId' | 'target' | 'details'>): string | undefined {
  if (target.kind !== 'bot' || workspaceId === null || typeof details['version'] !== 'number') return undefined;
  return `/${workspaceId}/bots/${target.id}/history?version=${details['version']}`;
}
