import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { unknownFields } from './unknown-fields.js';

const Message = z.object({ text: z.string(), replies: z.array(z.object({ title: z.string() })).optional() });
const schema = z.object({
  name: z.string(),
  line: z.union([z.string(), Message]).optional(),
  languages: z.record(z.string(), z.object({ line: z.string() })).optional(),
  secret: z.union([z.string(), z.object({ fingerprint: z.string() })]).optional(),
  free: z.looseObject({}).optional(),
  any: z.json().optional(),
});

describe('fields that nobody knows', () => {
  it.each([
    ['are none where all are known', { name: 'a', line: 'x', secret: { fingerprint: 'f' }, languages: { de: { line: 'x' } } }, []],
    ['at the top', { nmae: 'a' }, ['nmae']],
    ['in a record', { languages: { de: { lnie: 'x' } } }, ['languages.de.lnie']],
    ['in one of several forms', { line: { text: 'x', replies: [{ titel: 'x' }] } }, ['line.replies.0.titel']],
    ['in a mark', { secret: { fingerprint: 'f', more: 1 } }, ['secret.more']],
    ['are none where anything may stand', { free: { a: 1 }, any: { b: { c: 1 } } }, []],
    ['are none in what is no object at all', 'x', []],
    ['also where they are called as what every object has', { constructor: 1 }, ['constructor']],
  ])('%s', (_, value, expected) => {
    expect(unknownFields(schema, value).map((path) => path.join('.'))).toEqual(expected);
  });
});
