import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messengerEventId } from './event-id.js';
import { anElement, aReading, AT } from './testkit.js';

const idOf = (event: Record<string, unknown>, where: { pageId?: string; userId?: string; sentAt?: number; standby?: boolean } = {}) =>
  messengerEventId({ ...aReading(anElement(event)), ...where });

const said = (o: Record<string, unknown> = {}) => ({ message: { mid: 'm_1', text: 'Hello', ...o } });
const tapped = (o: Record<string, unknown> = {}) => ({ postback: { mid: 'm_1', title: 'Start', payload: 'START', ...o } });
const oldTap = (o: Record<string, unknown> = {}, at = AT) => ({ postback: { title: 'Start', payload: 'START', ...o }, timestamp: at });
const reacted = (o: Record<string, unknown> = {}, at = AT) => ({
  reaction: { reaction: 'love', action: 'react', mid: 'm_1', ...o },
  timestamp: at,
});
const LATER = AT + 1;

describe('the id of what Meta says', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a message whose other fields differ', said(), said({ attachments: [{ type: 'image', payload: { url: 'https://cdn.example/2' } }] })],
    ['a message that came with another time', said(), { ...said(), timestamp: LATER }],
    ['a tap that is seen in standby, without its payload', tapped(), tapped({ payload: undefined })],
    ['a tap without a mid', oldTap(), oldTap()],
    ['a delivery, whichever messages it names', { delivery: { watermark: 5, mids: ['m_1'] } }, { delivery: { watermark: 5 } }],
    ['a reading', { read: { watermark: 5 } }, { read: { watermark: 5, seq: 1 } }],
    ['an edit', { message_edit: { mid: 'm_1', text: 'a', num_edit: 1 } }, { message_edit: { mid: 'm_1', text: 'a', num_edit: '1' } }],
    [
      'what nobody knows yet, in whatever order it is written',
      { poll: { a: 1, b: { c: 2, d: 3 } } },
      { poll: { b: { d: 3, c: 2 }, a: 1 } },
    ],
  ])('is the same for %s', (_, one, again) => {
    expect(idOf(again)).toBe(idOf(one));
  });

  it('is the same whenever and by whichever way Meta sends it', () => {
    expect(idOf(said(), { sentAt: 1, standby: true })).toBe(idOf(said()));
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['two messages', said(), said({ mid: 'm_2' })],
    ['a message and an echo', said(), said({ is_echo: true })],
    ['a message and a tap', said(), tapped()],
    ['two taps on one button', oldTap(), oldTap({}, LATER)],
    ['two taps at the same moment', oldTap(), oldTap({ payload: 'HELP' })],
    ['two edits', { message_edit: { mid: 'm_1', num_edit: 1 } }, { message_edit: { mid: 'm_1', num_edit: 2 } }],
    ['two receipts', { read: { watermark: 5 } }, { read: { watermark: 6 } }],
    ['a delivery and a reading', { delivery: { watermark: 5 } }, { read: { watermark: 5 } }],
    ['a reaction and its end', reacted(), reacted({ action: 'unreact' }, LATER)],
    ['reactions to two messages', reacted(), reacted({ mid: 'm_2' })],
    ['passing and taking a thread', { pass_thread_control: {} }, { take_thread_control: {} }],
    ['a referral and an opt-in', { referral: { ref: 'a' } }, { optin: { ref: 'a' } }],
    ['two messages without a mid', { message: { text: 'a' } }, { message: { text: 'b' } }],
    ['two messages with an empty mid', { message: { mid: '', text: 'a' } }, { message: { mid: '', text: 'b' } }],
    ['two messages that are none', { message: 'a' }, { message: 'b' }],
    ['two things nobody knows yet', { poll: { choice: 1 } }, { poll: { choice: 2 } }],
    ['the same, said at two times', { poll: {} }, { poll: {}, timestamp: LATER }],
  ])('is another one for %s', (_, one, other) => {
    expect(idOf(other)).not.toBe(idOf(one));
  });

  it('is another one for another person or page', () => {
    const ids = [idOf(said()), idOf(said(), { userId: '7' }), idOf(said(), { pageId: '7' })];
    expect(new Set(ids).size).toBe(3);
  });

  it('is a UUID for whatever is said', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('message', 'postback', 'read', 'reaction', 'timestamp', 'x'), fc.jsonValue()), (event) => {
        expect(messengerEventId(aReading(event))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(messengerEventId(aReading(JSON.parse(JSON.stringify(event)) as typeof event))).toBe(messengerEventId(aReading(event)));
      }),
    );
  });
});
