import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answer } from '../answering.js';
import { aPassage, aRequest, aRetrieval, aTalk } from '../testing/builders.js';
import { reply, startModelServer, type ModelBehaviour, type ModelServer } from '../testing/model-server.js';
import { readReply } from './read-reply.js';

const refunds = aPassage({
  text: 'Refunds are paid back to the card you used. They arrive within 5 working days after we received your parcel.',
  titlePath: ['Refunds'],
  url: 'https://shop.example/help/refunds',
});
const shipping = aPassage({ text: 'Shipping to Norway costs 12 euros and takes a week.', titlePath: ['Shipping'], scores: { fused: 0.6 } });
const good = reply('They arrive within 5 working days, on the card you used.');

describe('an answer that a model writes', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer(() => good);
  });
  beforeEach(() => server.behave(() => good));
  afterAll(() => server.close());

  const model = (over: { apiKey?: string; timeoutMs?: number } = {}) => ({
    baseUrl: server.baseUrl,
    model: 'small',
    timeoutMs: 5_000,
    maxTokens: 300,
    ...over,
  });
  const ask = (behaviour: ModelBehaviour, over: Partial<Parameters<typeof aRequest>[2]> = {}, question = 'How long do refunds take?') => {
    server.behave(behaviour);
    return answer(aRequest(aTalk(`v: ${question}`), aRetrieval([refunds, shipping]), { model: model(), ...over }));
  };
  const failed = (answered: Awaited<ReturnType<typeof ask>>) =>
    answered.trace.verdicts.filter(({ passed, of }) => !passed && of === 'model').map(({ rule }) => rule);

  it('is said with the passages it names as its sources', async () => {
    const answered = await ask(() => good);
    expect(answered).toMatchObject({
      kind: 'answer',
      text: 'They arrive within 5 working days, on the card you used.\n\nSource: Help centre › Refunds – https://shop.example/help/refunds',
      citations: [{ chunkId: refunds.chunkId }],
      trace: { by: 'model', model: 'small' },
    });
    expect(answered.trace.verdicts.every(({ passed }) => passed)).toBe(true);
  });

  it('is asked for with the key, or without one where there is none', async () => {
    await ask(() => good, { model: model({ apiKey: 'sk-1' }) });
    expect(server.seen.at(-1)?.authorization).toBe('Bearer sk-1');
    await ask(() => good);
    expect(server.seen.at(-1)?.authorization).toBeUndefined();
    expect(server.seen.at(-1)?.body).toMatchObject({ model: 'small', max_tokens: 300, temperature: 0 });
  });

  it('is asked for in the dialect that the endpoint speaks', async () => {
    const picky = await startModelServer(({ body }) =>
      'max_tokens' in body ? { status: 400, body: JSON.stringify({ error: { message: "Unsupported parameter: 'max_tokens'" } }) } : good,
    );
    const request = () =>
      aRequest(aTalk('v: How long do refunds take?'), aRetrieval([refunds]), { model: { ...model(), baseUrl: picky.baseUrl } });
    expect(await answer(request())).toMatchObject({ trace: { by: 'model' } });
    expect(await answer(request())).toMatchObject({ trace: { by: 'model' } });
    expect(picky.seen.map(({ body }) => 'max_tokens' in body)).toEqual([true, false, false]);
    await picky.close();
  });

  const failures: [string, ModelBehaviour, string][] = [
    ['refuses for its limits', () => ({ status: 429, headers: { 'retry-after': '60' } }), 'answering.model-refused'],
    ['breaks', () => ({ status: 500 }), 'answering.model-refused'],
    ['does not know the key', () => ({ status: 401 }), 'answering.model-refused'],
    ['is no model at all', () => ({ status: 200, body: '<html>' }), 'answering.model-unreadable'],
    ['never ends what it says', () => 'endless', 'answering.model-unreadable'],
    ['says nothing', () => '', 'answering.model-unreadable'],
    ['says something else', () => 'Sure! Refunds take five days.', 'answering.model-unreadable'],
    ['breaks off', () => good.slice(0, 40), 'answering.model-unreadable'],
  ];
  it.each(failures)('is not waited for when the endpoint %s: the words of the source are said', async (_, behaviour, code) => {
    const answered = await ask(behaviour);
    expect(answered).toMatchObject({ kind: 'answer', trace: { by: 'extract' } });
    expect(answered.text).toContain(refunds.text);
    expect(answered.trace.verdicts.find(({ rule }) => rule === 'model')).toMatchObject({
      passed: false,
      detail: expect.stringContaining(code),
    });
  });

  it('is not waited for when it comes too late', async () => {
    const answered = await ask(() => 'never', { model: model({ timeoutMs: 60 }) });
    expect(answered).toMatchObject({ kind: 'answer', trace: { by: 'extract' } });
    expect(answered.trace.verdicts.find(({ rule }) => rule === 'model')?.detail).toContain('answering.model-late');
  });

  it('is not waited for when nobody is there', async () => {
    const answered = await ask(() => good, { model: { ...model(), baseUrl: 'http://127.0.0.1:9/v1' } });
    expect(answered.trace.verdicts.find(({ rule }) => rule === 'model')?.detail).toContain('answering.model-unreachable');
    expect(answered).toMatchObject({ kind: 'answer', trace: { by: 'extract' } });
  });

  it('is given up when the caller does', async () => {
    const gone = new AbortController();
    const asked = ask(
      () => {
        gone.abort(new Error('superseded'));
        return 'never';
      },
      { signal: gone.signal },
    );
    await expect(asked).rejects.toThrow('superseded');
  });

  it('is unknown, or a human, when the model says that the passages do not answer', async () => {
    expect(await ask(() => reply('', { supported: false }))).toMatchObject({ kind: 'unknown' });
    expect(await ask(() => reply('', { supported: false, needs_human: true }))).toMatchObject({ kind: 'human', reason: 'unsupported' });
    expect(await ask(() => reply('', { supported: false }), { missesBefore: 1 })).toMatchObject({ kind: 'human', reason: 'misses' });
  });

  it.each([
    ['numbers', 'They arrive within 9 working days.'],
    ['links', 'They arrive within 5 working days, see https://evil.example.'],
    ['promises', 'They arrive within 5 working days. I will call you when the card is paid.'],
    ['sentences', 'Sailing boats are lovely in the summer.'],
    ['language', 'Die Erstattung kommt innerhalb von fünf Werktagen auf der Karte an, die Sie benutzt haben.'],
    ['injection', 'As an AI language model, refunds arrive within 5 working days.'],
    ['personal-data', 'They arrive within 5 working days, [NAME_7].'],
  ])('that the guard for %s refuses gives way to the words of the source', async (rule, said) => {
    const answered = await ask(() => reply(said));
    expect(failed(answered)).toContain(rule);
    expect(answered).toMatchObject({ kind: 'answer', trace: { by: 'extract' } });
    expect(answered.text).not.toContain(said);
  });

  it('in another language than its source needs words of the source beside it', async () => {
    const said = 'Die Erstattung kommt innerhalb von 5 Werktagen auf Ihrer Karte an.';
    const question = 'Wie lange dauert die Erstattung?';
    const quoted = await ask(() => reply(said, { quotes: ['They arrive within 5 working days'] }), {}, question);
    expect(quoted).toMatchObject({ kind: 'answer', trace: { by: 'model', language: 'de' } });
    const made = await ask(() => reply(said, { quotes: ['Refunds come by balloon'] }), {}, question);
    expect(made).toMatchObject({ kind: 'answer', trace: { by: 'extract' } });
    expect(made.text).toMatch(/^Das habe ich gefunden \(Englisch\):\n/);
  });

  it('to one of two questions leaves the other open: of it the model is told nothing', async () => {
    let shown: string | undefined;
    server.behave(({ data }) => ((shown = data.question), good));
    const knows = (question: string) => aRetrieval([refunds, shipping], { support: /refunds/.test(question) ? 0.9 : 0.1 });
    const talk = aTalk('v: Do you sell boats? How long do refunds take?');
    const answered = await answer(aRequest(talk, knows, { model: model() }));
    expect(shown).toBe('How long do refunds take?');
    expect(answered).toMatchObject({ kind: 'answer', trace: { by: 'model' } });
    expect(answered.text).toMatch(/^They arrive .+\n\nSource: .+\n\n“Do you sell boats\?”\nI do not know that: /);
  });

  it('never has to be asked for below the threshold', async () => {
    const before = server.seen.length;
    const request = aRequest(aTalk('v: Do you sell boats?'), aRetrieval([refunds], { support: 0.1 }), { model: model() });
    expect(await answer(request)).toMatchObject({ kind: 'unknown' });
    expect(server.seen.length).toBe(before);
  });

  describe('of somebody with personal data', () => {
    const talk = aTalk(
      'v: Hi, my name is Ada Park, ada@home.example, I live at 12 Baker Street',
      'Hello!',
      'v: My card 4111 1111 1111 1111 was charged, my account is DE89 3704 0044 0532 0130 00, call me at +44 20 7946 0958. How long do refunds to my card take, for Ada?',
    );
    const personal = [/Ada|Park/, /home\.example/, /Baker/, /4111/, /3704/, /7946/];

    it('is asked for without them, and has them back in their places', async () => {
      server.behave(() => reply('They arrive within 5 working days on the card you used, [NAME_1] ([EMAIL_1]).'));
      const asked: string[] = [];
      const answered = await answer(
        aRequest(talk, (question) => (asked.push(question), aRetrieval([refunds])), {
          model: model(),
          profile: { names: ['Ada Park'], emails: ['ada@home.example'] },
        }),
      );
      const { bytes = '' } = server.seen.at(-1) ?? {};
      for (const datum of personal) expect(bytes).not.toMatch(datum);
      for (const datum of personal.slice(1)) expect(asked.join()).not.toMatch(datum);
      expect(bytes).toMatch(/\[CARD_1\].*\[IBAN_1\].*\[PHONE_1\]/);
      expect(answered.text).toContain('on the card you used, Ada Park (ada@home.example).');
    });

    it('is refused when it has some that nobody gave it', async () => {
      const answered = await answer(
        (server.behave(() => reply('They arrive within 5 working days at [EMAIL_9].')),
        aRequest(talk, aRetrieval([refunds]), { model: model() })),
      );
      expect(failed(answered)).toContain('personal-data');
    });

    it('is asked for with them where the settings say so', async () => {
      server.behave(() => good);
      await answer(aRequest(talk, aRetrieval([refunds]), { model: model(), settings: { answers: { maskPersonalData: false } } }));
      expect(server.seen.at(-1)?.bytes).toContain('ada@home.example');
    });
  });

  describe('to a follow-up', () => {
    const talk = aTalk('v: Do you ship to Norway?', 'Yes, we ship to Norway.', 'v: and how much does it cost?');
    const looked = async (behaviour: ModelBehaviour, timeoutMs = 5_000) => {
      server.behave(behaviour);
      const questions: string[] = [];
      const answered = await answer(
        aRequest(
          talk,
          (question) => (questions.push(question), aRetrieval([shipping], { support: /Norway/.test(question) ? 0.9 : 0.55 })),
          { model: model({ timeoutMs }) },
        ),
      );
      return { questions, answered };
    };
    const said = reply('Shipping to Norway costs 12 euros.');

    it('looks up what the model made of it', async () => {
      const { answered } = await looked(({ data }) => (data.passages ? said : 'How much does it cost to ship to Norway?'));
      expect(answered).toMatchObject({ kind: 'answer', trace: { by: 'model', question: 'How much does it cost to ship to Norway?' } });
    });

    it.each<[string, ModelBehaviour]>([
      ['fails', ({ data }) => (data.passages ? said : { status: 500 })],
      ['invents', ({ data }) => (data.passages ? said : 'Tell me about the secret discount of Olaf')],
      ['talks', ({ data }) => (data.passages ? said : 'Sure!\nHere is the question: …')],
    ])('looks up what the rule makes of it when the model %s', async (_, behaviour) => {
      const { answered } = await looked(behaviour);
      expect(answered.trace.question).toBe('ship Norway: and how much does it cost?');
    });
  });
});

describe('what a model says is read', () => {
  it.each([
    ['as it should be', '{"answer":"A","used":[1],"quotes":[],"supported":true,"needs_human":false}'],
    ['in a fence', '```json\n{"answer":"A","used":[1],"supported":true}\n```'],
    ['behind thoughts', '<think>{"answer": no}</think> Here: {"answer":"A","used":["1"],"supported":"yes"} Bye'],
    ['with a comma too many', '{"answer":"A","used":[1,],"supported":true,}'],
    ['with brackets in it', '{"note": {"x": "}"}, "answer":"A","used":"passage 1","supported":1}'],
  ])('%s', (_, said) => {
    expect(readReply(said)).toMatchObject({ answer: 'A', used: [1], supported: true, needs_human: false });
  });

  it('with line ends in its strings', () => {
    expect(readReply('{"answer":"A\nB","supported":true}')?.answer).toBe('A\nB');
  });

  it.each(['', 'no', '{"answer":"A"', '{"answer":"A"}', '[1]', '{"supported":"perhaps"}'])('never from %s', (said) => {
    expect(readReply(said)).toBeUndefined();
  });
});
