import { describe, expect, it } from '@jest/globals';
import { HOUR } from '../model.js';
import { faultOfBody, faultOfReach, type Reach } from './check-send.js';

const to = { recipient: { id: '1' }, messaging_type: 'RESPONSE' };
const reply = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  content_type: 'text',
  title: 'Yes',
  payload: 'yes',
  ...change,
});

describe('a body to send', () => {
  it.each([
    ['a text', { ...to, message: { text: 'Hi' } }],
    ['the longest text', { ...to, message: { text: 'x'.repeat(1_999) } }],
    ['the longest metadata', { ...to, message: { text: 'Hi', metadata: 'x'.repeat(999) } }],
    ['13 quick replies', { ...to, message: { text: 'Hi', quick_replies: Array.from({ length: 13 }, () => reply()) } }],
    ['a title of 20 characters', { ...to, message: { text: 'Hi', quick_replies: [reply({ title: 'x'.repeat(20) })] } }],
    ['a quick reply that asks for the e-mail', { ...to, message: { text: 'Hi', quick_replies: [{ content_type: 'user_email' }] } }],
    [
      'an empty payload beside an image',
      { ...to, message: { text: 'Hi', quick_replies: [reply({ payload: '', image_url: 'https://a.test/i' })] } },
    ],
    ['a picture', { ...to, message: { attachment: { type: 'image', payload: { url: 'https://a.test/i' } } } }],
    ["a human's tag", { recipient: { id: '1' }, messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT', message: { text: 'Hi' } }],
    ['an action', { recipient: { id: '1' }, sender_action: 'typing_on' }],
  ])('is taken with %s', (_what, body) => {
    expect(faultOfBody(body, true)).toBeUndefined();
  });

  it.each([
    ['no recipient', { messaging_type: 'RESPONSE', message: { text: 'Hi' } }, '100'],
    ['two kinds of recipient', { ...to, recipient: { id: '1', user_ref: 'r' }, message: { text: 'Hi' } }, '100'],
    ['no message', to, '100'],
    ['an empty text', { ...to, message: { text: ' ' } }, '100'],
    ['a text of 2,000 characters', { ...to, message: { text: 'x'.repeat(2_000) } }, '100'],
    ['text and attachment', { ...to, message: { text: 'Hi', attachment: { type: 'image' } } }, '100'],
    ['an unknown attachment', { ...to, message: { attachment: { type: 'sticker' } } }, '100'],
    ['metadata of 1,000 characters', { ...to, message: { text: 'Hi', metadata: 'x'.repeat(1_000) } }, '100'],
    ['14 quick replies', { ...to, message: { text: 'Hi', quick_replies: Array.from({ length: 14 }, () => reply()) } }, '100'],
    ['a title of 21 characters', { ...to, message: { text: 'Hi', quick_replies: [reply({ title: 'x'.repeat(21) })] } }, '100'],
    ['a payload of 1,001 characters', { ...to, message: { text: 'Hi', quick_replies: [reply({ payload: 'x'.repeat(1_001) })] } }, '100'],
    ['an empty payload', { ...to, message: { text: 'Hi', quick_replies: [reply({ payload: '' })] } }, '100'],
    ['a removed kind of quick reply', { ...to, message: { text: 'Hi', quick_replies: [{ content_type: 'location' }] } }, '100'],
    ['no messaging_type', { recipient: { id: '1' }, message: { text: 'Hi' } }, '100'],
    ['a tag without its type', { ...to, tag: 'HUMAN_AGENT', message: { text: 'Hi' } }, '100'],
    ['a dead tag', { ...to, messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE', message: { text: 'Hi' } }, '100'],
    ['no tag', { ...to, messaging_type: 'MESSAGE_TAG', message: { text: 'Hi' } }, '100'],
    ['an action beside a message', { ...to, sender_action: 'typing_on', message: { text: 'Hi' } }, '100/2018014'],
    ['an unknown action', { recipient: { id: '1' }, sender_action: 'dance' }, '100'],
  ])('is refused with %s', (_what, body, error) => {
    expect(faultOfBody(body, true)?.label).toBe(error);
  });

  it('may lack messaging_type where that is not demanded', () => {
    expect(faultOfBody({ recipient: { id: '1' }, message: { text: 'Hi' } }, false)).toBeUndefined();
  });
});

describe('a person', () => {
  const now = 1_767_225_600_000;
  const reach = (hours: number, change: Partial<Reach> = {}): Reach => ({
    blocked: false,
    isStandby: false,
    lastActionAt: now - hours * HOUR,
    now,
    humanAgent: true,
    ...change,
  });

  it.each([
    ['a bot within 24 hours', undefined, reach(24), undefined],
    ['a bot later', undefined, reach(24.01), '10/2018278'],
    ['a human with the tag within 7 days', 'HUMAN_AGENT', reach(168), undefined],
    ['a human with the tag later', 'HUMAN_AGENT', reach(168.01), '10/2018278'],
    ['a human with the tag that was not approved', 'HUMAN_AGENT', reach(30, { humanAgent: false }), '100/2018276'],
    ['another tag later', 'CUSTOMER_FEEDBACK', reach(30), '10/2018278'],
    ['anybody, when he never wrote', undefined, reach(0, { lastActionAt: undefined }), '10/2018278'],
    ['anybody, when he blocked the page', undefined, reach(1, { blocked: true }), '551/1545041'],
    ['anybody, while another app has the thread', undefined, reach(1, { isStandby: true }), '10/2018300'],
  ])('and %s', (_who, tag, given, error) => {
    expect(faultOfReach(tag, given)?.label).toBe(error);
  });
});
