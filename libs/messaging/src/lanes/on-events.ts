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

/** What `@OnEvents` leaves on a handler for the server to find. */
export interface Subscription {
  readonly role: 'events' | 'parked';
  readonly topic: TopicDefinition;
  readonly options: OnEventsOptions;
  /** `Controller.method`, for whoever reads an error. */
  readonly where: string;
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
 * never two batches of one key at once. When it returns, every event of the batch counts as handled; when it throws, none does.
 */
export function OnEvents<T extends TopicDefinition>(topic: T, options: OnEventsOptions = {}) {
  return <M extends Handler<T>>(target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<M>): void => {
    subscribe('events', target, String(name), descriptor);
    if (options.onParked === undefined) return;
    const parked = Object.getOwnPropertyDescriptor(target, options.onParked);
    if (typeof parked?.value !== 'function') {
      throw new Error(`${target.constructor.name} has no method ${options.onParked}, which its handler of ${topic.name} names in onParked`);
    }
    subscribe('parked', target, options.onParked, parked);
  };

  function subscribe(role: Subscription['role'], target: object, name: string, descriptor: PropertyDescriptor): void {
    const where = `${target.constructor.name}.${name}`;
    const subscription: Subscription = { role, topic: topic as unknown as TopicDefinition, options, where };
    const pattern = role === 'events' ? topic.name : `${topic.name}/parked`;
    const decorators = [EventPattern(pattern, { [SUBSCRIPTION]: subscription }), UseFilters(PassOn)] as MethodDecorator[];
    applyDecorators(...decorators)(target, name, descriptor);
  }
}
