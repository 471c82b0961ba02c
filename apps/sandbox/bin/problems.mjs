import { isStopping } from './run.mjs';

/** A problem told to a person in one sentence, without a stack. */
export class Launch extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Progress goes to stderr: a program's own output on stdout stays clean. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** The failure of a step, or "stopped" when it failed because somebody stopped us; `at` tells which of several was first. */
export function stepFailed(Kind, message) {
  const error = isStopping() ? new Launch('Stopped.', 130) : new Kind(message);
  error.at = performance.now();
  return error;
}
