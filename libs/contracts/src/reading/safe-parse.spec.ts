import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { safeParse } from './safe-parse.js';

const Schema = z.object({ text: z.string().min(1).max(5), list: z.array(z.number()).max(2).optional() });

it('what fits is given, what does not is refused with its field', () => {
  expect(safeParse(Schema, { text: 'Hello' })).toEqual({ success: true, data: { text: 'Hello' } });
  expect(safeParse(Schema, { text: 7 }).error?.issues[0]?.path).toEqual(['text']);
});

it.each([
  ['a text with a length that is no number', '{"text":{"length":{"toString":1}}}'],
  ['a list with a length that is no number', '{"text":"a","list":{"length":{"valueOf":1,"toString":1}}}'],
])('%s is refused, not thrown', (_what, json) => {
  expect(() => Schema.safeParse(JSON.parse(json))).toThrow(TypeError);
  expect(safeParse(Schema, JSON.parse(json)).success).toBe(false);
});

it('what is nested deeper than any program follows is refused, not thrown', () => {
  const Deep: z.ZodType = z.lazy(() => z.array(Deep));
  expect(safeParse(Deep, JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).success).toBe(false);
});

it('a mistake of the schema itself is told', () => {
  const broken = z.string().refine(() => {
    throw new Error('ours');
  });
  expect(() => safeParse(broken, 'x')).toThrow('ours');
});
