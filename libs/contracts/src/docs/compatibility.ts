import type { TopicDefinition, TopicName } from '../topic.js';
import { documentedEvents, type JsonSchema, schemaFile } from './event-schema.js';
import { propertiesOf, reasonsNotToFit, type Rooted } from './fits.js';
import { isWrittenOutside } from './outside.js';

/** The committed schemas of events: file name → schema. */
export type CommittedSchemas = ReadonlyMap<string, JsonSchema>;

const FILE = /^(?<topic>[^/]+)\/(?<type>.+)\.v(?<version>\d+)\.schema\.json$/;

/**
 * What the current schemas would break for those who live by the committed ones; empty when a change is safe. Within a
 * version a field may only be added, and only as optional; anything else needs the next version of the event. Where bots
 * write and Baton reads, Baton may also take more than before.
 */
export function breaksBetween(committed: CommittedSchemas, current: CommittedSchemas): string[] {
  const breaks: string[] = [];
  for (const [file, before] of committed) {
    const { topic, type, version } = FILE.exec(file)?.groups ?? {};
    if (topic === undefined || type === undefined || version === undefined) continue;
    const now = current.get(file);
    if (now) breaks.push(...breaksOfEvent(before, now, topic as TopicName).map((reason) => `${type}.v${version}: ${reason}`));
    else if (!current.has(`${topic}/${type}.v${Number(version) + 1}.schema.json`)) breaks.push(`${type}.v${version}: the event is gone`);
  }
  return breaks;
}

/**
 * New events that would not be understood by readers of the release whose schemas these are, while both releases run side by side; empty when
 * the order in which services are replaced does not matter.
 */
export function notUnderstood(released: CommittedSchemas, topics: readonly TopicDefinition[], version: string): string[] {
  const known = new Set([...released.keys()].map((file) => FILE.exec(file)?.groups?.['topic']));
  return documentedEvents(topics)
    .filter(({ topic, name, definition }) => {
      // A topic that was not there had no readers.
      if (!known.has(topic.name) || released.has(schemaFile(topic.name, name))) return false;
      return !definition.skippable && !definition.notYetWritten;
    })
    .map(
      ({ topic, name }) =>
        `${name} is new on ${topic.name}: readers of ${version} would put it aside as a dead letter. ` +
        'Say that it is `skippable`, or `notYetWritten` until the next release, whose readers all know it',
    );
}

export function breaksOfEvent(before: JsonSchema, now: JsonSchema, topic: TopicName): string[] {
  const was = rooted(before);
  const is = rooted(now);
  const forWriters = reasonsNotToFit(was, is).map((reason) => `what was written until now would be refused: ${reason}`);
  if (isWrittenOutside(topic)) return [...forWriters, ...removedFields(was, is)];
  const forReaders = reasonsNotToFit(is, was).map((reason) => `yesterday's reader would refuse: ${reason}`);
  return [...forWriters, ...forReaders, ...removedFields(was, is)];
}

/** An optional field that goes breaks no schema, but the reader who lived by it. */
function removedFields(before: Rooted, now: Rooted, path = ''): string[] {
  const still = propertiesOf(now.schema);
  return Object.entries(propertiesOf(before.schema)).flatMap(([name, schema]) => {
    const where = path === '' ? name : `${path}.${name}`;
    const kept = still[name];
    if (kept === undefined) return [`${where} is gone`];
    return [
      ...removedFields({ ...before, schema }, { ...now, schema: kept }, where),
      ...removedFromItems(before, now, schema, kept, where),
    ];
  });
}

function removedFromItems(before: Rooted, now: Rooted, schema: JsonSchema, kept: JsonSchema, path: string): string[] {
  const was = schema['items'] as JsonSchema | undefined;
  const is = kept['items'] as JsonSchema | undefined;
  return was && is ? removedFields({ ...before, schema: was }, { ...now, schema: is }, `${path}[]`) : [];
}

function rooted(schema: JsonSchema): Rooted {
  return { schema, definitions: (schema['definitions'] as Record<string, JsonSchema> | undefined) ?? {} };
}
