const segmenters = new Map<string, Intl.Segmenter>();

/** Ends with a full stop and goes on all the same, in our languages. */
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|etc|approx|no|nos|vs|mr|mrs|ms|dr|prof|st|inc|ltd|max|min|incl|excl|fig|art|tel|abs|bzw|ca|ggf|inkl|zzgl|nr|str|usw|z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ex|env|par ex|p\.\s?ej|núm|pág|sr|sra|dott|sig|ad es|bijv|o\.a|d\.w\.z|m\.i\.v|n\.º|np|m\.in|tzw|ul|godz|tj|t\.ex|bl\.a|dvs|vb|örn)\.$/iu;

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
  if (ABBREVIATION.test(open)) return true;
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
