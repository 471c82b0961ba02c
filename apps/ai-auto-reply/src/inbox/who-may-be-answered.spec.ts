import { describe, expect, it } from '@jest/globals';
import { markOf, speakerOf } from './who-may-be-answered.js';
import type { Marks, Speaker } from './who-may-be-answered.js';

const FROM = ['user', 'operator', 'visitor', 'bot', ''];
const TYPES = ['text', 'note', 'file', 'animation', 'audio', 'picker', 'field', 'carousel', 'event', 'unheard-of'];
const ORIGINS = {
  none: ['', 'chat', 'email', 'urn:acme.example:helpdesk:0', 'urn:crisp.im:messenger:0', 'urn:batonize:x:0', 'baton'],
  crispBot: ['urn:crisp.im:bot:0', 'URN:CRISP.IM:bot:1'],
  own: ['urn:baton:ai-auto-reply:0', 'urn:baton:ai-auto-reply:7'],
  another: [
    'urn:baton:escalation-orchestrator:0',
    'urn:baton:relay:3',
    'URN:BATON:ai-auto-reply:0',
    'urn:baton:',
    'urn:baton:ai-auto-reply:0:evil',
    'urn:baton:ai-auto-replyx:0',
  ],
};
const PROPERTIES = {
  none: [undefined, null, {}, { bridge: 'x' }],
  own: [{ baton: markOf('5c3f1c1e') }],
  another: [{ baton: '019b8d6e-7d10-7000-8000-0000000000b1' }, { baton: 7 }, { baton: '' }, { baton: null }, { baton: 'ai-auto-reply' }],
};
const FLAGS = [undefined, null, false, true];

type Kind = keyof typeof ORIGINS;

interface Mix {
  readonly message: Marks;
  readonly origin: Kind;
  readonly property: keyof typeof PROPERTIES;
}

/** Every mix of what can be in a message. */
function* mixes(): Generator<Mix> {
  for (const [origin, originValues] of Object.entries(ORIGINS) as [Kind, string[]][])
    for (const originValue of originValues)
      for (const [property, propertyValues] of Object.entries(PROPERTIES) as [keyof typeof PROPERTIES, Marks['properties'][]][])
        for (const properties of propertyValues)
          for (const from of FROM)
            for (const type of TYPES)
              for (const automated of FLAGS)
                for (const stealth of FLAGS)
                  yield { message: { from, type, origin: originValue, automated, stealth, properties }, origin, property };
}

/** The mixes in which a speaker is (or is not) taken for what he is; empty when the rule is right. */
function wrong(speaker: Speaker, isRight: (mix: Mix) => boolean): Mix[] {
  return [...mixes()].filter((mix) => (speakerOf(mix.message) === speaker) !== isRight(mix));
}

/** Neither mark says that a machine of ours, or Crisp's, wrote it. */
const unmarked = ({ origin, property }: Mix): boolean => origin === 'none' && property === 'none';
const plain = ({ message: { automated, stealth } }: Mix): boolean => automated !== true && stealth !== true;

describe('who wrote a line', () => {
  it('is told for every mix', () => {
    expect([...mixes()].length).toBeGreaterThan(100_000);
  });

  it('is a visitor who asks, only for his own plain visible text', () => {
    const isQuestion = (mix: Mix) => mix.message.from === 'user' && mix.message.type === 'text' && unmarked(mix) && plain(mix);
    expect(wrong('question', isQuestion)).toEqual([]);
    expect([...mixes()].filter(isQuestion)).toHaveLength(ORIGINS.none.length * PROPERTIES.none.length * 3 * 3);
  });

  it('is another service of ours by either mark, whatever else it says', () => {
    expect(wrong('handover', ({ origin, property }) => origin === 'another' || property === 'another')).toEqual([]);
  });

  it('is ourselves only where no mark is another’s', () => {
    const isNobodyElse = ({ origin, property }: Mix) => origin !== 'another' && property !== 'another';
    expect(wrong('own', (mix) => isNobodyElse(mix) && (mix.origin === 'own' || mix.property === 'own'))).toEqual([]);
  });

  it('is a human agent only for what no machine, no note and nothing hidden is', () => {
    const isWord = ({ message: { from, type } }: Mix) => from === 'operator' && type !== 'note' && type !== 'event';
    expect(wrong('human', (mix) => isWord(mix) && unmarked(mix) && plain(mix))).toEqual([]);
  });

  const line: Marks = { from: 'operator', type: 'text', origin: 'chat', automated: false, stealth: false, properties: {} };
  it.each<[string, Partial<Marks>, Speaker]>([
    ['an agent’s file is his word', { type: 'file' }, 'human'],
    ['an agent’s note', { type: 'note' }, 'note'],
    ['a note of a machine is no command', { type: 'note', automated: true }, 'none'],
    ['a visitor’s note means nothing', { from: 'user', type: 'note' }, 'none'],
    ['Crisp’s own bot, flagged or not', { origin: 'urn:crisp.im:bot:0' }, 'machine'],
    ['an automated line of a plugin', { automated: true, origin: 'urn:acme.example:x:0' }, 'machine'],
    ['an automated line on the visitor’s side', { from: 'user', automated: true }, 'machine'],
    ['a visitor’s file', { from: 'user', type: 'file' }, 'attachment'],
    ['a visitor’s e-mail', { from: 'user', origin: 'email' }, 'question'],
    ['a line of the inbox itself', { type: 'event' }, 'none'],
    ['our note', { type: 'note', origin: 'urn:baton:ai-auto-reply:0', properties: { baton: markOf('x') } }, 'own'],
  ])('%s', (_, patch, speaker) => {
    expect(speakerOf({ ...line, ...patch })).toBe(speaker);
  });
});
