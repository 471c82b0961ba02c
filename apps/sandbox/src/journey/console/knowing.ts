import { check, type Stage } from '../stage.js';
import { NEWCOMER_BOT, WORKSPACE } from './cast.js';
import type { Person } from './person.js';

const FACT = 'The lighthouse tour begins at a quarter past six at the old pier. It takes ninety minutes, and children walk along for free.';
const QUESTION = 'When does the lighthouse tour begin?';

/** A page of knowledge is added, read and asked for. */
export async function knowing(stage: Stage, owner: Person): Promise<void> {
  await stage.step('console: a text is added to the knowledge and read while one looks', async () => {
    await owner.opens(`${WORKSPACE}/bots/${NEWCOMER_BOT}/knowledge`);
    await owner.text('Teach the assistant its first subject').waitFor();
    await owner.pageIsSound('empty knowledge');
    await owner.page.getByRole('button', { name: 'Add knowledge' }).first().click();
    await owner.page.getByRole('menuitem', { name: /^Text/ }).click();
    await owner.field('Title').fill('Lighthouse tour');
    await owner.field('Text').fill(FACT);
    await owner.shot('a text');
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await owner.button('Details of Lighthouse tour').waitFor();
    await owner.page.getByText('Known', { exact: true }).first().waitFor();
    await owner.pageIsSound('knowledge');
  });

  await stage.step('console: the playground answers, and shows passages, scores and checks', async () => {
    await owner.opens(`${WORKSPACE}/bots/${NEWCOMER_BOT}/playground`);
    await owner.field('Question').fill(QUESTION);
    await owner.button('Ask').click();
    await owner.page.getByRole('log').getByText('quarter past six').first().waitFor();
    const why = owner.page.getByRole('region', { name: 'Why it answers so' });
    for (const words of ['Words (BM25)', 'Meaning (vectors)', 'Both together', 'Checks']) await why.getByText(words).first().waitFor();
    await owner.pageIsSound('playground');
  });

  await stage.step('console: switched off, a source is cited no more', async () => {
    await owner.opens(`${WORKSPACE}/bots/${NEWCOMER_BOT}/knowledge`);
    await owner.page.getByRole('switch', { name: 'Lighthouse tour can be cited' }).focus();
    await owner.page.keyboard.press('Space');
    await owner.page.getByText('Switched off', { exact: true }).first().waitFor();
    await owner.opens(`${WORKSPACE}/bots/${NEWCOMER_BOT}/playground`);
    await owner.field('Question').fill(QUESTION);
    await owner.button('Ask').click();
    await owner.page.getByRole('region', { name: 'Why it answers so' }).waitFor();
    check((await owner.page.getByRole('main').getByText('quarter past six').count()) === 0, 'a source that is off was cited');
  });
}
