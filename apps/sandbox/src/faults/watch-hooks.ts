import type { CrispControl } from '../journey/crisp-control.js';
import type { AnyHookRecord } from '../simulator-kit/hook-log.js';
import type { Ledger } from './ledger.js';
import type { MessengerScreens } from './messenger-screens.js';
import type { Arrivals } from './recovery.js';
import { isTroubled, toldBy, together, type Told } from './told.js';

/** A text that stood in a web hook. */
export interface ToldByHook {
  readonly text: string;
  readonly hook: AnyHookRecord;
}

export interface WatchHooks {
  readonly crisp: CrispControl;
  readonly screens: MessengerScreens;
  readonly ledger: Ledger;
  readonly arrivals: Arrivals;
  readonly isWord: (text: string) => boolean;
}

/** Notes when the platforms told of each word. To be called again and again: they remember only their newest web hooks. */
export async function noteWhatWasTold({ crisp, screens, ledger, arrivals, isWord }: WatchHooks): Promise<void> {
  const told = new Map<string, Told>();
  for (const { text, hook } of [...(await screens.toldByHooks()), ...(await toldByCrisp(crisp))]) {
    if (!isWord(text)) continue;
    told.set(text, together(told.get(text), toldBy(hook.attempts)));
    if (isTroubled(hook)) arrivals.excuse(text);
  }
  for (const [word, when] of told) ledger.wasTold(word.split('.')[0]!, word, when);
}

/** What agents wrote. */
async function toldByCrisp(crisp: CrispControl): Promise<ToldByHook[]> {
  return (await crisp.newestHooks('message:received')).flatMap((hook) => {
    const { content } = (JSON.parse(hook.body) as { data: { content: unknown } }).data;
    return typeof content === 'string' ? [{ text: content, hook }] : [];
  });
}
