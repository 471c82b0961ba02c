import { z } from 'zod';
import { typeOnTheWire } from '../cloudevents/cloudevents.js';
import type { EventDefinition, TopicDefinition } from '../topic.js';

/** A JSON Schema, draft 7: what AsyncAPI's own schema language builds on. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** One event as the documents show it. */
export interface DocumentedEvent {
  readonly topic: TopicDefinition;
  /** As in `topic.events`, for example `bot.turn`. */
  readonly type: string;
  readonly definition: EventDefinition;
  /** With its version, for example `bot.turn.v1`. */
  readonly name: string;
  readonly schema: JsonSchema;
}

/** Where a schema lies below `docs/contracts`, for example `bot-turns/bot.turn.v1.schema.json`. */
export function schemaFile(topic: string, name: string): string {
  return `${topic}/${name}.schema.json`;
}

/** Formats that draft 7 knows; others are ours to check, not the reader's. */
const FORMATS = new Set(['date-time', 'uri']);

export function documentedEvents(topics: readonly TopicDefinition[]): DocumentedEvent[] {
  return topics.flatMap((topic) =>
    Object.entries(topic.events).map(([type, definition]) => {
      const name = `${type}.v${definition.version}`;
      return { topic, type, definition, name, schema: schemaOf(type, definition) };
    }),
  );
}

/**
 * The JSON Schema of an event as it may be written: fields with a default need not be there, unknown fields are allowed,
 * so that tomorrow's optional field does not break yesterday's reader.
 */
function schemaOf(type: string, definition: EventDefinition): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(definition.data, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === undefined) return;
      // A date-time's pattern says what the format says already, on four lines.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (!FORMATS.has(jsonSchema.format)) delete jsonSchema.format;
    },
  });
  return {
    $schema,
    $id: `urn:baton:schema:${type}.v${definition.version}`,
    title: typeOnTheWire(type, definition.version),
    description: definition.summary,
    ...schema,
  };
}
