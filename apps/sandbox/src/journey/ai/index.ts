import { ADVISOR_API_KEY, HELPDESK_API_KEY } from '../../platform/sandbox-crisp.js';
import { demoSources } from '../../knowledge/demo-sources.js';
import { BotSources, loadKnowledge } from '../../knowledge/load-knowledge.js';
import { check, type Stage } from '../stage.js';
import { connection } from './connection.js';
import { inFront } from './in-front.js';
import { inTheInbox } from './in-the-inbox.js';
import { modes } from './modes.js';
import { testWebsites } from './test-bots.js';
import { withAModel } from './with-a-model.js';

/** Everything that the AI does, in Crisp's inbox and in front; what other settings change is looked at only in a sandbox of the journey's own. */
export async function aiJourney(stage: Stage): Promise<void> {
  const { place, crisp } = stage;
  const { ais, site } = place;
  await stage.step('AI: two bots read the pages of the demo shop', async () => {
    check(ais.length > 0, 'no AI runs here');
    const sources = await demoSources(site);
    const bots = [new BotSources(ais[0]!, 'helpdesk', HELPDESK_API_KEY), new BotSources(ais[0]!, 'advisor', ADVISOR_API_KEY)];
    for (const bot of bots) await loadKnowledge(bot, sources);
    // A second time it costs nothing.
    const { changed } = await loadKnowledge(bots[0]!, sources);
    check(changed === 0, `${changed} sources were read again`);
  });
  await inTheInbox(stage);
  await inFront(stage);
  if (!place.hasTestBots) return;
  await crisp.call('PUT', '/setup', testWebsites(place.ingress));
  await modes(stage);
  await withAModel(stage);
  await connection(stage);
}
