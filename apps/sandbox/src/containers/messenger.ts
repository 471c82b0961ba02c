import { sandboxMessenger } from '../platform/sandbox-messenger.js';

/** The simulated Messenger in a container: `INGRESS_URL` is where its hooks go. */

const { INGRESS_URL = 'http://127.0.0.1:4001' } = process.env;
process.env['MESSENGER_SETUP'] = JSON.stringify(sandboxMessenger(INGRESS_URL));
await import('../messenger-simulator/main.js');
