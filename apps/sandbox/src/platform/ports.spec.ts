import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePorts, PortsSchema, requireFree } from './ports.js';

describe('the ports of the sandbox', () => {
  it('are all different when they are chosen freely', async () => {
    const ports = Object.values(await freePorts());
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('say in one sentence which of them is taken, and what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const ports = { ...(await freePorts()), CRISP_PORT: port };
    await expect(requireFree(ports, ['CRISP_PORT'])).rejects.toThrow(`Port ${port} is taken`);
    await expect(requireFree(ports, ['CRISP_PORT'])).rejects.toThrow('CRISP_PORT=');
    await expect(requireFree(ports, ['SITE_PORT'])).resolves.toBeUndefined();
    taken.close();
  });

  it('come from the environment', () => {
    expect(PortsSchema.parse({ SITE_PORT: '5000' })).toMatchObject({ SITE_PORT: 5000, CRISP_PORT: 4100 });
    expect(PortsSchema.safeParse({ SITE_PORT: 'http' }).success).toBe(false);
  });
});
