import { expect, it } from '@jest/globals';
import { ConsoleAddress } from '../sign-in/console-address.js';
import { contentPolicy } from './content-policy.js';

it.each([
  ['https://baton.example', "img-src 'self' data: https:"],
  ['http://127.0.0.1:3004', "img-src 'self' data: https: http://127.0.0.1:*"],
])('at %s pictures come from: %s', (url, pictures) => {
  const parts = contentPolicy(new ConsoleAddress(url), 'a-nonce').split('; ');
  expect(parts).toContain(pictures);
  expect(parts).toContain("default-src 'none'");
  expect(parts).toContain("style-src 'self' 'nonce-a-nonce'");
});
