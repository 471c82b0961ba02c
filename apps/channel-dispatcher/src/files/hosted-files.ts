import { derivedId, FileBodySchema, newId } from '@baton/contracts';
import type { MessageBody } from '@baton/contracts';
import type { Effects } from '@baton/effects';
import type { EntityManager } from 'typeorm';
import { FETCH_FILE, fetchPlan } from './fetch-effect.js';
import { guessKind, isAllowed, kindOf, nameForKind } from './file-kind.js';
import type { AllowedKinds, Media } from './file-kind.js';
import { type FileLinks } from './file-links.js';
import type { GivenLink } from './file-links.js';
import { cleanName, nameInUrl } from './file-name.js';
import type { FilesStore, HostedFile } from './files.store.js';
import type { FileRefusal } from './refusal.js';

export type FileBody = Extract<MessageBody, { type: 'file' }>;

/** A file that lies at somebody else's, at an address that will not be good for long. */
export interface ForeignFile {
  readonly conversationId: string;
  readonly botId: string;
  readonly sourceUrl: string;
  /** What the channel calls it. */
  readonly media: Media;
  readonly name?: string | undefined;
}

/** A file that came with its bytes. */
export interface GivenFile {
  readonly conversationId: string;
  readonly botId: string;
  readonly name: string;
  readonly bytes: Buffer;
}

export interface HostedFilesOptions {
  readonly store: FilesStore;
  readonly links: FileLinks;
  readonly effects: Pick<Effects, 'plan'>;
  readonly allowed: AllowedKinds;
  readonly keepMs: number;
  /** Of one conversation at most, in bytes. */
  readonly maxPerConversation: number;
}

/** The files of conversations under addresses of ours: signed, expiring, of kinds that are allowed. */
export class HostedFiles {
  constructor(private readonly options: HostedFilesOptions) {}

  /**
   * Takes over a file of a channel in the caller's transaction: gives it an address of ours at once and plans that it is fetched after the
   * commit. The same address of the same conversation is one file, however often it is taken over.
   * @returns what stands for the file in a message; its content type is a guess, the true one is found in the bytes
   */
  async adopt(manager: EntityManager, file: ForeignFile, now = new Date()): Promise<Omit<FileBody, 'type'>> {
    const { conversationId, botId, sourceUrl, media } = file;
    const given = cleanName(file.name ?? nameInUrl(sourceUrl), media);
    const guess = guessKind(media, given);
    const wanted = await this.options.store.want(manager, {
      id: derivedId(FETCH_FILE, conversationId, sourceUrl),
      conversationId,
      botId,
      name: guess.extension === '' ? given : nameForKind(given, guess),
      contentType: guess.contentType,
      sourceUrl,
      createdAt: now,
      expiresAt: this.expiry(now),
    });
    if (wanted.state === 'wanted') await this.options.effects.plan(manager, [fetchPlan(wanted, now)]);
    const { url, name, contentType } = this.bodyOf(wanted);
    return { url, name, contentType };
  }

  /** Keeps a file of a visitor. */
  async keep({ conversationId, botId, name, bytes }: GivenFile, now = new Date()): Promise<FileBody | { refused: FileRefusal }> {
    const { store, allowed, maxPerConversation } = this.options;
    const given = cleanName(name, 'file');
    const kind = await kindOf(bytes, given);
    if (!kind || !isAllowed(kind.contentType, allowed)) return { refused: 'file.type-not-allowed' };
    if ((await store.bytesOf(conversationId)) + bytes.length > maxPerConversation) return { refused: 'file.too-many' };
    const file = {
      id: newId(),
      conversationId,
      botId,
      name: nameForKind(given, kind),
      contentType: kind.contentType,
      createdAt: now,
      expiresAt: this.expiry(now),
    };
    await store.keep(file, bytes);
    return this.bodyOf(file);
  }

  /** What an address stands for, when it is one that was signed for this conversation and its file is here; undefined for any other. */
  async ownFile(conversationId: string, url: string, now = new Date()): Promise<FileBody | undefined> {
    const link = this.options.links.read(url);
    if (!link || this.options.links.check(link, now) !== 'good') return undefined;
    const file = await this.options.store.find(link.id);
    return file?.state === 'here' && file.conversationId === conversationId ? this.bodyOf(file) : undefined;
  }

  /** What a link leads to. */
  async follow(link: GivenLink, now = new Date()): Promise<HostedFile | 'wrong' | 'expired'> {
    const checked = this.options.links.check(link, now);
    if (checked !== 'good') return checked;
    const file = await this.options.store.find(link.id);
    return file === undefined || file.expiresAt <= now ? 'expired' : file;
  }

  private bodyOf({ id, name, contentType, expiresAt }: Pick<HostedFile, 'id' | 'name' | 'contentType' | 'expiresAt'>): FileBody {
    return FileBodySchema.parse({ type: 'file', name, url: this.options.links.linkTo(id, name, expiresAt), contentType });
  }

  private expiry(now: Date): Date {
    return new Date(now.getTime() + this.options.keepMs);
  }
}
