import { BACK_TO_BOT } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { DEMO_WEBSITE, MIA } from '../../platform/sandbox-crisp.js';
import { DEMO_PAGE } from '../../platform/sandbox-messenger.js';
import { notesOf } from '../crisp-control.js';
import type { CrispTranscript } from '../crisp-control.js';
import type { MessengerControl, MessengerPerson } from '../messenger-person.js';
import { check, type Stage } from '../stage.js';
import { WAITING, BACK } from './cast.js';

/** The road from the bot to a human and back. */
export async function roadThere(stage: Stage, messenger: MessengerControl): Promise<void> {
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
