import { describe, expect, it } from '@jest/globals';
import { botChoices } from './bot-choices.js';

describe('bots to choose from', () => {
  it('are told apart by their short names where they have the same name, and only there', () => {
    const bots = [
      { botId: 'demo', name: 'Juniper' },
      { botId: 'helpdesk', name: 'Juniper' },
      { botId: 'outlet', name: 'Outlet' },
    ];
    expect(botChoices(bots).map(({ label }) => label)).toEqual(['Juniper (demo)', 'Juniper (helpdesk)', 'Outlet']);
  });
});
