import { check, type Stage } from '../stage.js';
import { MessengerControl } from '../messenger-person.js';
import { Cast } from './cast.js';
import { ScriptedBot } from './scripted-bot.js';
import { comingBack } from './coming-back.js';
import { followUp } from './follow-up.js';
import { fromTheInbox } from './from-the-inbox.js';
import { inMessenger } from './in-messenger.js';
import { ledger } from './ledger.js';
import { mayWePromise } from './may-we-promise.js';
import { outcomes } from './outcomes.js';
import { signs } from './signs.js';
import { timers } from './timers.js';
import { waiting } from './waiting.js';
import { CARE, OFFICE, STRICT, WAITING_BOTS, waitingPages, waitingWebsites } from './waiting-bots.js';

/** Nobody is left in silence, and the bot knows what the human said: every promise of waiting and coming back, with clocks that are moved. */
export async function waitingJourney(stage: Stage): Promise<void> {
  const { levers, place } = stage;
  if (!levers) return;
  const bots = new Map(WAITING_BOTS.map(({ botId }) => [botId, new ScriptedBot(botId, levers)]));
  await stage.step('waiting: three bots are played by a script', async () => {
    await stage.crisp.call('PUT', '/setup', waitingWebsites(place.ingress));
    await new MessengerControl(place.messenger).call('PUT', '/setup', waitingPages());
    await Promise.all([...bots.values()].map((bot) => bot.start()));
    check(bots.size === WAITING_BOTS.length, 'a bot is missing');
  });
  const [care, office, strict] = [CARE, OFFICE, STRICT].map((of) => new Cast(stage, levers, of, bots.get(of.botId)!)) as [Cast, Cast, Cast];
  try {
    await timers(care);
    await waiting(care);
    await fromTheInbox(care);
    await signs(care);
    await comingBack(care);
    await outcomes(care, strict);
    await followUp(care);
    await inMessenger(care);
    await mayWePromise(care, office);
    await ledger(care, strict);
  } finally {
    await Promise.all([...bots.values()].map((bot) => bot.stop()));
  }
}
