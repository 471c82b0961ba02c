import { readFileSync } from 'node:fs';
import type { CdnFile } from './cdn.js';

/** Stickers of our own drawing, as a person of the sandbox may send them; the files lie beside `src`. */
const FOLDER = new URL('../../messenger/stickers/', import.meta.url);

const of = (name: string, id: number): { name: string; id: number; file: () => CdnFile } => ({
  name,
  id,
  file: () => ({ name: `${name}.png`, contentType: 'image/png', bytes: readFileSync(new URL(`${name}.png`, FOLDER)) }),
});

export const STICKERS = [
  of('thumb', 900100200300401),
  of('heart', 900100200300402),
  of('parcel', 900100200300403),
  of('cat', 900100200300404),
];
