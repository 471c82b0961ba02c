import { darken, lighten, luminance } from '@mantine/core';

/** The least contrast of text, WCAG 2.2 AA. */
const READABLE = 4.5;

/** The colour if it can be read as text on the background, else the nearest shade of it that can. */
export function readableShade(colour: string, background: string): string {
  const towards = luminance(background) > 0.18 ? darken : lighten;
  for (let part = 0; part < 1; part += 0.05) {
    const shade = part === 0 ? colour : towards(colour, part);
    if (contrast(shade, background) >= READABLE) return shade;
  }
  return towards === darken ? '#000000' : '#ffffff';
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
