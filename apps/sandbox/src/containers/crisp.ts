import { sandboxCrisp } from '../platform/sandbox-crisp.js';

/** The simulated Crisp in a container: `INGRESS_URL`, where its hooks go, and `CRISP_URL`, where browsers reach itself. */

const { INGRESS_URL = 'http://127.0.0.1:4001', CRISP_URL = 'http://127.0.0.1:4100' } = process.env;
process.env['CRISP_SETUP'] = JSON.stringify(sandboxCrisp(INGRESS_URL, CRISP_URL));
await import('../crisp-simulator/main.js');
