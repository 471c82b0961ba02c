import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@baton/testing';
import type { Page } from 'playwright-core';
import { type Platform, startPlatform } from '../platform/platform.js';
import { InboxTab } from './inbox-tab.js';
import { ShopTab } from './shop-tab.js';
import { forbiddenIn, WatchedBrowser } from './watched-browser.js';

/** Kafka, Postgres and every service start first, and perhaps on a busy machine. */
jest.setTimeout(120_000);

const ANSWER = 'Hi, this is Mia. I look into your refund.';
const NOTE = 'He seems to be in a hurry.';
const JOINED = 'Mia Berger joined the conversation.';
const BACK = 'You are back with the assistant.';
/** What is known of the agents may be as old as this. */
const AVAILABILITY_AGE_MS = 5_000;

let directory: string;
let platform: Platform;
let browser: WatchedBrowser;
let shop: ShopTab;
let inbox: InboxTab;
let history: Page;
let askedAt = 0;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'baton-road-'));
  [platform, browser] = await Promise.all([
    startPlatform({ ports: 'free', directory, partitions: 3, without: ['ai'] }),
    WatchedBrowser.open(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Each step goes on where the one before ended, as a person does who tries the sandbox. */
describe('a visitor and an agent, in two tabs', () => {
  it('begins on the start page, which leads to the shop', async () => {
    const start = await browser.tab(`${platform.urls.site}/`);
    const opened = start.waitForEvent('popup');
    await start.getByRole('link', { name: 'Open the shop' }).click();
    shop = new ShopTab(await opened);
    expect(await forbiddenIn(start)).toEqual([]);
    await shop.openChat();
    await shop.hears('bot', 'Ask me about your order');
  });

  it('has a bot that answers', async () => {
    await shop.say('Where is order 1234?');
    await shop.hears('bot', 'Order 1234: It is on its way');
    expect(await shop.at('.message.bot .by').last().innerText()).toMatch(/^Juniper\s+Assistant$/);
  });

  it('hands over to a human, and the visitor knows that he waits', async () => {
    await shop.tap('Talk to a human');
    await shop.tap('A refund');
    await shop.at('.strip').getByText('Waiting for our team').waitFor();
    askedAt = performance.now();
    await shop.reads('Our team has your conversation.');
    expect(await shop.count('Our team has your conversation.')).toBe(1);
    await shop.say('I am still here');
    expect(await shop.sounds()).toBe(0);
  });

  it('lets an agent answer, who looks and sounds different from the bot', async () => {
    inbox = new InboxTab(await browser.tab(`${platform.urls.crisp}/`));
    await inbox.openFirst();
    await inbox.message('I am still here').waitFor();
    await inbox.answer(ANSWER);
    await shop.hears('agent', ANSWER);
    expect(await shop.at('.message.agent .by').last().innerText()).toMatch(/^Mia Berger\s+Support team$/);
    expect(await shop.at('h2').innerText()).toBe('Mia Berger');
    expect(await shop.count(JOINED)).toBe(1);
    await eventually(async () => (await shop.sounds()) === 1, { within: 5_000, what: 'one sound' });
  });

  it('shows an edit in place and a private note never', async () => {
    await inbox.note(NOTE);
    await inbox.edit(ANSWER, 'Your refund leaves today.');
    await shop.hears('agent', 'Your refund leaves today.');
    expect(await shop.count(ANSWER)).toBe(0);
    expect(await shop.count(NOTE)).toBe(0);
    expect(await shop.sounds()).toBe(1);
    await shop.say('Thank you, Mia');
    await inbox.message('Thank you, Mia').waitFor();
  });

  it('keeps the newest line in sight', async () => {
    const log = await shop.at('.log').evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    expect(log).toBeLessThan(10);
  });

  it('gives the agent a page with the whole conversation', async () => {
    history = await browser.tab(await inbox.historyLink());
    await history.getByText('Order 1234: It is on its way').waitFor();
    expect(await history.getByText('Your refund leaves today.').count()).toBe(1);
    expect(await history.getByText(NOTE).count()).toBe(0);
    expect(await forbiddenIn(history)).toEqual([]);
  });

  it('gives the visitor back to the bot, which knows what was said', async () => {
    await inbox.resolve();
    await shop.reads(BACK);
    await shop.at('.strip').waitFor({ state: 'hidden' });
    await shop.hears('bot', 'Mia Berger told you: “Your refund leaves today.”');
    expect(await shop.count(BACK)).toBe(1);
  });

  it('keeps everything over a reload, in silence', async () => {
    const before = await shop.everything();
    expect(await forbiddenIn(shop.page)).toEqual([]);
    await shop.page.reload();
    await shop.hears('bot', 'Mia Berger told you');
    expect(await shop.everything()).toBe(before);
    expect(await shop.sounds()).toBe(0);
  });

  it('says so when nobody of the team is there, and the bot stays', async () => {
    await inbox.goAway();
    await eventually(() => performance.now() - askedAt > AVAILABILITY_AGE_MS, {
      within: 10_000,
      what: 'what was known of the agents is old',
    });
    await shop.say('I want to talk to a human');
    await shop.hears('bot', 'Nobody from our team is there right now.');
    await shop.say('When do you open?');
    await shop.hears('bot', 'The shop never closes.');
  });

  it('gave no page a reason to complain', async () => {
    expect(await forbiddenIn(shop.page)).toEqual([]);
    expect(await forbiddenIn(inbox.page)).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
