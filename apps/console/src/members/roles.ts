import type { Role } from '@baton/control-api';

/** What a role is called, and what it lets one do. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly may: string; readonly you: string }>> = {
  viewer: {
    name: 'Viewer',
    may: 'Sees bots, conversations and figures; changes nothing.',
    you: 'You will see bots, conversations and figures.',
  },
  editor: {
    name: 'Editor',
    may: 'Also sets bots up, connects Crisp and feeds knowledge.',
    you: 'You will see everything and set bots up.',
  },
  owner: {
    name: 'Owner',
    may: 'Also decides who may do what, makes API keys and takes bots away.',
    you: 'You will decide about everything, also who else comes in.',
  },
};

/** For choices. */
export const ROLE_CHOICES = (Object.keys(ROLE_WORDS) as Role[]).map((value) => ({ value, label: ROLE_WORDS[value].name }));
