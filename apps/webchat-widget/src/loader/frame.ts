import { adopt, h, icon } from '../shared/dom.js';
import type { BotConfig, Options } from '../shared/shell.js';
import { readableOn } from '../theme/on-accent.js';
import { openLabel } from './labels.js';
import css from './launcher.css';

/** Puts the launcher on the page, in a shadow root that the page's styles do not reach. */
export function drawFrame(config: BotConfig, options: Options, nonce: string | undefined, onLaunch: () => void) {
  const host = document.createElement('baton-chat');
  const shadow = host.attachShadow({ mode: 'open' });
  adopt(shadow, css, nonce);
  const launcher = h(
    'button',
    { type: 'button', class: 'launcher', part: 'launcher', 'aria-expanded': 'false', 'aria-haspopup': 'dialog', onclick: onLaunch },
    icon('M12 4a8 7.5 0 1 1-3.6 14.2L4 19.5l1.2-3.6A7.5 7.5 0 0 1 12 4Z'),
  );
  const frame = h('div', { class: 'frame' }, launcher);
  shadow.append(frame);

  const darkness = matchMedia('(prefers-color-scheme: dark)');
  const dress = () => {
    const locale = options.locale || document.documentElement.lang || navigator.language;
    frame.dir = /^(ar|he|iw)\b/i.test(locale) ? 'rtl' : 'ltr';
    frame.dataset.side = options.position ?? (frame.dir === 'rtl' ? 'left' : 'right');
    frame.dataset.scheme = options.theme === 'dark' || (options.theme !== 'light' && darkness.matches) ? 'dark' : 'light';
    launcher.ariaLabel ||= openLabel(locale);
    const { accent = '#2f6fed' } = config;
    frame.style.setProperty('--_accent', accent);
    frame.style.setProperty('--_on-accent', readableOn(accent));
    if (options.zIndex) host.style.setProperty('--baton-z-index', String(options.zIndex));
  };
  darkness.onchange = dress;
  dress();

  // Some page switches exchange everything below <html>; the chat stays.
  const put = () => host.isConnected || document.documentElement.append(host);
  const watch = new MutationObserver(put);
  watch.observe(document.documentElement, { childList: true });
  put();

  const remove = () => {
    watch.disconnect();
    darkness.onchange = null;
    host.remove();
  };
  return { shadow, frame, launcher, dress, remove };
}
