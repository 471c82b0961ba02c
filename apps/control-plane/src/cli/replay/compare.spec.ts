import { describe, expect, it } from '@jest/globals';
import type { DecidedOutline, ReplayAnswer, ReplayEntry } from '@baton/contracts';
import { Comparison } from './compare.js';
import { comparedInWords } from './in-words.js';

const AT = Date.parse('2026-01-05T10:00:00.000Z');
const outline = (patch: Partial<DecidedOutline> = {}): DecidedOutline => ({
  ...{ kind: 'visitor-wrote', id: 'f-1', did: ['record:visitor:1#aa', 'tell-bot:bot.turn#bb'], changed: { turn: '+1' } },
  ...patch,
});
const entry = (decided: readonly DecidedOutline[], patch: Partial<ReplayEntry> = {}): ReplayEntry => ({
  ...{ type: 'entry', conversationId: 'c', position: '1', at: AT, decided },
  ...patch,
});
const answer = (decided: readonly DecidedOutline[], patch: Partial<ReplayAnswer> = {}): ReplayAnswer => ({
  ...{ type: 'judged', conversationId: 'c', position: '1', at: AT, decided },
  ...patch,
});
const said = (then: DecidedOutline, now: DecidedOutline | undefined, patch: Partial<ReplayAnswer> = {}) =>
  comparedInWords(new Comparison().compare(entry([then]), answer(now ? [now] : [], patch)))
    .slice(2)
    .map((line) => line.trim());

describe('what a build decides', () => {
  it('is the same', () => expect(said(outline(), outline())).toEqual([]));

  it('is the same one line further down the transcript', () => {
    expect(said(outline(), outline({ did: ['record:visitor:7#aa', 'tell-bot:bot.turn#bb'] }))).toEqual([]);
  });

  it.each<[string, DecidedOutline, DecidedOutline | undefined, string[]]>([
    [
      'has another floor',
      outline({ changed: { floor: 'escalating' } }),
      outline({ changed: {} }),
      ['another floor:', 'floor: then escalating, now as before'],
    ],
    [
      'does more',
      outline(),
      outline({ did: [...outline().did, 'desk:ask-availability#cc'] }),
      ['other actions:', 'new: in Crisp: are agents there?'],
    ],
    ['does less', outline(), outline({ did: ['record:visitor:1#aa'] }), ['other actions:', 'no longer: a turn for the bot']],
    [
      'says something else',
      outline(),
      outline({ did: ['record:visitor:1#aa', 'tell-bot:bot.turn#xx'] }),
      ['other actions:', 'with something else in it: a turn for the bot'],
    ],
    [
      'does it in another order',
      outline(),
      outline({ did: [...outline().did].reverse() }),
      ['other actions:', 'the same in another order'],
    ],
    [
      'sets another timer',
      outline({ changed: { timers: [{ kind: 'silence', dueAt: AT }] } }),
      outline({ changed: { timers: [] } }),
      ['other actions:', 'timers: then silence at 2026-01-05T10:00:00.000Z, now none'],
    ],
    [
      'takes for a fact what was passed over',
      outline({ passedOver: 'echo', did: [], changed: {} }),
      outline(),
      ['other actions:', 'was passed over then (echo), counts now'],
    ],
    ['makes nothing of it', outline(), undefined, ['other actions:', 'is another fact: then visitor-wrote, now none']],
  ])('%s', (_, then, now, words) => expect(said(then, now)).toEqual(words));

  it('is a timer that rings where none rang', () => {
    const rang = [{ at: AT, decided: outline({ kind: 'time-passed', did: ['announce:handover.timed-out#dd'] }) }];
    expect(said(outline(), outline(), { rang })).toEqual([
      'other actions:',
      'before it, at 2026-01-05T10:00:00.000Z, a timer of this build rings: the event handover.timed-out',
    ]);
  });

  it('is trouble', () => {
    expect(said(outline(), undefined, { failed: 'TypeError' })).toEqual(['other actions:', 'this build cannot judge it: TypeError']);
  });

  it('cannot be said', () => {
    const unsure = 'its record is no longer in the topic';
    expect(said(outline(), undefined, { unsure })).toEqual([`cannot be judged again: ${unsure}`]);
    expect(new Comparison().compare(entry([outline()]), answer([], { unsure: 'gone' })).verdict).toBe('unsure');
  });
});

it('tells what may only follow from a difference before, until the state is known anew or another conversation comes', () => {
  const comparison = new Comparison();
  const other = outline({ did: [] });
  const compare = (patch: Partial<ReplayEntry> = {}) => comparison.compare(entry([outline()], patch), answer([other])).follows;
  expect([compare(), compare(), compare({ start: {} }), compare(), compare({ conversationId: 'd' })]).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
});
