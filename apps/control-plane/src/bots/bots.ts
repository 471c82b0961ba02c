import type { BotSettings } from '@baton/contracts';
import type { BotEntry, GivenBotSchema, Section, ShownBot } from '@baton/control-api';
import type { SecretKeys } from '@baton/settings';
import type { z } from 'zod';
import type { Deed } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import type { MayConnect } from '../connect/may-connect.js';
import type { Document, Documents } from '../documents/documents.js';
import { withMarks } from '../documents/secrets.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { addressOf } from '../documents/versions.js';
import { decideBot, requireBotVersion } from './decide-bot.js';

type Given = z.output<typeof GivenBotSchema>;

const PUBLISHED_WITHIN_MS = 3_000;

export interface BotsOptions {
  readonly documents: Documents;
  readonly publishing: PublishDocuments;
  readonly keys: Required<SecretKeys>;
  readonly mayConnect: MayConnect;
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
    return shownOf(document, document.publishedVersion === document.version);
  }

  async put(o: { readonly workspaceId: string; readonly botId: string; readonly given: Given; readonly version: number | 'new' } & Deed) {
    return this.write(o, () => o.given);
  }

  /** A part of it. Null where the bot has none. */
  async getPart(workspaceId: string, botId: string, section: Section) {
    return partOf(section, await this.get(workspaceId, botId));
  }

  /** Sets a part of it; undefined takes the part away. @throws ApiRefusal where this workspace has no such bot */
  async putPart(
    o: { readonly workspaceId: string; readonly botId: string; readonly version: number | 'new' } & Deed,
    section: Section,
    part: unknown,
  ) {
    await this.live(o.workspaceId, o.botId);
    if (o.version === 'new') throw new ApiRefusal('version-required', 'Send If-Match with the ETag of the bot that you read.');
    return partOf(section, await this.write(o, (bot) => section.write(bot, part) as Given));
  }

  async delete(o: { readonly workspaceId: string; readonly botId: string; readonly version: number | 'new' } & Deed) {
    await this.live(o.workspaceId, o.botId);
    await this.o.documents.change({ kind: 'bot', id: o.botId, ...changeOf(o) }, async (before, manager) => {
      await requireBotVersion(this.o.documents, { ...o, version: o.version === 'new' ? 0 : o.version }, before, manager);
      return { workspaceId: o.workspaceId, body: null, cause: 'deleted' };
    });
    await this.published(o.botId);
  }

  private async write(
    o: { readonly workspaceId: string; readonly botId: string; readonly version: number | 'new' } & Deed,
    give: (bot: ShownBot) => Given,
  ) {
    const written = await this.o.documents.change({ kind: 'bot', id: o.botId, ...changeOf(o) }, (before, manager) => {
      const given = give(before?.body ? marked(before.body) : ({} as ShownBot));
      return decideBot(this.o, { ...o, given }, before, manager);
    });
    return shownOf(written as Live, await this.published(o.botId));
  }

  private async live(workspaceId: string, botId: string): Promise<Live> {
    const document = await this.o.documents.find('bot', botId);
    if (!document?.body || document.workspaceId !== workspaceId)
      throw new ApiRefusal('not-found', 'This workspace has no bot of this name.');
    return document as Live;
  }

  private async published(id: string): Promise<boolean> {
    await this.o.publishing.refresh();
    return this.o.publishing.published(PUBLISHED_WITHIN_MS, { kind: 'bot', id });
  }
}

type Live = Document<'bot'> & { readonly body: BotSettings };

function shownOf(document: Live, published: boolean) {
  return { ...versionOf(document), bot: marked(document.body), published };
}

/** As it is shown: secrets as marks. */
export function marked({ apiKeyHashes: _, ...bot }: BotSettings): ShownBot {
  return withMarks(bot) as ShownBot;
}

function partOf(section: Section, { bot, ...shown }: ReturnType<typeof shownOf>) {
  return { ...shown, value: section.read(bot) ?? null };
}

const changeOf = ({ by, now, address }: Deed) => ({ by, at: now, ...addressOf({ address }) });

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
