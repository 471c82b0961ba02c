import { applyDecorators, Catch, UseFilters } from '@nestjs/common';
import type { RpcExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import type { DeadLetterReason, ReceivedEvent, TopicDefinition } from '@baton/contracts';

export interface OnEventsOptions {
  /** The most events that are handed over at once (default 200). */
  readonly maxBatch?: number;
  /** How many batches of this topic run side by side at most (default 4). */
  readonly concurrency?: number;
  /** The name of a method of the same controller that is told of a record that was parked, in its place in the lane. */
  readonly onParked?: string;
}

/** A record that went to the dead letters instead of the handler. */
export interface ParkedRecord {
  readonly key: string;
  readonly reason: DeadLetterReason;
  readonly extensions: Readonly<Record<string, string>>;
  /** The event's id, where it could be read. */
  readonly id?: string;
}

/** What `@OnEvents` leaves on the handler for the server. */
export interface Subscription {
  readonly topic: TopicDefinition;
  readonly options: OnEventsOptions;
  readonly controller: new (...args: never[]) => object;
}

export const SUBSCRIPTION = 'baton:subscription';

/** Nest turns what a handler throws into "Internal server error"; the lanes need the error itself. */
@Catch()
class PassOn implements RpcExceptionFilter<unknown> {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

type Handler<T extends TopicDefinition> = (events: readonly ReceivedEvent<T>[]) => Promise<void>;

/**
 * Makes a controller's method the one handler of a topic in this service. It is given batches: all events of one key in their order,
 * never two batches of one key at once. When it returns, every event of the batch counts as handled.
 */
export function OnEvents<T extends TopicDefinition>(topic: T, options: OnEventsOptions = {}) {
  return <M extends Handler<T>>(target: object, name: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const subscription: Subscription = {
      topic: topic as unknown as TopicDefinition,
      options,
      controller: target.constructor as Subscription['controller'],
    };
    const decorators = [EventPattern(topic.name, { [SUBSCRIPTION]: subscription }), UseFilters(PassOn)] as MethodDecorator[];
    applyDecorators(...decorators)(target, name, descriptor);
  };
}
