import { ClientFrameSchema, MAX_CLIENT_FRAME, safeParse } from '@baton/contracts';
import type { ClientFrame, RefusalCode } from '@baton/contracts';
import { z } from 'zod';
import { storableText } from '../log/storable.js';

/** A frame from a browser, or why it is refused; `clientId` when it is a message whose sender should know. */
export type ReadFrame = { readonly frame: ClientFrame } | { readonly refused: RefusalCode; readonly clientId?: string };

const ClientIdSchema = z.uuid();

/** Checks what a browser sent: JSON, of a known kind, within its sizes. Characters that no database keeps are taken out of texts. */
export function readFrame(text: string): ReadFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: 'bad-frame' };
  }
  if (typeof json !== 'object' || json === null) return { refused: 'bad-frame' };
  const given = json as { t?: unknown; clientId?: unknown; body?: unknown };
  const clientId = given.t === 'send' ? ClientIdSchema.safeParse(given.clientId).data : undefined;
  const refused = (code: RefusalCode): ReadFrame => (clientId === undefined ? { refused: code } : { refused: code, clientId });

  if (Buffer.byteLength(text) > MAX_CLIENT_FRAME) return refused(given.t === 'send' ? 'text-too-long' : 'bad-frame');
  const parsed = safeParse(ClientFrameSchema, cleaned(json));
  if (parsed.success) return { frame: parsed.data };
  const isTooLong = parsed.error.issues.every((issue) => issue.code === 'too_big' && issue.path.join('.') === 'body.text');
  return refused(isTooLong ? 'text-too-long' : 'bad-frame');
}

/** Texts of a frame are at most two levels deep; what is deeper is none of ours and falls to the schema. */
function cleaned(value: unknown, levels = 2): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || levels === 0) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner, levels - 1)]));
}
