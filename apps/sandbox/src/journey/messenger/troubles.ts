import { setTimeout as pause } from 'node:timers/promises';
import { MIA } from '../../platform/sandbox-crisp.js';
import { DEMO_PAGE } from '../../platform/sandbox-messenger.js';
import { notesOf } from '../crisp-control.js';
import type { MessengerControl } from '../messenger-person.js';
import { check, type Stage } from '../stage.js';
import { connected, longAgo, waiting } from './cast.js';

const DAY = 24 * 3_600_000;

/** What goes wrong in Messenger or is done on purpose. */
export async function troubles(stage: Stage, messenger: MessengerControl): Promise<void> {
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
