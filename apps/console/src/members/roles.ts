import type { Role } from '@baton/control-api';

/** What a role is called, and what it lets one do. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  viewer: { name: 'Viewer', may: 'Sees bots, conversations and figures; changes nothing.' },
  editor: { name: 'Editor', may: 'Also sets bots up, connects Crisp and feeds knowledge.' },
  owner: { name: 'Owner', may: 'Also decides who may do what, makes API keys and takes bots away.' },
};

/** For choices. */
export const ROLE_CHOICES = (Object.keys(ROLE_WORDS) as Role[]).map((value) => ({ value, label: ROLE_WORDS[value].name }));
