import { describe, expect, it } from '@jest/globals';
import type { Author, Floor, LogFrame, MessageBody } from '@baton/contracts';
import type { Unsent } from '../outbox/outbox.js';
import { EMPTY_LOG, arrived, readUpTo, welcomed } from './log.js';
import { rowsOf } from './rows.js';
import type { Row, Shown } from './rows.js';

const BOT: Author = { kind: 'bot', name: 'Robin' };
const MIA: Author = { kind: 'agent', name: 'Mia' };
const VISITOR: Author = { kind: 'visitor' };
const SYSTEM: Author = { kind: 'system' };
const REPLIES = [{ title: 'Yes', payload: 'yes' }];

/** Writes a conversation line by line, a minute apart. */
class Story {
  private log = welcomed(EMPTY_LOG, { t: 'welcome', conversationId: 'c', seq: 0, replayFrom: 1, floor: 'bot' });
  private minutes = 0;
  unsent: Unsent[] = [];
  tapped: Record<string, string> = {};

  says(author: Author, text: string, more: Partial<Extract<MessageBody, { type: 'text' }>> = {}): this {
    return this.add({ t: 'message', id: `id:${text}`, author, body: { type: 'text', text, ...more } });
  }

  mode(floor: Floor, name?: string): this {
    return this.add({ t: 'mode', floor, agent: name ? { name } : undefined });
  }

  later(minutes: number): this {
    this.minutes += minutes;
    return this;
  }

  /** The team has read this message of the visitor. */
  read(text: string): this {
    this.log = readUpTo(this.log, `id:${text}`);
    return this;
  }

  rows(patch: Partial<Shown> = {}): readonly Row[] {
    return rowsOf({ log: this.log, unsent: this.unsent, tapped: this.tapped, dayOf: (at) => at.slice(0, 10), ...patch });
  }

  /** Without the days. */
  told(): string[] {
    return this.rows().flatMap((row) => {
      if (row.is === 'day') return [];
      if (row.is === 'message') return [`${row.author.kind}: ${row.body.type === 'text' ? row.body.text : row.body.name}`];
      if (row.is === 'system') return [`system: ${row.text}`];
      return [`replies${row.chosen ? ` chosen ${row.chosen}` : ''}`];
    });
  }

  private add(content: object): this {
    const at = new Date(Date.UTC(2026, 0, 5, 10, this.minutes++)).toISOString();
    this.log = arrived(this.log, { ...content, seq: this.log.lastSeq + 1, at } as LogFrame);
    return this;
  }
}

describe('a file of the visitor', () => {
  const file = { type: 'file' as const, name: 'a.png', url: 'https://chat.example/a.png', contentType: 'image/png' };
  const upload = { clientId: 'b', name: 'b.png', contentType: 'image/png', at: 0 };

  it('keeps its row from the choice to the message, behind what was written before', () => {
    const story = new Story();
    story.unsent = [{ clientId: 'a', text: 'a.png', file, at: 0 }];
    const rows = story.rows({ uploads: [upload, { ...upload, clientId: 'c', failed: 'too-large' }] });
    expect(rows).toMatchObject([
      { key: 'a', body: file, state: 'sending' },
      { key: 'b', body: { type: 'file', name: 'b.png', url: '' }, state: 'uploading' },
      { key: 'c', state: 'failed', reason: 'too-large' },
    ]);
  });
});

describe('who speaks', () => {
  it('is told by the server, never a second time by us', () => {
    const story = new Story().mode('agent', 'Mia').says(SYSTEM, 'Mia is here.').says(MIA, 'hello').mode('bot').says(SYSTEM, 'Back.');
    expect(story.told()).toEqual(['system: Mia is here.', 'agent: hello', 'system: Back.']);
    expect(new Story().mode('agent', 'Mia').says(MIA, 'hello').mode('bot').told()).toEqual(['agent: hello']);
  });
});

describe('quick replies', () => {
  it('are below the last thing said, and nowhere else', () => {
    const story = new Story().says(BOT, 'one', { quickReplies: REPLIES }).says(BOT, 'two', { quickReplies: REPLIES });
    expect(story.told()).toEqual(['bot: one', 'bot: two', 'replies']);
  });

  it('are gone when something else was said after them', () => {
    expect(new Story().says(BOT, 'one', { quickReplies: REPLIES }).says(BOT, 'two').told()).toEqual(['bot: one', 'bot: two']);
  });

  it('are gone when the visitor wrote something himself, also when it waits to be sent', () => {
    expect(new Story().says(BOT, 'one', { quickReplies: REPLIES }).says(VISITOR, 'else').told()).toEqual(['bot: one', 'visitor: else']);
    const story = new Story().says(BOT, 'one', { quickReplies: REPLIES });
    story.unsent = [{ clientId: 'x', text: 'else', at: 0 }];
    expect(story.told()).toEqual(['bot: one', 'visitor: else']);
  });

  it('show the choice that was tapped until the answer comes', () => {
    const story = new Story().says(BOT, 'one', { quickReplies: REPLIES }).says(VISITOR, 'Yes', { payload: 'yes' });
    story.tapped = { 'id:one': 'yes' };
    expect(story.told()).toEqual(['bot: one', 'replies chosen yes', 'visitor: Yes']);
    expect(story.says(BOT, 'fine').told()).toEqual(['bot: one', 'visitor: Yes', 'bot: fine']);
  });
});

describe('own messages', () => {
  it('say that they were sent under the newest only', () => {
    const rows = new Story().says(VISITOR, 'one').says(VISITOR, 'two').rows();
    expect(rows.map((row) => row.is === 'message' && row.state)).toEqual([false, undefined, 'sent']);
  });

  it('wait at the end until the server has them, then are there once', () => {
    const story = new Story().says(BOT, 'hello');
    story.unsent = [
      { clientId: 'a', text: 'waits', at: 0 },
      { clientId: 'b', text: 'failed', at: 0, failed: 'text-too-long' },
    ];
    const own = story.rows().filter((row) => row.is === 'message' && row.mine);
    expect(own).toMatchObject([{ state: 'sending' }, { state: 'failed', reason: 'text-too-long' }]);
  });
});

describe('runs and days', () => {
  it('name an author once for what he says in one go', () => {
    const rows = new Story().says(MIA, 'a').says(MIA, 'b').later(10).says(MIA, 'c').says(BOT, 'd').rows();
    expect(rows.flatMap((row) => (row.is === 'message' ? [[row.first, row.last]] : []))).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('are divided where the date changes', () => {
    const rows = new Story()
      .says(BOT, 'a')
      .later(24 * 60)
      .says(BOT, 'b')
      .rows();
    expect(rows.map((row) => row.is)).toEqual(['day', 'message', 'day', 'message']);
  });

  it('begin with the greeting, once there is nothing older to load', () => {
    const greeting = { text: 'Welcome', author: BOT };
    expect(new Story().says(BOT, 'a').rows({ greeting })[0]).toMatchObject({ key: 'greeting' });
    const middle = welcomed(EMPTY_LOG, { t: 'welcome', conversationId: 'c', seq: 90, replayFrom: 41, floor: 'bot' });
    expect(new Story().rows({ greeting, log: middle })).toEqual([]);
  });
});

describe('that a message was read', () => {
  const states = (story: Story) => story.rows().flatMap((row) => (row.is === 'message' ? [row.state] : []));
  const two = () => new Story().says(VISITOR, 'one').says(VISITOR, 'two');

  it.each<[what: string, story: Story, states: (string | undefined)[]]>([
    ['is not said before it was', two(), [undefined, 'sent']],
    ['is said under the last message', two().read('two'), [undefined, 'read']],
    ['is not said of a message behind it', two().read('one'), [undefined, 'sent']],
    ['stays true when an older one is told later', two().read('two').read('one'), [undefined, 'read']],
    ['says nothing of a message that is not held', two().read('never seen'), [undefined, 'sent']],
    ['needs no saying when it was answered', two().read('two').says(MIA, 'Yes'), [undefined, undefined, undefined]],
  ])('%s', (_what, story, expected) => expect(states(story)).toEqual(expected));
});
