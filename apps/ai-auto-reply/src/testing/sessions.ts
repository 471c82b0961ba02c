import { afterFact } from '../inbox/session-rules.js';
import type { InboxFact, InboxPolicy } from '../inbox/session-rules.js';
import { freshSession } from '../inbox/session.js';
import type { Session } from '../inbox/session.js';

export const POLICY: InboxPolicy = { quietMs: 1_000, longestMs: 8_000, mode: 'reply', silentWhenAssigned: true };

/** A session in which nothing happened yet. */
export function aSession(patch: Partial<Session> = {}): Session {
  return {
    ...freshSession({ sessionId: 'session_a', websiteId: '11111111-2222-4333-8444-555555555555', botId: 'demo', workspaceId: 'acme' }),
    ...patch,
  };
}

/** A visitor's line; its fingerprint is its time unless said otherwise. */
export function asks(at: number, text = `question at ${at}`, fingerprint = at): InboxFact {
  return { kind: 'visitor-line', fingerprint, at, text };
}

export function agentSays(at: number, text = `agent at ${at}`): InboxFact {
  return { kind: 'human-line', fingerprint: at, at, text };
}

/** What facts make of a session, one after another, each at the time given with it (our clock, ms), else at its own. */
export function after(
  session: Session,
  facts: readonly (InboxFact | readonly [InboxFact, number])[],
  policy: InboxPolicy = POLICY,
): Session {
  return facts.reduce<Session>((state, one) => {
    const [fact, now] = isTimed(one) ? one : [one, 'at' in one ? one.at : 0];
    return afterFact(state, fact, policy, now);
  }, session);
}

function isTimed(one: InboxFact | readonly [InboxFact, number]): one is readonly [InboxFact, number] {
  return Array.isArray(one);
}
