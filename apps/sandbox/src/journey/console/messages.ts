import { setTimeout as pause } from 'node:timers/promises';
import { DEMO_WEBSITE, MIA } from '../../platform/sandbox-crisp.js';
import { check, type Stage } from '../stage.js';
import { WORKSPACE } from './cast.js';
import type { Person } from './person.js';

/** The orchestrator believes an answer about availability so long. */
const AVAILABILITY_LIVES_MS = 5_000;
const NOBODY = 'Everybody is at the harvest today.';
const PAGE = `${WORKSPACE}/bots/demo/messages`;

/** What is said when nobody is there is written, previewed, saved and heard; an earlier version comes back. */
export async function messages(stage: Stage, owner: Person): Promise<void> {
  const { crisp } = stage;

  await stage.step('console: an error in rich JSON is told at its line, and both looks are previewed', async () => {
    await owner.opens(PAGE);
    await owner.text('Rich (JSON)').click();
    const editor = owner.page.getByRole('textbox', { name: 'Message as JSON' });
    const write = async (text: string): Promise<void> => {
      await editor.focus();
      await owner.page.keyboard.press('ControlOrMeta+a');
      await owner.page.keyboard.insertText(text);
    };
    await write(`{\n  "text": "${NOBODY}",\n  "quick_replies": [\n    { "title": "Leave a message" }\n  ]\n}`);
    await owner.text('Line 4:').waitFor();
    await owner.pageIsSound('an error at its line');
    await write(`{\n  "text": "${NOBODY}",\n  "quick_replies": [\n    { "title": "Leave a message", "payload": "leave" }\n  ]\n}`);
    const preview = owner.page.getByRole('region', { name: 'Preview' });
    await preview.getByText(NOBODY).first().waitFor();
    await preview.getByText('Leave a message').first().waitFor();
    await owner.pageIsSound('both looks');
  });

  await stage.step('console: saved, the next visitor hears it', async () => {
    await owner.button('Save').click();
    await owner.text('It holds in all services').waitFor();
    await crisp.availability(DEMO_WEBSITE, 'away');
    try {
      await pause(AVAILABILITY_LIVES_MS + 500);
      const visitor = await stage.visitor('demo');
      await visitor.send('I need a human');
      const told = await visitor.sees((one) => one.text === NOBODY, 'the new line');
      const replies = told.body.type === 'text' ? (told.body.quickReplies ?? []) : [];
      check(
        replies.some(({ payload }) => payload === 'leave'),
        `the quick replies are ${JSON.stringify(replies)}`,
      );
    } finally {
      await crisp.availability(DEMO_WEBSITE, 'online', MIA);
    }
    await pause(AVAILABILITY_LIVES_MS + 500);
  });

  await stage.step('console: two people at once: the second is told, and nobody loses a word', async () => {
    await owner.opens(PAGE);
    const colleague = await owner.anotherTab();
    await colleague.opens(`${WORKSPACE}/bots/demo/messages?reason=closed`);
    await colleague.field('Message').fill('We are closed. A colleague wrote this.');
    await colleague.button('Save').click();
    await colleague.text('It holds in all services').waitFor();
    await owner.opensWithout(`${WORKSPACE}/bots/demo/messages?reason=quota`);
    await owner.field('Message').fill('The owner wrote this.');
    await owner.saves();
    await owner.text(/changed (it|these messages) meanwhile/i).waitFor();
    await owner.pageIsSound('somebody else was quicker');
    await owner.page.reload();
    await colleague.page.close();
  });

  await stage.step('console: the history says who changed what, and goes back', async () => {
    await owner.opens(`${WORKSPACE}/bots/demo/history`);
    await owner.text('settings file').waitFor();
    await owner.pageIsSound('history');
    await owner.button(/^1\. /).click();
    await owner.button('Go back to this version').click();
    await owner.shot('what would come back');
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Go back to version 1' }).click();
    await owner
      .button(/^\d+\. .*Holds now/s)
      .filter({ hasText: /back/i })
      .waitFor();
    await owner.opens(PAGE);
    check((await owner.text(NOBODY).count()) === 0, 'the new line is still there');
  });
}
