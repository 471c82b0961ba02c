import { describe, expect, it } from '@jest/globals';
import { frustrationIn } from './frustration.js';

describe('somebody who has had enough', () => {
  it.each([
    'This is ridiculous.',
    "that's absolutely unacceptable",
    'You useless bot',
    'Stupid chatbot, I asked about my refund',
    "you don't understand me",
    "I'm so angry right now",
    'I am sick and tired of this',
    "I'm fed up with my order being late",
    'This is useless',
    'How many times do I have to tell you?',
    'for the third time, where is my order',
    'what a waste of time',
    'worst customer service ever',
    'WTF',
    'Du nutzloser Bot!',
    'Das ist doch lächerlich',
    'Das ist eine Frechheit',
    'Ich bin echt sauer',
    'Jetzt reicht es',
    'Wie oft soll ich das noch schreiben?',
    'Ihr versteht gar nichts',
    "C'est inadmissible !",
    "J'en ai marre",
    'Robot stupide',
    'Vous ne comprenez rien',
    'Esto es ridículo',
    'Estoy harto de esperar',
    'No entiendes nada',
    'Bot inútil',
    'È una vergogna',
    'Sono davvero stufo',
    'Non capite niente',
    'Dit is echt belachelijk',
    'Ik ben het zat',
    'Stomme bot',
    'Isso é um absurdo',
    'Estou farta disto',
    'Que palhaçada',
    'To jest śmieszne',
    'Mam tego dość',
    'Głupi bot',
    'Det här är helt oacceptabelt',
    'Jag är så jävla arg',
    'Ni fattar ju ingenting',
    'Bu tam bir rezalet',
    'Yeter artık',
    'Aptal bot',
  ])('says so: %s', (text) => {
    expect(frustrationIn(text)).toBe('words');
  });

  it.each(['WHERE IS MY ORDER', 'ANSWER ME NOW PLEASE', 'WARUM IST DAS NICHT DA', 'POURQUOI EST CE QUE JE NE PEUX PAS'])(
    'shouts: %s',
    (text) => {
      expect(frustrationIn(text)).toBe('capitals');
    },
  );

  it.each(['hello???', 'where is it?!?!', 'answer!!!', 'Wo bleibt meine Bestellung!!!!', 'и где мой заказ???'])('marks it: %s', (text) => {
    expect(frustrationIn(text)).toBe('marks');
  });
});

describe('somebody who has not', () => {
  it.each([
    'Thank you!!!',
    'Perfect!!! It works',
    'Danke schön!!!',
    'Merci beaucoup !!!',
    'Happy birthday!!!',
    '!!!',
    'I have a stupid question',
    'The old lamp is useless, which one fits?',
    'Is the milk sour? Ist die Milch sauer?',
    'I am ordering for the third time this year',
    'Ich bestelle zum dritten Mal bei euch',
    'Do you sell anger management books?',
    'I am not angry, only curious',
    'I am sick, can I move my appointment?',
    'Mam dość dużo pytań',
    'How many times can I use the coupon?',
    'Combien de fois par jour ?',
    'Wie oft kann ich umtauschen?',
    'BMW VW AUDI',
    'NEW YORK USA',
    'MADE IN CHINA',
    'USB TO HDMI',
    'IBAN DE89 3704 0044 0532 0130 00',
    'OK',
    'FAQ',
    'Really?',
    'What?! Great!',
    'Where is my order?!',
    'è un fan della serie',
    'I waste water when I shower, what helps?',
    'The film was a joke book adaptation',
    'Is this a joke gift?',
    'Is this useless without batteries?',
    "I'm fed up with my old phone, which one do you recommend?",
    'I am sick of my old sofa',
    'これはいくらですか',
    'كم السعر',
    '',
  ])('is left with the bot: %s', (text) => {
    expect(frustrationIn(text)).toBeNull();
  });

  it('is read in no time, however long the text is', () => {
    const began = performance.now();
    frustrationIn('so really just '.repeat(20_000));
    frustrationIn(`${'!'.repeat(50_000)}?${'a'.repeat(50_000)}`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
