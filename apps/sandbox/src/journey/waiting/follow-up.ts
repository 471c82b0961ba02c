import { setTimeout as pause } from 'node:timers/promises';
import { CONTACT_BY_EMAIL, OTHER_ADDRESS, USE_ADDRESS } from '@baton/contracts';
import { eventually } from '@baton/testing';
import type { CrispTranscript } from '../crisp-control.js';
import { check } from '../stage.js';
import type { SeenMessage, Visitor } from '../visitor.js';
import { notesOf } from '../crisp-control.js';
import type { Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

/** A visitor whose last chat closed is taken for away after eight seconds, here with time to spare. */
const BELIEVED_AWAY = 12_000;
/** The simulated Crisp mails after three. */
const MAILED_AFTER = 4_000;

interface Mail {
  readonly session_id: string;
  readonly to: string;
  readonly text: string;
}

/** Nobody is there: an answer by e-mail, asked for, confirmed, promised, kept, and never told twice. */
export async function followUp(cast: Cast): Promise<void> {
  const { stage, clock, levers, of } = cast;
  const { crisp } = stage;
  const mails = (session: string): Promise<Mail[]> =>
    crisp.call<Mail[]>('GET', '/mails').then((all) => all.filter(({ session_id }) => session_id === session));
  const nobody = async (visitor: Visitor): Promise<SeenMessage> => {
    await visitor.send('help billing');
    return visitor.sees((one) => visitor.taps(one).some(({ payload }) => payload === CONTACT_BY_EMAIL), 'the offer of an e-mail');
  };
  let away!: { visitor: Visitor; inbox: CrispTranscript; email: string };

  await stage.step('the address is asked for, checked, confirmed over a restart, and a promise is made with its time', async () => {
    const { visitor, name } = await cast.visitor();
    const since = Date.now() - 1_000;
    await visitor.tap(await nobody(visitor), CONTACT_BY_EMAIL);
    await visitor.sees((one) => /e-mail address can we reach you/.test(one.text), 'the question');
    await visitor.send('it is ada at example');
    await visitor.sees((one) => /does not look like/.test(one.text), 'that it is none');
    await levers.kill('orchestrator');
    await levers.kill('orchestrator-2');
    const email = `${name.split(' ')[1]!.toLowerCase()}@example.test`;
    await visitor.send(`sorry: ${email}`);
    const asked = await visitor.sees((one) => one.text.includes(email) && one.author.kind !== 'visitor', 'the address again');
    await visitor.tap(asked, USE_ADDRESS);
    const promised = await visitor.sees((one) => one.author.kind !== 'visitor' && /will answer you at/.test(one.text), 'the promise');
    check(promised.text.includes(email), `it says "${promised.text}"`);
    const inbox = await stage.inbox(of.websiteId, name, since);
    check(inbox.email === email, `the e-mail in the inbox is ${inbox.email}`);
    check(inbox.segments.includes('billing'), `the segments are ${inbox.segments.join(', ')}`);
    check(notesOf(inbox).length > 0, 'the agents are told nothing');
    check(visitor.floor === 'bot', `the floor is ${visitor.floor}`);
    check(!cast.bot.turnsOf(visitor.conversationId).some((text) => text.includes('example')), 'the bot was given the address to answer');
    await visitor.send('Meanwhile');
    await visitor.sees((one) => one.text === 'Bot: Meanwhile', 'the bot going on');
    away = { visitor, inbox, email };
  });

  await stage.step('he left: the answer goes by e-mail, and stands quietly in the chat when he comes back', async () => {
    const { visitor, inbox, email } = away;
    visitor.drop();
    await pause(BELIEVED_AWAY);
    await crisp.write(inbox.session_id, 'We refunded it.', of.expert);
    await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === 'We refunded it.'), 'the answer');
    await eventually(async () => (await mails(inbox.session_id)).some(({ to, text }) => to === email && text.includes('We refunded it.')), {
      within: 20_000,
      what: 'the answer by e-mail',
    });
    await visitor.connect();
    const line = await visitor.sees((one) => one.text === 'We refunded it.', 'the answer in its place');
    check(line.mailed, 'it is shown as new');
    await stage.screenIsWhole(visitor);
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step(
    'the address is known: it is only confirmed, may be another one, and who is there has his answer in the chat alone',
    async () => {
      const { visitor, name } = await cast.visitor({ email: 'old@example.test' });
      const since = Date.now() - 1_000;
      await visitor.tap(await nobody(visitor), CONTACT_BY_EMAIL);
      const asked = await visitor.sees((one) => one.text.includes('old@example.test'), 'the known address');
      await visitor.tap(asked, OTHER_ADDRESS);
      await visitor.sees((one) => /e-mail address can we reach you/.test(one.text), 'the question');
      await visitor.send('new@example.test');
      const again = await visitor.sees((one) => one.author.kind !== 'visitor' && one.text.includes('new@example.test'), 'the new address');
      await visitor.tap(again, USE_ADDRESS);
      await visitor.sees((one) => one.author.kind !== 'visitor' && /will answer you at/.test(one.text), 'the promise');
      const inbox = await stage.inbox(of.websiteId, name, since);
      await crisp.write(inbox.session_id, 'Here is your answer.', of.expert);
      const line = await visitor.sees((one) => one.text === 'Here is your answer.', 'the answer');
      check(!line.mailed, 'it is shown as mailed');
      await visitor.floorIs('agent');
      visitor.seen();
      await crisp.shows(
        inbox.session_id,
        ({ messages }) => messages.some((one) => one.content === 'Here is your answer.' && String(one.delivered ?? one.read ?? '') !== ''),
        'that it was shown',
      );
      await pause(MAILED_AFTER);
      check((await mails(inbox.session_id)).length === 0, 'it was mailed, too');
      await crisp.resolve(inbox.session_id);
      await visitor.floorIs('bot');
    },
  );

  await stage.step('nobody answers until the promised time: he is told, and so are the agents', async () => {
    const { visitor, name } = await cast.visitor({ email: 'late@example.test' });
    const since = Date.now() - 1_000;
    await cast.bot.says(visitor.conversationId, { contact_by_email: true });
    const asked = await visitor.sees((one) => one.text.includes('late@example.test'), 'the question, asked by the bot');
    await visitor.tap(asked, USE_ADDRESS);
    await visitor.sees((one) => one.author.kind !== 'visitor' && /will answer you at/.test(one.text), 'the promise');
    const inbox = await stage.inbox(of.websiteId, name, since);
    await clock.forward(115 * MINUTE);
    await cast.note(inbox.session_id, /until|answer/i, 'a note that the time is near');
    await clock.pass(6 * MINUTE);
    await visitor.sees((one) => /nobody wrote/.test(one.text), 'an apology');
    await crisp.resolve(inbox.session_id);
  });
}
