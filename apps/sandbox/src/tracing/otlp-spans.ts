import { bytesOf, fieldsOf, hexOf, numberOf, textOf } from './protobuf.js';

export interface SeenSpan {
  /** `service.name` of who made it. */
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for the first of a trace. */
  readonly parentId: string | undefined;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** ms since 1970, with fractions. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly isError: boolean;
}

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const ERROR = 2n;

/** The spans of one OTLP request (`ExportTraceServiceRequest` of opentelemetry-proto 1.x). */
export function spansOf(request: Uint8Array): SeenSpan[] {
  return bytesOf(fieldsOf(request), 1).flatMap((resourceSpans) => {
    const fields = fieldsOf(resourceSpans);
    const service = String(attributesOf(bytesOf(fieldsOf(bytesOf(fields, 1)[0] ?? new Uint8Array()), 1))['service.name']);
    return bytesOf(fields, 2).flatMap((scopeSpans) => bytesOf(fieldsOf(scopeSpans), 2).map((span) => spanOf(span, service)));
  });
}

function spanOf(bytes: Uint8Array, service: string): SeenSpan {
  const fields = fieldsOf(bytes);
  return {
    service,
    traceId: hexOf(fields, 1),
    spanId: hexOf(fields, 2),
    parentId: hexOf(fields, 4) || undefined,
    name: textOf(fields, 5),
    kind: KINDS[Number(numberOf(fields, 6))] ?? 'internal',
    startedAt: Number(numberOf(fields, 7)) / 1e6,
    endedAt: Number(numberOf(fields, 8)) / 1e6,
    attributes: attributesOf(bytesOf(fields, 9)),
    links: bytesOf(fields, 13).map((link) => {
      const linked = fieldsOf(link);
      return { traceId: hexOf(linked, 1), spanId: hexOf(linked, 2) };
    }),
    isError: numberOf(fieldsOf(bytesOf(fields, 15)[0] ?? new Uint8Array()), 3) === ERROR,
  };
}

function attributesOf(pairs: readonly Uint8Array[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const fields = fieldsOf(pair);
      return [textOf(fields, 1), valueOf(bytesOf(fields, 2)[0] ?? new Uint8Array())];
    }),
  );
}

/** `AnyValue`: a text, a truth, a whole number; nothing else is written by us. */
function valueOf(bytes: Uint8Array): string | number | boolean {
  const [field] = fieldsOf(bytes);
  if (field === undefined) return '';
  if (field.number === 2) return field.value === 1n;
  return typeof field.value === 'bigint' ? Number(field.value) : Buffer.from(field.value).toString('utf8');
}
