import { isDeepStrictEqual } from 'node:util';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** One step into a document: a property, or the element of a list that is this one, whatever its place. */
export type Step = string | Element;
export interface Element {
  /** What it is: the element itself, or its value under `by`. */
  readonly is: Json;
  /** The property that makes it this one; absent where the element itself does. */
  readonly by?: string;
}

/** One place at which two documents are not the same. What is undefined is not there. */
export interface Difference {
  readonly steps: readonly Step[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Of an element that came: its place in its list. */
  readonly at?: number;
}

/** What makes elements of a list this one or that one, where they have it. */
const IDENTITIES = ['id', 'date'] as const;

/**
 * What has to be done to the first to have the second. Lists whose elements can be told apart say which came, went and changed; all others
 * change as a whole.
 */
export function differencesOf(before: Json | undefined, after: Json | undefined, steps: readonly Step[] = []): Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differencesOf(own(before, name), own(after, name), [...steps, name]));
  }
  return (isList(before) && isList(after) && ofLists(before, after, steps)) || [{ steps, before, after }];
}

function ofLists(before: readonly Json[], after: readonly Json[], steps: readonly Step[]): Difference[] | undefined {
  const elementOf = identityOf([before, after]);
  if (!elementOf) return undefined;
  const was = new Map(before.map((one) => [keyOf(elementOf(one)), one]));
  const is = new Map(after.map((one) => [keyOf(elementOf(one)), one]));
  const stayed = [...was.keys()].filter((key) => is.has(key));
  const inNewOrder = [...is.keys()].filter((key) => was.has(key));
  if (!isDeepStrictEqual(stayed, inNewOrder)) return undefined;
  const to = (one: Json): readonly Step[] => [...steps, elementOf(one)];
  return [
    ...before.filter((one) => !is.has(keyOf(elementOf(one)))).map((one) => ({ steps: to(one), before: one, after: undefined })),
    ...after.flatMap((one, at): Difference[] => {
      const key = keyOf(elementOf(one));
      return was.has(key) ? differencesOf(was.get(key), one, to(one)) : [{ steps: to(one), before: undefined, after: one, at }];
    }),
  ];
}

/** How the elements of these lists are told apart; undefined where they are not. */
function identityOf(lists: readonly (readonly Json[])[]): ((one: Json) => Element) | undefined {
  const unique = (elementOf: (one: Json) => Element | undefined): boolean =>
    lists.every((list) => {
      const keys = list.map((one) => elementOf(one)).map((element) => element && keyOf(element));
      return !keys.includes(undefined) && new Set(keys).size === keys.length;
    });
  const itself = (one: Json): Element | undefined => (typeof one === 'object' ? undefined : { is: one });
  if (unique(itself)) return itself as (one: Json) => Element;
  for (const by of IDENTITIES) {
    const byProperty = (one: Json): Element | undefined => {
      const is = isObject(one) ? own(one, by) : undefined;
      return typeof is === 'string' ? { by, is } : undefined;
    };
    if (unique(byProperty)) return byProperty as (one: Json) => Element;
  }
  return undefined;
}

/**
 * Does to a document what the differences say. On the document that they begin with it gives exactly the one they end with; on another one
 * it changes what they name and leaves the rest.
 */
export function withDifferences(document: Json | undefined, differences: readonly Difference[]): Json | undefined {
  return differences.reduce((all, { steps, after, at }) => put(all, steps, after, at), document);
}

function put(into: Json | undefined, [step, ...rest]: readonly Step[], value: Json | undefined, at: number | undefined): Json | undefined {
  if (step === undefined) return value;
  if (typeof step === 'string') {
    const object = isObject(into) ? into : {};
    const inner = put(own(object, step), rest, value, at);
    const others = Object.entries(object).filter(([name]) => name !== step);
    return Object.fromEntries(inner === undefined ? others : [...others, [step, inner]]);
  }
  const list = isList(into) ? into : [];
  const place = list.findIndex((one) =>
    isDeepStrictEqual(step.by === undefined ? one : isObject(one) ? own(one, step.by) : undefined, step.is),
  );
  const inner = put(place < 0 ? undefined : list[place], rest, value, at);
  if (inner === undefined) return list.filter((_, i) => i !== place);
  if (place >= 0) return list.with(place, inner);
  const end = at ?? list.length;
  return [...list.slice(0, end), inner, ...list.slice(end)];
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (object: { readonly [name: string]: Json }, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
const keyOf = ({ is }: Element): string => JSON.stringify(is);
