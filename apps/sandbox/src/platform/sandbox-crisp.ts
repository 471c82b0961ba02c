import type { SetupInput } from '../crisp-simulator/setup.js';

/** What exists at the simulated Crisp of the sandbox; the same ids and secrets stand in `bots.yaml`. */

export const DEMO_WEBSITE = '11111111-2222-4333-8444-555555555555';
export const OUTLET_WEBSITE = '11111111-2222-4333-8444-666666666666';
export const HELPDESK_WEBSITE = '11111111-2222-4333-8444-777777777777';
export const ADVISOR_WEBSITE = '11111111-2222-4333-8444-888888888888';
/** Nobody is connected to it: for whoever connects a bot of his own. */
export const SPARE_WEBSITE = '11111111-2222-4333-8444-999999999999';
export const PLUGIN_ID = '0b0b0b0b-0000-4000-8000-000000000001';
export const HOOK_SECRET = 'sandbox-hook-secret-please-change';
export const SIGNING_SECRET = 'sandbox-signing-secret';
export const DEMO_API_KEY = 'sandbox-bot-key';
export const HELPDESK_API_KEY = 'sandbox-helpdesk-key';
export const ADVISOR_API_KEY = 'sandbox-advisor-key';

export const MIA = '22222222-2222-4333-8444-555555555501';
export const TOM = '22222222-2222-4333-8444-555555555502';
export const NOOR = '22222222-2222-4333-8444-666666666601';
export const INES = '22222222-2222-4333-8444-777777777701';

/**
 * @param ingress the address of the ingress, where hooks go.
 * @param crisp its own address, where the agents' pictures lie.
 */
export function sandboxCrisp(ingress: string, crisp: string): SetupInput {
  const picture = (name: string): string => `${crisp}/people/${name}.png`;
  const hooks = `${ingress}/api/integrations/livechat/crisp`;
  return {
    websites: [
      {
        website_id: DEMO_WEBSITE,
        name: 'Juniper Shop',
        domain: 'shop.example.test',
        hook_url: `${hooks}/webhook/demo?key=${HOOK_SECRET}`,
        operators: [
          {
            user_id: MIA,
            first_name: 'Mia',
            last_name: 'Berger',
            email: 'mia@example.test',
            role: 'owner',
            title: 'Customer care',
            avatar: picture('mia'),
          },
          {
            user_id: TOM,
            first_name: 'Tom',
            last_name: 'Okafor',
            email: 'tom@example.test',
            title: 'Orders',
            availability: 'away',
            avatar: picture('tom'),
          },
        ],
      },
      {
        website_id: OUTLET_WEBSITE,
        name: 'Juniper Outlet',
        domain: 'outlet.example.test',
        operators: [
          {
            user_id: NOOR,
            first_name: 'Noor',
            last_name: 'Lind',
            email: 'noor@example.test',
            role: 'owner',
            title: 'Outlet',
            avatar: picture('noor'),
          },
        ],
      },
      {
        website_id: HELPDESK_WEBSITE,
        name: 'Juniper Helpdesk',
        domain: 'help.example.test',
        hook_url: `${hooks}/webhook/helpdesk?key=${HOOK_SECRET}`,
        operators: [
          { user_id: INES, first_name: 'Ines', last_name: 'Farkas', email: 'ines@example.test', role: 'owner', title: 'Helpdesk' },
          {
            user_id: MIA,
            first_name: 'Mia',
            last_name: 'Berger',
            email: 'mia@example.test',
            title: 'Customer care',
            avatar: picture('mia'),
          },
        ],
      },
      {
        website_id: ADVISOR_WEBSITE,
        name: 'Juniper Advice',
        domain: 'advice.example.test',
        hook_url: `${hooks}/webhook/advisor?key=${HOOK_SECRET}`,
        operators: [
          { user_id: INES, first_name: 'Ines', last_name: 'Farkas', email: 'ines@example.test', role: 'owner', title: 'Plant care' },
        ],
      },
      {
        website_id: SPARE_WEBSITE,
        name: 'Juniper Pop-up',
        domain: 'popup.example.test',
        operators: [
          {
            user_id: MIA,
            first_name: 'Mia',
            last_name: 'Berger',
            email: 'mia@example.test',
            role: 'owner',
            title: 'Customer care',
            avatar: picture('mia'),
          },
        ],
      },
    ],
    // A fault run makes in minutes the calls of many days.
    tokens: [
      {
        identifier: 'sandbox-token',
        key: 'sandbox-key',
        tier: 'plugin',
        websites: [DEMO_WEBSITE, OUTLET_WEBSITE, HELPDESK_WEBSITE, ADVISOR_WEBSITE, SPARE_WEBSITE],
        daily_quota: 1_000_000_000,
      },
    ],
    plugins: [
      { plugin_id: PLUGIN_ID, websites: [OUTLET_WEBSITE], hook_url: `${hooks}/plugin/${PLUGIN_ID}`, signing_secret: SIGNING_SECRET },
    ],
  };
}
