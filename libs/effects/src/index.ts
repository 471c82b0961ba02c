export * from './effect.js';
export { Effects, type EffectsOptions } from './effects.js';
export { effectsMigrations } from './migrations.js';
