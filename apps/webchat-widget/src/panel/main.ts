import { adopt } from '../shared/dom.js';
import type { Panel, Shell } from '../shared/shell.js';
import { Chat } from './chat.js';
import css from './panel.css';

/** Takes over from the loader: the conversation, and everything of it that can be seen and heard. */
export function mount(shell: Shell): Panel {
  adopt(shell.shadow, css, shell.nonce);
  return new Chat(shell);
}
