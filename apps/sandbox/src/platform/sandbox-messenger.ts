import type { SetupInput } from '../messenger-simulator/setup.js';

/** What exists at the simulated Messenger of the sandbox; the same ids and secrets stand in `bots.yaml`. */

export const MESSENGER_APP = '770011220033';
export const DEMO_PAGE = '4400110022';
export const OUTLET_PAGE = '4400110033';
export const ADVISOR_PAGE = '4400110044';
export const DEMO_PAGE_TOKEN = 'sandbox-page-token';
export const OUTLET_PAGE_TOKEN = 'sandbox-outlet-page-token';
export const ADVISOR_PAGE_TOKEN = 'sandbox-advisor-page-token';
export const APP_SECRET = 'sandbox-app-secret-please-change';
export const VERIFY_TOKEN = 'sandbox-verify-token';

export const LENA = '9100200300400001';
export const OMAR = '9100200300400002';
export const AIKO = '9100200300400003';
export const PRIYA = '9100200300400004';

/** @param ingress the address of the ingress, where hooks go: one address for every page of the app. */
export function sandboxMessenger(ingress: string): SetupInput {
  return {
    apps: [
      {
        app_id: MESSENGER_APP,
        secret: APP_SECRET,
        verify_token: VERIFY_TOKEN,
        hook_url: `${ingress}/api/integrations/messenger/webhook/demo`,
      },
    ],
    pages: [
      {
        page_id: DEMO_PAGE,
        name: 'Juniper Shop',
        app_id: MESSENGER_APP,
        token: DEMO_PAGE_TOKEN,
        require_proof: true,
        people: [
          { psid: LENA, first_name: 'Lena', last_name: 'Hofmann', locale: 'de_DE' },
          { psid: OMAR, first_name: 'Omar', last_name: 'Haddad', locale: 'ar_AR' },
          { psid: AIKO, first_name: 'Aiko', last_name: 'Tanaka', locale: 'ja_JP' },
        ],
      },
      { page_id: OUTLET_PAGE, name: 'Juniper Outlet', app_id: MESSENGER_APP, token: OUTLET_PAGE_TOKEN },
      {
        page_id: ADVISOR_PAGE,
        name: 'Juniper Advice',
        app_id: MESSENGER_APP,
        token: ADVISOR_PAGE_TOKEN,
        people: [{ psid: PRIYA, first_name: 'Priya', last_name: 'Nair', locale: 'en_GB' }],
      },
    ],
  };
}
