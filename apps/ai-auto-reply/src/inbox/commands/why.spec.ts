import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '../../receipts/receipt.js';
import { whyText } from './why.js';

const passage = {
  chunkId: 'c1',
  sourceId: 's1',
  sourceVersion: 3,
  sourceTitle: 'Shipping',
  url: 'https://shop.example/shipping',
  titlePath: ['Shipping', 'Germany'],
  text: 'Three days',
  scores: { fused: 0.81 },
};
const receipt: Receipt = {
  answerId: 'a1',
  workspaceId: 'acme',
  botId: 'demo',
  place: 'inbox',
  sessionId: 'session_a',
  epoch: 4,
  kind: 'answer',
  text: 'Three days',
  citations: [{ chunkId: 'c1', sourceId: 's1', sourceVersion: 3, title: 'Shipping' }],
  trace: {
    question: 'how long?',
    language: 'en',
    passages: [passage, { ...passage, chunkId: 'c2', sourceTitle: 'Returns', titlePath: [] }],
    support: 0.9,
    threshold: 0.5,
    verdicts: [
      { rule: 'support', passed: true },
      { rule: 'numbers', passed: false, detail: 'a number stands in no passage' },
    ],
    by: 'model',
    model: 'small-1',
    ms: { retrieve: 20, model: 300, total: 321.4 },
  },
  quotaEntryId: 'q1',
  state: 'posted',
  at: new Date(0),
};

describe('!why', () => {
  it('tells sources, support, guards, the writer, the quota and where to look further', () => {
    expect(whyText(receipt)).toBe(
      [
        'It answered. The visitor has it.',
        'Written by the model small-1 from the passages below.',
        'Support 90 %, needed 50 %.',
        'Sources:',
        '• Shipping › Germany (version 3, 81 %) https://shop.example/shipping',
        '◦ Returns (version 3, 81 %) https://shop.example/shipping – not used',
        'Held back by: numbers (a number stands in no passage).',
        'Took 321 ms.',
        'Quota entry q1.',
        'Receipt a1.',
      ].join('\n'),
    );
  });

  it('says why an answer was not said', () => {
    expect(whyText({ ...receipt, trace: null, state: 'dropped', why: 'human', quotaEntryId: null })).toBe(
      'It answered. It was not said (human).\nNot counted against the plan.\nReceipt a1.',
    );
  });

  it('says that there is none', () => {
    expect(whyText(undefined)).toContain('no answer');
  });
});
