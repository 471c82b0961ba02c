import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { HELPDESK_API_KEY, HELPDESK_WEBSITE } from '../../platform/sandbox-crisp.js';
import { check, type Stage } from '../stage.js';
import { AiControl } from './ai-control.js';
import { ChatboxVisitor, textOf } from './chatbox-visitor.js';

/** A visitor would begin to wonder after so long. */
const WITHIN_SECONDS_MS = 6_000;
const DOES_NOT_KNOW = /do not know|found nothing/i;
const AUTOMATED = /automated/i;
/** What people at once write to. */
const CROWD = 8;

/** The AI answers in Crisp's own inbox, until a human does. */
export async function inTheInbox(stage: Stage): Promise<void> {
  const { crisp } = stage;
  const ai = new AiControl(stage.place.ais[0]!, 'helpdesk', HELPDESK_API_KEY);
  const visitor = (): Promise<ChatboxVisitor> => ChatboxVisitor.enter(crisp, HELPDESK_WEBSITE, stage.aName());
  let ada!: ChatboxVisitor;

  await stage.step(
    'AI: a visitor of the Crisp chat box gets an answer with its source, by an automated operator, within seconds',
    async () => {
      ada = await visitor();
      const began = Date.now();
      await ada.writes('How long is a gift card valid?');
      const answer = await ada.answered();
      check(Date.now() - began < WITHIN_SECONDS_MS, `it took ${Date.now() - began} ms`);
      check(/3 years/.test(textOf(answer)), `it said "${textOf(answer)}"`);
      check(/Source/.test(textOf(answer)), 'it names no source');
      check(answer.automated === true && answer.from === 'operator' && answer.user.nickname === 'Juniper', JSON.stringify(answer));
      check(AUTOMATED.test(textOf(answer)), 'it does not say that it is automated');
      const { trace } = await ai.receipt(ada.session, 'posted');
      check(trace && trace.support > 0, 'its receipt has no support');
    },
  );

  await stage.step('AI: a follow-up is understood by what was said before', async () => {
    await ada.writes('And can I use two of them in one order?');
    const answer = await ada.answered(2);
    check(/three/.test(textOf(answer)), `it said "${textOf(answer)}"`);
    check(!AUTOMATED.test(textOf(answer)), 'it introduces itself a second time');
  });

  await stage.step('AI: three messages in a row get one answer', async () => {
    const burst = await visitor();
    await burst.writes('Hello', 'I have a question', 'What does express delivery cost?');
    check(/9\.50/.test(textOf(await burst.answered())), 'it answered something else');
    check((await burst.afterSilence()) === 1, 'there are more answers than one');
  });

  await stage.step('AI: what it does not know it does not guess', async () => {
    const curious = await visitor();
    await curious.writes('Who won the football match yesterday?');
    const answer = await curious.answered();
    check(DOES_NOT_KNOW.test(textOf(answer)), `it said "${textOf(answer)}"`);
    check(!/Source/.test(textOf(answer)), 'it names a source for nothing');
  });

  await stage.step('AI: a human who answers first is not talked over, and keeps the word until the conversation is resolved', async () => {
    const ben = await visitor();
    await ben.writes('Is delivery free from some amount on?');
    await ben.agentWrites('Ines here, I will look.');
    check((await ben.afterSilence()) === 0, 'the AI answered beside the human');
    await ben.writes('Thank you! When are you open?');
    check((await ben.afterSilence()) === 0, 'the AI spoke while a human had the word');
    await ben.resolves();
    await ben.writes('When are you open?');
    const answer = await ben.answered();
    check(/Monday to Friday/.test(textOf(answer)), `it said "${textOf(answer)}"`);
    check(AUTOMATED.test(textOf(answer)), 'it does not say again that it is automated');
  });

  await stage.step('AI: agents silence it, ask why, and let it speak again by private notes that the visitor never sees', async () => {
    const cleo = await visitor();
    await cleo.writes('What does a return cost?');
    check(/3\.90/.test(textOf(await cleo.answered())), 'it answered something else');
    await cleo.agentNotes('!why');
    const why = textOf(await cleo.noted());
    check(/Support \d+ %/.test(why) && /Receipt/.test(why), `it explained "${why}"`);
    await cleo.agentNotes('!ai off');
    check(/off/.test(textOf(await cleo.noted(2))), 'it did not confirm to be off');
    await cleo.writes('How can I pay?');
    check((await cleo.afterSilence()) === 1, 'it answered although it is off');
    await cleo.agentNotes('!ai on');
    check(/PayPal/.test(textOf(await cleo.answered(2))), 'it did not answer the question that waited');
  });

  await stage.step('AI: who asks for a human gets the promise of one, and silence', async () => {
    const dora = await visitor();
    await dora.writes('I want to talk to a human');
    await dora.answered();
    const note = await dora.noted();
    check(note.type === 'note', 'agents were told nothing');
    await dora.writes('What does delivery cost?');
    check((await dora.afterSilence()) === 1, 'it went on answering');
  });

  await stage.step('AI: a source that was deleted or switched off is cited no more a second later', async () => {
    const word = `marigold${randomUUID().slice(0, 6)}`;
    const question = 'What is the password of the summer fair?';
    const title = `Summer fair ${word}`;
    const id = await ai.learns(title, [{ question, answer: `The password of the summer fair is ${word}.` }]);
    check((await ai.asked(question)).text.includes(word), 'it did not learn it');
    await ai.sources.change(id, { enabled: false });
    await pause(1_000);
    check(!(await ai.asked(question)).text.includes(word), 'it cites a source that is switched off');
    await ai.sources.change(id, { enabled: true });
    check((await ai.asked(question)).text.includes(word), 'it does not know it although it is on again');
    await ai.sources.remove(id);
    await pause(1_000);
    check(!(await ai.asked(question)).text.includes(word), 'it cites a source that was deleted');
  });

  await stage.step(`AI: ${CROWD} visitors at once get one answer each, whichever replica answers`, async () => {
    const crowd = await Promise.all(Array.from({ length: CROWD }, visitor));
    await Promise.all(crowd.map((one) => one.writes('How do I cancel an order?')));
    for (const one of crowd) check(/packed/.test(textOf(await one.answered())), 'one got another answer');
    await pause(2_000);
    const counts = await Promise.all(crowd.map(async (one) => (await one.answers()).length));
    check(
      counts.every((count) => count === 1),
      `the answers are ${counts.join(', ')}`,
    );
  });
}
