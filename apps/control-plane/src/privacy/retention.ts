import { WorkspaceSettingsSchema } from '@baton/contracts';
import type { Author } from '@baton/control-api';
import type { Documents } from '../documents/documents.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';

const PUBLISHED_WITHIN_MS = 3_000;

/** For how long a workspace keeps conversations: a part of its settings. */
export class Retention {
  constructor(private readonly o: { readonly documents: Documents; readonly publishing: PublishDocuments; readonly now?: () => Date }) {}

  async get(workspaceId: string): Promise<{ conversationDays: number | null }> {
    const [found] = await this.o.documents.ofWorkspace('workspace', workspaceId);
    return { conversationDays: found?.body.retention?.conversationDays ?? null };
  }

  async put(workspaceId: string, conversationDays: number | null, by: Author) {
    const at = this.o.now?.() ?? new Date();
    await this.o.documents.change({ kind: 'workspace', id: workspaceId, by, at }, (before) => {
      const { retention: _, ...rest } = before?.body ?? WorkspaceSettingsSchema.parse({});
      const body = { ...rest, ...(conversationDays !== null && { retention: { conversationDays } }) };
      return { workspaceId, body, cause: before?.body ? 'changed' : 'created' };
    });
    await this.o.publishing.refresh();
    return { conversationDays, published: await this.o.publishing.published(PUBLISHED_WITHIN_MS) };
  }
}
