import { setTimeout as pause } from 'node:timers/promises';
import { BACK_TO_BOT } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { DEMO_WEBSITE, MIA } from '../platform/sandbox-crisp.js';
import { DEMO_PAGE } from '../platform/sandbox-messenger.js';
import type { CrispTranscript } from './crisp-control.js';
import { messengerHints } from './messenger-hints.js';
import type { MessengerPerson } from './messenger-person.js';
import { MessengerControl } from './messenger-person.js';
import { check, type Stage } from './stage.js';

const DAY = 24 * 3_600_000;

/** In the voice of the demo bot's settings. */
const WAITING = /Our team has your conversation/;
const BACK = /You are back with the assistant/;

/** The road from the bot to a human and back in Messenger, and what only Messenger does to it. */
export async function messengerJourney(stage: Stage): Promise<void> {
  const messenger = new MessengerControl(stage.place.messenger);
  await messenger.noFaults();
  await roadThere(stage, messenger);
  await names(stage, messenger);
  await messengerHints(stage, messenger);
  await troubles(stage, messenger);
}

interface Talk {
  readonly person: MessengerPerson;
  readonly inbox: CrispTranscript;
}

/** A person who waits for an agent, and his conversation in the inbox. */
async function waiting(stage: Stage, messenger: MessengerControl): Promise<Talk> {
  const name = stage.aName();
  const began = Date.now() - 1_000;
  const person = await messenger.person(DEMO_PAGE, name);
  await person.send(`My name is ${name}`);
  await person.sees(({ text }) => /automated/.test(text ?? ''), 'the bot');
  await person.send('I want to talk to a human');
  await person.sees(({ text }) => WAITING.test(text ?? ''), 'that the team has his conversation');
  return { person, inbox: await stage.inbox(DEMO_WEBSITE, name, began) };
}

/** The same, when the agent has written his first words. */
async function connected(stage: Stage, messenger: MessengerControl): Promise<Talk> {
  const talk = await waiting(stage, messenger);
  await stage.crisp.write(talk.inbox.session_id, 'Hello, Mia here', MIA);
  await talk.person.reads('Hello, Mia here');
  return talk;
}

/** Somebody whose every word was written so long ago and comes only now: his conversation in the inbox. */
async function longAgo(stage: Stage, messenger: MessengerControl, ageMs: number): Promise<Talk> {
  const name = stage.aName();
  const began = Date.now() - 1_000;
  const person = await messenger.person(DEMO_PAGE, name);
  await person.change({ acts_age_ms: ageMs });
  await person.send(`My name is ${name}`);
  await person.send('I want to talk to a human');
  return { person, inbox: await stage.inbox(DEMO_WEBSITE, name, began) };
}

function notesOf({ messages }: CrispTranscript): string[] {
  return messages.filter(({ type }) => type === 'note').map(({ content }) => String(content));
}

async function roadThere(stage: Stage, messenger: MessengerControl): Promise<void> {
  const { crisp } = stage;
  const name = stage.aName();
  let person!: MessengerPerson;
  let inbox!: CrispTranscript;

  await stage.step('Messenger: a person talks to the bot, which offers quick replies', async () => {
    person = await messenger.person(DEMO_PAGE, name);
    await person.send('Hello');
    const hello = await person.sees(({ text }) => /automated/.test(text ?? ''), 'the bot introducing itself');
    check((hello.quick_replies?.length ?? 0) >= 3, 'the bot offers no quick replies');
    check(!hello.persona && hello.messaging_type === 'RESPONSE', 'the bot speaks as somebody else');
    await person.send(`My name is ${name}, and where is order 4711?`);
    await person.sees(({ text }) => /Order 4711/.test(text ?? ''), 'the state of the order');
  });

  await stage.step('Messenger: taps on quick replies ask for a human, with category and user data', async () => {
    const began = Date.now() - 1_000;
    await person.act('tap', { payload: 'human' });
    await person.sees(({ quick_replies }) => (quick_replies ?? []).some(({ payload }) => payload === 'human:billing'), 'the categories');
    await person.act('tap', { payload: 'human:billing' });
    await person.sees(({ text }) => WAITING.test(text ?? ''), 'that the team has his conversation');
    inbox = await stage.inbox(DEMO_WEBSITE, name, began);
    check(inbox.segments.includes('billing'), `the segments are ${inbox.segments.join(', ')}`);
    check(inbox.meta.data['order.number'] === '4711', `the data are ${JSON.stringify(inbox.meta.data)}`);
  });

  await stage.step('Messenger: while an agent is awaited, his words reach the inbox and the bot is silent', async () => {
    const before = (await person.fromPage()).length;
    const words = 'Is anybody there? <b>me</b> 👋🏽 مرحبا بكم';
    await person.send(words);
    inbox = await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === words), 'his words');
    check((await person.fromPage(before)).length === 0, 'the bot spoke');
  });

  await stage.step('Messenger: the agent answers under a name of her own, and the inbox shows that it was read', async () => {
    const { fingerprint } = await crisp.write(inbox.session_id, 'Hello, Mia here', MIA);
    const seen = await person.reads('Hello, Mia here');
    check(seen.persona?.name === 'Mia Berger', `the words come from ${seen.persona?.name ?? 'the page'}`);
    await person.act('read');
    await crisp.shows(
      inbox.session_id,
      ({ messages }) => messages.some((one) => one.fingerprint === fingerprint && Boolean((one as { read?: unknown }).read)),
      'the mark that he read it',
      30_000,
    );
  });

  await stage.step('Messenger: an edit comes as a correction, what cannot be taken back is told to the agent', async () => {
    const slip = await crisp.write(inbox.session_id, 'It costs 10 Euro', MIA);
    await person.reads('It costs 10 Euro');
    await crisp.edit(inbox.session_id, slip.fingerprint, 'It costs 12 Euro');
    await person.sees(({ text }) => /Correction:/.test(text ?? '') && /12 Euro/.test(text ?? ''), 'the correction');
    const before = notesOf(await crisp.transcript(inbox.session_id)).length;
    await crisp.remove(inbox.session_id, slip.fingerprint);
    await crisp.shows(inbox.session_id, (shown) => notesOf(shown).length > before, 'a note that it cannot be taken back');
  });

  await stage.step('Messenger: a private note never leaks', async () => {
    await crisp.note(inbox.session_id, 'VERY PRIVATE: this one is difficult');
    await crisp.write(inbox.session_id, 'I see your order 4711.', MIA);
    await person.reads('I see your order 4711.');
    check(!JSON.stringify(await person.messages()).includes('VERY PRIVATE'), 'the note leaked');
  });

  await stage.step('Messenger: four thousand characters of Arabic and emoji arrive whole, in order, in several messages', async () => {
    const sentence = 'سوف نرسل لك الطلب غدا صباحا إن شاء الله. 👩‍👩‍👧‍👦 ';
    const long = sentence.repeat(90).slice(0, 4_000).trim();
    const before = (await person.fromPage()).length;
    await crisp.write(inbox.session_id, long, MIA);
    await crisp.write(inbox.session_id, 'and after it', MIA);
    await person.reads('and after it', { after: before });
    const parts = (await person.fromPage(before)).slice(0, -1).map(({ text }) => text ?? '');
    check(parts.length >= 3 && parts.every((part) => part.length < 2_000), `the parts have ${parts.map(({ length }) => length).join()}`);
    const bare = (text: string): string => text.replace(/\s+/g, '');
    check(bare(parts.join('')) === bare(long), 'the parts together are not what was written');
  });

  await stage.step('Messenger: pictures, sounds, films, files, stickers, places and links reach the inbox', async () => {
    for (const type of ['image', 'audio', 'video', 'file', 'sticker']) await person.act('attachment', { type });
    await person.act('attachment', { type: 'location' });
    await person.act('attachment', { type: 'fallback', text: 'Look at this' });
    inbox = await crisp.shows(
      inbox.session_id,
      ({ messages }) => messages.filter(({ from, type }) => from === 'user' && type === 'file').length >= 5,
      'five files of the person',
      30_000,
    );
    const files = inbox.messages.filter(({ from, type }) => from === 'user' && type === 'file');
    for (const { content } of files) {
      const { url } = content as { url: string };
      const got = await eventually(() => fetch(url).then((response) => (response.status === 503 ? undefined : response)), {
        what: 'a file being there',
      });
      check(got.status === 200, `a file answers ${got.status}`);
      check(got.headers.get('x-content-type-options') === 'nosniff', 'a file may be sniffed');
      const forged = new URL(url);
      forged.searchParams.set('sig', 'forged');
      check((await fetch(forged)).status === 404, 'a forged address opens');
    }
    await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => /52\.52/.test(String(content))), 'the place');
  });

  await stage.step('Messenger: resolved, he is back with the bot, which says so and knows what was said', async () => {
    const before = (await person.fromPage()).length;
    await crisp.write(inbox.session_id, 'Your refund is on its way.', MIA);
    await person.reads('Your refund is on its way.', { after: before });
    await crisp.resolve(inbox.session_id);
    await person.sees(({ text }) => BACK.test(text ?? ''), 'that he is back', { after: before });
    const recap = await person.sees(({ text }) => /told you/.test(text ?? ''), "the bot's recap", { after: before });
    check(!recap.persona && recap.text?.includes('Your refund is on its way.'), 'the recap is another one');
    await person.send('When are you open?');
    await person.sees(({ text }) => /Monday/.test(text ?? ''), 'the bot answering again', { after: before });
  });

  await stage.step('Messenger: a second handover, and back by a tap', async () => {
    const again = Date.now() - 1;
    const before = (await person.fromPage()).length;
    await person.send('I want to talk to a person about my order');
    const told = await person.sees(({ text }) => WAITING.test(text ?? ''), 'that the team has it', { after: before });
    const second = await stage.inbox(DEMO_WEBSITE, name, again);
    check(second.session_id !== inbox.session_id, 'it is the old conversation');
    check(
      (told.quick_replies ?? []).some(({ payload }) => payload === BACK_TO_BOT),
      'there is no way back',
    );
    await person.act('tap', { payload: BACK_TO_BOT });
    await person.sees(({ text }) => BACK.test(text ?? ''), 'that he is back', { after: before });
  });
}

async function names(stage: Stage, messenger: MessengerControl): Promise<void> {
  /** Somebody who asks for a human and says nothing else. */
  async function terse(name: string, profile: 'full' | 'empty' | 'refused'): Promise<MessengerPerson> {
    const person = await messenger.person(DEMO_PAGE, name);
    await person.change({ profile });
    await person.send('I want to talk to a human');
    await person.sees(({ text }) => WAITING.test(text ?? ''), 'that the team has his conversation');
    return person;
  }

  await stage.step('Messenger: who does not tell his name has it in the inbox all the same', async () => {
    const name = stage.aName();
    const began = Date.now() - 1_000;
    const person = await terse(name, 'full');
    const inbox = await stage.inbox(DEMO_WEBSITE, name, began);
    await stage.crisp.write(inbox.session_id, `Hello ${name}, Mia here`, MIA);
    await person.reads(`Hello ${name}, Mia here`);
  });

  await stage.step('Messenger: whom Messenger does not name waits for an agent no longer than others', async () => {
    for (const profile of ['empty', 'refused'] as const) await terse(stage.aName(), profile);
  });
}

async function troubles(stage: Stage, messenger: MessengerControl): Promise<void> {
  const { crisp, place } = stage;

  await stage.step('Messenger: forged, unsigned and broken web hooks are refused, odd ones harm nobody', async () => {
    const { person } = await waiting(stage, messenger);
    const [hook] = await messenger.hooks(person.psid, 'message');
    check(hook, 'there is no hook');
    for (const signature of ['wrong', 'missing', 'sha1-only']) {
      const { statuses } = await messenger.again(hook.id, { signature });
      check(statuses[0] === 401, `a hook with a ${signature} signature is answered ${statuses[0]}`);
    }
    const broken = await messenger.odd({ body: '{"object":"page","entry":[' });
    check(broken.statuses[0] === 400, `broken JSON is answered ${broken.statuses[0]}`);
    const foreign = await messenger.odd({ envelope: { object: 'page', entry: [{ id: '999', time: 1, messaging: [{}] }] } });
    check(foreign.statuses[0] === 200, `an unknown page is answered ${foreign.statuses[0]}`);
    const hello = await fetch(
      `${place.ingress}/api/integrations/messenger/webhook/demo?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1`,
    );
    check(hello.status === 403, `a wrong verify token is answered ${hello.status}`);
  });

  await stage.step('Messenger: the same web hook fifty times is one message, in the wrong order they stay in order', async () => {
    const { person, inbox } = await connected(stage, messenger);
    await person.send('Only once, please');
    await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === 'Only once, please'), 'his words');
    const hook = (await messenger.hooks(person.psid, 'message')).find(({ body }) => body.includes('Only once'));
    check(hook, 'there is no hook');
    const { statuses } = await messenger.again(hook.id, { times: 50 });
    check(
      statuses.every((status) => status === 200),
      `the answers are ${[...new Set(statuses)].join()}`,
    );
    await messenger.faults({ hooks: { held: true } });
    try {
      for (const word of ['first', 'second', 'third']) await person.send(word);
      await messenger.release('reversed', true);
    } finally {
      await messenger.noFaults();
    }
    const isOne = (content: unknown): boolean => ['first', 'second', 'third'].includes(String(content));
    const shown = await crisp.shows(
      inbox.session_id,
      ({ messages }) => messages.filter(({ content }) => isOne(content)).length === 3,
      'all',
    );
    const order = shown.messages.filter(({ content }) => isOne(content)).map(({ content }) => content);
    check(order.join() === 'first,second,third', `the order is ${order.join()}`);
    check(shown.messages.filter(({ content }) => content === 'Only once, please').length === 1, 'it is there more than once');
  });

  await stage.step('Messenger: a call cut after Meta took it is one message', async () => {
    const { person, inbox } = await connected(stage, messenger);
    await messenger.faults({
      graph: { failures: [{ kind: 'disconnect', when: 'after', count: 1, psid: person.psid, path: '/messages' }] },
    });
    try {
      await crisp.write(inbox.session_id, 'Cut in the middle', MIA);
      await crisp.write(inbox.session_id, 'and the next', MIA);
      await person.reads('and the next', { within: 45_000 });
    } finally {
      await messenger.noFaults();
    }
    const times = (await person.fromPage()).filter(({ text }) => text === 'Cut in the middle').length;
    check(times === 1, `it is there ${times} times`);
  });

  await stage.step('Messenger: after a day only a human may answer, with the tag; the bot is not sent', async () => {
    const { person, inbox } = await longAgo(stage, messenger, 2 * DAY);
    await crisp.write(inbox.session_id, 'Sorry for the wait', MIA);
    const seen = await person.reads('Sorry for the wait');
    check(seen.messaging_type === 'MESSAGE_TAG' && seen.tag === 'HUMAN_AGENT', `it was sent as ${seen.messaging_type} ${seen.tag}`);
    check((await person.fromPage()).length === 1, 'the bot wrote although its time was over');
  });

  await stage.step('Messenger: after a week nobody may, and the agent is told', async () => {
    const { person, inbox } = await longAgo(stage, messenger, 8 * DAY);
    await crisp.write(inbox.session_id, 'Much too late', MIA);
    await crisp.shows(inbox.session_id, (shown) => notesOf(shown).some((note) => /Much too late/.test(note)), 'a note', 30_000);
    check((await person.fromPage()).length === 0, 'it was sent all the same');
  });

  await stage.step('Messenger: who blocked the page is not reached, and the agent is told what to do', async () => {
    const { person, inbox } = await connected(stage, messenger);
    await person.change({ blocked: true });
    await crisp.write(inbox.session_id, 'Are you still there?', MIA);
    const shown = await crisp.shows(
      inbox.session_id,
      (one) => notesOf(one).some((note) => /Are you still there/.test(note)),
      'a note',
      30_000,
    );
    check(notesOf(shown).filter((note) => /Are you still there/.test(note)).length === 1, 'there is more than one note');
    await person.change({ blocked: false });
  });

  await stage.step("Messenger: somebody answers in the page's own inbox, and the bot is silent", async () => {
    const person = await messenger.person(DEMO_PAGE, stage.aName());
    await person.send('Hello');
    await person.sees(({ text }) => /automated/.test(text ?? ''), 'the bot');
    await person.act('page-inbox', { text: 'This is Kim from the shop.' });
    const before = (await person.fromPage()).length;
    await pause(1_500);
    await person.send('When are you open?');
    await pause(2_500);
    check((await person.fromPage(before)).length === 0, 'the bot talked over a human');
  });

  await stage.step('Messenger: a file from a forbidden address is not fetched, and both sides are told', async () => {
    const { person, inbox } = await connected(stage, messenger);
    await person.act('attachment', { type: 'image', url: 'https://10.0.0.1/x.png' });
    await person.sees(({ text }) => /file did not arrive/.test(text ?? ''), 'that his file did not arrive');
    const shown = await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ type }) => type === 'file'), 'the file');
    const { url } = shown.messages.find(({ type }) => type === 'file')!.content as { url: string };
    const told = await fetch(url);
    check(told.status === 410, `the link is answered ${told.status}`);
  });

  await stage.step('Messenger: a dead token loses nothing', async () => {
    const { person, inbox } = await connected(stage, messenger);
    await messenger.page(DEMO_PAGE, { token_dead: true });
    try {
      await crisp.write(inbox.session_id, 'Said while the page was off', MIA);
      await pause(1_500);
      check(!(await person.fromPage()).some(({ text }) => text === 'Said while the page was off'), 'it came through a dead token');
    } finally {
      await messenger.page(DEMO_PAGE, { token_dead: false });
    }
    await person.reads('Said while the page was off', { within: 90_000 });
  });
}
