import { safeParse } from '@baton/contracts';
import { z } from 'zod';

const truth = z.preprocess((value) => {
  const word = String(value).trim().toLowerCase();
  return /^(?:true|yes|1)$/.test(word) ? true : /^(?:false|no|0)$/.test(word) ? false : value;
}, z.boolean());
const numbers = z.preprocess(
  (value) =>
    (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])
      .map((each) => Number.parseInt(String(each).replace(/\D/g, ''), 10))
      .filter((each) => Number.isSafeInteger(each)),
  z.array(z.int()),
);
const words = z.preprocess(
  (value) => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String),
  z.array(z.string()),
);

const ReplySchema = z.object({
  answer: z.preprocess((value) => (value === null || value === undefined ? '' : value), z.string()),
  used: numbers.default([]),
  quotes: words.default([]),
  supported: truth,
  needs_human: truth.default(false),
});
export type ModelReply = z.output<typeof ReplySchema>;

/**
 * What a model answered, read as kindly as can be: the JSON object may stand among other words, in a fence or behind
 * thoughts, with numbers as texts. Undefined when there is none that says what is needed.
 */
export function readReply(said: string): ModelReply | undefined {
  const bare = said.replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi, '');
  for (let at = bare.indexOf('{'); at >= 0; at = bare.indexOf('{', at + 1)) {
    const end = endOfObject(bare, at);
    if (end === undefined) return undefined;
    const read = safeParse(ReplySchema, parsed(bare.slice(at, end)));
    if (read.success) return read.data;
  }
  return undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    try {
      // Line ends inside strings and commas before a bracket are what models get wrong most.
      return JSON.parse(
        json.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, text: string | undefined) =>
          (text ?? '').replace(/\n/g, '\\n').replace(/\t/g, '\\t'),
        ),
      );
    } catch {
      return undefined;
    }
  }
}

/** Behind the bracket that closes the one at a place; undefined when the text ends before. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0;
  let inside = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (inside) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inside = false;
    } else if (sign === '"') inside = true;
    else if (sign === '{') depth += 1;
    else if (sign === '}' && (depth -= 1) === 0) return at + 1;
  }
  return undefined;
}
