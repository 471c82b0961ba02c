import type { Options } from '../shared/shell.js';
import { startLoader } from './loader.js';

type Calls = ReturnType<typeof startLoader> & { q?: ArrayLike<unknown>[]; live?: boolean };
const page = window as unknown as { $baton?: Calls };

const script = (document.currentScript ?? document.querySelector('script[data-bot][src*="loader.js"]')) as HTMLScriptElement | null;
const bot = script?.dataset.bot;

// A second snippet, or the same page drawn again, finds the chat there already.
if (script && bot && !page.$baton?.live) {
  const calls: Calls = startLoader({
    bot,
    base: new URL('../', script.src).href,
    panelUrl: new URL('panel.js', script.src).href,
    nonce: script.nonce || undefined,
    options: { ...script.dataset } as Options,
  });
  const waiting = page.$baton?.q ?? [];
  calls.live = true;
  page.$baton = calls;
  for (const args of waiting) calls(...(Array.from(args) as [string]));
}
