import { derivedId, encodeEvent, messengerAddress, sourceOf, visitorMessages } from '@baton/contracts';
import type { Effect, EffectEnd, EffectKind, EffectOutcome, EffectPlan } from '@baton/effects';
import type { Outbox } from '@baton/messaging';
import { MessengerError } from '@baton/messenger';
import type { EntityManager } from 'typeorm';
import type { Address } from '../../log/log-line.js';
import type { MessengerPages } from '../messenger-pages.js';
import { mayCall } from '../out/page-state.js';
import type { PagesStore } from '../out/pages.store.js';
import { personOf, profilesTargetOf } from '../target.js';
import { afterFailure, nameOf } from './profile-rules.js';
import type { ThreadsStore } from './threads.store.js';

/** The kind of effect that asks Meta who a person is. */
export const PROFILE = 'messenger-profile';

interface ProfileTask {
  readonly conversationId: string;
  readonly botId: string;
  readonly pageId: string;
  readonly userId: string;
}

interface Read {
  readonly name: string;
  /** ISO 8601 */
  readonly at: string;
}

/** A name that comes later than this helps nobody; it is asked for again when he writes again. */
const LIFE_MS = 10 * 60_000;
/** For each question. */
const PATIENCE_MS = 5_000;
/** A page that nobody's settings know (yet, or for the moment) is looked for again after so long (ms). */
const PAGE_AGAIN_MS = 10_000;

/**
 * Who the persons of these conversations are, as effects. Each has a lane of its own and a target beside the one of the page's sends: no message
 * waits for a name. Lanes sort as their conversations do, so that those who lock many of them at once never wait for each other in a circle.
 */
export function profilePlans(of: readonly Address[], now: Date): EffectPlan[] {
  return of.flatMap(({ id: conversationId, botId, address }) => {
    const person = personOf(address);
    if (!person) return [];
    return {
      lane: `${conversationId}:profile`,
      target: profilesTargetOf(person.pageId),
      kind: PROFILE,
      payload: { conversationId, botId, ...person },
      deadline: new Date(now.getTime() + LIFE_MS),
      onDoubt: 'repeat',
      budget: 'low',
    };
  });
}

export interface ProfileParts {
  readonly pages: Pick<MessengerPages, 'of'>;
  readonly pagesStore: Pick<PagesStore, 'stateOf'>;
  readonly threads: Pick<ThreadsStore, 'named'>;
  readonly outbox: Outbox;
}

/** Asks Meta who a person is and tells it, once for each answer. A page that is stopped is left alone. */
export class ProfileKind implements EffectKind {
  constructor(private readonly parts: ProfileParts) {}

  async perform(effect: Effect, signal: AbortSignal): Promise<EffectOutcome> {
    const { pageId, botId, userId } = taskOf(effect);
    const page = this.parts.pages.of(pageId, botId);
    if (!page) return { retry: { reason: 'messenger.page-unknown', afterMs: PAGE_AGAIN_MS, didNotHappen: true, targetIsWell: true } };
    const state = await this.parts.pagesStore.stateOf(pageId);
    // To try a stopped page all the same is for those who have something to say.
    const may = mayCall(state, { tokenMark: page.tokenMark, probeEveryMs: Infinity, now: Date.now() });
    if ('waitMs' in may) return { retry: { reason: may.reason, afterMs: may.waitMs, didNotHappen: true, targetIsWell: true } };
    try {
      const name = nameOf(await page.client.profile(userId, { signal, timeoutMs: PATIENCE_MS }));
      return { done: name === undefined ? null : { name, at: new Date().toISOString() } };
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      return afterFailure(error);
    }
  }

  /** A question changes nothing: it is asked again. */
  findOut(): Promise<'did-not-happen'> {
    return Promise.resolve('did-not-happen');
  }

  async settled(manager: EntityManager, effect: Effect, end: EffectEnd): Promise<(() => void) | undefined> {
    const read = 'done' in end ? (end.done as Read | null) : null;
    if (!read) return undefined;
    const { conversationId, botId, pageId, userId } = taskOf(effect);
    await this.parts.threads.named(manager, conversationId, read.name, new Date(read.at));
    const of = { conversationId, botId, channel: 'messenger' as const, address: messengerAddress(pageId, userId) };
    const attributes = { id: derivedId('messenger-profile', effect.id), source: sourceOf('dispatcher'), time: new Date(read.at) };
    const { outbox } = this.parts;
    const ticket = await outbox.add(manager, [encodeEvent(visitorMessages, 'visitor.profile', { ...of, ...read }, attributes)]);
    return () => outbox.send(ticket);
  }
}

function taskOf({ payload }: Effect): ProfileTask {
  return payload as unknown as ProfileTask;
}
