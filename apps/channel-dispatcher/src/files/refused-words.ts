import type { FileRefusal } from './refusal.js';

/** Too large, of a kind that is not taken, too many, everything else; `{n}` is megabytes. */
type Words = readonly [string, string, string, string];

const EN: Words = [
  'Your file did not arrive: files may have up to {n} MB.',
  'Your file did not arrive: files of this kind cannot be taken.',
  'Your file did not arrive: you have sent too many files.',
  'Your file did not arrive. Please send it again.',
];

const WORDS: Readonly<Record<string, Words>> = {
  en: EN,
  de: [
    'Ihre Datei ist nicht angekommen: Dateien dürfen höchstens {n} MB groß sein.',
    'Ihre Datei ist nicht angekommen: Dateien dieser Art können nicht angenommen werden.',
    'Ihre Datei ist nicht angekommen: Sie haben zu viele Dateien gesendet.',
    'Ihre Datei ist nicht angekommen. Bitte senden Sie sie noch einmal.',
  ],
  fr: [
    'Votre fichier n’est pas arrivé : un fichier peut avoir au plus {n} Mo.',
    'Votre fichier n’est pas arrivé : ce type de fichier n’est pas accepté.',
    'Votre fichier n’est pas arrivé : vous avez envoyé trop de fichiers.',
    'Votre fichier n’est pas arrivé. Merci de l’envoyer à nouveau.',
  ],
  es: [
    'Tu archivo no ha llegado: los archivos pueden tener hasta {n} MB.',
    'Tu archivo no ha llegado: no se admiten archivos de este tipo.',
    'Tu archivo no ha llegado: has enviado demasiados archivos.',
    'Tu archivo no ha llegado. Envíalo otra vez, por favor.',
  ],
  pt: [
    'O seu ficheiro não chegou: os ficheiros podem ter até {n} MB.',
    'O seu ficheiro não chegou: não são aceites ficheiros deste tipo.',
    'O seu ficheiro não chegou: enviou demasiados ficheiros.',
    'O seu ficheiro não chegou. Envie-o novamente, por favor.',
  ],
  it: [
    'Il file non è arrivato: i file possono avere al massimo {n} MB.',
    'Il file non è arrivato: i file di questo tipo non sono accettati.',
    'Il file non è arrivato: ha inviato troppi file.',
    'Il file non è arrivato. Per favore, lo invii di nuovo.',
  ],
  nl: [
    'Je bestand is niet aangekomen: bestanden mogen hoogstens {n} MB groot zijn.',
    'Je bestand is niet aangekomen: bestanden van deze soort worden niet aangenomen.',
    'Je bestand is niet aangekomen: je hebt te veel bestanden gestuurd.',
    'Je bestand is niet aangekomen. Stuur het alsjeblieft nog een keer.',
  ],
  ar: [
    'لم يصل ملفك: الحد الأقصى لحجم الملف {n} ميغابايت.',
    'لم يصل ملفك: لا تُقبل ملفات من هذا النوع.',
    'لم يصل ملفك: لقد أرسلت ملفات كثيرة جدًا.',
    'لم يصل ملفك. يُرجى إرساله مرة أخرى.',
  ],
  he: [
    'הקובץ לא הגיע: גודל קובץ עד {n} מ״ב.',
    'הקובץ לא הגיע: קבצים מסוג זה אינם מתקבלים.',
    'הקובץ לא הגיע: נשלחו יותר מדי קבצים.',
    'הקובץ לא הגיע. אפשר לשלוח אותו שוב.',
  ],
};

/** Those with words of their own, in their order; all others have the last. */
const SPECIAL: readonly FileRefusal[] = ['file.too-large', 'file.type-not-allowed', 'file.too-many'];

/** What the visitor is told of a file of his that was not taken, in the bot's language; in English when there are no words in it. */
export function wordsFor(reason: FileRefusal, locale: string, maxMb: number): string {
  const words = WORDS[locale.toLowerCase().split(/[-_]/)[0] ?? ''] ?? EN;
  const which = SPECIAL.indexOf(reason);
  return words.at(which)!.replace('{n}', String(maxMb));
}
