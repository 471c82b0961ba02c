export {
  EffectRefusal,
  EffectRetry,
  type Effect,
  type EffectEnd,
  type EffectKind,
  type EffectOutcome,
  type EffectPlan,
  type Json,
} from './effect.js';
export { Counters, type EffectsObserver } from './counters.js';
export { Effects, type EffectsOptions } from './effects.js';
export { openByTarget, type OpenEffects } from './store/open-by-target.js';
export { effectsMigrations } from './migrations.js';
export type { Budget } from './target/budgets.js';
export type { BreakerOptions } from './target/target-health.js';
