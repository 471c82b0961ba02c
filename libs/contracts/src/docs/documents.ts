import type { TopicDefinition } from '../topic.js';
import { asyncApiOf } from './asyncapi.js';
import { documentedEvents, type JsonSchema } from './event-schema.js';

/** All generated documents by the name of their file below `docs/contracts/`. */
export function documentsOf(topics: readonly TopicDefinition[]): Map<string, string> {
  const documents = new Map<string, string>([['asyncapi.json', textOf(asyncApiOf(topics))]]);
  for (const { topic, name, schema } of documentedEvents(topics)) documents.set(schemaFile(topic.name, name), textOf(schema));
  return documents;
}

/** For example `bot-turns/bot.turn.v1.schema.json`. */
export function schemaFile(topic: string, name: string): string {
  return `${topic}/${name}.schema.json`;
}

function textOf(document: JsonSchema): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
