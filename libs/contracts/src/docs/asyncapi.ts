import { headersOf, sourceOf, typeOnTheWire } from '../cloudevents/cloudevents.js';
import { topicOnTheWire, type TopicDefinition } from '../topic.js';
import { documentedEvents, type DocumentedEvent, type JsonSchema } from './event-schema.js';
import { isWrittenOutside } from './outside.js';

/** The time in the examples' headers. */
const SAMPLE_TIME = new Date('2026-01-05T10:00:03.120Z');
const SAMPLE_ID = '019b8d6e-7d10-7000-8000-0000000000c1';

/** One AsyncAPI 3 document of all topics; operations are told from Baton's side. */
export function asyncApiOf(topics: readonly TopicDefinition[]): JsonSchema {
  const events = documentedEvents(topics);
  return {
    asyncapi: '3.0.0',
    id: 'urn:baton:contracts',
    info: {
      title: 'Baton',
      version: '1.0.0',
      description:
        'The events of Baton on Kafka: CloudEvents 1.0 in binary mode, attributes in headers, JSON in the value. Topics tagged `public` are for bot authors; the others are between our services.',
      tags: [
        { name: 'public', description: 'For bot authors: within a version a change never breaks a reader or writer.' },
        { name: 'internal', description: 'Between the services of Baton.' },
      ],
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((topic) => [topic.name, channelOf(topic)])),
    operations: Object.fromEntries(topics.map((topic) => operationOf(topic))),
    components: {
      messages: Object.fromEntries(events.map((event) => [event.name, messageOf(event)])),
      schemas: Object.assign({}, ...events.map(schemasOf)) as JsonSchema,
    },
  };
}

function channelOf(topic: TopicDefinition): JsonSchema {
  const names = Object.entries(topic.events).map(([type, { version }]) => `${type}.v${version}`);
  return {
    address: topicOnTheWire(topic.name),
    title: topic.name,
    summary: topic.summary,
    messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
    tags: [{ name: topic.isPublic ? 'public' : 'internal' }],
    bindings: { kafka: { topicConfiguration: { 'cleanup.policy': [topic.compacted ? 'compact' : 'delete'] } } },
  };
}

function operationOf(topic: TopicDefinition): [string, JsonSchema] {
  const action = isWrittenOutside(topic.name) ? 'receive' : 'send';
  return [`${action}-${topic.name}`, { action, channel: { $ref: `#/channels/${topic.name}` }, summary: topic.summary }];
}

function messageOf({ topic, type, definition, name }: DocumentedEvent): JsonSchema {
  const wireType = typeOnTheWire(type, definition.version);
  const sample = definition.data.parse(definition.sample);
  return {
    name: wireType,
    title: wireType,
    summary: definition.summary,
    contentType: 'application/json',
    headers: headersSchemaOf(wireType),
    payload: { $ref: `#/components/schemas/${name}` },
    bindings: { kafka: { key: { type: 'string', examples: [topic.key(sample as never)] } } },
    examples: [
      {
        name: 'sample',
        headers: headersOf(wireType, { id: SAMPLE_ID, source: sourceOf('example'), time: SAMPLE_TIME }),
        payload: definition.sample,
      },
    ],
  };
}

function headersSchemaOf(wireType: string): JsonSchema {
  return {
    type: 'object',
    required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type'],
    properties: {
      ce_specversion: { type: 'string', const: '1.0' },
      ce_id: { type: 'string', minLength: 1, description: 'The same fact has the same id; whoever reads drops what it has seen.' },
      ce_source: { type: 'string', minLength: 1 },
      ce_type: { type: 'string', const: wireType },
      ce_time: { type: 'string', format: 'date-time' },
      'content-type': { type: 'string', const: 'application/json' },
      traceparent: { type: 'string', description: 'W3C trace context.' },
    },
  };
}

/** The event's schema and those it refers to, named so that they can stand beside all others in one document. */
function schemasOf({ name, schema }: DocumentedEvent): Record<string, JsonSchema> {
  const {
    $id,
    $schema,
    definitions = {},
    ...own
  } = JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', `"#/components/schemas/${name}.`)) as {
    $id?: string;
    $schema?: string;
    definitions?: Record<string, JsonSchema>;
  } & JsonSchema;
  void $id;
  void $schema;
  return { [name]: own, ...Object.fromEntries(Object.entries(definitions).map(([part, inner]) => [`${name}.${part}`, inner])) };
}
