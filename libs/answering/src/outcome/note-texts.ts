import type { OurLanguage } from '@baton/language';

export interface NoteTexts {
  readonly asked: string;
  readonly unsupported: string;
  readonly misses: string;
  readonly wants: string;
  readonly language: string;
  readonly earlier: string;
  readonly unanswered: string;
  readonly tried: string;
  readonly nothingFound: string;
  readonly since: string;
}

/** What agents read beside a conversation that is passed to them. */
export const noteTexts: Readonly<Record<OurLanguage, NoteTexts>> = {
  en: {
    asked: 'The visitor asked for a person.',
    unsupported: 'I found no reliable answer.',
    misses: 'Several questions in a row stayed without an answer.',
    wants: 'Last words',
    language: 'Writes in',
    earlier: 'Asked before',
    unanswered: 'Without an answer',
    tried: 'Looked in',
    nothingFound: 'nothing fitting found',
    since: 'Waiting since',
  },
  de: {
    asked: 'Der Besucher hat nach einem Menschen gefragt.',
    unsupported: 'Ich habe keine verlässliche Antwort gefunden.',
    misses: 'Mehrere Fragen hintereinander blieben ohne Antwort.',
    wants: 'Letzte Worte',
    language: 'Schreibt auf',
    earlier: 'Vorher gefragt',
    unanswered: 'Ohne Antwort',
    tried: 'Gesucht in',
    nothingFound: 'nichts Passendes gefunden',
    since: 'Wartet seit',
  },
  fr: {
    asked: 'Le visiteur a demandé une personne.',
    unsupported: "Je n'ai pas trouvé de réponse fiable.",
    misses: 'Plusieurs questions de suite sont restées sans réponse.',
    wants: 'Derniers mots',
    language: 'Écrit en',
    earlier: 'Demandé avant',
    unanswered: 'Sans réponse',
    tried: 'Cherché dans',
    nothingFound: 'rien trouvé de pertinent',
    since: 'Attend depuis',
  },
  es: {
    asked: 'El visitante ha pedido una persona.',
    unsupported: 'No he encontrado una respuesta fiable.',
    misses: 'Varias preguntas seguidas se quedaron sin respuesta.',
    wants: 'Últimas palabras',
    language: 'Escribe en',
    earlier: 'Preguntado antes',
    unanswered: 'Sin respuesta',
    tried: 'Buscado en',
    nothingFound: 'no se encontró nada adecuado',
    since: 'Espera desde',
  },
  it: {
    asked: 'Il visitatore ha chiesto di una persona.',
    unsupported: 'Non ho trovato una risposta affidabile.',
    misses: 'Più domande di seguito sono rimaste senza risposta.',
    wants: 'Ultime parole',
    language: 'Scrive in',
    earlier: 'Chiesto prima',
    unanswered: 'Senza risposta',
    tried: 'Cercato in',
    nothingFound: 'nulla di adatto trovato',
    since: 'In attesa dalle',
  },
  nl: {
    asked: 'De bezoeker vroeg om een mens.',
    unsupported: 'Ik vond geen betrouwbaar antwoord.',
    misses: 'Meerdere vragen achter elkaar bleven zonder antwoord.',
    wants: 'Laatste woorden',
    language: 'Schrijft in',
    earlier: 'Eerder gevraagd',
    unanswered: 'Zonder antwoord',
    tried: 'Gezocht in',
    nothingFound: 'niets passends gevonden',
    since: 'Wacht sinds',
  },
  pt: {
    asked: 'O visitante pediu uma pessoa.',
    unsupported: 'Não encontrei uma resposta fiável.',
    misses: 'Várias perguntas seguidas ficaram sem resposta.',
    wants: 'Últimas palavras',
    language: 'Escreve em',
    earlier: 'Perguntado antes',
    unanswered: 'Sem resposta',
    tried: 'Procurado em',
    nothingFound: 'nada adequado encontrado',
    since: 'À espera desde',
  },
  pl: {
    asked: 'Odwiedzający poprosił o rozmowę z człowiekiem.',
    unsupported: 'Brak wiarygodnej odpowiedzi.',
    misses: 'Kilka pytań z rzędu pozostało bez odpowiedzi.',
    wants: 'Ostatnie słowa',
    language: 'Język',
    earlier: 'Wcześniej pytał(a)',
    unanswered: 'Bez odpowiedzi',
    tried: 'Szukano w',
    nothingFound: 'nie znaleziono nic pasującego',
    since: 'Czeka od',
  },
  sv: {
    asked: 'Besökaren bad om en människa.',
    unsupported: 'Jag hittade inget pålitligt svar.',
    misses: 'Flera frågor i rad blev utan svar.',
    wants: 'Senaste ord',
    language: 'Skriver på',
    earlier: 'Frågade tidigare',
    unanswered: 'Utan svar',
    tried: 'Letade i',
    nothingFound: 'inget passande hittades',
    since: 'Väntar sedan',
  },
  tr: {
    asked: 'Ziyaretçi bir insanla konuşmak istedi.',
    unsupported: 'Güvenilir bir yanıt bulamadım.',
    misses: 'Art arda birkaç soru yanıtsız kaldı.',
    wants: 'Son sözleri',
    language: 'Dili',
    earlier: 'Daha önce sordu',
    unanswered: 'Yanıtsız kalan',
    tried: 'Aranan yer',
    nothingFound: 'uygun bir şey bulunamadı',
    since: 'Bekliyor',
  },
};
