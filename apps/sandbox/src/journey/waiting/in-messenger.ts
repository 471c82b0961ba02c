import { BACK_TO_BOT, CONTACT_BY_EMAIL, ratedBy, STILL_NEED_HELP, USE_ADDRESS } from '@baton/contracts';
import type { StoredMessage } from '../../messenger-simulator/model.js';
import type { CrispTranscript } from '../crisp-control.js';
import { MessengerControl, type MessengerPerson } from '../messenger-person.js';
import { check } from '../stage.js';
import { type Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

/** The same in Messenger, where it makes sense there. */
export async function inMessenger(cast: Cast): Promise<void> {
  const { stage, clock, of } = cast;
  const { crisp } = stage;
  const messenger = new MessengerControl(stage.place.messenger);
  const offers =
    (payload: string) =>
    ({ quick_replies }: StoredMessage) =>
      (quick_replies ?? []).some((tap) => tap.payload === payload);
  const somebody = async (): Promise<{ person: MessengerPerson; name: string; since: number }> => {
    const name = stage.aName();
    const since = Date.now() - 1_000;
    const person = await messenger.person(of.pageId!, name);
    await person.send('Hello');
    await person.reads('Bot: Hello');
    return { person, name, since };
  };
  const waits = async (): Promise<{ person: MessengerPerson; inbox: CrispTranscript }> => {
    const { person, name, since } = await somebody();
    await person.send('help');
    await person.sees(offers(BACK_TO_BOT), 'that he waits, with the way back');
    return { person, inbox: await stage.inbox(of.websiteId, name, since) };
  };

  await stage.step('Messenger: a word while he waits, and the wait is left by a word', async () => {
    const { person, inbox } = await waits();
    const before = (await person.fromPage()).length;
    await clock.pass(3 * MINUTE);
    await person.sees(({ text }) => /still in line|a little longer/.test(text ?? ''), 'a word', { after: before });
    await person.send('never mind');
    await person.reads('You are back with the assistant.');
    await cast.note(inbox.session_id, /went back|left/i, 'that he left');
  });

  await stage.step('Messenger: an answer by e-mail is asked for by taps, and the answer itself comes in Messenger', async () => {
    const { person, name, since } = await somebody();
    await person.send('help billing');
    await person.sees(offers(CONTACT_BY_EMAIL), 'the offer');
    await person.act('tap', { payload: CONTACT_BY_EMAIL });
    await person.sees(({ text }) => /e-mail address can we reach you/.test(text ?? ''), 'the question');
    await person.send('lena@example.test');
    await person.sees(offers(USE_ADDRESS), 'the address again');
    await person.act('tap', { payload: USE_ADDRESS });
    await person.sees(({ text }) => /will answer you at/.test(text ?? ''), 'the promise');
    const inbox = await stage.inbox(of.websiteId, name, since);
    await crisp.write(inbox.session_id, 'Here it is.', of.expert);
    await person.reads('Here it is.');
    await crisp.resolve(inbox.session_id);
    await person.sees(offers(STILL_NEED_HELP), 'the end');
  });

  await stage.step('Messenger: taken up again by a tap, resolved, and rated', async () => {
    const { person, inbox } = await waits();
    await crisp.write(inbox.session_id, 'Ines here', of.agent);
    await person.reads('Ines here');
    await crisp.resolve(inbox.session_id);
    await person.sees(offers(STILL_NEED_HELP), 'the end');
    await person.act('tap', { payload: STILL_NEED_HELP });
    await cast.note(inbox.session_id, /still needs? help/i, 'the note');
    await crisp.write(inbox.session_id, 'Yes?', of.agent);
    await person.reads('Yes?');
    const before = (await person.fromPage()).length;
    await crisp.resolve(inbox.session_id);
    const asked = await person.sees(
      ({ quick_replies }) => (quick_replies ?? []).some(({ payload }) => ratedBy(payload ?? '')?.stars === 5),
      'the question',
      {
        after: before,
      },
    );
    const five = asked.quick_replies!.find(({ payload }) => ratedBy(payload ?? '')?.stars === 5)!;
    check((five.title ?? '').length <= 20, `the tap is "${five.title}"`);
    await person.act('tap', { payload: five.payload });
    await person.sees(({ text }) => /Thank you for telling/.test(text ?? ''), 'thanks');
  });
}
