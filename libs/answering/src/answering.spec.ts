import { describe, expect, it } from '@jest/globals';
import { answer } from './answering.js';
import { aPassage, aRequest, aRetrieval, aTalk } from './testing/builders.js';

const refunds = aPassage({
  text: 'Refunds are paid back to the card you used. They arrive within 5 working days after we received your parcel.',
  titlePath: ['Returns', 'Refunds'],
  url: 'https://shop.example/help/refunds',
});

describe('an answer', () => {
  it('is word for word from the best passage, and says where it comes from', async () => {
    const answered = await answer(aRequest(aTalk('v: How long do refunds take?'), aRetrieval([refunds])));
    expect(answered).toMatchObject({ kind: 'answer', citations: [{ chunkId: refunds.chunkId, title: 'Help centre › Returns › Refunds' }] });
    expect(answered.text).toBe(
      `I found this:\n${refunds.text}\n\nSource: Help centre › Returns › Refunds – https://shop.example/help/refunds`,
    );
    expect(answered.trace).toMatchObject({ by: 'extract', language: 'en', support: 0.8, threshold: 0.5 });
  });

  it('to the question of a pair is its answer alone, where citations are hidden; to one like it, its answer under its question', async () => {
    const pair = aPassage({ text: 'Yes, to all of Europe.', question: 'Do you ship abroad?' });
    const request = aRequest(aTalk('v: hi, do you ship abroad'), aRetrieval([pair]), { settings: { answers: { citations: 'hidden' } } });
    expect(await answer(request)).toMatchObject({ kind: 'answer', text: 'Yes, to all of Europe.' });
    const like = await answer(aRequest(aTalk('v: Do you ship to France?'), aRetrieval([pair])));
    expect(like.text).toBe('“Do you ship abroad?”\nYes, to all of Europe.\n\nSource: Help centre');
  });

  it('begins with the line that a machine speaks, where the visitor must be told', async () => {
    const answered = await answer(aRequest(aTalk('v: How long do refunds take?'), aRetrieval([refunds]), { mustSayAutomated: true }));
    expect(answered.text).toMatch(/^This is an automated answer from Ada\. .+\n\nI found this:/);
    const greeted = await answer(aRequest(aTalk('v: Hallo!'), aRetrieval([]), { mustSayAutomated: true }));
    expect(greeted).toMatchObject({ kind: 'courtesy' });
    expect(greeted.text).toBe(
      'Dies ist eine automatische Antwort von Ada. Wenn Sie lieber mit einem Menschen sprechen, sagen Sie es einfach.\n\nHallo! Wobei kann ich helfen?',
    );
  });

  it('is not given below the threshold: first it says so, then a human is asked for', async () => {
    const poor = aRetrieval([refunds], { support: 0.2 });
    expect(await answer(aRequest(aTalk('v: Do you sell boats?'), poor))).toMatchObject({ kind: 'unknown' });
    const talk = aTalk('v: Do you sell boats?', 'I do not know that.', 'v: And where can I buy a yacht?');
    const second = await answer(aRequest(talk, poor, { missesBefore: 1 }));
    expect(second).toMatchObject({ kind: 'human', reason: 'misses' });
    expect(second.kind === 'human' && second.note).toBe(
      [
        'Several questions in a row stayed without an answer.',
        'Last words: “And where can I buy a yacht?”',
        'Without an answer: “Do you sell boats?”',
        'Looked in: Help centre › Returns › Refunds',
        'Waiting since: 2026-01-05 10:00 UTC (2 minutes)',
      ].join('\n'),
    );
  });

  it('follows the threshold of the settings before that of the knowledge base', async () => {
    const request = aRequest(aTalk('v: refunds?'), aRetrieval([refunds]), { settings: { answers: { threshold: 0.9 } } });
    expect(await answer(request)).toMatchObject({ kind: 'unknown', trace: { threshold: 0.9 } });
  });

  it('is a human when one is asked for, without looking anything up', async () => {
    const request = aRequest(aTalk('v: Ich möchte mit einem Menschen sprechen'), () => {
      throw new Error('looked up');
    });
    expect(await answer(request)).toMatchObject({ kind: 'human', reason: 'asked', text: 'Ich gebe Ihr Anliegen an unser Team weiter.' });
  });

  it('is a human when our offer of one is taken', async () => {
    const first = await answer(aRequest(aTalk('v: Do you sell boats?'), aRetrieval([])));
    const talk = aTalk('v: Do you sell boats?', first.text, 'v: yes please');
    expect(await answer(aRequest(talk, aRetrieval([])))).toMatchObject({ kind: 'human', reason: 'asked' });
  });

  it('is the line for trouble when nothing can be looked up', async () => {
    const request = aRequest(aTalk('v: refunds?'), () => Promise.reject(new Error('database is away')));
    expect(await answer(request)).toMatchObject({ kind: 'trouble', error: 'answering.retrieval-failed' });
  });

  it('is given up when the caller does', async () => {
    const gone = new AbortController();
    const request = aRequest(
      aTalk('v: refunds?'),
      () => {
        gone.abort(new Error('superseded'));
        return aRetrieval([refunds]);
      },
      { signal: gone.signal },
    );
    await expect(answer(request)).rejects.toThrow('superseded');
  });

  it('needs something asked', async () => {
    await expect(answer(aRequest(aTalk('v: hi', 'Hello!'), aRetrieval([])))).rejects.toMatchObject({ code: 'answering.nothing-asked' });
  });

  it.each([
    ['de', 'Wie lange dauert eine Erstattung?', 'Eine Erstattung dauert 5 Werktage.', 'Das habe ich gefunden:', 'Quelle'],
    ['fr', 'Combien de temps prend un remboursement ?', 'Un remboursement prend 5 jours ouvrés.', "Voici ce que j'ai trouvé :", 'Source'],
    ['es', '¿Cuánto tarda un reembolso?', 'Un reembolso tarda 5 días laborables.', 'He encontrado esto:', 'Fuente'],
    ['it', 'Quanto tempo richiede un rimborso?', 'Un rimborso richiede 5 giorni lavorativi.', 'Ho trovato questo:', 'Fonte'],
    ['nl', 'Hoe lang duurt een terugbetaling?', 'Een terugbetaling duurt 5 werkdagen.', 'Dit heb ik gevonden:', 'Bron'],
    ['pl', 'Ile trwa zwrot pieniędzy?', 'Zwrot pieniędzy trwa 5 dni roboczych.', 'Oto co udało mi się znaleźć:', 'Źródło'],
  ])('is in the language of the visitor: %s', async (language, question, text, found, source) => {
    const passage = aPassage({ text, language, sourceTitle: 'Shop' });
    const answered = await answer(aRequest(aTalk(`v: ${question}`), aRetrieval([passage]), { locale: 'en' }));
    expect(answered).toMatchObject({ kind: 'answer', text: `${found}\n${text}\n\n${source}: Shop`, trace: { language } });
  });

  it('to a follow-up is looked up with the topic of the talk, the words of an agent among it', async () => {
    const questions: string[] = [];
    const talk = aTalk('v: Do you ship to Norway?', 'a: Yes, with the post.', 'v: Ok, and how much does it cost?');
    await answer(aRequest(talk, (question) => (questions.push(question), aRetrieval([refunds]))));
    expect(questions).toEqual(['and how much does it cost?', 'ship Norway post: and how much does it cost?']);
  });

  describe('to several questions at once', () => {
    const gift = aPassage({
      text: 'For 3 years from the day it was bought.',
      question: 'How long is a gift card valid?',
      sourceTitle: 'Gift cards',
    });
    const outlet = aPassage({ text: 'Plants at half the price.', question: 'What is the outlet?', sourceTitle: 'Outlet' });
    const knows = (question: string) =>
      /gift/.test(question)
        ? aRetrieval([gift, outlet], { support: 0.9 })
        : /outlet/.test(question)
          ? aRetrieval([outlet, gift], { support: 0.6 })
          : aRetrieval([gift], { support: 0.1 });

    it('is each answer under its question and with its own source', async () => {
      const answered = await answer(aRequest(aTalk('v: Hi', 'v: How long is a gift card valid?', 'v: What is the outlet?'), knows));
      expect(answered.text).toBe(
        [
          '“How long is a gift card valid?”\nFor 3 years from the day it was bought.\nSource: Gift cards',
          '“What is the outlet?”\nPlants at half the price.\nSource: Outlet',
        ].join('\n\n'),
      );
      expect(answered).toMatchObject({
        kind: 'answer',
        citations: [{ title: 'Gift cards' }, { title: 'Outlet' }],
        trace: { support: 0.6 },
      });
    });

    it('names those that are not known, and offers a human for them', async () => {
      const talk = aTalk('v: Do you sell boats? What is the outlet?');
      const answered = await answer(aRequest(talk, knows));
      expect(answered.text).toMatch(
        /^“What is the outlet\?”\nPlants at half the price\.\nSource: Outlet\n\n“Do you sell boats\?”\nI do not know that: /,
      );
      const accepted = [...talk, ...aTalk(answered.text, 'v: yes please')];
      expect(await answer(aRequest(accepted, knows))).toMatchObject({
        kind: 'human',
        note: expect.stringContaining('Without an answer: “Do you sell boats? What is the outlet?” (Outlet)'),
      });
    });

    it('repeats no address of the visitor', async () => {
      const talk = aTalk('v: Is evil.example/win a boat shop of yours? What is the outlet?');
      expect((await answer(aRequest(talk, knows))).text).toContain('Source: Outlet\n\n“…”\nI do not know that');
    });

    it('is one where the same words answer them, and unknown where none is', async () => {
      const same = aTalk('v: How long is a gift card valid?', 'v: Do gift cards expire?');
      expect((await answer(aRequest(same, knows))).text).toBe('For 3 years from the day it was bought.\n\nSource: Gift cards');
      const none = aTalk('v: Do you sell boats? Where are your yachts built?');
      expect(await answer(aRequest(none, knows))).toMatchObject({ kind: 'unknown' });
    });
  });

  it('tells the agent in the language of the team', async () => {
    const answered = await answer(aRequest(aTalk('v: I want to talk to a human'), aRetrieval([]), { teamLocale: 'de-AT' }));
    expect(answered.kind === 'human' && answered.note).toBe(
      'Der Besucher hat nach einem Menschen gefragt.\nLetzte Worte: “I want to talk to a human”\nSchreibt auf: Englisch\nWartet seit: 2026-01-05 10:00 UTC',
    );
  });

  it('is a human at once where the settings ask for one', async () => {
    const request = aRequest(aTalk('v: Do you sell boats?'), aRetrieval([]), { settings: { answers: { whenUnsupported: 'human' } } });
    expect(await answer(request)).toMatchObject({
      kind: 'human',
      reason: 'unsupported',
      note: expect.stringContaining('nothing fitting found'),
    });
    const never = aRequest(aTalk('v: Do you sell boats?'), aRetrieval([]), {
      missesBefore: 9,
      settings: { answers: { humanAfterMisses: 0 } },
    });
    expect(await answer(never)).toMatchObject({ kind: 'unknown' });
  });
});
