import { describe, expect, it } from '@jest/globals';
import { promisesContact } from './promises.js';

const promised: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Someone will call you tomorrow.',
    'A colleague will get back to you shortly.',
    'Our team will answer by e-mail within a day.',
    "I'll connect you with a human.",
    'Let me get someone for you.',
    'Let me find a human for you!',
    'I will get back to you.',
    'We will contact you as soon as possible.',
    'One of our agents will take over this chat.',
    "You'll hear from us soon.",
    'I am going to transfer you to an agent.',
    "I don't know that. I'll ask one of my colleagues.",
  ],
  de: [
    'Ein Mitarbeiter meldet sich morgen bei Ihnen.',
    'Wir rufen Sie heute noch zurück.',
    'Ich verbinde Sie mit einem Kollegen.',
    'Es wird sich jemand bei Ihnen melden.',
    'Ich melde mich gleich wieder bei dir.',
    'Unser Team wird Ihnen per E-Mail antworten.',
    'Ich leite das an einen Kollegen weiter.',
  ],
  fr: [
    "Quelqu'un vous rappellera demain.",
    'Un conseiller va vous contacter.',
    'Je vous mets en relation avec un conseiller.',
    'Nous vous recontacterons dès que possible.',
    'Notre équipe vous répondra par e-mail.',
    'Vous serez rappelé cet après-midi.',
  ],
  es: [
    'Alguien le llamará mañana.',
    'Nuestro equipo se pondrá en contacto con usted.',
    'Le comunico con un agente.',
    'Le llamaremos hoy.',
    'Un asesor va a contactarle.',
    'Sí, un compañero le responderá por correo.',
  ],
  it: [
    'Qualcuno la chiamerà domani.',
    'Un operatore le risponderà a breve.',
    'La metto in contatto con un operatore.',
    'La ricontatteremo presto.',
    'Il nostro team ti scriverà.',
  ],
  nl: [
    'Iemand belt u morgen terug.',
    'Een collega neemt contact met je op.',
    'Ik verbind u met een medewerker.',
    'We nemen zo snel mogelijk contact met u op.',
    'Ik zal je morgen bellen.',
  ],
  pt: [
    'Alguém vai ligar para você amanhã.',
    'Entraremos em contato em breve.',
    'Vou transferir você para um atendente.',
    'A nossa equipa responderá por e-mail.',
    'Um colega vai contactá-lo.',
  ],
  pl: [
    'Ktoś do Pana zadzwoni jutro.',
    'Skontaktujemy się z Panią.',
    'Nasz konsultant odpowie wkrótce.',
    'Połączę Pana z konsultantem.',
    'Oddzwonię za godzinę.',
  ],
  sv: [
    'Någon ringer dig i morgon.',
    'Vi återkommer så snart som möjligt.',
    'Jag kopplar dig till en medarbetare.',
    'En kollega kommer att kontakta dig.',
    'Vår kundtjänst hör av sig.',
  ],
  tr: [
    'Bir temsilcimiz sizi yarın arayacak.',
    'Size en kısa sürede döneceğiz.',
    'Sizi bir temsilciye bağlıyorum.',
    'Ekibimiz sizinle iletişime geçecek.',
  ],
};

const said: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Let me check that for you.',
    'I will look into it.',
    'I have cancelled your order.',
    'Your parcel will be delivered tomorrow.',
    'You will receive an e-mail with the link.',
    'Would you like someone to call you?',
    'Shall I connect you with a human?',
    'If you leave your number, someone will call you.',
    'Nobody will call you before Monday.',
    'I cannot connect you with a human right now.',
    'We will refund the money within 14 days.',
    'You can call our team from 9 to 17.',
    'I will help you with that.',
  ],
  de: [
    'Ich prüfe das für Sie.',
    'Ich habe Ihre Bestellung storniert.',
    'Soll ich Sie mit einem Kollegen verbinden?',
    'Sie erreichen unser Team von 9 bis 17 Uhr.',
    'Wenn Sie Ihre Nummer hinterlassen, meldet sich jemand bei Ihnen.',
    'Niemand wird Sie anrufen.',
    'Wir liefern morgen.',
  ],
  fr: [
    'Je vérifie cela pour vous.',
    'Voulez-vous que je vous mette en relation ?',
    'Votre colis arrivera demain.',
    'Personne ne vous appellera.',
  ],
  es: [
    'Voy a verificarlo.',
    '¿Quiere que le llame alguien?',
    'Su pedido llegará mañana.',
    'Nadie le llamará.',
    'Si deja su número, alguien le llamará.',
  ],
  it: ['Controllo subito.', 'Vuole che la metta in contatto con un operatore?', 'Il pacco arriverà domani.', 'Nessuno la chiamerà.'],
  nl: ['Ik kijk het even na.', 'Zal ik u doorverbinden?', 'Uw pakket komt morgen.', 'Niemand belt u.'],
  pt: ['Vou verificar isso.', 'Quer que alguém ligue para você?', 'O pedido chegará amanhã.', 'Ninguém vai ligar.'],
  pl: ['Sprawdzę to.', 'Czy mam połączyć z konsultantem?', 'Paczka dotrze jutro.', 'Nikt do Pana nie zadzwoni.'],
  sv: ['Jag kollar det.', 'Vill du att jag kopplar dig till en kollega?', 'Paketet kommer i morgon.', 'Ingen ringer dig.'],
  tr: ['Hemen kontrol ediyorum.', 'Sizi bir temsilciye bağlamamı ister misiniz?', 'Paketiniz yarın gelecek.', 'Kimse sizi aramayacak.'],
};

const lines = (of: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(of).flatMap(([language, texts]) => texts.map((text) => [language, text] as const));

describe('somebody will come or get in touch', () => {
  it.each(lines(promised))('%s: %s', (_language, text) => {
    expect(promisesContact(text)).toBe(true);
  });
});

describe('nobody is promised', () => {
  it.each(lines(said))('%s: %s', (_language, text) => {
    expect(promisesContact(text)).toBe(false);
  });
});
