import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AiControl } from '../journey/ai/ai-control.js';
import { HELPDESK_API_KEY, HELPDESK_WEBSITE } from '../platform/sandbox-crisp.js';
import { type Platform, startPlatform } from '../platform/platform.js';
import { ChatboxTab } from './chatbox-tab.js';
import { InboxTab } from './inbox-tab.js';
import { forbiddenIn, WatchedBrowser } from './watched-browser.js';

/** Kafka, Postgres and the services start first, and perhaps on a busy machine. */
jest.setTimeout(120_000);

const GIFT = { question: 'How long is a gift card valid?', answer: 'A gift card is valid for 3 years.' };
const COST = { question: 'What does delivery cost?', answer: 'Standard delivery costs € 4.90.' };
const HERE = 'Ines here, let me look.';
/** The time in which a burst is let finish, an answer, and a look at Crisp. */
const SILENCE_MS = 3_000;

let directory: string;
let platform: Platform;
let browser: WatchedBrowser;
let chatbox: ChatboxTab;
let inbox: InboxTab;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'baton-chatbox-'));
  const without = ['orchestrator', 'dispatcher', 'demo-bot', 'messenger', 'site'] as const;
  [platform, browser] = await Promise.all([startPlatform({ ports: 'free', directory, partitions: 3, without }), WatchedBrowser.open()]);
  await new AiControl(platform.urls.ais[0]!, 'helpdesk', HELPDESK_API_KEY).learns('Frequent questions', [GIFT, COST]);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Each step goes on where the one before ended. */
describe('a visitor of the Crisp chat box, the AI and an agent', () => {
  it('begins with a question, and the answer is marked as automated, for eyes and for screen readers', async () => {
    chatbox = new ChatboxTab(await browser.tab(`${platform.urls.crisp}/chatbox/?website=${HELPDESK_WEBSITE}`));
    await chatbox.page.getByRole('button', { name: 'What does delivery cost?' }).click();
    await chatbox.message('Juniper, automated').getByText('Standard delivery costs € 4.90.').waitFor();
    await chatbox.isTold('Juniper, automated:');
    expect(await chatbox.page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Your message');
  });

  it('shows agents who answered, and tells them why where the visitor never looks', async () => {
    inbox = new InboxTab(await browser.tab(`${platform.urls.crisp}/#`));
    await inbox.page.locator('#website').selectOption(HELPDESK_WEBSITE);
    await inbox.openFirst();
    await inbox.message('Standard delivery costs').locator('.machine').waitFor();
    await inbox.page.getByRole('button', { name: 'Private note' }).click();
    await inbox.page.getByRole('button', { name: '!why' }).click();
    await inbox.message('Word for word from the best passage').getByText('private note').waitFor();
    expect(await chatbox.page.getByText('Word for word').count()).toBe(0);
  });

  it('falls silent when an agent writes, and answers again when the agent is done', async () => {
    await inbox.answer(HERE);
    await chatbox.page.getByRole('log').getByText(HERE).waitFor();
    await chatbox.say(GIFT.question);
    await chatbox.page.waitForTimeout(SILENCE_MS);
    expect(await chatbox.message('Juniper, automated').count()).toBe(1);
    await inbox.resolve();
    await chatbox.say(GIFT.question);
    await chatbox.message('Juniper, automated').getByText('3 years').waitFor();
  });

  it('fits a phone: the chat, then the visitors, and back', async () => {
    await chatbox.page.setViewportSize({ width: 360, height: 740 });
    expect(await chatbox.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await chatbox.page.getByRole('button', { name: 'Back to the visitors' }).click();
    await chatbox.page.getByRole('navigation', { name: 'Visitors' }).locator('button.line').first().click();
    await chatbox.page.getByRole('textbox', { name: 'Your message' }).waitFor();
  });

  it('gave no page a reason to complain', async () => {
    expect(await forbiddenIn(chatbox.page)).toEqual([]);
    expect(await forbiddenIn(inbox.page)).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
