import { CrispError } from '@baton/crisp';
import type { CrispClient, SessionAddress } from '@baton/crisp';
import type { Logger } from '@baton/telemetry';

const AT_MOST = 3_000;
const TRIES = 2;

/**
 * Puts a conversation into the inbox of its category. Where Crisp refuses, or does not answer, the conversation stays in the inbox for
 * everybody: agents see it there, and that is better than no conversation.
 */
export async function putInInbox(
  { client, log, signal }: { client: Pick<CrispClient, 'setInbox'>; log: Logger; signal: AbortSignal },
  at: SessionAddress,
  inboxId: string | undefined,
): Promise<void> {
  if (inboxId === undefined) return;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      return await client.setInbox(at, inboxId, { signal, timeoutMs: AT_MOST });
    } catch (error) {
      if (!(error instanceof CrispError)) throw error;
      if (error.retriable && tries < TRIES && !signal.aborted) continue;
      return log.warn({ ...at, inboxId, code: error.code }, 'a conversation could not be put into the inbox of its category');
    }
  }
}
