import type { KillSwitch } from '@baton/contracts';
import type { Setting } from '@baton/settings';
import type { Bodies, Document, Kind } from './documents.js';

/** The setting that a document says; undefined once it was taken away. */
export function toSetting({ kind, id, body }: Pick<Document, 'kind' | 'id' | 'body'>): Setting | undefined {
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
