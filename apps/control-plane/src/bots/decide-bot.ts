import type { BotSettings } from '@baton/contracts';
import type { SecretKeys } from '@baton/settings';
import type { EntityManager } from 'typeorm';
import { refusalOf } from '../api/field-errors.js';
import { ApiRefusal } from '../api/problem.js';
import type { MayConnect } from '../connect/may-connect.js';
import type { Change, Document, Documents } from '../documents/documents.js';
import { requireVersion } from '../documents/require-version.js';
import { sealedBot } from './given-bot.js';

export interface DecideBotOptions {
  readonly documents: Pick<Documents, 'versions'>;
  readonly keys: Required<SecretKeys>;
  readonly mayConnect: MayConnect;
}

export interface WantedBot {
  readonly workspaceId: string;
  readonly botId: string;
  /** Of the bot that was read; `new` where there must be none. */
  readonly version: number | 'new';
  /** Right in form, secrets in clear or as marks. */
  readonly given: { readonly botId: string; readonly workspaceId: string };
}

/**
 * What a bot becomes that somebody wants to be so: looked at under its lock.
 * @throws ApiRefusal where the name is taken, somebody else changed it meanwhile, or something in it may not be
 */
export async function decideBot(
  o: DecideBotOptions,
  { workspaceId, botId, version, given }: WantedBot,
  before: Document<'bot'> | undefined,
  manager: EntityManager,
): Promise<Change<'bot'> & { readonly body: BotSettings }> {
  await requireBotVersion(o.documents, { workspaceId, botId, version }, before, manager);
  if (given.botId !== botId || given.workspaceId !== workspaceId) {
    const wrong = given.botId !== botId ? '/botId' : '/workspaceId';
    throw refusalOf([{ pointer: wrong, message: 'must be that of the address' }]);
  }
  const body = sealedBot(given, before?.body ?? undefined, o.keys);
  await o.mayConnect.require(body, before?.body ?? undefined, manager);
  return { workspaceId, body, cause: before?.body ? 'changed' : 'created' };
}

/** @throws ApiRefusal where the name is taken, or it is not the version that was read */
export async function requireBotVersion(
  documents: Pick<Documents, 'versions'>,
  { workspaceId, botId, version }: Pick<WantedBot, 'workspaceId' | 'botId' | 'version'>,
  before: Document<'bot'> | undefined,
  manager: EntityManager,
): Promise<void> {
  if (before && before.workspaceId !== workspaceId)
    throw new ApiRefusal('taken', 'Another bot has this name already. Choose another one.', {
      errors: [{ pointer: '/botId', message: 'is taken; choose another one' }],
    });
  if (version !== 'new') return requireVersion(documents, before ?? { kind: 'bot', id: botId, workspaceId, version: 0 }, version, manager);
  if (before?.body)
    throw new ApiRefusal('taken', 'This workspace has a bot of this name already.', {
      errors: [{ pointer: '/botId', message: 'is taken in this workspace' }],
    });
}
