export { traceFields } from './log-fields.js';
export { startTracing } from './start-tracing.js';
export type { Tracing, TracingOptions } from './start-tracing.js';
export { activeTraceparent, beginFact, beginStep } from './step.js';
export type { ChildOptions, Step, StepAttributes, StepOptions } from './step.js';
export { readTraceparent, traceparentOfFact } from './traceparent.js';
