import type { ChangeEvent } from 'react';
import type { BotForm } from './use-bot-form.js';
import type { Pointer } from './pointer.js';

/** The properties that tie an input to a place of the bot's settings. */
export function bind(form: BotForm) {
  const common = (pointer: Pointer) => ({ disabled: !form.mayEdit, error: form.problemAt(pointer) });
  return {
    /** A text; where it may be left out, an empty one is none. */
    text: (pointer: Pointer, { optional = false }: { readonly optional?: boolean } = {}) => ({
      ...common(pointer),
      value: (form.at(pointer) as string | undefined) ?? '',
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        form.set(pointer, optional && event.currentTarget.value === '' ? undefined : event.currentTarget.value),
    }),
    /** A number, shown in units of `unit`; an empty field is none, and so has its default. */
    number: (pointer: Pointer, { unit = 1 }: { readonly unit?: number } = {}) => {
      const value = form.at(pointer) as number | undefined;
      return {
        ...common(pointer),
        value: value === undefined ? '' : value / unit,
        onChange: (to: number | string) => form.set(pointer, typeof to === 'number' ? Math.round(to * unit * 1_000) / 1_000 : undefined),
      } as const;
    },
    flag: (pointer: Pointer) => ({
      ...common(pointer),
      checked: form.at(pointer) === true,
      onChange: (event: ChangeEvent<HTMLInputElement>) => form.set(pointer, event.currentTarget.checked),
    }),
    choice: (pointer: Pointer) => ({
      ...common(pointer),
      value: (form.at(pointer) as string | undefined) ?? null,
      onChange: (to: string | null) => form.set(pointer, to ?? undefined),
    }),
    /** A list of words. What is wrong with one of them is told below all. */
    words: (pointer: Pointer) => {
      const value = (form.at(pointer) as string[] | undefined) ?? [];
      const wrong = value.map((_, i) => form.problemAt(`${pointer}/${i}`)).find((one) => one !== undefined);
      return { disabled: !form.mayEdit, error: form.problemAt(pointer) ?? wrong, value, onChange: (to: string[]) => form.set(pointer, to) };
    },
    /** A secret that nobody can read again: empty keeps the one that is there. */
    secret: (pointer: Pointer) => {
      const value = form.at(pointer);
      return {
        ...common(pointer),
        value: typeof value === 'string' ? value : '',
        isSet: form.saved(pointer) !== undefined,
        onChange: (to: string) => form.set(pointer, to === '' ? form.saved(pointer) : to),
      };
    },
  };
}
