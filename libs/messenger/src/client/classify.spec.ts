import { describe, expect, it } from '@jest/globals';
import { classifyMessengerError } from './classify.js';

describe('what Meta’s errors mean', () => {
  it.each([
    ['an unknown error', 1, undefined, 'temporary', 'retry', 'messenger.temporary'],
    ['a service that is down, or a person who blocked us', 2, undefined, 'temporary', 'retry', 'messenger.unavailable'],
    ['a send that failed for now', 1200, undefined, 'temporary', 'retry', 'messenger.temporary'],
    ['a person in Messenger’s own flow of questions', 100, 2018321, 'temporary', 'retry', 'messenger.in-a-flow'],
    ['the same as a code', 2018321, undefined, 'temporary', 'retry', 'messenger.in-a-flow'],
    ['too many calls of the app', 4, undefined, 'rate', 'slow-down', 'messenger.rate'],
    ['too many calls of the user', 17, undefined, 'rate', 'slow-down', 'messenger.rate'],
    ['too many calls of the page', 32, undefined, 'rate', 'slow-down', 'messenger.rate'],
    ['too many calls of this kind', 613, undefined, 'rate', 'slow-down', 'messenger.rate'],
    ['too many calls of this kind, by subcode', 613, 2534040, 'rate', 'slow-down', 'messenger.rate'],
    ['bothersome tagged sends', 613, 2018338, 'permanent', 'refuse', 'messenger.tags-warned'],
    ['a closed window', 10, 2018278, 'window-closed', 'refuse', 'messenger.window-closed'],
    ['a closed window, older', 10, 2018065, 'window-closed', 'refuse', 'messenger.window-closed'],
    ['a closed window, newer', 10, 2534022, 'window-closed', 'refuse', 'messenger.window-closed'],
    ['an app that may not tag', 100, 2018276, 'window-closed', 'refuse', 'messenger.human-agent-not-approved'],
    ['another app with the thread', 10, 2018300, 'permanent', 'refuse', 'messenger.other-app-has-thread'],
    ['a person who cannot be reached', 10, 2018108, 'blocked', 'refuse', 'messenger.blocked'],
    ['a person who is not available', 551, undefined, 'blocked', 'refuse', 'messenger.blocked'],
    ['a person who blocked us', 551, 1545041, 'blocked', 'refuse', 'messenger.blocked'],
    ['a person who blocked us, as a permission', 200, 1545041, 'blocked', 'refuse', 'messenger.blocked'],
    ['a restricted page', 10, 1893063, 'permanent', 'refuse', 'messenger.page-restricted'],
    ['a permission that is missing', 10, undefined, 'permanent', 'refuse', 'messenger.no-permission'],
    ['a bad parameter', 100, undefined, 'permanent', 'refuse', 'messenger.refused'],
    ['a bad parameter with a subcode from the future', 100, 2999999, 'permanent', 'refuse', 'messenger.refused'],
    ['nobody of this page', 100, 2018001, 'permanent', 'refuse', 'messenger.no-such-user'],
    ['an object that is not there', 100, 33, 'permanent', 'refuse', 'messenger.no-such-user'],
    ['a file that could not be fetched', 100, 2018008, 'unsupported', 'send-as-text', 'messenger.file-refused'],
    ['a file that could not be uploaded', 100, 2018047, 'unsupported', 'send-as-text', 'messenger.file-refused'],
    ['a file id that is not there', 100, 2018074, 'unsupported', 'send-as-text', 'messenger.file-refused'],
    ['a file that is too large', 100, 2018109, 'unsupported', 'send-as-text', 'messenger.file-refused'],
    ['a film that took too long', 100, 2018294, 'unsupported', 'send-as-text', 'messenger.file-refused'],
    ['a wrong app for the thread', 100, 2018164, 'permanent', 'refuse', 'messenger.refused'],
    ['a dead token', 190, undefined, 'token-dead', 'stop-page', 'messenger.token-dead'],
    ['a token of a changed password', 190, 460, 'token-dead', 'stop-page', 'messenger.token-dead'],
    ['an expired token', 190, 463, 'token-dead', 'stop-page', 'messenger.token-dead'],
    ['an invalid token', 190, 467, 'token-dead', 'stop-page', 'messenger.token-dead'],
    ['an app that is not live', 200, undefined, 'token-dead', 'stop-page', 'messenger.no-permission'],
    ['an app that was not reviewed', 200, 2018028, 'token-dead', 'stop-page', 'messenger.no-permission'],
    ['another permission', 230, undefined, 'token-dead', 'stop-page', 'messenger.no-permission'],
    ['what was judged abusive', 368, undefined, 'permanent', 'stop-page', 'messenger.judged-abusive'],
    ['nobody’s profile', 100, 2018218, 'unsupported', 'refuse', 'messenger.no-profile'],
    ['a profile that is not ours to see', 2018247, undefined, 'unsupported', 'refuse', 'messenger.no-profile'],
    ['a code from the future', 98765, undefined, 'permanent', 'refuse', 'messenger.refused'],
    ['a small subcode that is another’s code', 98765, 4, 'permanent', 'refuse', 'messenger.refused'],
  ])('%s (%j/%j)', (_what, code, subcode, failure, act, reason) => {
    expect(classifyMessengerError(code, subcode, 400)).toMatchObject({ failure, act, reason });
  });

  it.each([
    ['of a server without words', undefined, 503, {}, 'messenger.temporary'],
    ['of something between us and Meta', undefined, 403, {}, 'messenger.temporary'],
    ['without words, for too many calls', undefined, 429, {}, 'messenger.rate'],
    ['without an answer', undefined, undefined, {}, 'messenger.temporary'],
    ['from the future that passes, as Meta says', 98765, 400, { transient: true }, 'messenger.temporary'],
    ['from the future of a sick server', 98765, 500, {}, 'messenger.temporary'],
    ['that is known, under whatever status', 190, 500, {}, 'messenger.token-dead'],
    ['known to last, whatever Meta says of its passing', 190, 400, { transient: true }, 'messenger.token-dead'],
    ['of a proof that is missing or wrong', 100, 400, { type: 'GraphMethodException' }, 'messenger.proof-refused'],
  ])('a failure %s', (_what, code, status, hints, reason) => {
    expect(classifyMessengerError(code, undefined, status, hints).reason).toBe(reason);
  });

  it('somebody is alerted when only he can mend it, never for one person’s silence', () => {
    const alerts = (code: number, subcode?: number) => classifyMessengerError(code, subcode, 400).alert;
    expect([alerts(190), alerts(200), alerts(368), alerts(100), alerts(613, 2018338), alerts(100, 2018276)]).not.toContain(false);
    expect([alerts(551), alerts(10, 2018278), alerts(1200), alerts(613), alerts(100, 2018008)]).not.toContain(true);
  });
});
