import { describe, expect, it } from '@jest/globals';
import type { PrivacyRequest } from '@baton/control-api';
import { countOf, progressOf } from './words.js';

const step = (name: PrivacyRequest['steps'][number]['step'], done: boolean, waitsBecause: string | null = null) => ({
  ...{ step: name, done, rows: 0, waitsBecause },
});
const request = (kind: 'export' | 'erase', steps: PrivacyRequest['steps'], endedAt: string | null = null) =>
  ({ kind, steps, endedAt }) as PrivacyRequest;

describe('how far a request is', () => {
  it.each([
    ['the step it is at', request('erase', [step('orchestrator', true), step('dispatcher', false)]), 'Step 2 of 2: what was shown, files'],
    [
      'why it waits',
      request('export', [step('ai', false, 'The AI does not answer.')]),
      'Step 1 of 1: what the AI remembers. Waits: The AI does not answer.',
    ],
    ['its end', request('erase', [step('ai', true)], '2026-03-01T00:00:00Z'), 'Erased'],
    ['the end of an export', request('export', [step('ai', true)], '2026-03-01T00:00:00Z'), 'Finished'],
  ])('%s', (_, of, said) => expect(progressOf(of)).toBe(said));
});

it('counts as people do', () => {
  expect([countOf(1, 'conversation'), countOf(2, 'conversation'), countOf(0, 'box', 'boxes')]).toEqual([
    '1 conversation',
    '2 conversations',
    '0 boxes',
  ]);
});
