import { createEmitter } from '../shared/emitter.js';
import type { Listener } from '../shared/emitter.js';
import { keepPrefix } from '../shared/shell.js';
import type { BotConfig, Options, Panel, PanelModule, State } from '../shared/shell.js';
import { drawFrame } from './frame.js';

export interface Snippet {
  readonly bot: string;
  /** Where the server's public interface is; ends with a slash. */
  readonly base: string;
  readonly panelUrl: string;
  readonly nonce: string | undefined;
  readonly options: Options;
}

const NOT_LOADED: State = { open: false, unread: 0, connected: false, mode: 'bot' };

/**
 * The small part that is on every page: the launcher, the page's calls, and the panel when it is needed. Returns what
 * carries out one call of the page; what is asked for before the panel is there happens when it is.
 */
export function startLoader({
  bot,
  base,
  panelUrl,
  nonce,
  options,
}: Snippet): (name: string, first?: unknown, second?: unknown) => unknown {
  const emitter = createEmitter((error) => console.error('[baton]', error));
  const warned = new Set<unknown>();
  let config: BotConfig = {};
  let frame: ReturnType<typeof drawFrame> | undefined;
  let panel: Panel | undefined;
  let loading: Promise<void> | undefined;
  let failures = 0;
  let hidden = false;
  let gone = false;

  const warn = (words: string) => console.warn(`[baton] ${words}`);
  const fail = (code: string, words: string) => {
    warn(words);
    emitter.emit('error', { code });
  };

  const dress = () => {
    if (!frame) return;
    frame.frame.dataset.launcher = hidden ? 'off' : 'on';
    frame.dress();
    panel?.dressed();
  };

  const load = async () => {
    await drawn;
    if (!frame || gone) return;
    const { shadow, launcher, frame: element } = frame;
    launcher.ariaBusy = 'true';
    try {
      // A module that failed once stays failed under its address.
      const { mount } = (await import(failures ? `${panelUrl}?try=${failures}` : panelUrl)) as PanelModule;
      if (!gone) panel = mount({ bot, base, shadow, frame: element, launcher, nonce, config, options, emit: emitter.emit });
    } catch (error) {
      failures++;
      loading = undefined;
      fail('not-loaded', `not loaded: ${error}`);
    }
    launcher.ariaBusy = null;
  };

  const withPanel = async (action: (panel: Panel) => void) => {
    await (loading ??= load());
    if (panel && !gone) action(panel);
  };

  const toggle = () => (panel?.state.open ? panel.close() : void withPanel((there) => there.open(true)));

  const commands: Record<string, (first?: unknown, second?: unknown) => unknown> = {
    open: () => withPanel((there) => there.open(true)),
    close: () => withPanel((there) => there.close()),
    toggle,
    show: () => {
      hidden = false;
      dress();
    },
    hide: () => {
      hidden = true;
      dress();
    },
    set: (wish) => {
      Object.assign(options, wish);
      dress();
    },
    send: (text) => withPanel((there) => there.send(String(text))),
    prefill: (text) => withPanel((there) => there.prefill(String(text))),
    get: (what, callback) => {
      const state = panel?.state ?? NOT_LOADED;
      const value = state[what as keyof State] ?? state;
      if (callback) emitter.call(callback as Listener, value);
      return value;
    },
    reset: () => withPanel((there) => there.reset()),
    destroy: () => {
      gone = true;
      panel?.destroy();
      frame?.remove();
      delete (window as { $baton?: unknown }).$baton;
    },
    on: (event, listener) => {
      emitter.on(event as string, listener as Listener);
      if (event === 'ready' && frame) emitter.call(listener as Listener, undefined);
    },
    off: (event, listener) => emitter.off(event as string, listener as Listener),
  };

  /** Draws the launcher, in the colour the server tells, and takes up a conversation that is under way. */
  const start = async () => {
    const response = await fetch(`${base}v1/webchat/${encodeURIComponent(bot)}/config`, { credentials: 'omit' }).catch(() => undefined);
    if (response && [403, 404].includes(response.status)) return fail('not-available', `${bot} may not be shown on ${location.origin}`);
    if (response?.ok) config = await response.json().catch(() => config);
    while (!document.body) await new Promise((resolve) => setTimeout(resolve, 20));
    if (gone) return;
    frame = drawFrame(config, options, nonce, toggle);
    dress();
    emitter.emit('ready');
    try {
      const prefix = keepPrefix(bot);
      if (sessionStorage.getItem(prefix + 'open')) void withPanel((there) => there.open(false));
      else if (localStorage.getItem(prefix + 'token')) void withPanel(() => {});
    } catch {
      // Where nothing may be kept, nothing is under way.
    }
  };
  const drawn = start();

  return (name, first, second) => {
    if (Object.hasOwn(commands, name)) return commands[name]?.(first, second);
    if (!warned.has(name)) warn(`unknown command ${name}`);
    warned.add(name);
    return undefined;
  };
}
