import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { TOPICS } from '../topics.js';
import { asyncApiOf } from './asyncapi.js';
import { committedDocuments } from './committed.js';
import { documentsOf } from './documents.js';
import { documentedEvents } from './event-schema.js';

const FORMATS = { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)), uri: (text: string) => URL.canParse(text) };

describe('docs/contracts', () => {
  it('is what the schemas say today; `npm run contracts` writes it', async () => {
    const committed = await committedDocuments();
    const current = documentsOf(TOPICS);
    expect([...committed.keys()].sort()).toEqual([...current.keys()].sort());
    const stale = [...current].filter(([file, text]) => committed.get(file) !== text).map(([file]) => file);
    expect(stale).toEqual([]);
  });

  it('holds one AsyncAPI 3 document that the specification accepts', () => {
    // Written for a looser reader: unknown keywords and formats are left alone.
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const specification = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object;
    const validate = ajv.compile(specification);
    const document = JSON.parse(JSON.stringify(asyncApiOf(TOPICS))) as unknown;
    expect({ valid: validate(document), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  it('leads every reference of the AsyncAPI document somewhere', () => {
    const document = asyncApiOf(TOPICS);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const target = reference.split('/').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
      expect({ reference, found: target !== undefined }).toEqual({ reference, found: true });
    }
  });
});

describe.each(documentedEvents(TOPICS).map((event) => [event.name, event] as const))(
  'the sample of %s',
  (_, { topic, definition, schema }) => {
    it('fits its schema', () => {
      const validate = new Ajv({ strict: true, strictRequired: false, formats: FORMATS }).compile(schema);
      expect({ valid: validate(definition.sample), errors: validate.errors }).toEqual({ valid: true, errors: null });
    });

    it('tells its key', () => {
      expect(topic.key(definition.data.parse(definition.sample) as never)).toMatch(/./);
    });
  },
);
