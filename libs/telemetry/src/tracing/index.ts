export { activeTraceparent, beginFact, beginStep } from './step.js';
export type { Step, StepAttributes } from './step.js';
