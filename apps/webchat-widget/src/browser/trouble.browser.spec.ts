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

describe('a line that breaks', () => {
  it('loses nothing and doubles nothing, in either direction', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    const expected: string[] = [];
    for (let round = 1; round <= 8; round++) {
      await visitor.write(`visitor ${round}`);
      expected.push(`visitor ${round}`);
      if (round % 3 === 0) server.loseAcks = 1;
      if (round % 2 === 0) server.dropLines();
      await eventually(() => server.written.includes(`visitor ${round}`));
      server.say(MIA, `mia ${round}`);
      expected.push(`mia ${round}`);
    }
    await visitor.sees(...expected);
    expect(server.written).toEqual(expected.filter((text) => text.startsWith('visitor')));
  });

  it('keeps what is written meanwhile, also over a reload, and sends it in order when the server is back', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('before');
    await eventually(async () => server.written.length === 1 && (await visitor.at('.foot.sending').count()) === 0);
    server.isUp = false;
    server.dropLines();
    await visitor.write('one');
    await visitor.write('two');
    await visitor.page.reload();
    await visitor.write('three');
    await visitor.at('.status').getByText('Connection lost').waitFor();
    expect(await visitor.at('.foot.sending').count()).toBe(3);
    server.isUp = true;
    await eventually(() => server.written.length === 4, { within: 15_000 });
    expect(server.written).toEqual(['before', 'one', 'two', 'three']);
    await visitor.sees('before', 'one', 'two', 'three');
    expect(await visitor.at('.status').innerText()).toBe('');
  });

  it('is told only when it lasts, and in words', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('hello');
    await visitor.sees('hello');
    server.dropLines();
    await eventually(() => server.lines === 1);
    expect(await visitor.at('.status').innerText()).toBe('');
    await visitor.page.context().setOffline(true);
    server.dropLines();
    await visitor.at('.status').getByText('You are offline').waitFor();
    await visitor.page.context().setOffline(false);
    await eventually(() => server.lines === 1);
    await visitor.at('.status').getByText('You are offline').waitFor({ state: 'hidden' });
  });

  it('does not let what the server refuses hold up what comes after it', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines === 1);
    server.swallow = 1;
    await visitor.write('too much');
    const sent = await eventually(() => server.frames.find((frame) => frame.t === 'send'));
    server.push({ t: 'refused', code: 'text-too-long', clientId: sent.clientId });
    await visitor.at('.foot.failed').getByText('This message is too long.').waitFor();
    await visitor.write('less');
    await eventually(() => server.written.includes('less'));
    await visitor.at('.foot.failed').getByText('Try again').click();
    await visitor.sees('less', 'too much');
    expect(server.frames.filter((frame) => frame.t === 'send').map((frame) => frame.clientId)).toContain(sent.clientId);
  });
});

describe('a server that has forgotten', () => {
  it('gets a new visitor when the token is worth nothing any more', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await visitor.write('hello');
    await visitor.sees('hello');
    server.forget();
    server.dropLines();
    await eventually(() => server.visitors === 1 && server.lines === 1);
    server.say(BOT, 'Nice to meet you');
    await visitor.sees('Nice to meet you');
  });

  it('is said to be out of reach, and tried again on request', async () => {
    const { server } = stage;
    server.isUp = false;
    const visitor = await stage.visitor();
    await visitor.at('.launcher').click();
    await visitor.at('.failure').getByText('cannot be reached').waitFor();
    server.isUp = true;
    await visitor.at('.again').click();
    await visitor.at('textarea').waitFor();
  });

  it('closes for pages it does not want, and the visitor is told', async () => {
    const { server } = stage;
    const visitor = await (await stage.visitor()).open();
    await eventually(() => server.lines === 1);
    server.dropLines(4403);
    await visitor.at('.failure').getByText('not available on this page').waitFor();
  });
});

describe('several tabs', () => {
  it('are one visitor, also when they open at the same moment', async () => {
    const one = await stage.visitor();
    const two = await one.anotherTab();
    await Promise.all([one.open(), two.open()]);
    await eventually(() => stage.server.lines === 2);
    expect(stage.server.visitors).toBe(1);
  });

  it('start anew together when one of them is reset', async () => {
    const one = await (await stage.visitor()).open();
    await one.write('secret');
    const two = await one.anotherTab();
    await two.open();
    await two.sees('secret');
    await one.call('reset');
    await one.sees();
    await two.sees();
    await eventually(() => stage.server.visitors === 2);
  });
});
