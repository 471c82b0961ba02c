import { CONTACT_BY_EMAIL, CONTINUE_WITH_BOT } from '@baton/contracts';
import { check } from '../stage.js';
import type { Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

const HOUR = 60 * MINUTE;
/** The orchestrator believes an answer about availability so long. */
const AVAILABILITY_LIVES = 6_000;

/** Noon of a day, in a zone that is an hour ahead of UTC in winter. */
const atHour = (day: string, hour: number): number => Date.parse(`${day}T${String(hour - 1).padStart(2, '0')}:00:00Z`);

interface Outcomes {
  readonly outcomes: readonly { readonly conversation_id: string; readonly outcome: { readonly detail?: string } }[];
}

const endedBy =
  (conversation: string, detail: string) =>
  ({ outcomes }: Outcomes): boolean =>
    outcomes.some((one) => one.conversation_id === conversation && one.outcome.detail === detail);

/** One decision with one reason: hours, holidays, categories, presence, Crisp itself. */
export async function mayWePromise(care: Cast, office: Cast): Promise<void> {
  const { stage, clock } = care;
  const { crisp } = stage;

  await stage.step('nobody of this category is online: the others are not for him, and the reason says so', async () => {
    const { visitor } = await care.visitor();
    await visitor.send('help billing');
    const told = await visitor.sees((one) => one.author.kind === 'bot' && one.text !== 'Bot: Hello', 'that nobody is there');
    check(
      visitor.taps(told).some(({ payload }) => payload === CONTACT_BY_EMAIL),
      'no answer by e-mail is offered',
    );
    check(
      visitor.taps(told).some(({ payload }) => payload === CONTINUE_WITH_BOT),
      'the bot is not offered',
    );
    await care.becomes<Outcomes>(
      '/v1/outcomes?limit=50',
      endedBy(visitor.conversationId, 'nobody-for-category'),
      'the reason in the outcome',
    );
    await visitor.tap(told, CONTINUE_WITH_BOT);
    await visitor.send('Then you');
    await visitor.sees((one) => one.text === 'Bot: Then you', 'the bot going on');
    check(!care.bot.turnsOf(visitor.conversationId).some((text) => /Continue/.test(text)), 'the bot heard the tap');
  });

  await stage.step('the expert comes online, and the same question is accepted', async () => {
    await crisp.availability(care.of.websiteId, 'online', care.of.expert);
    await clock.forward(AVAILABILITY_LIVES);
    const { visitor, inbox } = await care.waiting({ ask: 'help billing' });
    check(inbox.segments.includes('billing'), `the segments are ${inbox.segments.join(', ')}`);
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    await crisp.availability(care.of.websiteId, 'away', care.of.expert);
    await clock.forward(AVAILABILITY_LIVES);
  });

  await stage.step('Crisp does not answer, or has no calls left: two other reasons, and never that nobody is there', async () => {
    for (const [kind, reason] of [
      ['500', 'crisp-unreachable'],
      ['423', 'quota'],
    ] as const) {
      const { visitor } = await care.visitor();
      await clock.forward(AVAILABILITY_LIVES);
      await crisp.faults({ rest: { failures: [{ kind, path: '/availability', website_id: care.of.websiteId }] } });
      await visitor.send('help');
      const told = await visitor.sees(
        (one) => visitor.taps(one).some(({ payload }) => payload === CONTACT_BY_EMAIL),
        'that nobody can be promised',
      );
      await crisp.noFaults();
      check(told.author.kind === 'bot', 'somebody else says so');
      await care.becomes<Outcomes>('/v1/outcomes?limit=50', endedBy(visitor.conversationId, reason), `the reason ${reason}`);
    }
  });

  await stage.step('closed on a holiday although people are online: when it opens is said, in German with its own line', async () => {
    await clock.forwardTo(atHour('2027-01-06', 11));
    const { visitor } = await office.visitor({ locale: 'de-AT' });
    await visitor.send('help');
    const told = await visitor.sees((one) => /^Wir haben zu/.test(one.text), 'that the office is closed');
    check(/9:00|09:00/.test(told.text), `it says "${told.text}"`);
    const { visitor: english } = await office.visitor();
    await english.send('help');
    const other = await english.sees(
      (one) => one.author.kind === 'bot' && /9:00|09:00|9 /.test(one.text),
      'that the office is closed, in English',
    );
    check(!/Wir/.test(other.text), `it says "${other.text}"`);
  });

  await stage.step('open again the next morning: the same bot promises a human, in German', async () => {
    await clock.forwardTo(atHour('2027-01-07', 8));
    const early = await office.visitor();
    await early.visitor.send('help');
    await early.visitor.sees((one) => /9:00|09:00|9 /.test(one.text), 'closed at eight');
    await clock.forward(2 * HOUR);
    const { visitor, inbox } = await office.waiting({ locale: 'de' });
    await visitor.sees((one) => one.author.kind === 'system' && /Team|Jemand|jemand/.test(one.text), 'a German line');
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });
}
