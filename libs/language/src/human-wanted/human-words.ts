import type { OurLanguage } from '../our-languages.js';

/** How somebody asks for a human in a language. All are parts of regular expressions over folded words with single spaces between them. */
export interface HumanWords {
  /** What one does with a human: to talk, to be put through. */
  readonly talk: string;
  /** What is said right before the human; alone it could be about anything. */
  readonly want?: string;
  /** What may stand before the human: `to a`, `mit einem`. */
  readonly link: string;
  readonly who: string;
  /** The language also says it the other way round: the human first, the talking last. */
  readonly verbLast?: boolean;
  /** Said alone, it is the wish. */
  readonly alone: string;
  /** The wish in other words. */
  readonly also?: string;
  /** Who says this does not want one. */
  readonly not: string;
}

export const humanWords: Readonly<Record<OurLanguage, HumanWords>> = {
  en: {
    talk: 'help from|talk|talking|speak|speaking|chat|chatting|connect me|connect us|connected|transfer me|transfer this|transfer us|put me through|put me|pass me|pass me on|hand me over|hand over|escalate|escalate this|forward me|(?:want|need|like) to (?:contact|reach)|switch me|redirect me',
    want: "want|need|i'd like|i would like|get me|give me|let me have",
    link: '(?:on )?(?:to|with|over to|through to)? ?(?:an?|the|your|some|any|one of your)? ?(?:actual|real|live|living|human|physical|different|support|service|sales|customer service|customer support|customer care)?',
    who: 'humans?(?! (?:resources?|rights|hair|errors?|body|factors?|readable|size|resource))|people|persons?(?! (?:per|each))|someone(?! else)|somebody(?! else)|agents?(?! (?:fees?|portal|program|api|key|license))|operators?|representatives?|reps?|advisors?|adviser|employee|member of staff|staff member|staff|manager|supervisor|colleague|team member|support team|support staff|customer service|customer support|support(?! (?:pages?|articles?|tickets?|portal|forum|cent(?:er|re)|hours|plans?|fee|contract|level|bolts?|bracket))|your team|the team',
    alone:
      '(?:an? |the )?(?:real |live |actual )?(?:human|person|agent|operator|representative|human being|human agent|support agent|customer service|customer support|someone real|live chat|live support)',
    also: '(?:are|r) you (?:even )?(?:a )?(?:human|real)(?: person)? can i|not (?:with )?an? (?:bot|robot|machine|computer)|(?:no|stop the|hate|enough of) (?:bots?|robots?|machines?)|is there (?:a|an|any) (?:real |live |actual )?(?:human|person|agent|operator)(?: here| there| available| around)?$|(?:can|could|may|will|would) (?:a |an |some ?|one of your )?(?:real |live )?(?:human|person|one|body|someone|somebody|agent|colleague)s? (?:please )?(?:help me|call me|contact me|assist me|take over|answer me|get back to me)',
    not: "(?:do not|don't|dont|didn't|did not) (?:want|need|wish|like) |no need (?:to|for)|rather not|without (?:talking|speaking)",
  },
  de: {
    talk: 'sprechen|reden|chatten|verbinden|verbunden werden|verbunden|weiterleiten|weitergeleitet|durchstellen|ubergeben|telefonieren|kontakt aufnehmen|sprich|verbinde|verbinden sie',
    link: '(?:mich |uns |bitte )*(?:mit|zu|an) ?(?:einem|einer|einen|nem|ner|ihrem|ihrer|eurem|eurer|dem|der)? ?(?:echten|realen|richtigen|lebenden|wirklichen|menschlichen)?',
    who: 'mensche?n?|person|personen|mitarbeitern?|mitarbeiterin|mitarbeiterinnen|mitarbeitenden|jemand(?:em|en)?|beratern?|beraterin|kollegen|kollegin|kundendienst|kundenservice|support|operator|agenten?|sachbearbeiter|ansprechpartner|team',
    verbLast: true,
    alone:
      '(?:einen? |ein )?(?:echte[rn]? |richtige[rn]? |menschliche[rn]? )?(?:mensch|menschen|mitarbeiter|mitarbeiterin|person|operator|berater|ansprechpartner|kundenberater|live chat)',
    also: '(?:mochte|will|brauche|hatte gern|hatte gerne|gib mir|geben sie mir|ich brauche)(?: bitte)? (?:einen |eine |ein )?(?:echten |echte |richtigen |richtige )?(?:menschen|mitarbeiter|mitarbeiterin|ansprechpartner|berater)|(?:kein|keinen|keinem) (?:bot|roboter|computer|maschine)(?: mehr)?$|gibt es (?:hier )?(?:auch )?(?:echte )?menschen(?: hier)?$|hilfe von (?:einem|einer) (?:echten )?(?:menschen|mitarbeiter|mitarbeiterin|person)|kann (?:mir |mich )?(?:bitte )?(?:jemand|ein mensch|ein mitarbeiter)(?: bitte| mal)? (?:helfen|anrufen|zuruckrufen|kontaktieren|ubernehmen)',
    not: '(?:mochte|will|wollte|muss|brauche) (?:\\S+ )?(?:nicht|kein|keinen|keine) |ohne mit',
  },
  fr: {
    talk: "mise? en relation|aide d'un|aide d'une|parler|discuter|echanger|dialoguer|converser|mettez moi|mettre|passez moi|passer|transferez moi|transferer|chatter",
    want: 'voudrais|veux|besoin|joindre|contacter',
    link: "(?:moi )?(?:a|avec|en relation avec|en contact avec|d'un|d'une|au|aux|vers)? ?(?:un|une|des|le|la|vos|votre)? ?(?:vrai|vraie|veritable|reel|reelle)?",
    who: "quelqu'un(?! d'autre)|humains?|l'humain|personne(?: reelle| humaine)?(?! (?:agee|morale|physique|supplementaire))|conseillers?|conseillere|agents?(?! (?:immobilier|secret))|operateur|operatrice|responsable|etre humain|service client|equipe",
    alone:
      '(?:un |une )?(?:vrai |vraie )?(?:humain|personne|personne reelle|conseiller|conseillere|agent|operateur|etre humain|service client)',
    also: "avoir (?:quelqu'un|un conseiller|une conseillere|une personne) (?:au telephone|en ligne)|pas (?:a |avec )?un (?:robot|bot)|est ce que quelqu'un peut m'aider|quelqu'un (?:peut|pourrait) (?:il )?(?:m'aider|me rappeler|me contacter|m'appeler)|y a t il (?:quelqu'un|un humain|une personne|un conseiller)",
    not: "(?:ne |n')?(?:veux|souhaite|desire|voudrais|ai) pas |pas besoin|sans (?:parler|passer)",
  },
  es: {
    talk: 'ayuda de|hablar|chatear|conversar|comunicar(?:me)?|comunicarse|comuniqueme|comunicame|pasame|paseme|pasar(?:me)?|conectar(?:me)?|conecteme|conectame|transferir(?:me)?|transfierame|poner(?:me)?|pongame|hablo',
    want: 'quiero|necesito|quisiera|deme|contactar',
    link: '(?:en contacto )?(?:con|a)? ?(?:una?|algun|alguna|el|la|su|un)? ?(?:verdader[oa]|autentic[oa])?',
    who: 'personas?(?! (?:mayor|juridica|adicional|extra|mas))|humanos?(?! recursos)|humana|agentes?(?! (?:inmobiliario|de viajes))|operador|operadora|alguien(?! mas)|asesor|asesora|representante|ejecutiv[oa]|emplead[oa]|ser humano|encargad[oa]|atencion al cliente|equipo de soporte',
    alone:
      '(?:una? )?(?:persona|persona real|persona de verdad|humano|agente|agente humano|operador|operadora|asesor|asesora|representante|atencion al cliente)',
    also: 'no (?:con |a )?un (?:robot|bot|maquina)|(?:me puede|puede|podria) (?:ayudar|llamar|atender)(?:me)? (?:alguien|una persona|un agente|un humano)|(?:alguien|una persona) (?:me )?(?:puede|podria) (?:ayudar|llamar|atender|contactar)(?:me)?|hay (?:alguien|alguna persona)(?: ahi)?$',
    not: 'no (?:quiero|necesito|deseo|hace falta|quisiera) |sin (?:hablar|tener que hablar)',
  },
  it: {
    talk: 'parlare|parlo|chattare|conversare|passare|passami|mi passi|mi passa|passarmi|mettermi|mettimi|mi metta|collegarmi|trasferirmi',
    want: 'vorrei|voglio|ho bisogno|mi serve|contattare',
    link: "(?:in contatto )?(?:con|a|di)? ?(?:una?|un|uno|il|la|qualche|vostro|l')? ?(?:vera|vero)?",
    who: "persona(?: reale| vera| umana| in carne e ossa)?(?! (?:giuridica|fisica|in piu))|umano|un'umano|essere umano|operatore|un'operatrice|operatrice|qualcuno|addetto|addetta|agente|responsabile|consulente|assistenza umana|servizio clienti|assistenza clienti",
    alone:
      '(?:una? |un )?(?:vera )?(?:persona|persona reale|persona vera|umano|essere umano|operatore|operatrice|consulente|addetto|servizio clienti|assistenza clienti)',
    also: "non (?:con )?un (?:robot|bot)|c'e qualcuno(?: li)?$|qualcuno (?:mi )?(?:puo|potrebbe) (?:aiutarmi|aiutare|chiamarmi|contattarmi|richiamarmi)|(?:puo|potrebbe) (?:aiutarmi|chiamarmi) qualcuno",
    not: 'non (?:voglio|vorrei|desidero|ho bisogno|serve|mi serve) |senza parlare',
  },
  nl: {
    talk: 'praten|spreken|chatten|verbinden|verbind|doorverbinden|doorverbonden|doorverbind|bellen|overleggen',
    want: 'wil ik|ik wil|geef me|contact',
    link: '(?:mij |me |graag |door )*(?:met|naar|aan)? ?(?:een|de|jullie|uw)? ?(?:echt|echte|levend|menselijke)?',
    who: 'mens|mensen|persoon(?! per)|iemand(?! anders)|medewerkers?|medewerkster|agent|operator|collega|klantenservice',
    verbLast: true,
    alone: '(?:een )?(?:echt |echte |menselijke )?(?:mens|persoon|medewerker|medewerkster|agent|operator|iemand)',
    also: 'geen (?:bot|robot|computer)(?: meer)?$|kan (?:iemand|een mens|een medewerker) (?:mij |me )?(?:even )?(?:helpen|bellen|terugbellen|contacteren)|is er (?:iemand|een mens|een medewerker)(?: daar| aanwezig| beschikbaar)?$',
    not: '(?:wil|hoef|wens) (?:\\S+ )?(?:niet|geen) |zonder te (?:praten|spreken)',
  },
  pt: {
    talk: 'falar|falo|conversar|passar|passe me|passa me|me passa|me passe|transferir|transfira me|me transfira|me transfere|ligar me|me conecta|me conecte|atendimento',
    want: 'quero|preciso|gostaria|contactar|contatar',
    link: '(?:com|para|a|de|por)? ?(?:uma?|um|o|a|algum|alguma)? ?(?:verdadeir[oa])?',
    who: 'pessoas?(?: real| de verdade| humana)?(?! (?:juridica|fisica|a mais|extra))|humanos?(?! recursos)|humana|alguem|atendente|agente|operador|operadora|assistente humano|funcionari[oa]|responsavel|representante|ser humano|apoio ao cliente',
    alone: '(?:uma? )?(?:pessoa|pessoa real|humano|atendente|atendente humano|agente|operador|operadora|ser humano)',
    also: 'nao (?:com )?um (?:robo|bot|robot)|(?:alguem|uma pessoa) (?:me )?(?:pode|poderia) (?:me )?(?:ajudar|ligar|atender|contactar)|(?:pode|poderia) alguem|tem alguem(?: ai)?$',
    not: 'nao (?:quero|preciso|desejo|gostaria) |sem falar',
  },
  pl: {
    talk: 'rozmawiac|porozmawiac|polaczyc|polaczenie|polacz|prosze polaczyc|pogadac|rozmowa|rozmowe|rozmowy|skontaktowac|kontakt|mowic|pomowic',
    link: '(?:sie |mnie |z)*(?:z|ze) ?(?:jakims|jakas|prawdziwym|prawdziwa|zywym|zywa|waszym|panstwa)?',
    who: 'czlowiekiem|osoba|kims(?! innym)|konsultantem|konsultantka|pracownikiem|doradca|operatorem|agentem|biurem obslugi',
    alone: '(?:prawdziwy |zywy )?(?:czlowiek|konsultant|konsultantka|operator|doradca|pracownik)',
    also: 'nie z (?:botem|robotem|maszyna)|(?:potrzebuje|poprosze|prosze o|chce) (?:\\S+ )?(?:czlowieka|konsultanta|operatora|doradce|pracownika)|czy ktos (?:moze|moglby) mi pomoc|czy jest (?:tu |tam )?ktos',
    not: 'nie (?:chce|potrzebuje|musze|zycze) |bez (?:rozmowy|kontaktu)',
  },
  sv: {
    talk: 'prata|tala|chatta|snacka|koppla mig|kopplas|koppla|fa kontakt|kontakt|vidare',
    link: '(?:vidare )?(?:med|till) ?(?:en|ett|er|nagon)? ?(?:riktig|levande|verklig|mansklig)?',
    who: 'manniska|person|nagon(?! annan)|agent|handlaggare|medarbetare|kundtjanst|operator|radgivare|kollega',
    alone: '(?:en )?(?:riktig |levande )?(?:manniska|person|medarbetare|operator|handlaggare|agent)',
    also: 'inte (?:med )?en (?:bot|robot|dator)|(?:kan|kunde) (?:nagon|en manniska) (?:hjalpa|ringa|kontakta) (?:mig|upp mig)|finns det nagon(?: dar)?$|(?:vill ha|behover) en (?:riktig )?(?:manniska|medarbetare)',
    not: '(?:vill|behover|onskar) (?:\\S+ )?inte |utan att (?:prata|tala)',
  },
  tr: {
    talk: 'konus\\S*|gorus\\S*|bagla\\S*|aktar\\S*|yazis\\S*|iletisim\\S*|ulas\\S*',
    link: '',
    who: '(?:bir |gercek |gercek bir |canli )?(?:insanla|insana|insan ile|biriyle|birine|birisiyle|birisine|biri ile|kisiyle|kisiye|temsilci\\S*|musteri temsilci\\S*|yetkili\\S*|operator\\S*|canli destek\\S*|musteri hizmetleri\\S*|calisan\\S*|danisman\\S*)',
    verbLast: true,
    alone: '(?:bir |gercek |gercek bir |canli )?(?:insan|temsilci|musteri temsilcisi|operator|canli destek|yetkili)',
    also: '(?:bot|robot) (?:degil|istemiyorum)|(?:insan|temsilci|canli destek|musteri temsilcisi|operator) istiyorum|biri (?:bana )?(?:yardim edebilir|arayabilir)|kimse yok mu',
    not: '(?:insanla|temsilci\\S*|biriyle|kisiyle) (?:\\S+ )?(?:konusmak|gorusmek) istemiyorum|gerek yok',
  },
};

/** Takes the offer of a human, said alone. Folded. */
export const yesWords = `yes, yes please, yeah, yep, yup, sure, please, please do, yes i do, yes i would, ok, okay, of course, ja, ja bitte, bitte, gerne, ja gerne, gern, klar, oui, oui merci, oui s'il vous plait, volontiers,
  oui svp, si, si por favor, por favor, claro, vale, si grazie, si per favore, certo, volentieri, ja graag, graag, ja alstublieft, sim, sim por favor, claro que sim, tak, tak prosze, poprosze, prosze, ja tack, garna, evet, evet lutfen, lutfen, tamam, olur, 👍`;

/** Does not take the offer, said alone. Folded. */
export const noWords = `no, nope, no thanks, no thank you, not now, rather not, i don't want to, nein, nein danke, lieber nicht, jetzt nicht, ne, nee, non, non merci, pas maintenant,
  no gracias, ahora no, no grazie, adesso no, nee bedankt, nee dank u, nee dank je, liever niet, niet nu, nao, nao obrigado, nao obrigada, agora nao, nie, nie dziekuje, nie dzieki, nie teraz, nej, nej tack, inte nu, hayir,
  hayir tesekkurler, hayir tesekkur ederim, simdi degil, 👎`;
