import { PasswordInput } from '@mantine/core';
import type { PasswordInputProps } from '@mantine/core';

export interface SecretInputProps extends Omit<PasswordInputProps, 'value' | 'onChange'> {
  readonly value: string;
  /** One is kept already. */
  readonly isSet: boolean;
  readonly onChange: (value: string) => void;
}

/** A secret that goes in and never comes out again: empty keeps the one that is there. */
export function SecretInput({ value, isSet, onChange, ...more }: SecretInputProps) {
  return (
    <PasswordInput
      autoComplete="off"
      data-1p-ignore
      {...more}
      value={value}
      placeholder={isSet ? 'Kept, and readable by nobody. Type to replace it' : more.placeholder}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
