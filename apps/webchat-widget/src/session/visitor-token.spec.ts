import { describe, expect, it } from '@jest/globals';
import { DoorError } from '../connection/door.js';
import type { Keep } from '../shared/keep.js';
import { VisitorToken } from './visitor-token.js';

/** A browser with as many tabs as one wants; its server answers each token with `renewed` and none with `new`. */
function aBrowser(kept?: string, refuses?: DoorError) {
  const asked: (string | undefined)[] = [];
  let token = kept;
  let last: Promise<unknown> = Promise.resolve();
  const keep = { get: () => token, set: (_: string, value: string | undefined) => void (token = value) } as Pick<
    Keep,
    'get' | 'set'
  > as Keep;
  const door = {
    visitor: async (shown: string | undefined) => {
      asked.push(shown);
      if (shown && refuses) throw refuses;
      return shown ? 'renewed' : `new-${asked.length}`;
    },
  };
  const alone = <T>(_: string, action: () => Promise<T>): Promise<T> => {
    const mine = last.then(action);
    last = mine.catch(() => undefined);
    return mine;
  };
  return { asked, tab: () => new VisitorToken({ keep, door, alone }) };
}

describe('a visitor’s token', () => {
  it('is made once, though two tabs open for the first time at once', async () => {
    const { asked, tab } = aBrowser();
    const tabs = [tab(), tab()];
    await Promise.all(tabs.map((one) => one.obtain(false)));
    expect([asked, tabs.map((one) => one.get())]).toEqual([[undefined], ['new-1', 'new-1']]);
  });

  it('is kept while nobody refuses it', async () => {
    const { asked, tab } = aBrowser('old');
    const one = tab();
    await one.obtain(false);
    expect([one.show(), asked]).toEqual(['old', []]);
  });

  it('is made new when it is refused, by the first tab that hears it, for all', async () => {
    const { asked, tab } = aBrowser('old');
    const tabs = [tab(), tab()];
    expect(tabs.map((one) => one.show())).toEqual(['old', 'old']);
    await Promise.all(tabs.map((one) => one.obtain(true)));
    expect([asked, tabs.map((one) => one.get())]).toEqual([['old'], ['renewed', 'renewed']]);
  });

  it('is another visitor’s when nobody can tell any more whose it was', async () => {
    const { asked, tab } = aBrowser('broken', new DoorError(401));
    const one = tab();
    one.show();
    await one.obtain(true);
    expect([asked, one.get()]).toEqual([['broken', undefined], 'new-2']);
  });

  it('stays what it is while the server cannot be asked', async () => {
    const { tab } = aBrowser('old', new DoorError(0));
    const one = tab();
    one.show();
    await expect(one.obtain(true)).rejects.toMatchObject({ status: 0 });
    expect(one.get()).toBe('old');
  });
});
