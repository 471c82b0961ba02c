import { Radio, Stack } from '@mantine/core';
import { ROLES } from '@baton/control-api';
import type { Role } from '@baton/control-api';
import { ROLE_WORDS } from './roles.js';

/** Chooses a role by what it lets one do. */
export function RoleChoice({ value, onChange }: { readonly value: Role; readonly onChange: (role: Role) => void }) {
  return (
    <Radio.Group label="Role" value={value} onChange={(role) => onChange(role as Role)}>
      <Stack gap="xs" mt={6}>
        {ROLES.map((role) => (
          <Radio key={role} value={role} label={ROLE_WORDS[role].name} description={ROLE_WORDS[role].may} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
