export { courtesyOf, withoutCourtesy, type Courtesy } from './courtesy/courtesy.js';
export { statesDecision } from './decisions/decisions.js';
export { frustrationIn, type FrustrationSign } from './frustration/frustration.js';
export { accepts, humanWanted, refuses } from './human-wanted/human-wanted.js';
export { oursOf, ourLanguages, primaryLanguage, type OurLanguage } from './our-languages.js';
export { isPersonalPromise, promisesContact, promisesIn } from './promises/promises.js';
export { sentencesOf } from './sentences.js';
export { commonWordsOf, contentWords, fold, foldedText, hasWord, wordsOf } from './words/words.js';
