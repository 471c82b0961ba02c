import type { MessageHandler } from '@nestjs/microservices';
import type { TopicDefinition } from '@baton/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import type { OnEventsOptions, ParkedRecord, Subscription } from './on-events.js';
import { SUBSCRIPTION } from './on-events.js';
import type { AnyEvent } from './batch-runner.js';

/** One topic of this service with its handler. */
export interface TopicHandler {
  readonly topic: TopicDefinition;
  readonly options: OnEventsOptions;
  readonly handle: (events: readonly AnyEvent[]) => Promise<void>;
  readonly onParked?: (parked: ParkedRecord) => Promise<void>;
}

/**
 * Reads the handlers that Nest found. Every event of a topic has a handler because a topic has exactly one, for all its events.
 * @throws with a sentence for each thing that is wrong, all at once
 */
export function readSubscriptions(handlers: ReadonlyMap<string, MessageHandler>): TopicHandler[] {
  const wrong: string[] = [];
  const found: TopicHandler[] = [];
  for (const [pattern, handler] of handlers) {
    const subscription = subscriptionOf(handler);
    if (!subscription) {
      wrong.push(`the handler of "${pattern}" must be subscribed with @OnEvents(topic)`);
      continue;
    }
    if (subscription.role === 'parked') continue;
    const second = subscriptionOf(handler.next);
    if (handler.next) {
      wrong.push(
        `the topic ${pattern} has two handlers, ${subscription.where} and ${second?.where ?? 'another one'}: one must take all its events`,
      );
      continue;
    }
    const parked = handlers.get(`${pattern}/parked`);
    found.push({
      topic: subscription.topic,
      options: subscription.options,
      handle: (events) => call(handler, events),
      ...(parked ? { onParked: (record) => call(parked, record) } : {}),
    });
  }
  if (found.length === 0 && wrong.length === 0) wrong.push('no controller has a method with @OnEvents(topic)');
  if (wrong.length > 0) throw new Error(`the lanes cannot start: ${wrong.join('; ')}`);
  return found;
}

function subscriptionOf(handler: MessageHandler | MessageHandler['next']): Subscription | undefined {
  return (handler as MessageHandler | undefined)?.extras?.[SUBSCRIPTION] as Subscription | undefined;
}

/** Nest hands a failure back as an observable that fails; awaiting its promise alone would take that for success. */
async function call(handler: MessageHandler, argument: unknown): Promise<void> {
  const result: unknown = await handler(argument);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
