import { describe, expect, it } from '@jest/globals';
import { surroundingsFrom } from './surroundings.js';

const road = {
  CRISP_SIMULATOR_URL: 'http://crisp:4100',
  CHANNEL_DISPATCHER_URL: 'http://dispatcher:3003',
  ESCALATION_ORCHESTRATOR_URL: 'http://orchestrator:3002',
  SITE_ORIGIN: 'http://127.0.0.1:4000',
};

describe('the surroundings of a walk', () => {
  it('are the services whose addresses are given, and no road where no simulator is', () => {
    expect(surroundingsFrom({ WEBHOOK_INGRESS_URL: 'http://ingress:3001/', CONTROL_PLANE_URL: '' })).toEqual({
      services: [{ name: 'webhook-ingress', url: 'http://ingress:3001' }],
      readyWithinMs: 120_000,
      road: undefined,
    });
  });

  it('have a road where the simulators run', () => {
    expect(surroundingsFrom(road).road).toEqual({
      crisp: 'http://crisp:4100',
      dispatcher: 'http://dispatcher:3003',
      orchestrator: 'http://orchestrator:3002',
      origin: 'http://127.0.0.1:4000',
    });
  });

  it.each([
    ['nothing to look at', {}, /^Nothing to look at: set WEBHOOK_INGRESS_URL/],
    ['an address that is none', { CONTROL_PLANE_URL: 'control-plane:3004' }, /^CONTROL_PLANE_URL must be an http/],
    [
      'a road without its places',
      { CRISP_SIMULATOR_URL: road.CRISP_SIMULATOR_URL, CONTROL_PLANE_URL: 'http://x' },
      /it needs CHANNEL_DISPATCHER_URL/,
    ],
    ['no patience', { ...road, READY_WITHIN_SECONDS: '0' }, /^READY_WITHIN_SECONDS/],
  ])('are refused in words: %s', (_, env, sentence) => {
    expect(() => surroundingsFrom(env)).toThrow(sentence);
  });
});
