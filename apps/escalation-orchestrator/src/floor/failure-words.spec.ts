import { describe, expect, it } from '@jest/globals';
import { beginningOf, failureNote } from './failure-words.js';
import type { Circumstances, Undelivered } from './failure-words.js';

const line: Undelivered = { author: 'agent', what: 'line', beginning: 'Your parcel', failure: 'permanent', reason: null };
const of: Circumstances = { channel: 'messenger', humanAgent: false, userData: {} };

describe('what an agent is told of a line that did not arrive', () => {
  it.each<[what: string, line: Partial<Undelivered>, of: Partial<Circumstances>, words: string[]]>([
    [
      'a day of silence',
      { failure: 'window-closed' },
      { userData: { email: 'ada@example.test', phone: '+49 30 1' } },
      ['“Your parcel” did not reach', 'more than 24 hours', 'Only he can open', 'ada@example.test, +49 30 1'],
    ],
    ['a week of silence', { failure: 'window-closed' }, { humanAgent: true }, ['more than 7 days', 'No other way to reach him is known.']],
    [
      'a permission that Meta did not give',
      { failure: 'window-closed', reason: 'messenger.human-agent-not-approved' },
      { humanAgent: true },
      ['more than 24 hours', 'has not approved our app', 'Tell an administrator', 'Only he can open'],
    ],
    [
      'a day of silence in which a human may still write',
      { author: 'bot', failure: 'window-closed' },
      { humanAgent: true },
      ['more than 24 hours', 'only what people write. Answer him yourself.'],
    ],
    [
      'a conversation that another app has',
      { failure: 'permanent', reason: 'messenger.other-app-has-thread' },
      {},
      ['another app of the page has the conversation', 'default one'],
    ],
    [
      'a visitor who perhaps blocked us',
      { failure: 'blocked', reason: 'messenger.perhaps-blocked' },
      {},
      ['several tries', 'perhaps he blocked us'],
    ],
    ['a visitor who blocked us', { failure: 'blocked' }, { userData: { email: 'ada@example.test' } }, ['blocked us', 'ada@example.test']],
    ['a form that the channel does not know', { failure: 'unsupported', reason: 'messenger.x' }, {}, ['(messenger.x)', 'in another way']],
    ['a refusal for good', { failure: 'permanent', reason: 'messenger.y' }, {}, ['refused it for good (messenger.y)', 'administrator']],
    ['an outage of hours', { failure: 'temporary' }, {}, ['for too long. Send it again.']],
    ['too much at once', { failure: 'rate' }, {}, ['Send it again later.']],
    ['a channel not connected again in time', { failure: 'token-dead' }, {}, ['was not connected again in time', 'send it again']],
    [
      'a channel that can be connected again',
      { what: 'waiting', failure: 'token-dead' },
      {},
      ['“Your parcel” is waiting', 'connected again by an administrator', 'Nothing is lost'],
    ],
    [
      'words that cannot be taken back',
      { what: 'removal', failure: 'unsupported', beginning: null },
      {},
      ['Your message that was removed could not be taken back', 'Messenger keeps what was sent'],
    ],
    [
      'a correction that did not arrive',
      { what: 'correction', failure: 'window-closed' },
      {},
      ['Your message was changed, but not for the visitor: “Your parcel” did not reach the visitor', '24 hours'],
    ],
    [
      'a send that nobody knows the end of',
      { author: 'bot', failure: 'temporary', reason: 'messenger.in-doubt' },
      {},
      ['may not have reached the visitor', 'did not say whether'],
    ],
    ["the assistant's words", { author: 'bot' }, {}, ["The assistant's message “Your parcel”"]],
  ])('after %s says why and what to do', (_what, patch, circumstances, words) => {
    const note = failureNote({ ...line, ...patch }, { ...of, ...circumstances });
    for (const word of words) expect(note).toContain(word);
    expect(note).not.toContain('undefined');
  });
});

describe('the beginning of a line', () => {
  it.each([
    ['Hello', 'Hello'],
    ['one\n  two', 'one two'],
    ['a'.repeat(60), 'a'.repeat(60)],
    [`${'word '.repeat(11)}the end of it`, `${'word '.repeat(11)}the…`],
    ['👨‍👩‍👧‍👦'.repeat(20), `${'👨‍👩‍👧‍👦'.repeat(5)}…`],
  ])('%j is %j', (text, beginning) => {
    expect(beginningOf(text)).toBe(beginning);
    expect(beginning.length).toBeLessThanOrEqual(60);
  });
});
