import { BACK_TO_BOT } from '@baton/contracts';
import { DEMO_API_KEY, DEMO_WEBSITE, MIA } from '../platform/sandbox-crisp.js';
import type { CrispTranscript } from './crisp-control.js';
import { check, type Stage } from './stage.js';
import type { Visitor } from './visitor.js';

const FIRST_MESSAGE = 'Hi, this user need your help. You can find the conversation history here: ';

/** The smallest picture there is. */
const ONE_PIXEL = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
);

/** From the bot to a human and back, several times, with everything that may happen between. */
export async function roadAndBack(stage: Stage): Promise<void> {
  const { crisp, place } = stage;
  const name = stage.aName();
  const email = `${name.split(' ')[1]!.toLowerCase()}@example.test`;
  let visitor!: Visitor;
  let inbox!: CrispTranscript;
  let began = 0;

  await stage.step('the visitor talks to the bot, which says that it is automated', async () => {
    visitor = await stage.visitor('demo');
    await visitor.send('Hello');
    const hello = await visitor.sees((one) => one.author.kind === 'bot' && /automated/.test(one.text), 'the bot introducing itself');
    check(hello.body.type === 'text' && (hello.body.quickReplies?.length ?? 0) >= 3, 'the bot offers no quick replies');
    await visitor.send(`My name is ${name}, ${email}. Where is order 4711?`);
    await visitor.sees((one) => one.author.kind === 'bot' && /Order 4711/.test(one.text), 'the state of the order');
  });

  await stage.step('a tap on a quick reply asks for a human, with category and user data in the inbox', async () => {
    began = Date.now() - 1_000;
    await visitor.send('A refund', 'human:billing');
    await visitor.floorIs('waiting');
    inbox = await stage.inbox(DEMO_WEBSITE, name, began);
    check(inbox.email === email, `the e-mail in the inbox is ${inbox.email}`);
    check(inbox.segments.includes('billing'), `the segments are ${inbox.segments.join(', ')}`);
    check(inbox.meta.data['order.number'] === '4711', `the data are ${JSON.stringify(inbox.meta.data)}`);
    inbox = await crisp.shows(inbox.session_id, ({ state }) => state === 'unresolved', 'a conversation in work');
    check(inbox.unread > 0, 'the agent is not notified');
  });

  await stage.step('the first message leads to the history, which stays private and harmless', async () => {
    const [first] = inbox.messages;
    check(first?.from === 'user' && String(first.content).startsWith(FIRST_MESSAGE), 'the first message is another one');
    const page = await fetch(String(first.content).slice(FIRST_MESSAGE.length).trim(), { signal: AbortSignal.timeout(5_000) });
    check(page.status === 200, `the history answers ${page.status}`);
    const html = await page.text();
    check(html.includes('order 4711') && html.includes('automated'), 'the history lacks what was said');
    check(/noindex/.test(page.headers.get('x-robots-tag') ?? html), 'the history may be indexed');
    check(/default-src 'none'/.test(page.headers.get('content-security-policy') ?? ''), 'the history has no strict policy');
    const forged = `${page.url.slice(0, -2)}xx`;
    check(
      (await fetch(forged)).status === 404 || (await fetch(forged)).status === 403 || (await fetch(forged)).status === 401,
      'a forged link opens',
    );
  });

  await stage.step('while an agent is awaited, the visitor reaches the inbox and the bot is silent', async () => {
    const before = visitor.lastSeq;
    await visitor.send('Is anybody there? <b>me</b> 👋');
    inbox = await crisp.shows(
      inbox.session_id,
      (shown) => shown.messages.some((one) => one.from === 'user' && one.content === 'Is anybody there? <b>me</b> 👋'),
      "the visitor's words",
    );
    check(!visitor.messages(before).some((one) => one.author.kind === 'bot'), 'the bot spoke');
  });

  let greeting!: { fingerprint: number };
  await stage.step('the agent answers, and the visitor sees who it is', async () => {
    greeting = await crisp.write(inbox.session_id, 'Helo, Mia here', MIA);
    const seen = await visitor.sees((one) => one.text === 'Helo, Mia here', "the agent's words");
    check(seen.author.kind === 'agent' && seen.author.name === 'Mia Berger', `the author is ${JSON.stringify(seen.author)}`);
    await visitor.floorIs('agent');
  });

  await stage.step('the agent edits and deletes', async () => {
    await crisp.edit(inbox.session_id, greeting.fingerprint, 'Hello, Mia here');
    const edited = await visitor.sees((one) => one.text === 'Hello, Mia here' && one.edited, 'the edit');
    const slip = await crisp.write(inbox.session_id, 'Wrong window, sorry', MIA);
    const wrong = await visitor.sees((one) => one.text === 'Wrong window, sorry', 'the slip');
    await crisp.remove(inbox.session_id, slip.fingerprint);
    await visitor.sees((one) => one.id === edited.id, 'the edited message still');
    await crisp.write(inbox.session_id, 'Where were we?', MIA);
    await visitor.sees((one) => one.text === 'Where were we?', 'the next message');
    check(visitor.messages().find((one) => one.id === wrong.id)?.removed, 'the deleted message is still there');
  });

  await stage.step("the visitor's picture reaches the inbox as a file, what is none of the kinds taken is refused", async () => {
    const picture = await visitor.handIn('garden.png', ONE_PIXEL);
    check(picture.status === 201 && picture.body.type === 'file', `the picture is answered ${picture.status}`);
    const { url } = picture.body;
    await visitor.say(picture.body);
    await crisp.shows(
      inbox.session_id,
      ({ messages }) => messages.some(({ type, content }) => type === 'file' && (content as { url?: string }).url === url),
      'the picture',
    );
    const opened = await fetch(url);
    check(opened.status === 200 && opened.headers.get('content-type') === 'image/png', `the picture opens with ${opened.status}`);
    check(Buffer.from(await opened.arrayBuffer()).equals(Buffer.from(ONE_PIXEL)), 'it is another picture');
    const script = await visitor.handIn('harmless.svg', new TextEncoder().encode('<svg onload="alert(1)"/>'));
    check(script.status === 415, `a script in a picture is answered ${script.status}`);
  });

  await stage.step('a private note never leaks', async () => {
    await crisp.note(inbox.session_id, 'VERY PRIVATE: this one is difficult');
    await crisp.write(inbox.session_id, 'I see your order 4711.', MIA);
    await visitor.sees((one) => one.text === 'I see your order 4711.', 'the message after the note');
    check(!JSON.stringify(visitor.log).includes('VERY PRIVATE'), 'the note leaked');
  });

  await stage.step('a connection lost in the middle loses nothing and doubles nothing', async () => {
    const before = visitor.lastSeq;
    visitor.drop();
    for (let line = 1; line <= 5; line++) await crisp.write(inbox.session_id, `line ${line} of 5`, MIA);
    const own = visitor.send('written in a tunnel');
    await Promise.all([own, visitor.connect()]);
    for (let line = 1; line <= 5; line++) await visitor.sees((one) => one.text === `line ${line} of 5`, `line ${line}`, { after: before });
    const lines = visitor.messages(before).filter((one) => / of 5$/.test(one.text));
    check(
      lines.map((one) => one.text).join() === [1, 2, 3, 4, 5].map((line) => `line ${line} of 5`).join(),
      `the lines are ${lines.map((one) => one.text).join()}`,
    );
    await crisp.shows(
      inbox.session_id,
      (shown) => shown.messages.filter((one) => one.content === 'written in a tunnel').length === 1,
      "the visitor's line once",
    );
  });

  await stage.step('resolved: the visitor is back with the bot, which knows what was said', async () => {
    await crisp.write(inbox.session_id, 'Your refund is on its way.', MIA);
    await visitor.sees((one) => one.text === 'Your refund is on its way.', 'the last words');
    const before = visitor.lastSeq;
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    await visitor.sees((one) => one.author.kind === 'bot' && one.text.includes('Your refund is on its way.'), "the bot's recap", {
      after: before,
    });
    await visitor.send('When are you open?');
    await visitor.sees((one) => one.author.kind === 'bot' && /Monday/.test(one.text), 'the bot answering again', { after: before });
  });

  await stage.step('a second handover is a new conversation in the inbox', async () => {
    const again = Date.now() - 1;
    await visitor.send('I want to talk to a person about my order');
    await visitor.floorIs('waiting');
    const second = await stage.inbox(DEMO_WEBSITE, name, again);
    check(second.session_id !== inbox.session_id, 'it is the old conversation');
    check(second.segments.includes('orders'), `the segments are ${second.segments.join(', ')}`);
    inbox = second;
    await crisp.write(inbox.session_id, 'Hello again', MIA);
    await visitor.sees((one) => one.text === 'Hello again', "the agent's words");
  });

  await stage.step('asking for a human twice gives the open handover', async () => {
    const ask = (): Promise<Response> =>
      fetch(`${place.orchestrators[0]}/v1/escalations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${DEMO_API_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ conversation_id: visitor.conversationId }),
      });
    const [first, second] = [await ask(), await ask()];
    check(first.status === 200 && second.status === 200, `the answers are ${first.status} and ${second.status}`);
    const [one, two] = [(await first.json()) as { handover_id: string }, (await second.json()) as { handover_id: string }];
    check(one.handover_id === two.handover_id, 'there are two handovers');
    check(visitor.floor === 'agent', 'the agent lost the floor');
    const mine = (await crisp.list(DEMO_WEBSITE)).filter((conversation) => conversation.nickname === name);
    check(mine.length === 2, `${mine.length} conversations in the inbox instead of 2`);
  });

  await stage.step('the visitor goes back to the bot by himself', async () => {
    const before = visitor.lastSeq;
    await visitor.send('Back to the assistant', BACK_TO_BOT);
    await visitor.floorIs('bot');
    await visitor.sees((one) => one.author.kind === 'bot', 'the bot', { after: before });
    await crisp.shows(
      inbox.session_id,
      (shown) => shown.messages.some((one) => one.from === 'operator' && one.type === 'note') || shown.state === 'resolved',
      'that the visitor left',
    );
  });

  await stage.step('a bot without Kafka asks for a human by HTTP', async () => {
    const again = Date.now() - 1;
    const other = stage.aName();
    const body = JSON.stringify({
      conversation_id: visitor.conversationId,
      handover_category_name: 'by-http',
      user_data: { name: other, plan: 'gold' },
      muted: true,
    });
    const call = (authorization: string): Promise<Response> =>
      fetch(`${place.orchestrators.at(-1)}/v1/escalations`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': other.replaceAll(' ', '-') },
        body,
      });
    check((await call('Bearer wrong')).status === 401, 'a wrong key is taken');
    const answer = await call(`Bearer ${DEMO_API_KEY}`);
    check(answer.status === 202, `the answer is ${answer.status} ${await answer.text()}`);
    const shown = await stage.inbox(DEMO_WEBSITE, other, again);
    check(shown.segments.includes('by-http') && shown.meta.data['plan'] === 'gold', 'category or data are missing');
    check((await call(`Bearer ${DEMO_API_KEY}`)).ok, 'the repetition is refused');
    await crisp.resolve(shown.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step('nothing was missing, doubled or out of order on the screen', async () => {
    await stage.screenIsWhole(visitor);
  });
}
