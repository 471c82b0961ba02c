import type { CrispClient } from '@baton/crisp';
import { factId } from '../inbox-judge.js';
import type { InboxJudge } from '../inbox-judge.js';
import type { Session } from '../session.js';
import { whatWasThere } from './what-was-there.js';

/** The visitor waits meanwhile (ms). */
const READ_WITHIN = 3_000;

/**
 * Reads what was said in a session before we came, and who is there already.
 * @returns the session with it; undefined when it is gone
 * @throws CrispError when Crisp cannot be read
 */
export async function readAtFirstSight(
  judge: InboxJudge,
  client: CrispClient,
  session: Session,
  now: number,
  signal?: AbortSignal,
): Promise<Session | undefined> {
  const { sessionId, websiteId } = session;
  const at = { websiteId, sessionId };
  const call = { timeoutMs: READ_WITHIN, ...(signal === undefined ? {} : { signal }) };
  const [{ messages }, conversation] = await Promise.all([client.getMessages(at, {}, call), client.getConversation(at, call)]);
  const found = whatWasThere(session, messages, conversation, now);
  const sessions = await judge.judge(found.map(({ facts, id }) => ({ sessionId, facts, id: factId(websiteId, sessionId, id) })));
  return sessions.get(sessionId);
}
