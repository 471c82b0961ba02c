import { notFound, Refusal, resolved, listed } from './answer.js';
import type { Call, Route } from './route.js';

/** The workspace itself: who works there, whether they are there, its plan; and what a plugin asks about itself. */
export const websiteRoutes: Route[] = [
  { method: 'GET', path: '/website/:website', handle: (call) => resolved(websiteView(call)) },
  {
    method: 'GET',
    path: '/website',
    handle: (call) => {
      const found = [...call.world.websites.values()].some((website) => website.setup.domain === call.query['domain']);
      if (!found) throw notFound('website');
      return resolved({});
    },
  },
  {
    method: 'GET',
    path: '/website/:website/settings',
    scope: 'website:settings',
    handle: (call) =>
      resolved({
        ...websiteView(call),
        contact: {},
        inbox: { lock_removal: false, force_operator_token: false, locale: 'en' },
        emails: {},
        chatbox: {},
      }),
  },
  {
    method: 'GET',
    path: '/website/:website/operators/list',
    scope: 'website:operators',
    handle: (call) =>
      listed(
        call.website.operators.map((operator) => operatorView(operator)),
        false,
      ),
  },
  {
    method: 'GET',
    path: '/website/:website/operators/active',
    scope: 'website:operators',
    handle: (call) =>
      listed(
        call.website.operators.filter((operator) => operator.availability === 'online').map((operator) => operatorView(operator)),
        false,
      ),
  },
  {
    method: 'GET',
    path: '/website/:website/operator/:operator',
    scope: 'website:operators',
    handle: (call) => {
      const operator = call.website.operators.find((one) => one.user_id === call.param('operator'));
      if (!operator) throw notFound('operator');
      return resolved(operatorView(operator).details);
    },
  },
  {
    method: 'GET',
    path: '/website/:website/availability/status',
    scope: 'website:availability',
    handle: (call) => resolved({ status: call.website.status, since: call.website.statusSince }),
  },
  {
    method: 'GET',
    path: '/website/:website/availability/operators',
    scope: 'website:availability',
    handle: (call) =>
      listed(
        call.website.operators.map((operator) => ({
          user_id: operator.user_id,
          type: operator.availability,
          time: { for: 0, since: call.website.statusSince },
        })),
        false,
      ),
  },
  {
    method: 'GET',
    path: '/plans/subscription/:website',
    scope: 'plan:subscription',
    handle: (call) =>
      resolved({
        id: call.website.setup.plan,
        name: call.website.setup.plan,
        price: 0,
        trialing: false,
        bill_period: 'monthly',
        active: true,
      }),
  },
  { method: 'GET', path: '/plugin/connect/session', tiers: ['plugin'], handle: () => resolved({}) },
  { method: 'GET', path: '/plugin/connect/account', tiers: ['plugin'], handle: (call) => resolved({ plugin_id: pluginIdOf(call) }) },
  {
    method: 'GET',
    path: '/plugin/connect/websites/all/:page',
    tiers: ['plugin'],
    handle: (call) => listed(call.page > 1 ? [] : installs(call), false),
  },
  { method: 'GET', path: '/plugin/connect/websites/since', tiers: ['plugin'], handle: (call) => listed(installs(call), false) },
  {
    method: 'GET',
    path: '/plugin/connect/endpoints',
    tiers: ['plugin'],
    handle: () => {
      throw new Refusal(501, 'not_implemented', 'there is no real-time socket here: use web hooks');
    },
  },
  {
    method: 'POST',
    path: '/bucket/url/generate',
    scope: 'bucket:url',
    access: 'write',
    handle: () => {
      throw new Refusal(501, 'not_implemented', 'files are sent by their own URL here');
    },
  },
];

function websiteView({ website: { setup } }: Call): Record<string, unknown> {
  return { website_id: setup.website_id, name: setup.name, domain: setup.domain, logo: null };
}

function operatorView(operator: Call['website']['operators'][number]): { type: 'operator'; details: Record<string, unknown> } {
  return { type: 'operator', details: { ...operator, avatar: operator.avatar ?? null, has_token: false } };
}

function pluginIdOf(call: Call): string {
  for (const plugin of call.world.plugins.values()) {
    if (plugin.websites.some((website) => call.token.websites.includes(website))) return plugin.plugin_id;
  }
  return call.token.identifier;
}

function installs(call: Call): unknown[] {
  return call.token.websites.map((website_id) => ({ website_id, token: call.token.identifier, settings: {} }));
}
