import type { z } from 'zod';

/** The names of all topics of Baton; on the wire a topic is called `<prefix>.<name>.v1` (see {@link topicOnTheWire}). */
export type TopicName =
  | 'crisp-webhooks'
  | 'messenger-webhooks'
  | 'visitor-messages'
  | 'bot-turns'
  | 'bot-events'
  | 'deliveries'
  | 'delivery-receipts'
  | 'handovers'
  | 'settings'
  | 'usage'
  | 'dead-letters';

/** One kind of event: its shape, and one golden sample that feeds documentation and compatibility tests. */
export interface EventDefinition<Schema extends z.ZodType = z.ZodType> {
  /** A whole number from 1; a change that breaks a reader needs the next one. */
  readonly version: number;
  /** One sentence for the reader of the generated documentation. */
  readonly summary: string;
  readonly data: Schema;
  readonly sample: z.input<Schema>;
  /** Whoever does not know this event, or not in this version, leaves it out without a trace: nothing is lost that anybody said. */
  readonly skippable?: true;
  /** Readers know it already and nobody writes it yet: the first of two releases that bring an event which may not be left out. */
  readonly notYetWritten?: true;
}

/** One topic: which events it carries, and which field of them is the partition key. */
export interface TopicDefinition<
  Name extends TopicName = TopicName,
  Events extends Record<string, EventDefinition> = Record<string, EventDefinition>,
> {
  readonly name: Name;
  readonly summary: string;
  /** Part of the public contract for bot authors. */
  readonly isPublic: boolean;
  /** Kept by key instead of by time. */
  readonly compacted: boolean;
  readonly events: Events;
  /** Returns the Kafka key of an event: records of one key keep their order. */
  readonly key: (data: never) => string;
}

/** The union of what can be read from a topic, told apart by `type`. */
export type EventOn<T extends TopicDefinition> = {
  [Type in keyof T['events'] & string]: {
    readonly type: Type;
    readonly version: number;
    readonly data: z.output<T['events'][Type]['data']>;
  };
}[keyof T['events'] & string];

export type EventType<T extends TopicDefinition> = keyof T['events'] & string;
export type EventData<T extends TopicDefinition, Type extends EventType<T>> = z.output<T['events'][Type]['data']>;
export type EventInput<T extends TopicDefinition, Type extends EventType<T>> = z.input<T['events'][Type]['data']>;

export function defineEvent<Schema extends z.ZodType>(definition: EventDefinition<Schema>): EventDefinition<Schema> {
  return definition;
}

export function defineTopic<Name extends TopicName, Events extends Record<string, EventDefinition>>(definition: {
  name: Name;
  summary: string;
  isPublic?: boolean;
  compacted?: boolean;
  events: Events;
  key: (data: z.output<Events[keyof Events]['data']>) => string;
}): TopicDefinition<Name, Events> {
  return { isPublic: false, compacted: false, ...definition };
}

/** The Kafka name of a topic, for example `baton.deliveries.v1`. */
export function topicOnTheWire(name: TopicName, prefix = 'baton'): string {
  return `${prefix}.${name}.v1`;
}

/** The consumer group of a service or a bot, `name` being what it is called everywhere else. */
export function groupOnTheWire(name: string, prefix = 'baton'): string {
  return `${prefix}.${name}`;
}
