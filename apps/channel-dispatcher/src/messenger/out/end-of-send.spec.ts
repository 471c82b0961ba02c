import { expect, it } from '@jest/globals';
import { afterUnavailable, isGivenUp, whatIsTold } from './end-of-send.js';

it('what is told of a part that was not sent', () => {
  const failed = (reason: string, failure: string) => ({ status: 'failed', reason, failure });
  const table: [...Parameters<typeof whatIsTold>, ReturnType<typeof whatIsTold> | object][] = [
    ['messenger.no-longer-wanted', null, false, undefined],
    ['messenger.superseded', null, false, { status: 'superseded' }],
    ['messenger.window-closed', null, false, failed('messenger.window-closed', 'window-closed')],
    ['messenger.blocked', 'blocked', false, failed('messenger.blocked', 'blocked')],
    ['messenger.something', null, false, failed('messenger.something', 'permanent')],
    ['effect.deadline', null, false, failed('messenger.too-late', 'temporary')],
    ['effect.deadline', null, true, failed('messenger.too-late', 'token-dead')],
    ['effect.in-doubt', null, false, failed('messenger.in-doubt', 'temporary')],
  ];
  for (const [refused, failure, stopped, told] of table) expect(whatIsTold(refused, failure, stopped)).toEqual(told);
});

it('what Meta does not take is given up after six hours, unless it may stand at the person’s', () => {
  const plannedAt = new Date(0);
  const hours = (count: number): number => count * 3_600_000;
  expect([hours(6), hours(6) + 1].map((now) => isGivenUp({ plannedAt, isInDoubt: false }, now))).toEqual([false, true]);
  expect(isGivenUp({ plannedAt, isInDoubt: true }, hours(100))).toBe(false);
});

it('who is not there for the moment is tried at ever longer intervals, and at the fifth answer taken for somebody who blocked us', () => {
  expect([1, 2, 3, 4, 5, 6].map(afterUnavailable)).toEqual([2_000, 10_000, 60_000, 300_000, 'perhaps-blocked', 'perhaps-blocked']);
});
