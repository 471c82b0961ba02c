import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { deliveries } from '../deliveries/deliveries.js';
import { TOPICS } from '../topics.js';
import { committedDocuments, releasedSchemas, schemasIn } from './committed.js';
import { breaksBetween, breaksOfEvent, notUnderstood } from './compatibility.js';
import { documentsOf } from './documents.js';
import type { JsonSchema } from './event-schema.js';

const base = {
  id: z.string().min(1).max(64),
  kind: z.enum(['text', 'file']),
  count: z.int().min(0).max(10),
  note: z.string().optional(),
  lines: z.array(z.object({ text: z.string(), by: z.string().optional() })).max(5),
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('a'), a: z.string() }),
    z.object({ type: z.literal('b'), b: z.number() }),
  ]),
  extra: z.record(z.string(), z.json()),
};

function schemaOf(shape: z.ZodRawShape): JsonSchema {
  return z.toJSONSchema(z.object(shape), { io: 'input', target: 'draft-7' });
}

/** What breaks when `base` becomes `changed` on a topic that Baton writes, and on one that bots write. */
function breaks(changed: z.ZodRawShape): { baton: string[]; bots: string[] } {
  const [before, now] = [schemaOf(base), schemaOf(changed)];
  return { baton: breaksOfEvent(before, now, 'bot-turns'), bots: breaksOfEvent(before, now, 'bot-events') };
}

const without = (name: keyof typeof base): z.ZodRawShape => Object.fromEntries(Object.entries(base).filter(([key]) => key !== name));

describe('a change that nobody feels', () => {
  it.each<[string, z.ZodRawShape]>([
    ['no change at all', base],
    ['a new optional field', { ...base, colour: z.string().optional() }],
    ['a new field with a default', { ...base, colour: z.string().default('blue') }],
    [
      'a new optional field inside a list',
      { ...base, lines: z.array(z.object({ text: z.string(), by: z.string().optional(), at: z.string().optional() })).max(5) },
    ],
    ['a description', { ...base, id: base.id.describe('who') }],
    ['another order of the choices', { ...base, kind: z.enum(['file', 'text']) }],
  ])('%s', (_, changed) => {
    expect(breaks(changed)).toEqual({ baton: [], bots: [] });
  });
});

describe('a change that breaks readers and writers alike', () => {
  it.each<[string, z.ZodRawShape, string]>([
    ['a field goes', without('id'), 'id is gone'],
    ['an optional field goes', without('note'), 'note is gone'],
    ['a field changes its type', { ...base, count: z.string() }, 'count may be integer, not string'],
    ['a choice is renamed', { ...base, kind: z.enum(['text', 'image']) }, 'kind may be "file"'],
    [
      'a union loses an option',
      { ...base, body: z.discriminatedUnion('type', [z.object({ type: z.literal('a'), a: z.string() })]) },
      'body',
    ],
    [
      'a field of a list changes its type',
      { ...base, lines: z.array(z.object({ text: z.number(), by: z.string().optional() })).max(5) },
      'lines[].text',
    ],
    ['a field becomes a list', { ...base, id: z.array(base.id) }, 'id may be string, not array'],
    ['another pattern', { ...base, id: base.id.regex(/^a/) }, 'id has another pattern'],
  ])('%s', (_, changed, reason) => {
    const found = breaks(changed);
    expect(found.baton.join('\n')).toContain(reason);
    expect(found.bots.join('\n')).toContain(reason);
  });
});

describe('a change that asks more of whoever writes', () => {
  it.each<[string, z.ZodRawShape, string]>([
    ['a new required field', { ...base, colour: z.string() }, 'colour may be missing'],
    ['an optional field becomes required', { ...base, note: z.string() }, 'note may be missing'],
    ['a choice goes', { ...base, kind: z.enum(['text']) }, 'kind may be'],
    ['a tighter bound', { ...base, id: z.string().min(1).max(32) }, 'id has maxLength 64, beyond 32'],
    [
      'a number becomes whole',
      {
        ...base,
        body: z.discriminatedUnion('type', [
          z.object({ type: z.literal('a'), a: z.string() }),
          z.object({ type: z.literal('b'), b: z.int() }),
        ]),
      },
      'body.b may be number, not integer',
    ],
  ])('%s is refused everywhere', (_, changed, reason) => {
    const found = breaks(changed);
    expect(found.bots.join('\n')).toContain(reason);
    expect(found.baton.join('\n')).toContain(reason);
  });
});

describe('a change that takes more than before', () => {
  it.each<[string, z.ZodRawShape, string]>([
    ['a required field becomes optional', { ...base, id: base.id.optional() }, 'id may be missing'],
    ['a new choice', { ...base, kind: z.enum(['text', 'file', 'image']) }, 'kind may be "image"'],
    ['a wider bound', { ...base, count: z.int().min(0).max(20) }, 'count has maximum 20, beyond 10'],
    [
      'a bound goes',
      { ...base, lines: z.array(z.object({ text: z.string(), by: z.string().optional() })) },
      'lines has maxItems unbounded',
    ],
  ])('%s breaks those who read what Baton writes, not those who write to it', (_, changed, reason) => {
    const found = breaks(changed);
    expect(found.baton.join('\n')).toContain(`yesterday's reader would refuse: ${reason}`);
    expect(found.bots).toEqual([]);
  });
});

describe('versions', () => {
  const file = (version: number): string => `bot-turns/bot.turn.v${version}.schema.json`;

  it('an event may go when its next version is there', () => {
    const breaks = breaksBetween(new Map([[file(1), schemaOf(base)]]), new Map([[file(2), schemaOf({ other: z.string() })]]));
    expect(breaks).toEqual([]);
  });

  it('an event may not go without a successor', () => {
    expect(breaksBetween(new Map([[file(1), schemaOf(base)]]), new Map())).toEqual(['bot.turn.v1: the event is gone']);
  });
});

describe('the contract of this commit', () => {
  it('breaks nobody who lives by the committed one', async () => {
    const committed = schemasIn(await committedDocuments());
    expect(committed.size).toBeGreaterThan(0);
    expect(breaksBetween(committed, schemasIn(documentsOf(TOPICS)))).toEqual([]);
  });
});

describe('an upgrade during which both releases read and write', () => {
  const bring = (more: { skippable?: true; notYetWritten?: true }) => [
    ...TOPICS.filter(({ name }) => name !== 'deliveries'),
    {
      ...deliveries,
      events: { ...deliveries.events, 'delivery.dance': { ...deliveries.events['delivery.typing'], skippable: undefined, ...more } },
    },
  ];

  it('breaks neither the readers nor the writers of the released version', async () => {
    const { schemas } = await releasedSchemas();
    expect(schemas.size).toBeGreaterThan(0);
    expect(breaksBetween(schemas, schemasIn(documentsOf(TOPICS)))).toEqual([]);
  });

  it('brings no event that readers of the released version would put aside', async () => {
    const { schemas, version } = await releasedSchemas();
    expect(notUnderstood(schemas, TOPICS, version)).toEqual([]);
  });

  it('may bring an event that may be left out, or that nobody writes yet, and no other', async () => {
    const { schemas, version } = await releasedSchemas();
    const found = (more: { skippable?: true; notYetWritten?: true }) => notUnderstood(schemas, bring(more) as never, version);
    expect([found({ skippable: true }), found({ notYetWritten: true })]).toEqual([[], []]);
    expect(found({}).join()).toContain('delivery.dance.v1 is new on deliveries');
  });
});
