import { CapsuleSchema } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { capsuleOf } from './capsule.js';
import type { Stretch, StretchLine } from './capsule.js';

const START = Date.parse('2026-01-05T10:00:00.000Z');

function capsule(said: readonly (readonly [from: 'visitor' | 'agent', text: string, name?: string])[], patch: Partial<Stretch> = {}) {
  const lines = said.map(([from, text, name = from === 'agent' ? 'Mia' : undefined], nth): StretchLine => {
    return { from, name, text, at: new Date(START + nth * 1_000).toISOString() };
  });
  const of = { handoverId: '019b8d6e-7d10-7000-8000-0000000000b1', category: null, continueWith: null };
  return CapsuleSchema.parse(capsuleOf({ ...of, beganAt: START, endedAt: START + 60_000, lines, ...patch }));
}

const texts = (said: readonly { text: string }[]) => said.map(({ text }) => text);

describe('what the bot is told of a human stretch', () => {
  const talk = capsule([
    ['visitor', 'Hello! My blender is broken. Can I get my money back?'],
    ['agent', 'Hi, this is Mia.'],
    ['agent', 'I have cancelled the order. I will call you tomorrow at ten.'],
    ['visitor', 'I will call you tomorrow as well'],
    ['agent', 'You get the money back.', 'Leo'],
    ['agent', 'Have a nice day!'],
  ]);

  it('has every line of agents word for word, and who they were', () => {
    expect(texts(talk.said)).toEqual([
      'Hi, this is Mia.',
      'I have cancelled the order. I will call you tomorrow at ten.',
      'You get the money back.',
      'Have a nice day!',
    ]);
    expect(talk.agents).toEqual(['Mia', 'Leo']);
  });
  it('tells apart what agents promised and what they decided; what the visitor says is neither', () => {
    expect(texts(talk.promised)).toEqual(['I have cancelled the order. I will call you tomorrow at ten.']);
    expect(texts(talk.decided)).toEqual(['I have cancelled the order. I will call you tomorrow at ten.', 'You get the money back.']);
  });
  it('sums it up in whole sentences of its own, in their order, without courtesy', () => {
    expect(talk.extract).toBe(
      [
        'Visitor: My blender is broken. Can I get my money back?',
        'Mia: I have cancelled the order. I will call you tomorrow at ten.',
        'Leo: You get the money back.',
      ].join('\n'),
    );
  });
  it('names what the bot is to go on with, and the category, where there are any', () => {
    expect(capsule([['agent', 'Done']], { continueWith: 'survey', category: 'billing' })).toMatchObject({
      continue_with: 'survey',
      category: 'billing',
    });
    expect(Object.keys(capsule([['agent', 'Done']]))).not.toContain('continue_with');
  });
});

describe('the bounds of a capsule', () => {
  it('hold for lines of 16,000 characters, and the extract has no half sentence', () => {
    const long = 'I have cancelled the order number one of all of them. '.repeat(400);
    const made = capsule([
      ['visitor', long],
      ['agent', long],
    ]);
    expect(made.said[0]!.text.length).toBe(16_000);
    expect(made.extract.length).toBeLessThanOrEqual(1_000);
    expect(made.extract).toMatch(/\.$/);
  });
  it('keep the last hundred lines, twenty marked ones and twenty agents', () => {
    const made = capsule(
      Array.from({ length: 150 }, (_, nth) => ['agent', `I will call you about order ${nth}.`, `Agent ${nth}`] as const),
    );
    expect([made.said.length, made.promised.length, made.agents.length]).toEqual([100, 20, 20]);
    expect(made.said.at(-1)!.text).toBe('I will call you about order 149.');
  });
  it('two hundred lines of that length are read in a moment', () => {
    const begin = performance.now();
    capsule(
      Array.from({ length: 200 }, () => ['agent', 'We have a very long way to go, and it is the way to your door. '.repeat(250)] as const),
    );
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
  it.each([
    ['nobody said anything', []],
    ['agents only sent a file', [['agent', 'label.pdf https://files.example.com/label.pdf']]],
    ['only a smile', [['agent', '🙂']]],
    ['agents without a name', [['agent', 'It is done', '']]],
  ] as const)('stand when %s', (_what, said) => {
    expect(capsule(said).said.length).toBe(said.length);
  });
});
