import type { SetupInput } from '../../crisp-simulator/setup.js';

/** Whom a newcomer meets: a workspace of Crisp that no bot is connected to yet, and the workspace of the sandbox in Baton. */

export const WORKSPACE = 'sandbox';
export const NEWCOMER_BOT = 'newcomer';
export const NEWCOMER_WEBSITE = '11111111-2222-4333-8444-aaaaaaaaaa01';
export const NEWCOMER_TOKEN = 'journey-newcomer-token';
export const NEWCOMER_KEY = 'journey-newcomer-key';
export const RIA = '22222222-2222-4333-8444-aaaaaaaaaa01';

/** @param hookUrl where its web hooks go, once somebody has set that */
export function newcomersCrisp(hookUrl?: string): SetupInput {
  return {
    websites: [
      {
        website_id: NEWCOMER_WEBSITE,
        name: 'Journey: newcomer',
        domain: 'newcomer.example.test',
        ...(hookUrl === undefined ? {} : { hook_url: hookUrl }),
        operators: [{ user_id: RIA, first_name: 'Ria', last_name: 'Novak' }],
      },
    ],
    tokens: [{ identifier: NEWCOMER_TOKEN, key: NEWCOMER_KEY, tier: 'plugin', websites: [NEWCOMER_WEBSITE], daily_quota: 1_000_000 }],
  };
}
