import { randomUUID } from 'node:crypto';
import { CrispClient } from '../client/crisp-client.js';
import type { CrispClientOptions, CrispOperator } from '../client/requests.js';
import type { CrispWebsite } from '../wire.js';
import type { NeededScope } from './needs.js';
import { SCOPE_NEEDS } from './needs.js';
import { isUnknownToken, outcomeOf } from './outcome.js';
import type { Outcome } from './outcome.js';

/** A connection before it is believed. */
export interface ConnectionToCheck extends CrispClientOptions {
  readonly websiteId: string;
}

export interface ProbedScope {
  readonly scope: NeededScope;
  /** Absent when no call tells it without changing something. */
  readonly outcome?: Outcome;
  /** The call named a conversation that does not exist: only a refusal says something. */
  readonly onNothing: boolean;
}

/** What Crisp said to each question. */
export interface Probes {
  readonly tier: 'plugin' | 'website';
  readonly website: Outcome;
  readonly found?: CrispWebsite;
  /** How the same token is taken as the other tier; asked only when it is not taken as its own. */
  readonly asOtherTier?: Outcome;
  /** Empty when the token was not taken. */
  readonly scopes: readonly ProbedScope[];
  readonly operators?: readonly CrispOperator[];
}

/**
 * Asks Crisp what a token may do with a website. Nothing is changed: reads name what is there, and writes name a conversation that cannot
 * be there, so that the most that comes back is a refusal. About a dozen calls.
 * @returns what Crisp said; never throws for what it refuses
 */
export async function probeConnection(connection: ConnectionToCheck): Promise<Probes> {
  const { websiteId, ...token } = connection;
  const client = new CrispClient(token);
  let found: CrispWebsite | undefined;
  const website = await outcomeOf(client.getWebsite(websiteId).then((answer) => (found = answer)));
  const known = { tier: token.tier, website, ...(found && { found }) };
  if (isUnknownToken(website)) {
    const other = new CrispClient({ ...token, tier: token.tier === 'plugin' ? 'website' : 'plugin' });
    return { ...known, asOtherTier: await outcomeOf(other.getWebsite(websiteId)), scopes: [] };
  }

  let operators: CrispOperator[] | undefined;
  let someSession: string | undefined;
  const list = await outcomeOf(
    client.listConversations(websiteId, 1, { perPage: 20 }).then(({ conversations }) => (someSession = conversations[0]?.session_id)),
  );
  const nowhere = { websiteId, sessionId: `session_${randomUUID()}` };
  const somewhere = someSession === undefined ? nowhere : { websiteId, sessionId: someSession };
  const calls: Partial<Record<ProbeName, () => Promise<unknown>>> = {
    'website:conversation:sessions write': () => client.updateMeta(nowhere, { nickname: 'nobody' }),
    'website:conversation:messages read': () => client.getMessages(somewhere),
    'website:conversation:messages write': () => client.compose(nowhere, { type: 'stop', from: 'operator' }),
    'website:conversation:states read': () => client.getState(somewhere),
    'website:conversation:states write': () => client.setState(nowhere, { state: 'pending' }),
    'website:availability read': () => client.availability(websiteId),
    'website:operators read': async () => (operators = await client.getOperators(websiteId)),
    'website:conversation:routing read': () => client.getRouting(somewhere),
    'website:conversation:actions read': () => client.isBlocked(somewhere),
  };
  const scopes: ProbedScope[] = await Promise.all(
    SCOPE_NEEDS.map(async (scope) => {
      const name: ProbeName = `${scope.scope} ${scope.access}`;
      if (name === 'website:conversation:sessions read') return { scope, outcome: list, onNothing: false };
      const call = calls[name];
      if (!call) return { scope, onNothing: true };
      const namesConversation = scope.scope.startsWith('website:conversation:');
      const onNothing = namesConversation && (scope.access === 'write' || someSession === undefined);
      return { scope, outcome: await outcomeOf(call()), onNothing };
    }),
  );
  return { ...known, scopes, ...(operators && { operators }) };
}

type ProbeName = `${string} ${'read' | 'write'}`;
