const segmenters = new Map<string, Intl.Segmenter>();

/** Ends with a full stop and goes on all the same, in our languages. */
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|approx|vs|mr|mrs|ms|dr|prof|st|incl|excl|bzw|ggf|inkl|zzgl|str|z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ex|env|par ex|p\.\s?ej|sr|sra|dott|sig|ad es|bijv|o\.a|d\.w\.z|m\.i\.v|np|m\.in|tzw|ul|godz|tj|t\.ex|bl\.a|dvs|vb|örn)\.$/iu;
/** The same, before a number only: `No. 5`, but "No." */
const BEFORE_NUMBER = /(?:^|[\s(])(?:no|nos|nr|núm|n\.º|art|fig|tel|abs|pág|max|min|ca|ch|vol)\.$/iu;

/** Characters behind which an abbreviation begins. */
const LONGEST_ABBREVIATION = 24;

/** The sentences of a text in order, whole and trimmed. An abbreviation, an ordinal or an address does not end one. */
export function sentencesOf(text: string, language = 'en'): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment, index } of segmenterOf(language).segment(text)) {
    open += segment;
    if (goesOn(open.slice(-LONGEST_ABBREVIATION).trimEnd(), text.slice(index + segment.length, index + segment.length + 20))) continue;
    sentences.push(open.trim());
    open = '';
  }
  sentences.push(open.trim());
  return sentences.filter((sentence) => sentence !== '');
}

function goesOn(open: string, rest: string): boolean {
  if (open === '' || /^\s*$/.test(rest)) return false;
  if (ABBREVIATION.test(open) || (BEFORE_NUMBER.test(open) && /^\s*\d/.test(rest))) return true;
  if (/(?:^|\s)\d{1,2}\.$/.test(open)) return true;
  return /[.…]$/.test(open) && /^\s*\p{Ll}/u.test(rest);
}

function segmenterOf(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    try {
      segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
    } catch {
      segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
    }
    if (segmenters.size < 100) segmenters.set(language, segmenter);
  }
  return segmenter;
}
