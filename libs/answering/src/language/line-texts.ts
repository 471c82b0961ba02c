import type { OurLanguage } from '@baton/language';

/** What we say by ourselves; `{name}` is the assistant's, `{language}` the name of a language. */
export interface LineTexts {
  /** Said before the first answer: who speaks is a machine. */
  readonly automated: string;
  readonly unknown: string;
  readonly trouble: string;
  readonly quotaEnd: string;
  readonly toHuman: string;
  /** Before words of a source. */
  readonly found: string;
  /** The same, where the source is in another language than the visitor's. */
  readonly foundIn: string;
  /** Before the title of a source. */
  readonly source: string;
  readonly greeting: string;
  readonly thanks: string;
  readonly goodbye: string;
  readonly acknowledged: string;
}

/** No line promises what somebody else would have to do. */
export const lineTexts: Readonly<Record<OurLanguage, LineTexts>> = {
  en: {
    automated: 'This is an automated answer from {name}. If you would rather talk to a person, just say so.',
    unknown: 'I do not know that: I found nothing about it in our information. Would you like to talk to a person from our team?',
    trouble: 'Sorry, I cannot answer right now. You can try again in a moment, or ask for a person.',
    quotaEnd: 'Sorry, I cannot give automatic answers at the moment.',
    toHuman: 'I am passing you on to our team.',
    found: 'I found this:',
    foundIn: 'I found this ({language}):',
    source: 'Source',
    greeting: 'Hello! What can I help you with?',
    thanks: 'You are welcome! If there is anything else, just ask.',
    goodbye: 'Goodbye!',
    acknowledged: 'All right. If there is anything else, just ask.',
  },
  de: {
    automated: 'Dies ist eine automatische Antwort von {name}. Wenn Sie lieber mit einem Menschen sprechen, sagen Sie es einfach.',
    unknown:
      'Das weiß ich nicht: In unseren Informationen habe ich nichts dazu gefunden. Möchten Sie mit einem Menschen aus unserem Team sprechen?',
    trouble: 'Entschuldigung, ich kann gerade nicht antworten. Versuchen Sie es gleich noch einmal oder fragen Sie nach einem Menschen.',
    quotaEnd: 'Entschuldigung, ich kann im Moment keine automatischen Antworten geben.',
    toHuman: 'Ich gebe Ihr Anliegen an unser Team weiter.',
    found: 'Das habe ich gefunden:',
    foundIn: 'Das habe ich gefunden ({language}):',
    source: 'Quelle',
    greeting: 'Hallo! Wobei kann ich helfen?',
    thanks: 'Gern geschehen! Wenn noch etwas ist, fragen Sie einfach.',
    goodbye: 'Auf Wiedersehen!',
    acknowledged: 'Alles klar. Wenn noch etwas ist, fragen Sie einfach.',
  },
  fr: {
    automated: 'Ceci est une réponse automatique de {name}. Si vous préférez parler à une personne, dites-le simplement.',
    unknown:
      "Je ne sais pas : je n'ai rien trouvé à ce sujet dans nos informations. Souhaitez-vous parler à une personne de notre équipe ?",
    trouble: 'Désolé, je ne peux pas répondre pour le moment. Réessayez dans un instant ou demandez une personne.',
    quotaEnd: 'Désolé, je ne peux pas donner de réponses automatiques pour le moment.',
    toHuman: 'Je transmets votre demande à notre équipe.',
    found: "Voici ce que j'ai trouvé :",
    foundIn: "Voici ce que j'ai trouvé ({language}) :",
    source: 'Source',
    greeting: 'Bonjour ! Comment puis-je vous aider ?',
    thanks: "Avec plaisir ! Si vous avez une autre question, n'hésitez pas.",
    goodbye: 'Au revoir !',
    acknowledged: "Très bien. Si vous avez une autre question, n'hésitez pas.",
  },
  es: {
    automated: 'Esta es una respuesta automática de {name}. Si prefiere hablar con una persona, dígalo sin más.',
    unknown: 'No lo sé: no he encontrado nada sobre ello en nuestra información. ¿Quiere hablar con una persona de nuestro equipo?',
    trouble: 'Lo siento, ahora mismo no puedo responder. Inténtelo de nuevo en un momento o pida hablar con una persona.',
    quotaEnd: 'Lo siento, en este momento no puedo dar respuestas automáticas.',
    toHuman: 'Paso su consulta a nuestro equipo.',
    found: 'He encontrado esto:',
    foundIn: 'He encontrado esto ({language}):',
    source: 'Fuente',
    greeting: '¡Hola! ¿En qué puedo ayudarle?',
    thanks: '¡De nada! Si necesita algo más, pregunte.',
    goodbye: '¡Hasta luego!',
    acknowledged: 'De acuerdo. Si necesita algo más, pregunte.',
  },
  it: {
    automated: 'Questa è una risposta automatica di {name}. Se preferisce parlare con una persona, basta dirlo.',
    unknown: 'Non lo so: non ho trovato nulla al riguardo nelle nostre informazioni. Vuole parlare con una persona del nostro team?',
    trouble: 'Mi dispiace, al momento non riesco a rispondere. Riprovi tra poco o chieda di una persona.',
    quotaEnd: 'Mi dispiace, al momento non posso dare risposte automatiche.',
    toHuman: 'Passo la sua richiesta al nostro team.',
    found: 'Ho trovato questo:',
    foundIn: 'Ho trovato questo ({language}):',
    source: 'Fonte',
    greeting: 'Buongiorno! Come posso aiutarla?',
    thanks: 'Prego! Se ha altre domande, chieda pure.',
    goodbye: 'Arrivederci!',
    acknowledged: 'Va bene. Se ha altre domande, chieda pure.',
  },
  nl: {
    automated: 'Dit is een automatisch antwoord van {name}. Praat u liever met een mens, zeg het dan gewoon.',
    unknown: 'Dat weet ik niet: ik heb er niets over gevonden in onze informatie. Wilt u met iemand van ons team praten?',
    trouble: 'Sorry, ik kan nu even niet antwoorden. Probeer het zo nog eens of vraag naar een medewerker.',
    quotaEnd: 'Sorry, ik kan op dit moment geen automatische antwoorden geven.',
    toHuman: 'Ik geef uw vraag door aan ons team.',
    found: 'Dit heb ik gevonden:',
    foundIn: 'Dit heb ik gevonden ({language}):',
    source: 'Bron',
    greeting: 'Hallo! Waarmee kan ik helpen?',
    thanks: 'Graag gedaan! Als er nog iets is, vraag het gerust.',
    goodbye: 'Tot ziens!',
    acknowledged: 'Prima. Als er nog iets is, vraag het gerust.',
  },
  pt: {
    automated: 'Esta é uma resposta automática de {name}. Se preferir falar com uma pessoa, basta dizer.',
    unknown: 'Não sei: não encontrei nada sobre isso nas nossas informações. Quer falar com uma pessoa da nossa equipa?',
    trouble: 'Desculpe, neste momento não consigo responder. Tente de novo daqui a pouco ou peça para falar com uma pessoa.',
    quotaEnd: 'Desculpe, neste momento não posso dar respostas automáticas.',
    toHuman: 'Estou a passar o seu pedido à nossa equipa.',
    found: 'Encontrei isto:',
    foundIn: 'Encontrei isto ({language}):',
    source: 'Fonte',
    greeting: 'Olá! Em que posso ajudar?',
    thanks: 'De nada! Se precisar de mais alguma coisa, é só perguntar.',
    goodbye: 'Até logo!',
    acknowledged: 'Muito bem. Se precisar de mais alguma coisa, é só perguntar.',
  },
  pl: {
    automated: 'To automatyczna odpowiedź: {name}. Jeśli wolą Państwo porozmawiać z człowiekiem, wystarczy napisać.',
    unknown: 'Tego nie wiem: nie udało mi się nic o tym znaleźć w naszych informacjach. Czy połączyć z osobą z naszego zespołu?',
    trouble: 'Przepraszam, nie mogę teraz odpowiedzieć. Proszę spróbować za chwilę albo poprosić o rozmowę z człowiekiem.',
    quotaEnd: 'Przepraszam, w tej chwili nie mogę udzielać automatycznych odpowiedzi.',
    toHuman: 'Przekazuję sprawę naszemu zespołowi.',
    found: 'Oto co udało mi się znaleźć:',
    foundIn: 'Oto co udało mi się znaleźć ({language}):',
    source: 'Źródło',
    greeting: 'Dzień dobry! W czym mogę pomóc?',
    thanks: 'Nie ma za co! W razie dalszych pytań proszę pisać.',
    goodbye: 'Do widzenia!',
    acknowledged: 'Dobrze. W razie dalszych pytań proszę pisać.',
  },
  sv: {
    automated: 'Det här är ett automatiskt svar från {name}. Vill du hellre prata med en människa är det bara att säga till.',
    unknown: 'Det vet jag inte: jag hittade inget om det i vår information. Vill du prata med någon i vårt team?',
    trouble: 'Tyvärr kan jag inte svara just nu. Försök igen om en stund eller be att få prata med en människa.',
    quotaEnd: 'Tyvärr kan jag inte ge automatiska svar just nu.',
    toHuman: 'Jag lämnar över till vårt team.',
    found: 'Det här hittade jag:',
    foundIn: 'Det här hittade jag ({language}):',
    source: 'Källa',
    greeting: 'Hej! Vad kan jag hjälpa till med?',
    thanks: 'Varsågod! Är det något mer är det bara att fråga.',
    goodbye: 'Hej då!',
    acknowledged: 'Okej. Är det något mer är det bara att fråga.',
  },
  tr: {
    automated: 'Bu, {name} tarafından verilen otomatik bir yanıttır. Bir insanla konuşmak isterseniz söylemeniz yeterli.',
    unknown: 'Bunu bilmiyorum: bilgilerimizde bununla ilgili bir şey bulamadım. Ekibimizden biriyle konuşmak ister misiniz?',
    trouble: 'Üzgünüm, şu anda yanıt veremiyorum. Biraz sonra tekrar deneyin ya da bir insanla konuşmak istediğinizi yazın.',
    quotaEnd: 'Üzgünüm, şu anda otomatik yanıt veremiyorum.',
    toHuman: 'Sizi ekibimize aktarıyorum.',
    found: 'Şunu buldum:',
    foundIn: 'Şunu buldum ({language}):',
    source: 'Kaynak',
    greeting: 'Merhaba! Size nasıl yardımcı olabilirim?',
    thanks: 'Rica ederim! Başka bir sorunuz olursa yazmanız yeterli.',
    goodbye: 'Hoşça kalın!',
    acknowledged: 'Tamam. Başka bir sorunuz olursa yazmanız yeterli.',
  },
};
