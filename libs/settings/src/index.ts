export * from './bot-keys.js';
export * from './held-settings.js';
export { isSameSetting } from './publish-plan.js';
export type { PublishPlan } from './publish-plan.js';
export * from './secrets/seal.js';
export * from './setting.js';
export * from './settings-publisher.js';
export * from './settings-store.js';
export * from './settings-view.js';
