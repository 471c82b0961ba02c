import { NumberInput } from '@mantine/core';
import type { NumberInputProps } from '@mantine/core';

/** A length of time in one unit, which stands behind the number. */
export function DurationInput({ unit, ...more }: { readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' } & NumberInputProps) {
  return <NumberInput min={0} decimalScale={2} thousandSeparator=" " suffix={` ${unit}`} {...more} />;
}
