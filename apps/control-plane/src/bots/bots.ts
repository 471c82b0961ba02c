import type { BotSettings } from '@baton/contracts';
import type { Author, BotEntry, GivenBotSchema, ShownBot } from '@baton/control-api';
import type { SecretKeys } from '@baton/settings';
import type { z } from 'zod';
import { ApiRefusal } from '../api/problem.js';
import type { MayConnect } from '../connect/may-connect.js';
import type { Document, Documents } from '../documents/documents.js';
import { withMarks } from '../documents/secrets.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { sealedBot } from './given-bot.js';

const PUBLISHED_WITHIN_MS = 3_000;

export interface BotsOptions {
  readonly documents: Documents;
  readonly publishing: PublishDocuments;
  readonly keys: Required<SecretKeys>;
  readonly mayConnect: MayConnect;
  readonly now?: () => Date;
}

/** The bots as the API shows and changes them. */
export class Bots {
  constructor(private readonly o: BotsOptions) {}

  async list(workspaceId: string): Promise<{ items: BotEntry[] }> {
    const bots = await this.o.documents.ofWorkspace('bot', workspaceId);
    return { items: bots.map(entryOf) };
  }

  /** @throws ApiRefusal where this workspace has no such bot */
  async get(workspaceId: string, botId: string) {
    const document = await this.live(workspaceId, botId);
    return shownOf(document, true);
  }

  async put(o: {
    readonly workspaceId: string;
    readonly botId: string;
    readonly given: z.output<typeof GivenBotSchema>;
    readonly version: number | 'new';
    readonly by: Author;
  }) {
    const { workspaceId, botId, given } = o;
    if (given.botId !== botId || given.workspaceId !== workspaceId)
      throw new ApiRefusal('invalid-request', 'botId and workspaceId must be those of the address', {
        errors: [{ pointer: '/botId', message: 'must be that of the address' }],
      });
    const written = await this.o.documents.change({ kind: 'bot', id: botId, by: o.by, at: this.now() }, async (before, manager) => {
      this.requireVersion(before, workspaceId, o.version);
      const body = sealedBot(given, before?.body ?? undefined, this.o.keys);
      await this.o.mayConnect.require(body, before?.body ?? undefined, manager);
      return { workspaceId, body, cause: before?.body ? 'changed' : 'created' };
    });
    return shownOf(written as Live, await this.published());
  }

  async delete(o: { readonly workspaceId: string; readonly botId: string; readonly version: number | 'new'; readonly by: Author }) {
    await this.live(o.workspaceId, o.botId);
    await this.o.documents.change({ kind: 'bot', id: o.botId, by: o.by, at: this.now() }, (before) => {
      this.requireVersion(before, o.workspaceId, o.version);
      return { workspaceId: o.workspaceId, body: null, cause: 'deleted' };
    });
    await this.published();
  }

  private async live(workspaceId: string, botId: string): Promise<Live> {
    const document = await this.o.documents.find('bot', botId);
    if (!document?.body || document.workspaceId !== workspaceId)
      throw new ApiRefusal('not-found', 'This workspace has no bot of this name.');
    return document as Live;
  }

  private requireVersion(before: Document<'bot'> | undefined, workspaceId: string, version: number | 'new'): void {
    if (before && before.workspaceId !== workspaceId)
      throw new ApiRefusal('taken', 'Another bot has this name already. Choose another one.');
    if (version === 'new' && before?.body) throw new ApiRefusal('taken', 'This workspace has a bot of this name already.');
    if (version !== 'new' && version !== before?.version)
      throw new ApiRefusal('changed-meanwhile', 'Load it again, look at what changed, and make your change once more.');
  }

  private async published(): Promise<boolean> {
    await this.o.publishing.refresh();
    return this.o.publishing.published(PUBLISHED_WITHIN_MS);
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}

type Live = Document<'bot'> & { readonly body: BotSettings };

function shownOf(document: Live, published: boolean) {
  const { apiKeyHashes: _, ...bot } = document.body;
  return { ...versionOf(document), bot: withMarks(bot) as ShownBot, published };
}

function entryOf(document: Live): BotEntry {
  const { botId, name, avatar, enabled, webchat, messenger, crisp, assistant } = document.body;
  return {
    ...versionOf(document),
    botId,
    name,
    ...(avatar !== undefined && { avatar }),
    enabled,
    channels: [...(webchat ? (['webchat'] as const) : []), ...(messenger ? (['messenger'] as const) : [])],
    crisp: crisp ? { websiteId: crisp.websiteId } : null,
    assistant: { inbox: assistant.inbox, channels: assistant.channels },
  };
}

function versionOf({ version, changedAt, changedBy }: Document) {
  return { version, changedAt: new Date(changedAt).toISOString(), changedBy };
}
