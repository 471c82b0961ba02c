import { ourLanguages } from '../our-languages.js';
import { fold, wordsOf } from '../words/words.js';
import { courtesyOf } from '../courtesy/courtesy.js';
import { humanWords, noWords, yesWords } from './human-words.js';

/** Words between the talking and the human: `talk about my order with a human`. */
const BETWEEN = '(?: \\S+){0,4}?';

/** What somebody is wanted for that is not the talk. */
const NO_MORE = '(?! (?:to (?!talk|speak|chat|help|answer)|who|that|discount|for (?!help|support)))';

/** What may stand around the bare name of a human: `hello, agent please`. */
const ASIDE =
  /\b(?:please|pls|now|bitte|jetzt|svp|s'il vous plait|s'il te plait|por favor|ahora|per favore|subito|alstublieft|graag|nu|agora|prosze|teraz|tack|lutfen|hemen)\b/g;

interface Rules {
  readonly wish: RegExp;
  readonly alone: RegExp;
  readonly not: RegExp;
}

const rules: readonly Rules[] = ourLanguages.map((language) => {
  const { talk, want, link, who, verbLast, alone, also, not } = humanWords[language];
  const human = `${link === '' ? '' : `(?:${link}) ?`}\\b(?:${who})`;
  const ways = [
    link === '' ? undefined : `(?:${talk})${BETWEEN} ${human}`,
    want ? `(?:${want}) ${human}${NO_MORE}` : undefined,
    verbLast ? `${human}(?: \\S+){0,4}? (?:${talk})` : undefined,
    also,
  ];
  const wish = ways.filter((way) => way !== undefined).join('|');
  return { wish: new RegExp(`(?<!\\S)(?:${wish})(?!\\S)`), alone: new RegExp(`^(?:${alone})$`), not: new RegExp(`(?<!\\S)(?:${not})`) };
});

/**
 * Whether somebody asks for a human, by rule, in any of our languages. `Human resources`, a travel agent or "I do not want
 * to talk to anybody" are none. Says it sentence by sentence, so that a wish is heard beside a question.
 */
export function humanWanted(text: string): boolean {
  if (/^\W*human\W*$/i.test(text)) return true;
  return text.split(/[.!?;\n…]+/).some((sentence) => {
    const words = wordsOf(sentence).slice(0, 80).map(fold).join(' ');
    if (words === '') return false;
    return rules.some((rule) => says(rule, words) || (rule.not.test(words) && clausesOf(sentence).some((clause) => says(rule, clause))));
  });
}

function says({ wish, alone, not }: Rules, words: string): boolean {
  return alone.test(words.replace(ASIDE, '').replace(/\s+/g, ' ').trim()) || (wish.test(words) && !not.test(words));
}

/** What he does not want stands beside what he wants: `I do not want a bot, I want a human`. */
function clausesOf(sentence: string): string[] {
  const clauses = sentence.split(/[,:–—]|\s-\s|(?<!\p{L})(?:but|instead|sondern|mais|sino|bensì|maar|mas|tylko|utan|ama)(?!\p{L})/iu);
  return clauses.length === 1 ? [] : clauses.map((clause) => wordsOf(clause).slice(0, 80).map(fold).join(' '));
}

const yes = new Set(yesWords.split(',').map((phrase) => wordsOrSigns(phrase)));

/** Whether somebody takes an offer: yes, and nothing else. */
export function accepts(text: string): boolean {
  const said = wordsOrSigns(text);
  return (
    yes.has(said) ||
    (said !== '' &&
      courtesyOf(text) !== 'goodbye' &&
      yes.has(
        said
          .replace(/ ?\b(?:thanks|thank you|danke|merci|gracias|grazie|dank u|dank je|obrigado|obrigada|dziekuje|tack|tesekkurler)\b/g, '')
          .trim(),
      ))
  );
}

const no = new Set(noWords.split(',').map((phrase) => wordsOrSigns(phrase)));

/** Whether somebody turns an offer down: no, and nothing else. */
export function refuses(text: string): boolean {
  return no.has(wordsOrSigns(text));
}

function wordsOrSigns(text: string): string {
  const words = wordsOf(text).map(fold).join(' ');
  return words !== '' ? words : text.trim();
}
