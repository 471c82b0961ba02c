import { describe, expect, it } from '@jest/globals';
import { entriesOfAssistant, entriesOfConversation } from '../to-entries.js';
import type { Consequence, ToldAnswer, ToldDecision, ToldEffect, ToldLine } from '../told.js';
import { ofAnswer } from './of-answer.js';
import { ofDecision } from './of-decision.js';
import { ofDelivery, ofEffect } from './of-effect.js';
import { ofLine, ofPromise } from './of-line.js';

const aDecision = (did: Consequence[], more: Partial<ToldDecision> = {}): ToldDecision => ({
  ...{ kind: 'decision', id: '7', at: 1_000, fact: 'bot-answered', floorBefore: 'bot', floorAfter: 'bot', epochBefore: 1, epochAfter: 1 },
  ...{ handoverId: null, traceId: null, detail: { came: {}, did } },
  ...more,
});

describe('a decision in words', () => {
  it.each<[Consequence[], string, string | null]>([
    [
      [
        { what: 'muted', reason: 'handover-requested' },
        { what: 'requested', by: 'words', detail: 'lawyer' },
      ],
      'A human was asked for',
      'The visitor used a word that calls for a human: lawyer.',
    ],
    [[{ what: 'requested', by: 'bot', category: 'billing' }], 'A human was asked for', 'The bot asked for a human (billing).'],
    [
      [
        { what: 'checked', answer: 'nobody-online' },
        { what: 'declined', reason: 'nobody-online' },
      ],
      'No human could be promised: the bot goes on',
      'Crisp said that no agent is online.',
    ],
    [
      [
        { what: 'timer', kind: 'no-accept', dueAt: 1 },
        { what: 'timed-out', timeout: 'no-accept' },
      ],
      'Time was up: back to the bot',
      'Nobody opened it in the inbox in time.',
    ],
    [
      [{ what: 'rejected', reason: 'not-your-floor', answerId: 'a' }],
      'An answer of the bot was not shown',
      'A human has the conversation, or is being asked for: the bot lost the race.',
    ],
    [[{ what: 'rejected', reason: 'a-reason-of-tomorrow' }], 'An answer of the bot was not shown', 'a reason of tomorrow.'],
    [[{ what: 'ignored', reason: 'older-state' }], 'Passed over on purpose', 'Crisp told a state that is older than the one known.'],
    [[{ what: 'timer', kind: 'keep-alive', dueAt: 1 }], 'Time for: tell the visitor that he is not forgotten', null],
    [
      [
        { what: 'connected', agent: 'Mia' },
        { what: 'promise-ended', kind: 'answer', end: 'kept' },
      ],
      'Mia has joined',
      'The first word of an agent makes the conversation his.',
    ],
  ])('%j is %j, because %j', (did, title, why) => {
    expect(ofDecision(aDecision(did))).toMatchObject({ title, why });
  });

  it('is told elsewhere where it only made or ended a promise', () => {
    expect(ofDecision(aDecision([{ what: 'promised', kind: 'bot', dueAt: 1 }]))).toBeUndefined();
  });

  it('shows where the conversation went, and who looks closer finds rule, timers, epoch and answer', () => {
    const detail = {
      came: { answerId: 'a-1' },
      did: [{ what: 'requested', by: 'bot' }],
      timersSet: [{ kind: 'escalation-deadline', dueAt: 21_000 }],
    };
    const told = ofDecision(aDecision([], { floorAfter: 'escalating', epochAfter: 2, detail }))!;
    expect(told.floor).toEqual({ from: 'bot', to: 'escalating' });
    expect(told.details).toEqual(
      expect.arrayContaining([
        { label: 'Timer set', value: 'Give up asking Crisp: 1970-01-01 00:00:21 UTC' },
        { label: 'Epoch', value: '1 → 2' },
        { label: 'Rule', value: 'bot-answered · requested:bot', code: true },
        { label: 'Answer', value: 'a-1', code: true },
      ]),
    );
  });
});

const anEffect = (more: Partial<ToldEffect> = {}): ToldEffect => ({
  ...{
    kind: 'effect',
    id: 'x',
    at: 1_000,
    work: 'post-visitor-words',
    target: 'crisp:w',
    state: 'done',
    inDoubt: false,
    attempts: 1,
    reason: null,
  },
  ...{ begunAt: 1_100, endedAt: 1_450, deadline: null },
  ...more,
});

describe('work in Crisp in words', () => {
  it.each<[Partial<ToldEffect>, string[], string | null, boolean]>([
    [{}, ['done', '350 ms'], null, false],
    [{ state: 'planned', attempts: 0, begunAt: null, endedAt: null }, ['planned'], null, true],
    [
      { state: 'in-doubt', attempts: 3, endedAt: null, reason: 'crisp.timeout' },
      ['under way', '3 attempts'],
      'Tried again: Crisp did not answer in time.',
      true,
    ],
    [
      { state: 'refused', reason: 'effect.deadline' },
      ['not done', '350 ms'],
      'Not done: its time was over before it could be done.',
      false,
    ],
    [
      { inDoubt: true, attempts: 2 },
      ['done', '350 ms', '2 attempts', 'was in doubt'],
      'An attempt was lost on its way; it was looked up before it was done again.',
      false,
    ],
  ])('%j is %j, because %j', (more, marks, why, pending) => {
    expect(ofEffect(anEffect(more), null)).toMatchObject({ title: 'Bring the visitor’s words to the inbox', marks, why, pending });
  });
});

const aLine = (more: Partial<ToldLine> = {}): ToldLine => ({
  ...{ kind: 'line', id: 'm', at: 0, position: 1, author: { kind: 'agent', name: 'Mia' }, body: { type: 'text', text: 'Hello' } },
  ...{ editedAt: null, removedAt: null, via: null, status: 'seen', failure: null, reason: null, handoverId: null, mailed: false },
  ...more,
});

describe('a line in words', () => {
  it.each<[Partial<ToldLine>, object]>([
    [{}, { title: 'Mia wrote', text: 'Hello', marks: ['seen'] }],
    [
      { body: null, removedAt: 5 },
      { text: null, marks: ['taken back', 'seen'] },
    ],
    [
      { status: 'failed', failure: 'blocked' },
      { tone: 'bad', why: 'It did not arrive: the visitor cannot be reached any more.' },
    ],
    [
      { author: { kind: 'system' }, status: null },
      { title: 'The visitor was told', lane: 'baton', marks: [] },
    ],
  ])('%j', (more, expected) => {
    expect(ofLine(aLine(more))).toMatchObject(expected);
  });
});

describe('a promise in words', () => {
  const made = { kind: 'promise', id: 'p', at: 0, promise: 'answer', text: 'x', dueAt: 100, messageId: 'm', handoverId: null } as const;
  it.each([
    [{ endedAt: null, ended: null }, 50, ['Promised: that a human answers here'], 'plain'],
    [{ endedAt: null, ended: null }, 150, ['Promised: that a human answers here'], 'bad'],
    [{ endedAt: 90, ended: 'kept' }, 150, ['Promised: that a human answers here', 'Promise kept: that a human answers here'], 'good'],
    [{ endedAt: 120, ended: 'kept' }, 150, ['Promised: that a human answers here', 'Promise kept: that a human answers here'], 'bad'],
  ])('%j at %i', (end, now, titles, tone) => {
    const entries = ofPromise({ ...made, ...end }, now);
    expect([entries.map(({ title }) => title), entries.at(-1)!.tone]).toEqual([titles, tone]);
  });
});

const anAnswer = (more: Partial<ToldAnswer> = {}): ToldAnswer => ({
  ...{ kind: 'answer', id: 'a', at: 0, place: 'inbox', epoch: 1, answer: 'answer', text: 'Three days.', citations: [{ chunkId: 'c1' }] },
  trace: {
    ...{
      question: 'How long?',
      language: 'en',
      support: 0.82,
      threshold: 0.4,
      verdicts: [],
      by: 'extract',
      ms: { retrieve: 5, model: 0, total: 6 },
    },
    passages: [
      { chunkId: 'c1', sourceVersion: 2, sourceTitle: 'FAQ', titlePath: ['FAQ', 'Shipping'], text: 'Three days.', scores: { fused: 0.9 } },
    ],
  },
  ...{ state: 'posted', why: null, quota: { entryId: 'q', state: 'committed', why: null, period: '2026-11' } },
  ...more,
});

describe('an answer of the assistant in words', () => {
  it('tells passages with scores, whether they were used, and what it cost', () => {
    const told = ofAnswer(anAnswer());
    expect(told).toMatchObject({
      why: 'Its best passage supports an answer by 82 %; 40 % is needed.',
      marks: ['the visitor has it', '6 ms'],
    });
    expect(told.answer?.passages).toMatchObject([{ title: 'FAQ › Shipping', score: 0.9, cited: true }]);
    expect(told.details).toContainEqual({ label: 'Plan', value: 'Counted in 2026-11' });
  });

  it.each<[Partial<ToldAnswer>, string | null]>([
    [{ state: 'dropped', why: 'overtaken' }, 'Because more was said meanwhile.'],
    [{ answer: 'courtesy' }, 'Nothing had to be looked up.'],
    [{ trace: null }, null],
  ])('%j: %j', (more, why) => {
    expect(ofAnswer(anAnswer(more)).why).toBe(why);
  });
});

it('a line that goes out in parts says which part failed', () => {
  const part = { part: 0, sentAt: null, delivered: false, mid: null, attempts: null, inDoubt: null, reason: null };
  const delivery = {
    kind: 'delivery',
    id: 'd',
    at: 0,
    seq: 3,
    line: 'message',
    messageId: 'm',
    author: 'agent',
    floor: null,
    reached: 'log',
  } as const;
  const told = ofDelivery({ ...delivery, parts: [{ ...part, state: 'failed', failure: 'window-closed' }] });
  expect(told).toMatchObject({ cause: 'line:m', tone: 'bad', why: 'Messenger did not take it: the visitor has not written for too long.' });
});

describe('what brought an entry about', () => {
  it('is the decision for its lines and effects, the word for the decision, and the word for what only passed it on', () => {
    const decision = aDecision([{ what: 'resolved' }], {
      detail: { came: {}, did: [{ what: 'resolved' }], messageId: 'm', lines: ['n'], effects: ['x'] },
    });
    const facts = [aLine(), aLine({ id: 'n' }), decision, anEffect(), anEffect({ id: 'y', messageId: 'm' })];
    const causes = entriesOfConversation(facts, 0).map(({ id, cause }) => [id, cause]);
    expect(causes).toEqual([
      ['line:m', null],
      ['line:n', 'decision:7'],
      ['decision:7', 'line:m'],
      ['effect:x', 'decision:7'],
      ['effect:y', 'line:m'],
    ]);
  });

  it('is the question for an answer, and why there is none stands beside the question', () => {
    const line = {
      kind: 'line',
      id: '1',
      at: 0,
      from: 'visitor',
      text: 'How long?',
      editedAt: null,
      answerId: 'a',
      silence: null,
    } as const;
    const entries = entriesOfAssistant([line, { ...line, id: '2', answerId: null, silence: 'human' }, anAnswer()]);
    expect(entries.map(({ id, cause, why }) => [id, cause, why])).toEqual([
      ['line:1', null, null],
      ['line:2', null, null],
      ['silence:2', 'line:2', 'Because a human has the conversation.'],
      ['answer:a', 'line:1', expect.stringContaining('82 %')],
    ]);
  });
});
