import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { BOT, MIA } from './testkit/fake-server.js';
import { Stage } from './testkit/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});
beforeEach(() => stage.clear());
afterAll(() => stage.strike());

const REPLIES = [
  { title: 'My order', payload: 'order' },
  { title: 'A person', payload: 'person' },
];

describe('a talk', () => {
  it('goes from the bot to a human and back, and everybody can be told apart', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('Where is my order?');
    await visitor.sees('Where is my order?');
    await visitor.at('.foot').getByText('Sent').waitFor();
    server.say(BOT, 'On its **way**.', REPLIES);
    await visitor.at('.reply').getByText('A person').click();
    await visitor.sees('Where is my order?', 'On its way.', 'A person');
    expect(await visitor.at('.reply').evaluateAll((all) => all.map((one) => (one as HTMLButtonElement).disabled))).toEqual([true, true]);
    expect(await visitor.at('.reply.chosen').innerText()).toBe('A person');
    await eventually(() => server.written.includes('A person'));
    expect(server.conversation.log.at(-1)).toMatchObject({ body: { payload: 'person' } });

    server.mode('waiting');
    await visitor.at('.strip').getByText('Waiting for our team').waitFor();
    server.mode('agent', { name: 'Mia' });
    server.say({ kind: 'system' }, 'Mia joined the conversation.');
    server.say(MIA, 'Hello, Mia here.');
    await visitor.at('.notice').getByText('Mia joined').waitFor();
    await visitor.sees('Where is my order?', 'On its way.', 'A person', 'Hello, Mia here.');
    expect(await visitor.at('.reply').count()).toBe(0);
    expect(await visitor.at('.message.agent .by').innerText()).toMatch(/^Mia\s+Support team$/);
    expect(await visitor.at('.message.bot .by').first().innerText()).toMatch(/^Robin\s+Assistant$/);
    expect(await visitor.at('.message.agent .avatar').getAttribute('class')).toContain('human');
    expect(await visitor.at('h2').innerText()).toBe('Mia');

    await visitor.at('.leave').click();
    await eventually(() => server.written.at(-1) === 'Back to the assistant');
    expect(server.conversation.log.at(-1)).toMatchObject({ body: { payload: 'baton:back-to-bot' } });
    server.mode('bot');
    await visitor.at('.strip').waitFor({ state: 'hidden' });
    expect(await visitor.at('.notice').allInnerTexts()).toEqual(['Mia joined the conversation.']);
  });

  it('shows edits in place, removals as removed, files as links, and who is typing', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines > 0);
    const id = server.say(MIA, 'It leaves tomorow.');
    const other = server.say(MIA, 'Wrong window.');
    server.append({ t: 'edit', id, body: { type: 'text', text: 'It leaves tomorrow.' } });
    server.append({ t: 'removal', id: other });
    server.sayBody(MIA, { type: 'file', name: 'invoice.pdf', url: 'https://files.example/invoice.pdf', contentType: 'application/pdf' });
    server.push({ t: 'typing', author: MIA, typing: true });
    await visitor.sees('It leaves tomorrow.', 'Message deleted', 'invoice.pdf');
    await visitor.at('.foot').getByText('edited').waitFor();
    expect(await visitor.at('.bubble a').getAttribute('rel')).toBe('noopener noreferrer nofollow');
    await visitor.at('.typing').getByText('Mia is typing').waitFor();
    server.say(MIA, 'Anything else?');
    await visitor.at('.typing').waitFor({ state: 'hidden' });
  });

  it('says under the last message that it was read, and tells it to nobody aloud', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('Are you there?');
    await visitor.at('.foot').getByText('Sent').waitFor();
    const line = server.conversation.log.at(-1);
    server.push({ t: 'read', id: (line as { id: string }).id });
    await visitor.at('.foot').getByText('Read', { exact: true }).waitFor();
    expect(await visitor.at('.foot').getByText('Sent').count()).toBe(0);
    expect((await visitor.at('[role="status"]').allInnerTexts()).join('')).toBe('');
    server.push({ t: 'typing', author: MIA, typing: true });
    await visitor.at('.typing').getByText('Mia is typing').waitFor();
    await visitor.write('Hello?');
    await visitor.at('.foot').getByText('Sent').waitFor();
    expect(await visitor.at('.foot').getByText('Read', { exact: true }).count()).toBe(0);
  });

  it('tells the human that the visitor types, and the server what was seen', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines > 0);
    server.mode('agent', { name: 'Mia' });
    server.say(MIA, 'Hello');
    await visitor.sees('Hello');
    await visitor.at('textarea').pressSequentially('Well');
    await eventually(() => server.frames.some((frame) => frame.t === 'typing' && frame.typing));
    await eventually(() => server.frames.some((frame) => frame.t === 'seen' && frame.upTo === 2));
  });

  it('has a past: the newest is there at once, older lines come on scrolling, and the reader stays where he reads', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines > 0);
    for (let line = 1; line <= 130; line++) server.say(line % 7 ? BOT : MIA, `line ${line}`);
    await visitor.at('.bubble').getByText('line 130').waitFor();
    await visitor.page.reload();
    await visitor.at('.window').waitFor();
    await eventually(async () => (await visitor.messages()).length === 50);
    // A reader whose first flick comes while the page still settles flicks again.
    await eventually(
      async () => {
        if ((await visitor.messages()).length >= 100) return true;
        await visitor.at('.log').evaluate((log) => log.scrollTo(0, log.scrollTop === 0 ? 200 : 0));
        return false;
      },
      { every: 250 },
    );
    expect(await visitor.at('.bubble').getByText('line 81', { exact: true }).isVisible()).toBe(true);
    await visitor.at('.log').evaluate((log) => log.scrollTo(0, 0));
    await eventually(async () => (await visitor.messages()).length === 130);
    expect((await visitor.messages())[0]).toBe('line 1');
    server.say(MIA, 'the newest');
    await visitor.at('.fresh').click();
    await eventually(async () => visitor.at('.bubble').getByText('the newest').isVisible());
    await visitor.at('.fresh').waitFor({ state: 'hidden' });
  });
});

describe('while the chat is closed', () => {
  it('counts what is unread, shows the newest, and forgets it on opening', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('Hi');
    await eventually(() => server.written.length === 1);
    await visitor.page.keyboard.press('Escape');
    await visitor.at('.window').waitFor({ state: 'hidden' });
    for (let line = 1; line <= 11; line++) server.say(MIA, `line ${line}`);
    await visitor.at('.preview').getByText('line 11').waitFor();
    expect(await visitor.at('.badge').innerText()).toBe('9+');
    expect(await visitor.at('.launcher').getAttribute('aria-label')).toBe('Open chat. Unread messages: 11');
    await visitor.page.reload();
    await visitor.at('.badge').getByText('9+').waitFor();
    await visitor.at('.dismiss').click();
    await visitor.at('.preview').waitFor({ state: 'hidden' });
    await visitor.open();
    expect(await visitor.at('.badge').isVisible()).toBe(false);
    await visitor.page.reload();
    await visitor.at('.window').waitFor();
    expect(await visitor.call('get', 'unread')).toBe(0);
  });
});

describe('sound', () => {
  it('is made for a human who speaks now: not for the bot, not for what was said before, not when muted', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('Hi');
    await eventually(() => server.written.length === 1);
    server.say(BOT, 'I am a bot');
    server.say(MIA, 'one');
    server.say(MIA, 'at once after it');
    await eventually(async () => (await visitor.noted<number>('chimes')) > 0);
    // One sound is two notes.
    expect(await visitor.noted('chimes')).toBe(2);
    await visitor.page.reload();
    await visitor.at('.bubble').getByText('at once after it').waitFor();
    await visitor.at('textarea').click();
    server.dropLines();
    await eventually(() => server.lines === 1);
    expect(await visitor.noted('chimes')).toBe(0);
    await visitor.at('[aria-label="Mute sound"]').click();
    await visitor.page.waitForTimeout(2_100);
    server.say(MIA, 'silently');
    await visitor.at('.bubble').getByText('silently').waitFor();
    expect(await visitor.noted('chimes')).toBe(0);
  });

  it('is not made for what he has by e-mail, which says so and is not unread', async () => {
    const { server } = stage;
    const visitor = await stage.visitor();
    await (await visitor.open()).at('.send').waitFor();
    await eventually(() => server.lines > 0);
    server.append({ t: 'message', id: randomUUID(), author: MIA, body: { type: 'text', text: 'It left us.' }, mailed: true });
    await visitor.sees('It left us.');
    expect(await visitor.at('.foot').last().innerText()).toContain('Sent to your e-mail');
    expect(await visitor.noted('chimes')).toBe(0);
    expect(await visitor.call('get', 'unread')).toBe(0);
  });

  it('comes from one of several tabs', async () => {
    const { server } = stage;
    const one = await (await stage.visitor()).open();
    await one.write('Hi');
    const two = await one.anotherTab();
    await two.open();
    await two.write('Hi again');
    await one.sees('Hi', 'Hi again');
    await two.sees('Hi', 'Hi again');
    server.say(MIA, 'Hello');
    await one.sees('Hi', 'Hi again', 'Hello');
    await two.sees('Hi', 'Hi again', 'Hello');
    const heard = async () => (await one.noted<number>('chimes')) + (await two.noted<number>('chimes'));
    await eventually(async () => (await heard()) > 0);
    await one.page.waitForTimeout(300);
    expect(await heard()).toBe(2);
  });
});
