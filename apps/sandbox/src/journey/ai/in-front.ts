import { ADVISOR_PAGE } from '../../platform/sandbox-messenger.js';
import { ADVISOR_WEBSITE, INES } from '../../platform/sandbox-crisp.js';
import type { CrispTranscript } from '../crisp-control.js';
import { MessengerControl } from '../messenger-person.js';
import { check, type Stage } from '../stage.js';
import type { SeenMessage, Visitor } from '../visitor.js';
import { ChatboxVisitor, isOfAi } from './chatbox-visitor.js';

const byBot = (fits: RegExp) => (one: SeenMessage) => one.author.kind === 'bot' && fits.test(one.text);

/** The AI is the bot in front: it answers in the web chat, and asks for a human when it should. */
export async function inFront(stage: Stage): Promise<void> {
  const { crisp } = stage;
  let visitor!: Visitor;
  let inbox!: CrispTranscript;

  await stage.step('AI in front: it answers in the web chat from what it knows, and says that it is automated', async () => {
    visitor = await stage.visitor('advisor');
    await visitor.send('How often do I water a monstera?');
    const answer = await visitor.sees(byBot(/once a week in summer/), 'the answer');
    check(
      /automated/i.test(
        visitor
          .messages()
          .map(({ text }) => text)
          .join(' '),
      ),
      'it does not say that it is automated',
    );
    await visitor.send('And in winter?');
    await visitor.sees(byBot(/two weeks in winter/), 'the follow-up answered', { after: answer.seq });
  });

  await stage.step('AI in front: asked for a human it hands over, and agents are told what it was about', async () => {
    const began = Date.now() - 1_000;
    await visitor.send('I would like to talk to a human, please');
    await visitor.floorIs('waiting');
    inbox = await crisp.sessionOf(
      ADVISOR_WEBSITE,
      ({ messages }) => messages.some(({ type, content }) => type === 'note' && /asked for a person/i.test(String(content))),
      began,
      'a conversation with the note of the AI',
    );
    const note = inbox.messages.find(({ type }) => type === 'note')!;
    check(/exchanged with the bot\./.test(String(note.content)), `the first note says "${String(note.content)}"`);
  });

  await stage.step('AI in front: in a conversation that a handover opened it never speaks, neither there nor to the visitor', async () => {
    const before = visitor.lastSeq;
    await visitor.send('What does delivery cost?');
    await crisp.shows(
      inbox.session_id,
      ({ messages }) => messages.some(({ content }) => content === 'What does delivery cost?'),
      'the question',
    );
    await crisp.write(inbox.session_id, 'Ines here, in Germany it is € 4.90.', INES);
    await visitor.sees((one) => one.author.kind === 'agent', "the agent's words", { after: before });
    const asVisitor = ChatboxVisitor.of(crisp, inbox.session_id);
    await asVisitor.afterSilence();
    const said = (await asVisitor.transcript()).messages.filter((one) => isOfAi(one) && one.type === 'text');
    check(said.length === 0, `it said "${String(said[0]?.content)}" to the agents`);
    check(!visitor.messages(before).some((one) => one.author.kind === 'bot'), 'it spoke over the agent');
  });

  await stage.step('AI in front: resolved, it is back and says so', async () => {
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    const before = visitor.lastSeq;
    await visitor.send('How long is a gift card valid?');
    await visitor.sees(byBot(/3 years/), 'the answer', { after: before });
    check(
      /automated/i.test(
        visitor
          .messages(before)
          .map(({ text }) => text)
          .join(' '),
      ),
      'it does not say again that it is automated',
    );
  });

  await stage.step('AI in front: it answers in Messenger from the same knowledge', async () => {
    const person = await new MessengerControl(stage.place.messenger).person(ADVISOR_PAGE, stage.aName());
    await person.send('What does express delivery cost?');
    await person.sees(({ text = '' }) => /9\.50/.test(text), 'the answer');
  });

  await stage.step('AI in front: after two questions in a row that it cannot answer it fetches a human by itself', async () => {
    const began = Date.now() - 1_000;
    const lost = await stage.visitor('advisor');
    await lost.send('Who discovered penguins?');
    await lost.sees(byBot(/./), 'that it does not know');
    await lost.send('Which colour has the moon of Jupiter?');
    await lost.floorIs('waiting');
    const opened = await crisp.sessionOf(ADVISOR_WEBSITE, ({ messages }) => messages.length > 0, began, 'a conversation in the inbox');
    await crisp.resolve(opened.session_id);
    await lost.floorIs('bot');
    await stage.screenIsWhole(lost);
    await stage.screenIsWhole(visitor);
  });
}
