import { WorkspaceSettingsSchema } from '@baton/contracts';
import type { KillSwitch } from '@baton/contracts';
import { workspaceSetting } from '@baton/settings';
import type { Setting } from '@baton/settings';
import type { Bodies, Document, Kind } from './documents.js';

/** The setting that a document says; undefined once it was taken away. */
function toSetting({ kind, id, body }: Pick<Document, 'kind' | 'id' | 'body'>): Setting | undefined {
  if (body === null) return undefined;
  switch (kind) {
    case 'bot':
      return { type: 'settings.bot', bot: body as Bodies['bot'] };
    case 'workspace':
      return { type: 'settings.workspace', workspaceId: id, workspace: body as Bodies['workspace'] };
    case 'crisp-plugin':
      return { type: 'settings.crisp-plugin', plugin: body as Bodies['crisp-plugin'] };
    case 'kill-switch':
      return { type: 'settings.kill-switch', killSwitch: body as Bodies['kill-switch'] };
  }
}

/**
 * What is published of all documents. A workspace says besides which of its bots were taken away: what was said with them is its own still,
 * also where nobody ever set anything for it.
 */
export function toSettings(
  documents: readonly Pick<Document, 'kind' | 'id' | 'body'>[],
  formerBots: ReadonlyMap<string, readonly string[]>,
): Setting[] {
  const settings = documents.flatMap((one) => toSetting(one) ?? []);
  const set = new Map(settings.flatMap((one) => (one.type === 'settings.workspace' ? [[one.workspaceId, one.workspace] as const] : [])));
  return [
    ...settings.filter(({ type }) => type !== 'settings.workspace'),
    ...[...new Set([...set.keys(), ...formerBots.keys()])].map((workspaceId) =>
      workspaceSetting({
        workspaceId,
        workspace: set.get(workspaceId) ?? WorkspaceSettingsSchema.parse({}),
        formerBots: formerBots.get(workspaceId),
      }),
    ),
  ];
}

/** What belongs to one workspace never meets what belongs to another. */
export function killSwitchDocumentId({ scope, id, workspaceId }: Pick<KillSwitch, 'scope' | 'id' | 'workspaceId'>): string {
  return `${scope}:${workspaceId ?? ''}:${id}`;
}

/** The document that a setting is, without its history. */
export function toDocument(setting: Setting): {
  readonly kind: Kind;
  readonly id: string;
  readonly workspaceId: string;
  readonly body: Bodies[Kind];
} {
  switch (setting.type) {
    case 'settings.bot':
      return { kind: 'bot', id: setting.bot.botId, workspaceId: setting.bot.workspaceId, body: setting.bot };
    case 'settings.workspace':
      return { kind: 'workspace', id: setting.workspaceId, workspaceId: setting.workspaceId, body: setting.workspace };
    case 'settings.crisp-plugin':
      return { kind: 'crisp-plugin', id: setting.plugin.pluginId, workspaceId: '', body: setting.plugin };
    case 'settings.kill-switch':
      return {
        kind: 'kill-switch',
        id: killSwitchDocumentId(setting.killSwitch),
        workspaceId: setting.killSwitch.workspaceId ?? '',
        body: setting.killSwitch,
      };
  }
}
