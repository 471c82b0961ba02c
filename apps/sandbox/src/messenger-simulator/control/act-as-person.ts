import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import * as pageActs from '../acts/page-acts.js';
import * as acts from '../acts/person-acts.js';
import type { Attachment, Person, StoredMessage } from '../model.js';
import { SAMPLES } from '../samples.js';
import { STICKERS } from '../stickers.js';
import type { World } from '../world.js';
import * as bodies from './control-bodies.js';
import { messageView, personView, transcriptView } from './control-views.js';
import { badRequest, notFound } from './refusal.js';

/**
 * What a person does in Messenger, and what somebody does in the page's own inbox. Every act may carry `age_ms`: it is stamped so much earlier,
 * and opens the window from then.
 */
export function registerPersonActs(
  server: FastifyInstance,
  world: World,
  parse: <S extends z.ZodType>(schema: S, body: unknown) => z.output<S>,
): void {
  const at = '/control/people/:psid';

  const personOf = (params: unknown): Person => {
    const found = world.person((params as { psid: string }).psid);
    if (!found) throw notFound('person');
    return found;
  };
  const messageOf = (person: Person, mid: string | undefined): StoredMessage => {
    const found = person.messages.findLast((message) => (mid === undefined ? message.from === 'page' : message.mid === mid));
    if (!found) throw notFound('message');
    return found;
  };
  /** An act of one person; answers 201 with what he said, or 200 with himself. */
  const act = (path: string, perform: (person: Person, body: unknown) => StoredMessage | void): void => {
    server.post(`${at}${path}`, (request, reply) => {
      const person = personOf(request.params);
      const body = (request.body ?? {}) as { age_ms?: unknown };
      const usual = person.acts_age_ms;
      if (typeof body.age_ms === 'number') person.acts_age_ms = body.age_ms;
      try {
        const made = perform(person, body);
        return reply.code(made ? 201 : 200).send(made ? messageView(made) : personView(world, person));
      } finally {
        person.acts_age_ms = usual;
      }
    });
  };

  server.get('/control/people', (request) => {
    const { page_id } = request.query as { page_id?: string };
    return world
      .allPeople()
      .filter((person) => !page_id || person.page_id === page_id)
      .map((person) => personView(world, person));
  });
  server.post('/control/people', (request, reply) => {
    const { page_id = [...world.pages.keys()][0], ...card } = parse(bodies.NewPersonSchema, request.body);
    if (!page_id || !world.pages.has(page_id)) throw notFound('page');
    if (card.psid && world.person(card.psid)) throw badRequest('psid: this person is there');
    return reply.code(201).send(transcriptView(world, world.addPerson(page_id, card)));
  });
  server.get(at, (request) => transcriptView(world, personOf(request.params)));
  server.patch(at, (request) => {
    const person = personOf(request.params);
    const { owner, ...changes } = parse(bodies.PersonSchema, request.body);
    Object.assign(person, changes);
    if (owner !== undefined && owner !== person.owner) pageActs.moveThread(world, person, owner, 'pass');
    acts.receive(world, person);
    world.change({ what: 'person', page_id: person.page_id, psid: person.psid });
    return personView(world, person);
  });
  server.get('/control/transcripts', () => world.allPeople().map((person) => transcriptView(world, person)));

  act('/say', (person, body) => acts.say(world, person, parse(bodies.SaySchema, body)));
  act('/tap', (person, body) => {
    const { title, payload } = parse(bodies.TapSchema, body);
    if (title !== undefined && payload !== undefined) return acts.say(world, person, { text: title, payload });
    const last = person.messages.findLast((message) => message.from === 'page');
    const offered = last?.quick_replies?.find((one) => (title === undefined ? one.payload === payload : one.title === title));
    if (!offered) throw badRequest("the page's last message offers no such quick reply");
    return acts.say(world, person, { text: offered.title ?? '', payload: offered.payload ?? '' });
  });
  act('/postback', (person, body) => {
    const { title, payload } = parse(bodies.PostbackSchema, body);
    return acts.postback(world, person, title, payload);
  });
  act('/attachment', (person, body) => {
    const wanted = parse(bodies.AttachSchema, body);
    const attachments = Array.from({ length: wanted.count }, () => attachmentOf(world, wanted));
    return acts.say(world, person, { attachments, text: wanted.text });
  });
  act('/edit', (person, body) => {
    const { mid, text } = parse(bodies.EditSchema, body);
    const message = messageOf(person, mid);
    if (message.from !== 'person' || message.text === undefined) throw badRequest('mid: not a text of this person');
    acts.edit(world, person, message, text);
  });
  act('/react', (person, body) => {
    const { mid, emoji } = parse(bodies.ReactSchema, body);
    acts.react(world, person, messageOf(person, mid), emoji);
  });
  act('/read', (person) => acts.read(world, person));
  act('/refer', (person, body) => acts.refer(world, person, parse(bodies.ReferSchema, body).ref));
  act('/optin', (person, body) => acts.optIn(world, person, parse(bodies.OptInSchema, body).optin));
  act('/time', (person, body) => acts.letTimePass(world, person, parse(bodies.TimeSchema, body).passed_ms));
  act('/page-inbox', (person, body) => {
    const { text, takes_thread } = parse(bodies.PageInboxSchema, body);
    return pageActs.answerFromPageInbox(world, person, { text }, takes_thread);
  });
  act('/element', (person, body) => {
    const { element, standby } = parse(bodies.ElementSchema, body);
    const usual = { sender: { id: person.psid }, recipient: { id: person.page_id }, timestamp: world.now() - person.acts_age_ms };
    world.tell({ kind: 'odd', page_id: person.page_id, psid: person.psid, standby, body: { ...usual, ...element } });
  });

  server.post(`${at}/upload`, (request, reply) => {
    const person = personOf(request.params);
    if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw badRequest('the body must be a file');
    const { name = 'file' } = request.query as { name?: string };
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    const type = /^(image|audio|video)\//.exec(contentType)?.[1] ?? 'file';
    const url = world.cdn.put({ name, contentType, bytes: request.body });
    return reply.code(201).send(messageView(acts.say(world, person, { attachments: [{ type, payload: { url }, name }] })));
  });
}

function attachmentOf(world: World, wanted: z.output<typeof bodies.AttachSchema>): Attachment {
  const { type, url, content_base64, payload } = wanted;
  if (payload) return { type, payload };
  switch (type) {
    case 'location':
      return { type, payload: { coordinates: { lat: 52.52, long: 13.405 } } };
    case 'fallback':
      return { type, payload: { url: url ?? 'https://shop.example.test/shoes', title: wanted.name ?? 'Red shoes' } };
    case 'template':
      return { type, payload: { template_type: 'generic', elements: [] } };
    case 'sticker': {
      const sticker = STICKERS.find(({ name }) => name === wanted.name) ?? STICKERS[0]!;
      return { type, payload: { url: url ?? world.cdn.put(sticker.file()), sticker_id: sticker.id } };
    }
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
    case 'reel': {
      const sample = SAMPLES[type === 'reel' ? 'video' : type]();
      const name = wanted.name ?? sample.name;
      const bytes = content_base64 === undefined ? sample.bytes : Buffer.from(content_base64, 'base64');
      return {
        type,
        payload: { url: url ?? world.cdn.put({ name, contentType: wanted.content_type ?? sample.contentType, bytes }) },
        name,
      };
    }
  }
}
