import { isHexColour, readableShade } from '../theme/contrast.js';

/** The lightest and darkest of our own backgrounds that the accent is written on. */
const BACKGROUND = { light: '#f1f2f4', dark: '#262a32' } as const;

/** The accent as ink: links and marks in it can be read on our backgrounds, whatever colour the owner chose. */
export function dressColours(frame: HTMLElement): void {
  const own = getComputedStyle(frame).getPropertyValue('--accent').trim();
  if (!isHexColour(own)) return;
  frame.style.setProperty('--_accent-ink', readableShade(own, frame.dataset.scheme === 'dark' ? BACKGROUND.dark : BACKGROUND.light));
}
