import type { TopicDefinition } from '../topic.js';
import { asyncApiOf } from './asyncapi.js';
import { documentedEvents, type JsonSchema, schemaFile } from './event-schema.js';

/** All generated documents by the name of their file below `docs/contracts/`. */
export function documentsOf(topics: readonly TopicDefinition[]): Map<string, string> {
  const documents = new Map<string, string>([['asyncapi.json', textOf(asyncApiOf(topics))]]);
  for (const { topic, name, schema } of documentedEvents(topics)) documents.set(schemaFile(topic.name, name), textOf(schema));
  return documents;
}

function textOf(document: JsonSchema): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
