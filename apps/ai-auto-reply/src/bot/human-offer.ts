/** What a visitor sends who taps on the offer of a human. */
export const WANTS_HUMAN = 'baton:wants-human';

/** The offer, said by the visitor: short enough for a quick reply of Messenger (20 characters), and heard as a wish by whoever reads it. */
const TITLES: Readonly<Record<string, string>> = {
  en: 'Talk to a human',
  de: 'Mit Mensch sprechen',
  fr: 'Parler à un humain',
  es: 'Hablar con alguien',
  it: 'Parlare con qualcuno',
  nl: 'Met iemand praten',
  pt: 'Falar com alguém',
  pl: 'Połącz z człowiekiem',
  sv: 'Prata med någon',
  tr: 'İnsanla konuşmak',
};

/** A quick reply that offers a human, in a language (ISO 639-1) where we have it, else in English. */
export function humanOffer(language: string | null) {
  return { content_type: 'text' as const, title: TITLES[language ?? 'en'] ?? TITLES['en']!, payload: WANTS_HUMAN };
}

export const offeredIn = Object.keys(TITLES);
