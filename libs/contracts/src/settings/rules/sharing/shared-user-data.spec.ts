import { describe, expect, it } from '@jest/globals';
import type { SharingSettings } from '../../sharing.js';
import { sharedUserData } from './shared-user-data.js';

const OFF = { cards: false, ibans: false };
const KNOWN = {
  name: 'Ada Park',
  email: 'ada@example.test',
  plan: 'gold',
  card: '4111 1111 1111 1111',
  apiToken: 'abc',
  order: { id: 17, note: 'paid with 4111 1111 1111 1111', payment: { iban: 'DE89370400440532013000', status: 'open' } },
};

describe('what is known of a visitor', () => {
  it.each<[string, SharingSettings, object]>([
    [
      'goes to Crisp without what sounds like a secret',
      { fields: 'all-but-secrets', mask: OFF },
      { name: 'Ada Park', email: 'ada@example.test', plan: 'gold', order: { id: 17, note: KNOWN.order.note, payment: { status: 'open' } } },
    ],
    ['goes to Crisp as far as it is named', { fields: ['email', 'order.id'], mask: OFF }, { email: 'ada@example.test', order: { id: 17 } }],
    ['goes with all below a name', { fields: ['order.payment'], mask: OFF }, { order: { payment: { status: 'open' } } }],
    [
      'goes without its secrets even where they are named',
      { fields: ['card', 'order.payment.iban', 'plan'], mask: OFF },
      { plan: 'gold', order: { payment: {} } },
    ],
    ['stays here where nothing is named', { fields: [], mask: OFF }, {}],
    [
      'goes with its numbers masked',
      { fields: ['order.note'], mask: { cards: true, ibans: true } },
      { order: { note: 'paid with ••••1111' } },
    ],
  ])('%s', (_, sharing, expected) => expect(sharedUserData(KNOWN, sharing)).toEqual(expected));
});
