import { describe, expect, it } from '@jest/globals';
import { flattenUserData, MAX_KEYS, MAX_VALUE_LENGTH, soundsSecret } from './flatten-user-data.js';

describe('what a bot knows of its visitor', () => {
  it('becomes the contact fields and flat conversation data', () => {
    expect(
      flattenUserData({
        name: ' Ada\nPark ',
        email: 'ada@example.test',
        phone: '+49 30 1234567',
        order: { id: 1234, open: true, items: ['shoes', 'socks'], address: { city: 'Köln' } },
        plan: 'gold',
      }),
    ).toEqual({
      nickname: 'Ada Park',
      email: 'ada@example.test',
      phone: '+49 30 1234567',
      data: { 'order.id': 1234, 'order.open': true, 'order.items': 'shoes, socks', 'order.address.city': 'Köln', plan: 'gold' },
    });
  });

  it('leaves out what is no e-mail address, no phone number and no value', () => {
    expect(flattenUserData({ name: 7, email: 'not an address', phone: 'call me', empty: '', nothing: null, list: [], shape: {} })).toEqual({
      data: {},
    });
  });

  it('keeps secrets out of the inbox, with all that lies below them', () => {
    const { data } = flattenUserData({
      password: 'x',
      accessToken: 'x',
      api_key: 'x',
      payment: { 'Credit Card': { number: '4111' }, iban: 'DE00', method: 'card' },
      tokens: ['a'],
      passenger: 'Ada',
      discard: 'no',
    });
    expect(data).toEqual({ 'payment.method': 'card', passenger: 'Ada', discard: 'no' });
  });

  it.each(['CVV', 'card-number', 'userPIN', 'Authorization', 'bank_account', 'SSN', 'client_secret'])('takes %s for a secret', (key) => {
    expect(soundsSecret(key)).toBe(true);
  });

  it.each(['passenger', 'cardinal', 'opinion', 'company', 'spinning', 'authority'])('does not take %s for a secret', (key) => {
    expect(soundsSecret(key)).toBe(false);
  });

  it('is bounded in number and size', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`key${i}`, 'v'.repeat(5_000)]));
    const { data } = flattenUserData(many);
    expect(Object.keys(data)).toHaveLength(MAX_KEYS);
    expect(Math.max(...Object.values(data).map((value) => String(value).length))).toBe(MAX_VALUE_LENGTH);
  });
});
