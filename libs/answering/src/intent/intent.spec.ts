import { describe, expect, it } from '@jest/globals';
import { accepts, courtesyOf, humanWanted, withoutCourtesy } from '@baton/language';

describe('a human is asked for', () => {
  it.each([
    'I want to talk to a human',
    'can i speak with a real person please?',
    'agent',
    'human please',
    'Agent, please!',
    'hello, can I talk to someone?',
    'connect me to an agent',
    'transfer me to a representative',
    'get me a human',
    'I need to speak with someone from your support team',
    'Put me through to an operator',
    'My parcel is lost. I would like to talk to somebody about it.',
    'is there a real person here',
    'can someone call me',
    'I do not know. Let me talk to customer service',
    'not a bot',
    "I don't want a bot, I want a human",
    'I do not need this bot but a real person',
    'Ich will nicht mit einem Bot schreiben, sondern mit einem Menschen sprechen',
    'No quiero un bot, quiero hablar con una persona',
    'Nie chcę bota, chcę rozmawiać z człowiekiem',
    'human',
    'Ich möchte mit einem Menschen sprechen',
    'Kann ich bitte mit einem Mitarbeiter reden?',
    'Mensch',
    'Verbinden Sie mich bitte mit einem Mitarbeiter',
    'Können Sie mich mit jemandem aus dem Support verbinden?',
    'ich will mit jemand echtem sprechen',
    'Ich brauche einen Mitarbeiter',
    "Je voudrais parler à quelqu'un",
    'parler à un conseiller',
    'Puis-je parler avec une vraie personne ?',
    'mettez-moi en relation avec un conseiller',
    'quiero hablar con una persona',
    'Necesito hablar con un agente',
    '¿Me puede comunicar con alguien?',
    'pásame con un humano',
    'Vorrei parlare con un operatore',
    'posso parlare con una persona reale?',
    'operatore',
    'Ik wil graag met een medewerker praten',
    'kan ik iemand spreken?',
    'Quero falar com uma pessoa',
    'falar com atendente',
    'Chcę porozmawiać z człowiekiem',
    'Proszę połączyć mnie z konsultantem',
    'Jag vill prata med en människa',
    'kan jag få prata med någon?',
    'I need help from a real person',
    'Could you connect me with support?',
    'quiero un agente',
    'atención al cliente',
    'je souhaite être mis en relation avec un conseiller',
    'je veux un conseiller',
    'Gibt es hier auch Menschen?',
    'quero um atendente',
    'This is useless, give me a person',
    'Bir insanla konuşmak istiyorum',
    'Müşteri temsilcisine bağlanmak istiyorum',
    'canlı destek',
  ])('in "%s"', (text) => {
    expect(humanWanted(text)).toBe(true);
  });

  it.each([
    'How do I contact human resources?',
    'Do you have an opening in human resources? I want to apply.',
    'Do you sell human hair wigs?',
    'Is this cleaning agent safe for children?',
    'Can I transfer my ticket to another person?',
    'Do I need one licence per person?',
    'Which user agent does your crawler send?',
    'How many people can share an account?',
    "I don't want to talk to a human, just tell me the price",
    'I do not need an agent, but a refund',
    'Can someone else pick up my parcel?',
    'What does the agent fee cost?',
    'Do your staff speak English?',
    'I want to return a person-sized mirror',
    'Sprechen Ihre Mitarbeiter Englisch?',
    'Wie viele Personen passen in das Zelt?',
    'Ich möchte nicht mit einem Menschen sprechen',
    'Combien coûte une personne supplémentaire ?',
    '¿Cuánto cuesta por persona?',
    'No quiero hablar con nadie, solo el precio',
    'Quanto costa per persona?',
    'Hoeveel kost het per persoon?',
    'Kto jest osobą kontaktową?',
    'Kaç kişi kalabilir?',
    'Where is my order?',
    'I want people to see my profile',
    'I need someone to install the kitchen, do you offer that?',
    'Is the support team available on weekends?',
    'How do I invite team members?',
    'Can I transfer my licence to a colleague?',
    'Kann jemand anderes mein Paket abholen?',
    'Je veux offrir un cadeau à quelqu’un',
    'Quiero comprar para dos personas',
    'Voglio regalare a qualcuno un buono',
    'hello',
    'How do I add an agent to my workspace?',
    'How can I reach the station from the airport?',
  ])('not in "%s"', (text) => {
    expect(humanWanted(text)).toBe(false);
  });

  it.each(['yes', 'Yes please!', 'ja, bitte', 'oui', 'Sí, por favor', 'sim', 'tak', 'evet', 'ja graag', 'yes, thank you', '👍'])(
    'and the offer of one is taken by "%s"',
    (text) => {
      expect(accepts(text)).toBe(true);
    },
  );

  it.each(['no', 'yes but first tell me the price', 'nein', 'thanks', ''])('and not by "%s"', (text) => {
    expect(accepts(text)).toBe(false);
  });
});

describe('courtesy', () => {
  it.each([
    ['greeting', 'Hi'],
    ['greeting', 'Hello there!'],
    ['greeting', 'good morning team'],
    ['greeting', 'Guten Tag zusammen'],
    ['greeting', 'Bonjour 👋'],
    ['greeting', 'Hola, buenas tardes'],
    ['greeting', 'dzień dobry'],
    ['greeting', 'Merhaba'],
    ['thanks', 'Thank you so much!'],
    ['thanks', 'ok danke'],
    ['thanks', 'Vielen Dank für Ihre Hilfe'],
    ['thanks', 'merci beaucoup'],
    ['thanks', 'perfect, thanks a lot'],
    ['thanks', 'tack så mycket'],
    ['goodbye', 'bye'],
    ['goodbye', 'Thanks, bye!'],
    ['goodbye', 'Au revoir'],
    ['goodbye', 'tot ziens'],
    ['acknowledged', 'ok'],
    ['acknowledged', '👍'],
    ['acknowledged', '😀😀😂'],
    ['acknowledged', 'No.'],
    ['acknowledged', 'nein danke'],
    ['acknowledged', 'Non merci !'],
    ['acknowledged', 'alles klar'],
  ] as const)('is %s in "%s"', (courtesy, text) => {
    expect(courtesyOf(text)).toBe(courtesy);
  });

  it.each([
    'Hi, where is my order?',
    'Hello, how much does it cost',
    'Danke, und was kostet der Versand?',
    'refund',
    '?',
    '',
    'good price for shoes',
    'thanks but it does not work',
  ])('is not all of "%s"', (text) => {
    expect(courtesyOf(text)).toBeUndefined();
  });

  it.each([
    ['Hello! How long do refunds take? Thanks!', 'How long do refunds take?'],
    ['Hi\nI have a question\nwhere is my order', 'where is my order'],
    ['I have a question about gift cards. How long are they valid?', 'I have a question about gift cards. How long are they valid?'],
    ['Guten Tag, ich habe eine Frage: Wo ist mein Paket?', 'Wo ist mein Paket?'],
    ['Ok, and how much does it cost?', 'and how much does it cost?'],
    ['Guten Tag, wo ist mein Paket? Vielen Dank', 'wo ist mein Paket?'],
    ['Where is my order?', 'Where is my order?'],
    ['thanks, bye', 'thanks, bye'],
  ])('is left out of what is asked: %j', (text, question) => {
    expect(withoutCourtesy(text)).toBe(question);
  });
});
