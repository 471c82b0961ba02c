import { readFileSync } from 'node:fs';
import Module from 'node:module';

/**
 * Preloaded into every process of a journey that needs other times than now: `Date` is the machine's plus an offset in ms that stands in the
 * file `SHIFTED_CLOCK`. Timers of Node run on as they are. Nothing of Baton knows of it. Kafka's client keeps the machine's time: it measures by
 * it how long an answer takes.
 */

const FILE = process.env['SHIFTED_CLOCK'];
/** A change is seen by every process after so long (ms). */
const LOOK_EVERY = 25;

/** What a module of CommonJS is made with; not in Node's types. */
const modules = Module.prototype as unknown as { _compile(this: unknown, code: string, file: string, ...rest: unknown[]): unknown };
const KEEPS_TIME = /[\\/]node_modules[\\/]kafkajs[\\/]/;

if (FILE) {
  const RealDate = Date;
  Object.assign(globalThis, { MachineDate: RealDate });
  const compile = modules._compile;
  modules._compile = function (code, file, ...rest) {
    return compile.call(this, KEEPS_TIME.test(file) ? `const Date = globalThis.MachineDate;${code}` : code, file, ...rest);
  };
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
