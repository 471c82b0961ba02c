import { ADVISOR_API_KEY, HELPDESK_API_KEY } from '../platform/sandbox-crisp.js';
import { demoSources } from './demo-sources.js';
import { BotSources, loadKnowledge } from './load-knowledge.js';

const BOTS = [
  { botId: 'helpdesk', apiKey: HELPDESK_API_KEY },
  { botId: 'advisor', apiKey: ADVISOR_API_KEY },
];

/** Has the bots of the sandbox read the demo knowledge, one after the other; a bot that cannot be is told, and the next one reads. */
export async function loadDemoKnowledge(
  { ais, site }: { readonly ais: readonly string[]; readonly site: string },
  say: (line: string) => void,
): Promise<void> {
  const sources = await demoSources(site);
  for (const { botId, apiKey } of BOTS) {
    const began = performance.now();
    try {
      const { chunks, changed } = await loadKnowledge(new BotSources(ais[0]!, botId, apiKey), sources, (ready, all) =>
        say(`${botId} reads: ${ready} of ${all} sources`),
      );
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      say(
        changed === 0
          ? `${botId} knows all ${sources.length} sources already`
          : `${botId} knows ${sources.length} sources in ${chunks} passages, after ${seconds} s`,
      );
    } catch (error) {
      say(`${botId} could not read: ${(error as Error).message}`);
    }
  }
}
