import { describe, expect, it } from '@jest/globals';
import { CloudEvent, Kafka, type KafkaMessage } from 'cloudevents';
import { documentedEvents } from '../docs/event-schema.js';
import { TOPICS } from '../topics.js';
import type { TopicDefinition } from '../topic.js';
import { decodeEvent, encodeEvent, typeOnTheWire } from './cloudevents.js';

/** The CloudEvents project's own library reads what we write, and we read what it writes. */
describe.each(documentedEvents(TOPICS).map((event) => [event.name, event] as const))(
  '%s and the cloudevents package',
  (_, { topic, type, definition }) => {
    const attributes = {
      id: '019b8d6e-7d10-7000-8000-0000000000c1',
      source: 'urn:baton:example',
      time: new Date('2026-01-05T10:00:03.120Z'),
      extensions: { botid: 'demo' },
    };

    it('is read by it in binary mode', () => {
      const record = encodeEvent(topic as TopicDefinition, type, definition.sample, attributes);
      const message = {
        key: record.key,
        value: record.value,
        headers: record.headers,
        body: record.value,
      } as unknown as KafkaMessage<unknown>;
      const read = Kafka.toEvent(message) as CloudEvent<unknown>;

      expect(read.validate()).toBe(true);
      expect(read).toMatchObject({
        specversion: '1.0',
        id: attributes.id,
        source: attributes.source,
        type: typeOnTheWire(type, definition.version),
        time: attributes.time.toISOString(),
        datacontenttype: 'application/json',
        botid: 'demo',
      });
      const data = typeof read.data === 'string' ? (JSON.parse(read.data) as unknown) : read.data;
      expect(data).toEqual(JSON.parse(String(record.value)));
    });

    it('is read by us when it wrote it', () => {
      const written = Kafka.binary(
        new CloudEvent({
          id: attributes.id,
          source: attributes.source,
          type: typeOnTheWire(type, definition.version),
          time: attributes.time.toISOString(),
          datacontenttype: 'application/json',
          partitionkey: 'a key',
          data: definition.sample,
        }),
      );
      const value = typeof written.value === 'string' ? written.value : JSON.stringify(written.value);
      const read = decodeEvent(topic as TopicDefinition, {
        key: String(written.key),
        value,
        headers: written.headers as Record<string, string>,
      });

      expect(read).toMatchObject({ type, id: attributes.id, source: attributes.source, time: attributes.time, key: 'a key' });
      expect(read.data).toEqual(definition.data.parse(definition.sample));
    });
  },
);
