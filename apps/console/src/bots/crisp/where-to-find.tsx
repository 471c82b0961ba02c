import { Anchor, List, Text } from '@mantine/core';
import type { Tier } from './connection-form.js';

const SCOPES = [
  'website:conversation:sessions (read, write)',
  'website:conversation:messages (read, write)',
  'website:conversation:states (read, write)',
  'website:conversation:initiate (write)',
  'website:availability (read)',
  'website:operators (read)',
  'website:conversation:routing (read)',
  'website:conversation:actions (read)',
];

/** The way to a token at Crisp, step by step. */
export function WhereToFind({ tier }: { readonly tier: Tier }) {
  return (
    <List type="ordered" size="sm" spacing="xs">
      {tier === 'plugin' ? (
        <>
          <List.Item>
            At{' '}
            <Anchor href="https://marketplace.crisp.chat/" target="_blank" rel="noreferrer" size="sm" underline="always" c="inherit">
              Crisp’s Marketplace
            </Anchor>
            , sign in and make a private plugin for your team.
          </List.Item>
          <List.Item>
            Under <b>Tokens</b> ask for a production token with these scopes:
            <List size="sm" mt={4} withPadding>
              {SCOPES.map((scope) => (
                <List.Item key={scope}>
                  <Text size="sm" ff="monospace" component="span" style={{ overflowWrap: 'anywhere' }}>
                    {scope}
                  </Text>
                </List.Item>
              ))}
            </List>
          </List.Item>
          <List.Item>Install the plugin in your workspace, and copy the token’s id and key.</List.Item>
        </>
      ) : (
        <>
          <List.Item>
            In Crisp open <b>Settings</b>, <b>Workspace settings</b>, <b>Advanced configuration</b>.
          </List.Item>
          <List.Item>Make an API token there. Its key is shown only once: copy both id and key.</List.Item>
        </>
      )}
      <List.Item>
        The website id stands in Crisp under <b>Settings</b>, <b>Workspace settings</b>, <b>Setup &amp; Integrations</b>.
      </List.Item>
    </List>
  );
}
