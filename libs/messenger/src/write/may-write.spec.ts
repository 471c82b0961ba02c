import { describe, expect, it } from '@jest/globals';
import { mayWrite } from './may-write.js';

const minutes = 60_000;
const hours = 60 * minutes;
const days = 24 * hours;
const now = Date.UTC(2026, 0, 5, 10);

const response = { messagingType: 'RESPONSE' };
const tagged = { messagingType: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
const refused = { refused: 'messenger.window-closed' };

describe('what may be written', () => {
  it.each([
    ['a bot at once', 'bot', 0, true, response],
    ['a bot after just 24 hours', 'bot', 24 * hours, true, response],
    ['a bot a moment later', 'bot', 24 * hours + 1, true, refused],
    ['a line of ours after a day and a minute', 'system', 24 * hours + minutes, true, refused],
    ['an agent after just 24 hours, untagged', 'agent', 24 * hours, true, response],
    ['an agent a moment later, tagged', 'agent', 24 * hours + 1, true, tagged],
    ['an agent a moment later, of an app that is not approved', 'agent', 24 * hours + 1, false, refused],
    ['an agent after just 7 days', 'agent', 7 * days, true, tagged],
    ['an agent a moment later', 'agent', 7 * days + 1, true, refused],
    ['an agent whose clock is behind Meta’s', 'agent', -5 * minutes, false, response],
    ['anyone, when nobody knows when he last acted', 'bot', undefined, false, response],
  ] as const)('%s', (_who, authorKind, age, humanAgent, expected) => {
    expect(mayWrite({ authorKind, lastUserActionAt: age === undefined ? undefined : now - age, now, humanAgent })).toEqual(expected);
  });
});
