import { describe, expect, it } from '@jest/globals';
import type { Effect } from '../effect.js';
import { backOff } from './back-off.js';
import { firstStep, outcomeOfError, stepAfterFinding, verdictOn } from './verdict.js';

const now = new Date('2026-01-05T10:00:00.000Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);

function anEffect(change: Partial<Effect> = {}): Effect {
  return {
    id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
    position: '1',
    lane: 'lane',
    target: 'target',
    kind: 'act',
    payload: null,
    onDoubt: 'repeat',
    attempts: 1,
    plannedAt: before,
    inDoubt: false,
    ...change,
  };
}

describe('an effect that was just taken', () => {
  it('is performed, unless its deadline has come', () => {
    expect(firstStep(anEffect(), now)).toBe('perform');
    expect(firstStep(anEffect({ deadline: after }), now)).toBe('perform');
    expect(firstStep(anEffect({ deadline: now }), now)).toEqual({ end: { refused: 'effect.deadline' } });
  });
  it('in doubt is looked for first, deadline or not', () => {
    expect(firstStep(anEffect({ inDoubt: true }), now)).toBe('find-out');
    expect(firstStep(anEffect({ inDoubt: true, deadline: before }), now)).toBe('find-out');
  });
  it('that ended already only has to be told', () => {
    expect(firstStep({ ...anEffect({ inDoubt: true }), knownEnd: { done: 1 } }, now)).toEqual({ end: { done: 1 } });
  });
});

describe('after looking', () => {
  const cases = [
    { finding: { happened: 'm1' }, late: false, onDoubt: 'drop', step: { end: { done: 'm1' } } },
    { finding: { happened: 'm1' }, late: true, onDoubt: 'repeat', step: { end: { done: 'm1' } } },
    { finding: 'did-not-happen', late: false, onDoubt: 'drop', step: 'perform' },
    { finding: 'did-not-happen', late: true, onDoubt: 'repeat', step: { end: { refused: 'effect.deadline' } } },
    { finding: 'unknown', late: false, onDoubt: 'repeat', step: 'perform' },
    { finding: 'unknown', late: true, onDoubt: 'repeat', step: { end: { refused: 'effect.in-doubt' } } },
    { finding: 'unknown', late: false, onDoubt: 'drop', step: { end: { refused: 'effect.in-doubt' } } },
    { finding: 'unknown', late: true, onDoubt: 'drop', step: { end: { refused: 'effect.in-doubt' } } },
  ] as const;
  for (const { finding, late, onDoubt, step } of cases) {
    it(`${JSON.stringify(finding)}, ${late ? 'too late' : 'in time'}, on doubt ${onDoubt}: ${JSON.stringify(step)}`, () => {
      expect(stepAfterFinding(anEffect({ onDoubt, ...(late ? { deadline: before } : {}) }), finding, now)).toEqual(step);
    });
  }
});

describe('an attempt', () => {
  const retry = (didNotHappen: boolean | undefined, earlier: boolean) =>
    verdictOn(
      { retry: { reason: 'crisp.timeout', ...(didNotHappen === undefined ? {} : { didNotHappen }) } },
      anEffect(),
      earlier,
      now,
      () => 0,
    );
  it('that has to be repeated is in doubt, unless it surely did not happen and no earlier one is in doubt', () => {
    expect(retry(undefined, false)).toMatchObject({ inDoubt: true });
    expect(retry(false, false)).toMatchObject({ inDoubt: true });
    expect(retry(true, false)).toMatchObject({ inDoubt: false });
    expect(retry(true, true)).toMatchObject({ inDoubt: true });
  });
  it('is repeated no sooner than the other side asked', () => {
    const verdict = verdictOn({ retry: { reason: 'crisp.rate-limited', afterMs: 60_000 } }, anEffect(), false, now, () => 0);
    expect(verdict).toMatchObject({ retryAt: new Date(now.getTime() + 60_000) });
  });
  it('that threw is a retry with the code of the error', () => {
    expect(outcomeOfError(Object.assign(new Error(), { code: 'crisp.timeout' }))).toEqual({
      retry: { reason: 'crisp.timeout', didNotHappen: false },
    });
    expect(outcomeOfError({ code: 'crisp.rate-limited', mayHaveHappened: false, retryAfterMs: 7 })).toEqual({
      retry: { reason: 'crisp.rate-limited', didNotHappen: true, afterMs: 7 },
    });
    expect(outcomeOfError({ code: 'messenger.echo-awaited', targetIsWell: true })).toEqual({
      retry: { reason: 'messenger.echo-awaited', didNotHappen: false, targetIsWell: true },
    });
    for (const thrown of [new Error('secret'), undefined, null, 'text', 7]) {
      expect(outcomeOfError(thrown)).toEqual({ retry: { reason: 'effect.failed', didNotHappen: false } });
    }
  });
});

describe('the back-off', () => {
  it('doubles up to ten seconds, and jitter takes off up to half', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 10_000].map((attempts) => backOff(attempts, () => 0))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000,
    ]);
    expect(backOff(7, () => 0.999999)).toBe(5_000);
  });
});
