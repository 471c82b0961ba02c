import type { CrispOperator } from '../client/requests.js';
import type { ScopeNeed } from './needs.js';
import { isForbidden, isNotSubscribed, isSilence, isUnknownToken } from './outcome.js';
import type { ProbedScope, Probes } from './probe-connection.js';

/** What is wrong with a connection, for a program. */
export type ProblemCode =
  | 'crisp-silent'
  | 'crisp-busy'
  | 'token-refused'
  | 'tier-wrong'
  | 'website-unknown'
  | 'website-not-bound'
  | 'scope-missing'
  | 'no-operators'
  | 'no-hook-secret'
  | 'no-hook-seen';

/** What is missing and what to do about it, in words for whoever looks after support. */
export interface Missing {
  readonly code: ProblemCode;
  /** Without it nothing works. */
  readonly blocking: boolean;
  readonly what: string;
  readonly todo: string;
}

export interface ScopeFinding extends ScopeNeed {
  readonly state: 'granted' | 'missing' | 'not-checked';
}

/** What is known of a connection. */
export interface ConnectionFindings {
  /** Nothing that is blocking is missing. */
  readonly ready: boolean;
  readonly token: 'taken' | 'refused' | 'not-checked';
  readonly tier: 'plugin' | 'website';
  readonly website: { readonly state: 'bound' | 'not-bound' | 'unknown' | 'not-checked'; readonly name?: string; readonly domain?: string };
  readonly scopes: readonly ScopeFinding[];
  /** Null when they could not be read. */
  readonly operators: readonly { readonly name: string; readonly online: boolean }[] | null;
  readonly missing: readonly Missing[];
}

/** What Baton itself knows of the way back, Crisp's web hook. */
export interface WayBack {
  /** Crisp can prove to us who it is: by a secret in the URL, or by a plugin's signature. */
  readonly hasSecret: boolean;
  /** When the first web hook came; null when none did; undefined where nobody looked. */
  readonly hookSeenSince: Date | null | undefined;
}

/** Reads what Crisp said to {@link Probes} into what is there and what is missing. */
export function findingsOf(probes: Probes, wayBack: WayBack): ConnectionFindings {
  const token = tokenState(probes);
  const scopes = scopesOf(probes);
  const website = token === 'taken' ? websiteState(probes, scopes) : 'not-checked';
  const missing = [
    ...missingOfToken(probes, token),
    ...missingOfWebsite(website, probes.tier),
    ...(website === 'not-bound' || website === 'unknown' ? [] : scopes.flatMap(missingScope)),
    ...missingOperators(probes.operators),
    ...missingOfWayBack(wayBack, probes.tier),
  ];
  const { found } = probes;
  return {
    ready: token === 'taken' && website === 'bound' && !missing.some(({ blocking }) => blocking),
    token,
    tier: probes.tier,
    website: { state: website, ...(found?.name ? { name: found.name } : {}), ...(found?.domain ? { domain: found.domain } : {}) },
    scopes,
    operators: probes.operators?.map(({ name, online }) => ({ name, online })) ?? null,
    missing,
  };
}

function tokenState({ website, scopes }: Probes): ConnectionFindings['token'] {
  if (isUnknownToken(website)) return 'refused';
  const outcomes = [website, ...scopes.flatMap(({ outcome }) => outcome ?? [])];
  return outcomes.every(isSilence) ? 'not-checked' : 'taken';
}

function websiteState({ website }: Probes, scopes: readonly ScopeFinding[]): ConnectionFindings['website']['state'] {
  if (website.went === 'well' || scopes.some(({ state }) => state === 'granted')) return 'bound';
  if (website.reason === 'website_not_found') return 'unknown';
  if (isNotSubscribed(website) || isForbidden(website) || website.code === 'crisp.not-found') return 'not-bound';
  return 'not-checked';
}

function scopesOf({ tier, scopes }: Probes): ScopeFinding[] {
  // A website token has no scopes: what it is refused, it is refused for another reason.
  if (tier === 'website') return [];
  return scopes.map((probed) => ({ ...probed.scope, state: scopeState(probed) }));
}

/** Which comes first at Crisp, the look at the scope or at the conversation, is not documented: "no such conversation" says nothing. */
function scopeState({ outcome, onNothing }: ProbedScope): ScopeFinding['state'] {
  if (!outcome) return 'not-checked';
  if (isForbidden(outcome)) return 'missing';
  return outcome.went === 'well' && !onNothing ? 'granted' : 'not-checked';
}

function missingOfToken(probes: Probes, token: ConnectionFindings['token']): Missing[] {
  if (token === 'refused') {
    const other = probes.tier === 'plugin' ? 'website' : 'plugin';
    if (probes.asOtherTier && !isUnknownToken(probes.asOtherTier) && !isSilence(probes.asOtherTier)) {
      return [
        blocking(
          'tier-wrong',
          `This is a ${other} token, not a ${probes.tier} token.`,
          `Set the tier to "${other}", or use a ${probes.tier} token.`,
        ),
      ];
    }
    return [blocking('token-refused', 'Crisp does not know this token.', TOKEN_TODO[probes.tier])];
  }
  if (token === 'taken') return [];
  const isBusy = probes.website.went === 'wrong' && probes.website.code === 'crisp.rate-limited';
  return isBusy
    ? [
        blocking(
          'crisp-busy',
          'Crisp takes no more calls of this token for now.',
          "Try again later; the token's daily calls may be used up.",
        ),
      ]
    : [blocking('crisp-silent', 'Crisp did not answer.', 'Try again in a minute; if an address of your own is set, check it.')];
}

const TOKEN_TODO = {
  plugin:
    'Copy token id and token key once more from your plugin at Crisp\'s Marketplace ("Tokens"). A token that was rolled is dead at once.',
  website: 'Make a new token in Crisp under Settings, Workspace settings, Advanced: its key is shown only once.',
} as const;

function missingOfWebsite(state: ConnectionFindings['website']['state'], tier: Probes['tier']): Missing[] {
  if (state === 'unknown') {
    return [
      blocking(
        'website-unknown',
        'Crisp has no website with this id.',
        'Copy the website id from Crisp under Settings, Workspace settings, Setup.',
      ),
    ];
  }
  if (state !== 'not-bound') return [];
  return [
    blocking(
      'website-not-bound',
      'The token is right, but not for this website.',
      tier === 'plugin'
        ? 'Install your plugin in this workspace; a development token works only in the workspace that your plugin trusts. Check the website id, too.'
        : 'Make the token in the workspace of this website. Check the website id, too.',
    ),
  ];
}

function missingScope({ scope, access, need, usedTo, state }: ScopeFinding): Missing[] {
  if (state !== 'missing') return [];
  const what = `The token may not ${access} "${scope}", which is needed to ${usedTo}.`;
  const todo = `Add the scope "${scope}" (${access}) to your plugin at Crisp's Marketplace, and have the workspace accept it.`;
  return [{ code: 'scope-missing', blocking: need === 'required', what, todo }];
}

function missingOperators(operators: readonly CrispOperator[] | undefined): Missing[] {
  if (operators === undefined || operators.length > 0) return [];
  return [
    { code: 'no-operators', blocking: false, what: 'The workspace has no agents.', todo: 'Invite at least one, or nobody can take over.' },
  ];
}

function missingOfWayBack({ hasSecret, hookSeenSince }: WayBack, tier: Probes['tier']): Missing[] {
  if (hookSeenSince instanceof Date) return [];
  if (!hasSecret && tier === 'website') {
    return [
      {
        code: 'no-hook-secret',
        blocking: false,
        what: 'There is no secret for the web hook, so none is taken.',
        todo: 'Create one: the address with it is shown once, to be copied into Crisp.',
      },
    ];
  }
  if (hookSeenSince === undefined) return [];
  const where = tier === 'plugin' ? 'at your plugin in the Marketplace, or in Crisp' : 'in Crisp';
  return [
    {
      code: 'no-hook-seen',
      blocking: false,
      what: 'No web hook has come from this website yet: without it nobody learns what visitors and agents write.',
      todo: `Set the web hook's address ${where} under Settings, Workspace settings, Advanced; tick the events; then write a message in your chatbox.`,
    },
  ];
}

function blocking(code: ProblemCode, what: string, todo: string): Missing {
  return { code, blocking: true, what, todo };
}
