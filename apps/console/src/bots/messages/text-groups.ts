import type { HandoverTexts } from '@baton/contracts';

export interface DescribedText {
  readonly name: keyof HandoverTexts;
  readonly title: string;
  /** When it is said. */
  readonly when: string;
}

/** Everything else that Baton says, in the order in which a visitor may meet it. */
export const TEXT_GROUPS: readonly { readonly title: string; readonly about: string; readonly texts: readonly DescribedText[] }[] = [
  {
    title: 'Asking for a human',
    about: 'From the wish for a human until one is there.',
    texts: [
      { name: 'oneMoment', title: 'One moment', when: 'At once, while Baton asks Crisp who is there.' },
      { name: 'waiting', title: 'Passed on', when: 'The conversation is in your team’s inbox.' },
      { name: 'waitEstimate', title: 'How long it takes', when: 'Added to “Passed on” when there is an honest estimate.' },
      { name: 'placeInLine', title: 'Place in line', when: 'Added to “Passed on” when others wait, too.' },
      { name: 'stillWaiting', title: 'Still waiting', when: 'Said once more while nobody has answered.' },
      { name: 'keepAlive', title: 'While waiting', when: 'Said one after the other while nobody has answered, each once.' },
      { name: 'takesLonger', title: 'It takes longer', when: 'Nobody came within the time that was announced; your team was reminded.' },
      { name: 'timedOut', title: 'Nobody answered', when: 'No agent answered in time, and the bot is back.' },
    ],
  },
  {
    title: 'With an agent',
    about: 'While somebody of your team has the conversation, and when he gives it back.',
    texts: [
      { name: 'joined', title: 'An agent joined', when: 'Before an agent’s first words.' },
      { name: 'onHold', title: 'On hold', when: 'An agent needs some minutes for something.' },
      { name: 'resolved', title: 'Resolved', when: 'The agent is done, and the bot is back.' },
      { name: 'cancelled', title: 'Back to the bot', when: 'The visitor went back to the bot himself.' },
      { name: 'stillNeedHelp', title: 'Tap: still need help', when: 'Below “Resolved”; takes the conversation up again.' },
      { name: 'reopened', title: 'Taken up again', when: 'The visitor tapped that he still needs help.' },
    ],
  },
  {
    title: 'An answer by e-mail',
    about: 'When nobody is there, Baton can ask for an address, and your team answers later.',
    texts: [
      { name: 'contactByEmail', title: 'Tap: answer by e-mail', when: 'Below the message that nobody is there.' },
      { name: 'continueWithBot', title: 'Tap: continue here', when: 'Beside it.' },
      { name: 'askAddress', title: 'Asking for the address', when: 'The visitor wants an answer by e-mail.' },
      { name: 'addressWrong', title: 'That is no address', when: 'What he wrote is no e-mail address.' },
      { name: 'confirmAddress', title: 'Is it right?', when: 'His address is known already.' },
      { name: 'followUpOpened', title: 'Passed on for an e-mail', when: 'The conversation is in your team’s inbox; this is a promise.' },
      { name: 'followUpFailed', title: 'Could not be passed on', when: 'Crisp did not take it.' },
      { name: 'followUpLate', title: 'The e-mail did not come', when: 'Nobody answered within the time that was promised.' },
    ],
  },
  {
    title: 'Promises and ratings',
    about: 'What Baton says so that nothing promised is forgotten, and how it asks how it was.',
    texts: [
      { name: 'promiseBroken', title: 'A promise was not kept', when: 'What the bot announced did not happen in time.' },
      { name: 'cannotPromise', title: 'No such promise', when: 'Instead of a promise that your bot may not make.' },
      { name: 'askRating', title: 'How was the agent?', when: 'After a talk with an agent, where ratings are on.' },
      { name: 'askBotRating', title: 'How was the bot?', when: 'After a talk with the bot, where ratings are on.' },
      { name: 'ratingThanks', title: 'Thanks for the rating', when: 'After a rating.' },
    ],
  },
];

/** What each word in braces becomes. */
export const PLACEHOLDERS: Readonly<Record<string, string>> = {
  '{agent}': 'the agent’s name',
  '{email}': 'the visitor’s address',
  '{time}': 'a time, such as “tomorrow at 09:00”',
  '{minutes}': 'a number of minutes',
  '{count}': 'how many wait before him',
  '{link}': 'the link to the whole conversation',
};

/** The words in braces of a text, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])];
}
