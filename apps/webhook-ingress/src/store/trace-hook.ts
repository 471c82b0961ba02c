import { beginFact } from '@baton/telemetry';
import type { Step, StepAttributes } from '@baton/telemetry';
import type { Received } from '../http/answering.js';

/** One verified web hook, or one of several things that one says: its trace is named after the fact, so that a repeated one stays in it. */
export function traceHook(route: string, id: string, startedAt: number, attributes: StepAttributes): Step {
  const asked = { 'http.request.method': 'POST', 'http.route': route };
  return beginFact(`POST ${route}`, id, { kind: 'server', startedAt, attributes: { ...asked, ...attributes } });
}

/** What its sender was told. */
export function endHook(step: Step, answer: Received): void {
  if (typeof answer === 'string') step.add({ 'http.response.status_code': 200 });
  else {
    step.add({ 'http.response.status_code': answer.status });
    step.failed(answer.body.code);
  }
  step.end();
}
