import type { BotSettings } from '@baton/contracts';
import { ApiRefusal } from '../api/problem.js';
import type { Document } from '../documents/documents.js';

/** A bot that was not taken away. */
export type LiveBot = Document<'bot'> & { readonly body: BotSettings };

/** @throws ApiRefusal where this workspace has no such bot, whoever else may have one */
export function liveBot(document: Document<'bot'> | undefined, workspaceId: string): LiveBot {
  if (!document?.body || document.workspaceId !== workspaceId) throw new ApiRefusal('not-found', 'This workspace has no bot of this name.');
  return document as LiveBot;
}

/** @throws ApiRefusal when the caller read another version */
export function requireVersionOf(document: Document, version: number): void {
  if (document.version !== version)
    throw new ApiRefusal('changed-meanwhile', 'Load it again, look at what changed, and make your change once more.');
}
