import { describe, expect, it } from '@jest/globals';
import { OUTBOX_CAP, Outbox } from './outbox.js';

function aStore(value?: string) {
  return {
    value,
    read() {
      return this.value;
    },
    write(next: string | undefined) {
      this.value = next;
    },
  };
}
const unsent = (clientId: string) => ({ clientId, text: `text ${clientId}`, at: 1 });

describe('the outbox', () => {
  it('gives the oldest first, and the next only when that one is confirmed', () => {
    const outbox = new Outbox(aStore());
    outbox.add(unsent('a'));
    outbox.add(unsent('b'));
    expect(outbox.next()?.clientId).toBe('a');
    outbox.remove('a');
    expect(outbox.next()?.clientId).toBe('b');
  });

  it('outlives the page', () => {
    const store = aStore();
    new Outbox(store).add(unsent('a'));
    expect(new Outbox(store).all()).toEqual([unsent('a')]);
  });

  it('is one for all tabs: what one confirms is confirmed for the others', () => {
    const store = aStore();
    const [here, there] = [new Outbox(store), new Outbox(store)];
    here.add(unsent('a'));
    there.add(unsent('b'));
    there.remove('a');
    expect(here.all()).toEqual([unsent('b')]);
  });

  it('leaves a failed one aside until the visitor tries again, with the same id', () => {
    const outbox = new Outbox(aStore());
    outbox.add(unsent('a'));
    outbox.add(unsent('b'));
    outbox.fail('a', 'text-too-long');
    expect(outbox.next()?.clientId).toBe('b');
    outbox.retry('a');
    expect(outbox.next()).toEqual(unsent('a'));
  });

  it('takes no more than fits', () => {
    const outbox = new Outbox(aStore());
    for (let index = 0; index < OUTBOX_CAP; index++) expect(outbox.add(unsent(String(index)))).toBe(true);
    expect(outbox.add(unsent('more'))).toBe(false);
    expect(outbox.all()).toHaveLength(OUTBOX_CAP);
  });

  it.each(['', '{', 'null', '{"a":1}', '[1,null,{"clientId":5}]'])('is empty when what was stored is not ours: %s', (stored) => {
    expect(new Outbox(aStore(stored)).all()).toEqual([]);
  });

  it('leaves nothing behind when it is empty', () => {
    const store = aStore();
    const outbox = new Outbox(store);
    outbox.add(unsent('a'));
    outbox.remove('a');
    expect(store.value).toBeUndefined();
  });
});
