import { expect, it } from '@jest/globals';
import { routeOf } from './route-of.js';

it.each([
  ['/', '/'],
  ['/v1/website/8c842203-7ed8-4e29-a608-7cf78a7d2fcc/conversation', '/v1/website/{id}/conversation'],
  ['/v1/website/8c842203/conversation/session_19e5240f-0a8d/message', '/v1/website/{id}/conversation/{id}/message'],
  ['/v1/website/8c842203/people/profile/jane.roe%40example.com', '/v1/website/{id}/people/profile/{id}'],
  ['/v25.0/104/messages', '/v25.0/{id}/messages'],
  ['/v1/chat/completions', '/v1/chat/completions'],
  ['/help/how-jane-lost-her-parcel', '/help/{id}'],
  ['/Jane', '/{id}'],
  [`/${'a/'.repeat(20)}`, '/a/a/a/a/a/a/a/a/a/a/a/a/…'],
])('the kind of path of %s is %s', (path, route) => expect(routeOf(path)).toBe(route));
