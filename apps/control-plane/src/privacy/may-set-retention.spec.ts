import type { Scope } from '@baton/control-api';
import { describe, expect, it } from '@jest/globals';
import { requireMaySetRetention } from './may-set-retention.js';

const keeping = (conversationDays: number | undefined) => (conversationDays === undefined ? {} : { retention: { conversationDays } });
const of = (...scopes: Scope[]) => ({ scopes: new Set(scopes) });

describe('for how long conversations are kept', () => {
  it.each([
    ['sets', undefined, 30],
    ['changes', 30, 31],
    ['takes away', 30, undefined],
  ])('is privacy’s: who %s it needs that scope', (_, before, after) => {
    const change = (caller: Parameters<typeof requireMaySetRetention>[0]) => () =>
      requireMaySetRetention(caller, keeping(before), keeping(after));
    expect(change(of('bots'))).toThrow('scope privacy');
    expect(change(of('bots', 'privacy'))).not.toThrow();
    expect(change({ scopes: 'all' })).not.toThrow();
  });

  it.each([
    [keeping(30), keeping(30)],
    [undefined, keeping(undefined)],
    [null, keeping(undefined)],
  ])('as it is anybody may leave it', (before, after) => {
    expect(() => requireMaySetRetention(of('bots'), before, after)).not.toThrow();
  });
});
