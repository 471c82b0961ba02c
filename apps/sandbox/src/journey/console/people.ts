import { ApiClient, ApiProblem, listBots } from '@baton/control-api';
import { check, type Stage } from '../stage.js';
import { WORKSPACE } from './cast.js';
import { Person } from './person.js';

/** Others come in, see what they may, and press what they may; a key of a program works until it is ended. */
export async function people(stage: Stage, owner: Person): Promise<void> {
  await stage.step('console: a colleague is invited as a viewer, sees everything and can press nothing', async () => {
    await owner.opens(`${WORKSPACE}/members`);
    await owner.button('Invite').first().click();
    await owner.field('E-mail address').fill('viewer@example.test');
    await owner.page.getByRole('radio', { name: 'Viewer' }).check({ force: true });
    await owner.button('Make the link').click();
    const link = await owner.field('Link').inputValue();
    await owner.shot('the link');
    await owner.button('Done').click();
    await owner.pageIsSound('members');
    const viewer = await Person.opensLink(link, 'viewer');
    await viewer.field(/name/i).fill('Vera Viewer');
    await viewer.button('Sign in').click();
    await viewer.heading('Bots').waitFor();
    check((await viewer.button('New bot').count()) === 0, 'a viewer can make a bot');
    await viewer.opens(`${WORKSPACE}/bots/demo/messages`);
    check((await viewer.button('Save').count()) === 0, 'a viewer can save');
    await viewer.pageIsSound('what a viewer sees');
    await viewer.leaves();
  });

  await stage.step('console: a key for a program is shown once, works, and ends', async () => {
    await owner.opens(`${WORKSPACE}/api-keys`);
    await owner
      .button(/^(New key|Make the first key)$/)
      .first()
      .click();
    await owner.field('Name').fill('Pipeline');
    await owner.button('Make the key').click();
    const key = await owner.field('API key').inputValue();
    await owner.button('Done').click();
    const api = new ApiClient({ baseUrl: stage.place.controlPlane, key });
    const { items } = await api.call(listBots, { params: { workspaceId: WORKSPACE } });
    check(items.length > 3, `the key sees ${items.length} bots`);
    await owner.pageIsSound('API keys');
    await owner.page.getByRole('button', { name: /^End/ }).first().click();
    await owner.page.getByRole('dialog').getByRole('button', { name: 'End the key' }).click();
    await owner.text(/ended/i).waitFor();
    const refused = await api.call(listBots, { params: { workspaceId: WORKSPACE } }).catch((error: unknown) => error);
    check(refused instanceof ApiProblem && refused.problem.status === 401, 'the key still works');
  });

  await stage.step('console: the audit log knows all of it', async () => {
    await owner.opens(`${WORKSPACE}/audit`);
    await owner.text('Pipeline').waitFor();
    await owner.pageIsSound('audit log');
  });
}
