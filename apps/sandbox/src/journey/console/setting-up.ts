import { ownerLink } from '../../platform/owner-link.js';
import { check, type Stage } from '../stage.js';
import { NEWCOMER_BOT, NEWCOMER_KEY, NEWCOMER_TOKEN, NEWCOMER_WEBSITE, newcomersCrisp, WORKSPACE } from './cast.js';
import { Person } from './person.js';

/** A newcomer signs in, makes a bot and connects it, without having read anything. */
export async function settingUp(stage: Stage): Promise<Person> {
  const { crisp, place } = stage;
  let owner!: Person;

  await stage.step('console: a link signs the owner in, once', async () => {
    const link = await ownerLink(place.controlPlane);
    owner = await Person.signsIn(link, 'owner');
    stage.whenAStepFails = () => owner.shot('failed').catch(() => undefined);
    await owner.heading('Bots').waitFor();
    await owner.opens(`${WORKSPACE}/bots`);
    await owner.pageIsSound('bots');
    const second = await Person.opensLink(link, 'thief');
    await second.text('This link was used already').waitFor();
    await second.leaves();
  });

  await stage.step('console: a bot is made', async () => {
    await owner.button('New bot').click();
    await owner.field('Name').fill('Newcomer');
    check((await owner.field('Short name').inputValue()) === NEWCOMER_BOT, 'no short name is suggested');
    await owner.shot('new bot');
    await owner.button('Create bot').click();
    await owner.heading('Newcomer').waitFor();
    await owner.pageIsSound('overview of a new bot');
  });

  await stage.step('console: a wrong token is told before anything is kept, the right one connects', async () => {
    await crisp.call('PUT', '/setup', newcomersCrisp());
    await owner.tab('Crisp').click();
    await owner.field('Website ID').fill(NEWCOMER_WEBSITE);
    await owner.field('Token ID').fill(NEWCOMER_TOKEN);
    await owner.page.getByLabel('Token key').fill('not-the-key-of-this-token');
    await owner.button('Check').click();
    await owner.text('It does not work yet').waitFor();
    await owner.pageIsSound('a connection that does not work');
    await owner.page.getByLabel('Token key').fill(NEWCOMER_KEY);
    await owner.button('Connect').click();
    await owner.heading2(/Connected to/).waitFor();
    await owner.pageIsSound('connected');
  });

  await stage.step('console: the address for web hooks is shown once, and hooks that come are seen', async () => {
    const url = await owner.field('Address with its secret').inputValue();
    check(url.includes(`/webhook/${NEWCOMER_BOT}?key=`), `the address is ${url}`);
    await crisp.call('PUT', '/setup', newcomersCrisp(url));
    await crisp.call('POST', '/conversations', { website_id: NEWCOMER_WEBSITE, nickname: 'Curious', text: 'Hello?' });
    await owner.text(/The last web hook came/).waitFor();
    await owner.opens(`${WORKSPACE}/bots/${NEWCOMER_BOT}/crisp`);
    await owner.heading2(/Connected to/).waitFor();
    check((await owner.field('Address with its secret').count()) === 0, 'the secret is shown a second time');
  });

  return owner;
}
