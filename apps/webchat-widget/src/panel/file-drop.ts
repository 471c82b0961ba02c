import { h } from '../shared/dom.js';
import type { Voice } from './voice.js';

/** Files that are dragged over the chat: says that they may be dropped, and takes them. */
export function takeDrops(target: HTMLElement, voice: Voice, take: (files: readonly File[]) => void): void {
  const sign = h('div', { class: 'drop', hidden: true }, voice.say('drop'));
  target.append(sign);
  const bringsFiles = ({ dataTransfer }: DragEvent) => !!dataTransfer?.types.includes('Files');
  target.addEventListener('dragover', (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  target.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!target.contains(relatedTarget as Node | null)) sign.hidden = true;
  });
  target.addEventListener('drop', (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    sign.hidden = true;
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
