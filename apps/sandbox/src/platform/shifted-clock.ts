import { readFileSync } from 'node:fs';

/**
 * Preloaded into every process of a journey that needs other times than now: `Date` is the machine's plus an offset in ms that stands in the
 * file `SHIFTED_CLOCK`. Timers of Node run on as they are. Nothing of Baton knows of it.
 */

const FILE = process.env['SHIFTED_CLOCK'];
/** A change is seen by every process after so long (ms). */
const LOOK_EVERY = 25;

if (FILE) {
  const RealDate = Date;
  let offset = 0;
  const look = (): void => {
    const read = Number(readFileSync(FILE, 'utf8'));
    if (Number.isFinite(read)) offset = read;
  };
  look();
  setInterval(() => {
    try {
      look();
    } catch {
      // It is being written; the next look sees it.
    }
  }, LOOK_EVERY).unref();
  const now = (): number => RealDate.now() + offset;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], made) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, made === globalThis.Date ? target : made) as object,
    apply: (target) => new target(now()).toString(),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  });
}
