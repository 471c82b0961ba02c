import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { agentLine, floorOf, House, readUpTo, typing } from './testing/house.js';
import type { Replica, Visitor } from './testing/house.js';
import { Tab } from './testing/visitor.js';

describe('a talk over two replicas', () => {
  let house: House;
  let here: Replica;
  let there: Replica;
  let visitor: Visitor;

  beforeAll(async () => {
    house = await House.build();
    [here, there] = await Promise.all([house.replica('here'), house.replica('there')]);
  }, 60_000);
  afterAll(() => house.demolish(), 30_000);

  const meet = async () => (visitor = await house.visitor(here));

  it('what the agent says reaches the visitor, whichever replica holds his socket and whichever reads Kafka', async () => {
    // Several visitors, so that both replicas read some of their partitions.
    const visitors = await Promise.all(Array.from({ length: 12 }, () => house.visitor(here)));
    const tabs = await Promise.all(visitors.map(({ token }, i) => Tab.open((i % 2 ? here : there).url, token)));
    const began = performance.now();
    await Promise.all(visitors.map((one, i) => house.deliver(one, agentLine(1, `Hello ${i}`), agentLine(2, 'How can I help?'))));
    for (const [i, tab] of tabs.entries()) expect(await tab.reads(2)).toEqual([`Hello ${i}`, 'How can I help?']);
    // By push, not by looking around: that happens every three seconds.
    expect(performance.now() - began).toBeLessThan(2_000);
    for (const tab of tabs) expect(tab.seqs).toEqual([1, 2]);
  });

  it('a batch for more visitors than fit into one notice reaches all of them on the other replica', async () => {
    const visitors = await Promise.all(Array.from({ length: 250 }, () => house.visitor(here)));
    const tabs = await Promise.all(visitors.map(({ token }, i) => Tab.open((i % 2 ? here : there).url, token)));
    const began = performance.now();
    await Promise.all(visitors.map((visitor) => house.deliver(visitor, agentLine(1, 'Hello, all of you'))));
    for (const tab of tabs) expect(await tab.reads(1)).toEqual(['Hello, all of you']);
    expect(performance.now() - began).toBeLessThan(2_500);
    for (const tab of tabs) tab.cut();
  }, 30_000);

  it('who is typing is told on the other replica, too, and is in no log', async () => {
    await meet();
    const tabs = await Promise.all([here, there].map(({ url }) => Tab.open(url, visitor.token)));
    await house.deliver(visitor, typing(true));
    for (const tab of tabs) expect(await tab.gets('typing')).toEqual({ t: 'typing', author: { kind: 'agent', name: 'Mia' }, typing: true });
    const later = await Tab.open(here.url, visitor.token);
    expect((await later.gets('welcome')).seq).toBe(0);
  });

  it('that his message was read is told on the other replica, too, and is in no log', async () => {
    await meet();
    const tabs = await Promise.all([here, there].map(({ url }) => Tab.open(url, visitor.token)));
    const messageId = newId();
    await house.deliver(visitor, readUpTo(messageId));
    for (const tab of tabs) expect(await tab.gets('read')).toEqual({ t: 'read', id: messageId });
    expect((await (await Tab.open(here.url, visitor.token)).gets('welcome')).seq).toBe(0);
  });

  it('that he writes is told while a human hears him, at the pace of a human, and ends when he leaves', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    tab.say({ t: 'typing', typing: true });
    tab.send(randomUUID(), 'to the bot');
    await eventually(() => house.heardFrom(visitor).length === 1);
    expect(house.typingOf(visitor)).toEqual([]);
    await house.deliver(visitor, floorOf(1, 'waiting'));
    await tab.gets('mode');
    const second = await Tab.open(here.url, visitor.token);
    for (let i = 0; i < 5; i++) for (const one of [tab, second]) one.say({ t: 'typing', typing: true });
    await eventually(() => house.typingOf(visitor).length > 0);
    tab.cut();
    second.cut();
    await eventually(() => house.typingOf(visitor).length === 2);
    expect(house.typingOf(visitor)).toEqual([true, false]);
  });

  it('the visitor’s words reach the orchestrator and all his tabs; the sending tab gets an ack in their place', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    const second = await Tab.open(here.url, visitor.token);
    const elsewhere = await Tab.open(there.url, visitor.token);
    const clientId = randomUUID();
    tab.send(clientId, 'Order 1234 never came 📦 שלום');
    const ack = await tab.gets('ack');
    expect(ack).toMatchObject({ clientId, seq: 1 });
    for (const other of [second, elsewhere]) {
      expect(await other.gets('message')).toMatchObject({ seq: 1, id: ack.id, clientId, author: { kind: 'visitor' } });
    }
    await eventually(() => house.heardFrom(visitor).length > 0);
    expect(house.heardFrom(visitor)).toEqual(['Order 1234 never came 📦 שלום']);
    expect(tab.texts).toEqual([]);
  });

  it('the same clientId is one message, also on another replica, and both get the same ack', async () => {
    await meet();
    const [first, second] = await Promise.all([Tab.open(here.url, visitor.token), Tab.open(there.url, visitor.token)]);
    const clientId = randomUUID();
    for (let i = 0; i < 3; i++) {
      first.send(clientId, 'once');
      second.send(clientId, 'once');
    }
    const [one, other] = await Promise.all([first.gets('ack'), second.gets('ack')]);
    expect(other).toEqual(one);
    first.send(randomUUID(), 'after');
    await eventually(() => house.heardFrom(visitor).includes('after'));
    expect(house.heardFrom(visitor)).toEqual(['once', 'after']);
  });

  it('a burst of messages keeps its order', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    const texts = Array.from({ length: 10 }, (_, i) => `word ${i}`);
    for (const text of texts) tab.send(randomUUID(), text);
    await eventually(() => house.heardFrom(visitor).length === 10);
    expect(house.heardFrom(visitor)).toEqual(texts);
    expect(tab.seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('a visitor who reconnects, wherever, gets exactly what he missed', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    await house.deliver(visitor, agentLine(1, 'one'), agentLine(2, 'two'));
    await tab.reads(2);
    tab.cut();
    await house.deliver(visitor, agentLine(3, 'three'), agentLine(4, 'four'));
    const again = await Tab.open(there.url, visitor.token, 2);
    expect(await again.reads(2)).toEqual(['three', 'four']);
    await house.deliver(visitor, agentLine(5, 'five'));
    expect(await again.reads(3)).toEqual(['three', 'four', 'five']);
    expect(again.seqs).toEqual([3, 4, 5]);
  });

  it('fifty times the same delivery is one message', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    const line = agentLine(1, 'once');
    await house.deliver(visitor, ...Array.from({ length: 50 }, () => line));
    await house.deliver(visitor, agentLine(2, 'next'));
    expect(await tab.reads(2)).toEqual(['once', 'next']);
    expect(tab.seqs).toEqual([1, 2]);
  });

  it('deliveries in the wrong order are shown in the right one', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    await house.deliver(visitor, agentLine(3, 'three'));
    await house.deliver(visitor, agentLine(2, 'two'));
    await house.deliver(visitor, agentLine(1, 'one'));
    expect(await tab.reads(3)).toEqual(['one', 'two', 'three']);
  });

  it('an edit and a removal are lines, and who comes later reads only what counts', async () => {
    await meet();
    const [typo, slip] = [newId(), newId()];
    const tab = await Tab.open(here.url, visitor.token);
    await house.deliver(visitor, agentLine(1, 'Helo', { messageId: typo }), agentLine(2, 'the password is 1234', { messageId: slip }));
    await house.deliver(
      visitor,
      { type: 'delivery.edit', data: { deliverySequence: 3, epoch: 0, messageId: typo, body: { type: 'text', text: 'Hello' } } },
      { type: 'delivery.removal', data: { deliverySequence: 4, epoch: 0, messageId: slip } },
    );
    await tab.gets('removal');
    expect(tab.lines.map(({ t }) => t)).toEqual(['message', 'message', 'edit', 'removal']);
    const later = await Tab.open(there.url, visitor.token);
    await eventually(() => later.seqs.length === 4);
    expect(later.lines.map(({ t }) => t)).toEqual(['message', 'removal', 'edit', 'removal']);
    expect(later.texts).toEqual(['Hello']);
    expect(JSON.stringify(later.frames)).not.toContain('1234');
  });

  it('the floor and the agent are told to whoever is there and whoever comes', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    await house.deliver(visitor, {
      type: 'delivery.mode',
      data: { deliverySequence: 1, epoch: 1, floor: 'agent', agent: { name: 'Mia' } },
    });
    expect(await tab.gets('mode')).toMatchObject({ seq: 1, floor: 'agent', agent: { name: 'Mia' } });
    const later = await Tab.open(there.url, visitor.token, 1);
    expect(await later.gets('welcome')).toMatchObject({ seq: 1, replayFrom: 2, floor: 'agent', agent: { name: 'Mia' } });
  });

  it('a new browser gets the last 50, and older ones by HTTP', async () => {
    await meet();
    const texts = Array.from({ length: 70 }, (_, i) => `line ${i + 1}`);
    await house.deliver(visitor, ...texts.map((text, i) => agentLine(i + 1, text)));
    const tab = await eventually(async () => {
      const tab = await Tab.open(here.url, visitor.token);
      return (await tab.gets('welcome')).seq === 70 ? tab : undefined;
    });
    expect(await tab.reads(50)).toEqual(texts.slice(20));
    const response = await fetch(`${there.url}/v1/webchat/demo/history?before=21&limit=15`, {
      headers: { origin: 'https://shop.example', authorization: `Bearer ${visitor.token}` },
    });
    const { frames } = (await response.json()) as { frames: { seq: number }[] };
    expect(frames.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, i) => i + 6));
  });

  it('a long text, emoji, right to left, script and NUL arrive as they are, or cleaned', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    const texts = ['a'.repeat(16_000), '👩‍👩‍👧🏳️‍🌈', 'مرحبا שלום', '<script>alert(1)</script>'];
    await house.deliver(visitor, ...texts.map((text, i) => agentLine(i + 1, text)), agentLine(5, 'a\u0000b'));
    expect(await tab.reads(5)).toEqual([...texts, 'a\u0000b'.replace('\u0000', '')]);
  });

  it('tells what was delivered and what was seen, each once, and that the visitor came and went', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    const second = await Tab.open(there.url, visitor.token);
    const ids = [newId(), newId(), newId()];
    await house.deliver(visitor, ...ids.map((messageId, i) => agentLine(i + 1, `line ${i}`, { messageId })));
    await Promise.all([tab.reads(3), second.reads(3)]);
    await eventually(() => house.receiptsOf(visitor, 'delivered').length === 3);
    tab.say({ t: 'seen', upTo: 2 });
    await eventually(() => house.receiptsOf(visitor, 'seen').length === 2);
    second.say({ t: 'seen', upTo: 2 });
    second.say({ t: 'seen', upTo: 3 });
    await eventually(() => house.receiptsOf(visitor, 'seen').length === 3);
    expect(house.receiptsOf(visitor, 'seen')).toEqual(ids);
    expect([...house.receiptsOf(visitor, 'delivered')].sort()).toEqual([...ids].sort());

    tab.cut();
    expect(house.presenceOf(visitor)).toEqual([true]);
    second.cut();
    await eventually(() => house.presenceOf(visitor).length === 2, { within: 20_000 });
    expect(house.presenceOf(visitor)).toEqual([true, false]);
    await Tab.open(there.url, visitor.token);
    await eventually(() => house.presenceOf(visitor).length === 3);
  }, 40_000);

  it('a bot’s line that the floor has outrun is told as superseded and never shown', async () => {
    await meet();
    const tab = await Tab.open(here.url, visitor.token);
    const messageId = newId();
    await house.deliver(visitor, agentLine(1, 'I take over', { epoch: 2 }));
    await tab.reads(1);
    await house.deliver(
      visitor,
      agentLine(2, 'I am only a bot', { messageId, epoch: 1, withdrawable: true, author: { kind: 'bot' } }),
      agentLine(3, 'Hello', { epoch: 2 }),
    );
    expect(await tab.reads(2)).toEqual(['I take over', 'Hello']);
    await eventually(() => house.receiptsOf(visitor, 'superseded').length > 0);
    expect(house.receiptsOf(visitor, 'superseded')).toEqual([messageId]);
    expect(tab.seqs).toEqual([1, 2]);
  });
});
