import type { Conversation, Standing } from '@baton/control-api';

export interface Drawn {
  readonly standing: Standing;
  readonly from: string;
  readonly to: string | null;
  /** ms */
  readonly lasts: number;
  /** Of the whole width, in percent. */
  readonly share: number;
}

/** No stretch is drawn narrower (percent): each must be seen and pressed. */
const NARROWEST = 3;
const MOST = 24;

/** Who had the conversation when, as a picture: longer is wider, but a day does not hide the minute that matters. The newest stretches only. */
export function floorPicture(floors: Conversation['floors'], now: Date): Drawn[] {
  const newest = floors.slice(-MOST).map(({ standing, from, to }) => {
    const lasts = Math.max(0, (to === null ? now.getTime() : Date.parse(to)) - Date.parse(from));
    return { standing, from, to, lasts, weight: Math.log2(2 + lasts / 1_000) };
  });
  const whole = newest.reduce((sum, { weight }) => sum + weight, 0);
  const widened = newest.map(({ weight, ...one }) => ({ ...one, share: Math.max(NARROWEST, (weight / whole) * 100) }));
  const total = widened.reduce((sum, { share }) => sum + share, 0);
  return widened.map((one) => ({ ...one, share: (one.share / total) * 100 }));
}
