import { CrispPluginSettingsSchema } from '@baton/contracts';
import type { CrispPluginSettings } from '@baton/contracts';
import { pluginSettingId } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import type { Deed } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { NO_WORKSPACE } from './documents.js';
import type { Document, Documents } from './documents.js';
import { withSealedSecrets } from './given-secrets.js';
import { requireVersion } from './require-version.js';
import { withMarks } from './secrets.js';
import { addressOf } from './versions.js';

const PUBLISHED_WITHIN_MS = 3_000;
const PURPOSES = { signingSecrets: 'webhooks' } as const;

type Live = Document<'crisp-plugin'> & { readonly body: CrispPluginSettings };

/** The Crisp plugins as the API shows and changes them. */
export class CrispPlugins {
  constructor(
    private readonly o: { readonly documents: Documents; readonly publishing: PublishDocuments; readonly keys: Required<SecretKeys> },
  ) {}

  async list() {
    return { items: (await this.o.documents.ofWorkspace('crisp-plugin', NO_WORKSPACE)).map((one) => shown(one)) };
  }

  /** @throws ApiRefusal where there is none such */
  async get(pluginId: string) {
    const document = await this.o.documents.find('crisp-plugin', pluginId);
    if (!document?.body) throw new ApiRefusal('not-found', 'There is no such plugin.');
    return shown(document as Live);
  }

  async put(pluginId: string, o: Deed & { readonly given: { readonly pluginId: string }; readonly readVersion: number | 'new' }) {
    if (o.given.pluginId !== pluginId)
      throw new ApiRefusal('invalid-request', '/pluginId: must be that of the address', {
        errors: [{ pointer: '/pluginId', message: 'must be that of the address' }],
      });
    const of = { kind: 'crisp-plugin', id: pluginId } as const;
    const written = await this.o.documents.change({ ...of, by: o.by, at: o.now, ...addressOf(o) }, async (before, manager) => {
      if (o.readVersion !== 'new') await requireVersion(this.o.documents, before ?? none(of), o.readVersion, manager);
      else if (before?.body) throw new ApiRefusal('taken', 'There is such a plugin already.');
      const settingId = pluginSettingId(pluginId);
      const sealed = withSealedSecrets(o.given, { settingId, before: before?.body, purposes: PURPOSES, keys: this.o.keys });
      const cause = before?.body ? 'changed' : 'created';
      return { workspaceId: NO_WORKSPACE, body: CrispPluginSettingsSchema.parse(sealed), cause };
    });
    await this.o.publishing.refresh();
    return shown(written as Live, await this.o.publishing.published(PUBLISHED_WITHIN_MS, of));
  }

  async delete(pluginId: string, o: Deed & { readonly readVersion: number | 'new' }): Promise<void> {
    await this.get(pluginId);
    const of = { kind: 'crisp-plugin', id: pluginId } as const;
    await this.o.documents.change({ ...of, by: o.by, at: o.now, ...addressOf(o) }, async (before, manager) => {
      await requireVersion(this.o.documents, before ?? none(of), o.readVersion === 'new' ? 0 : o.readVersion, manager);
      return { workspaceId: NO_WORKSPACE, body: null, cause: 'deleted' };
    });
    await this.o.publishing.refresh();
    await this.o.publishing.published(PUBLISHED_WITHIN_MS, of);
  }
}

const none = (of: { readonly kind: 'crisp-plugin'; readonly id: string }) => ({ ...of, workspaceId: NO_WORKSPACE, version: 0 });

function shown({ version, changedAt, changedBy, publishedVersion, body }: Live, published = publishedVersion === version) {
  return { version, changedAt: changedAt.toISOString(), changedBy, plugin: withMarks(body) as never, published };
}
