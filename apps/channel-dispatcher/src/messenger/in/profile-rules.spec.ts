import { describe, expect, it } from '@jest/globals';
import { classifyMessengerError } from '@baton/messenger';
import { afterFailure, isProfileDue, nameOf } from './profile-rules.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = new Date('2026-01-05T12:00:00.000Z');
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

describe('who somebody is', () => {
  it.each<[string, { askedAt: Date | null; name: string | null }, boolean]>([
    ['asked when nobody ever asked', { askedAt: null, name: null }, true],
    ['not asked again at once when Meta did not say', { askedAt: ago(HOUR - 1), name: null }, false],
    ['asked again an hour later', { askedAt: ago(HOUR), name: null }, true],
    ['not asked for a month when it is known', { askedAt: ago(30 * DAY - 1), name: 'Ada Park' }, false],
    ['asked again after a month', { askedAt: ago(30 * DAY), name: 'Ada Park' }, true],
  ])('is %s', (_what, known, due) => expect(isProfileDue(known, NOW)).toBe(due));
});

describe('the name of a profile', () => {
  it.each<[string, Parameters<typeof nameOf>[0], string | undefined]>([
    ['is the whole one', { name: 'Ada Park', firstName: 'A.' }, 'Ada Park'],
    ['is put together where there is no whole one', { firstName: 'Ada', lastName: 'Park' }, 'Ada Park'],
    ['may be a first name', { firstName: 'Ada' }, 'Ada'],
    ['is one line', { name: ' Ada \n\u0000 Park\t' }, 'Ada Park'],
    ['is none when Meta tells none', {}, undefined],
    ['is none when it is blank', { name: ' \n' }, undefined],
    ['is cut where it is endless, but not inside of a character', { name: `${'a'.repeat(199)}😀` }, 'a'.repeat(199)],
  ])('%s', (_what, profile, name) => expect(nameOf(profile)).toBe(name));
});

describe('a question that Meta does not answer', () => {
  it.each<[string, number | undefined, number | undefined, number | undefined]>([
    ['there is no profile', 100, 2018218, 400],
    ['the profile is not for us', 2018247, undefined, 400],
    ['the call is wrong', 100, undefined, 400],
    ['nobody is known by that id', 100, 33, 400],
    ['the app has no access', 10, undefined, 403],
    ['the app has no permission', 200, undefined, 403],
    ['one of its permissions is missing', 230, undefined, 403],
    ['the app is judged abusive', 368, undefined, 400],
  ])('because %s leaves him without a name', (_why, code, subcode, status) => {
    expect(afterFailure({ class: classifyMessengerError(code, subcode, status), retryAfterMs: undefined })).toEqual({ done: null });
  });

  it.each<[string, number | undefined, number | undefined, number | undefined, number | undefined]>([
    ['Meta is unwell', 2, undefined, 500, undefined],
    ['nothing came back', undefined, undefined, undefined, undefined],
    ['the page calls too much', 613, undefined, 400, 10_000],
    ['the token is dead', 190, 463, 401, 60_000],
  ])('because %s is asked again', (_why, code, subcode, status, afterMs) => {
    const outcome = afterFailure({ class: classifyMessengerError(code, subcode, status), retryAfterMs: undefined });
    expect(outcome).toEqual({
      retry: { reason: expect.stringMatching(/^messenger\./), didNotHappen: true, ...(afterMs === undefined ? {} : { afterMs }) },
    });
  });

  it('is asked again when Meta says', () => {
    expect(afterFailure({ class: classifyMessengerError(4, undefined, 400), retryAfterMs: 90_000 })).toMatchObject({
      retry: { afterMs: 90_000 },
    });
  });
});
