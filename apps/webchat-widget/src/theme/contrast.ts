import { luminance } from './on-accent.js';

/** The least contrast of text, WCAG 2.2 AA. */
const READABLE = 4.5;

/** 1 (same) to 21 (black on white). Colours are `#rrggbb`. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour itself if it can be read as text on the background, else the nearest shade of it that can. */
export function readableShade(colour: string, background: string): string {
  const towards = contrast('#ffffff', background) > contrast('#000000', background) ? 255 : 0;
  for (let part = 0; part < 1; part += 0.05) {
    const shade = mixed(colour, towards, part);
    if (contrast(shade, background) >= READABLE) return shade;
  }
  return towards ? '#ffffff' : '#000000';
}

function mixed(colour: string, towards: number, part: number): string {
  return colour.replace(/[0-9a-f]{2}/gi, (hex) => {
    const value = parseInt(hex, 16);
    return Math.round(value + (towards - value) * part)
      .toString(16)
      .padStart(2, '0');
  });
}

/** True for what can be reckoned with here. */
export function isHexColour(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}
