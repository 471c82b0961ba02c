import type { OurLanguage } from '../our-languages.js';

/** How a promise sounds in a language: parts of regular expressions over folded words with single spaces between them. */
export interface PromiseWords {
  /** That somebody will come, call or write, or that the speaker himself will do something. */
  readonly personal: string;
  /** That the house will do something for the visitor: a rule of the house when a source says it, a promise otherwise. */
  readonly house: string;
  /** That something was done already, which nobody did. */
  readonly done: string;
}

export const promiseWords: Readonly<Record<OurLanguage, PromiseWords>> = {
  en: {
    personal:
      "(?:i'll|i will|i shall|i am going to|i'm going to|i'm gonna|let me) (?:\\S+ ){0,3}?(?:call|phone|ring|contact|email|mail|write|get back|reach|follow|refund|reimburse|credit|replace|send|ship|cancel|book|reserve|schedule|arrange|process|give|escalate|forward|check|look|investigate|notify|inform|make sure|ensure|fix|transfer|pass|update|change|open|create|ask|remind|let you know)|(?:someone|somebody|one of our|one of us|an? (?:human )?(?:agent|colleague|specialist|expert|representative|technician|manager|member)|our (?:team|support|staff|agents?|specialists?|experts?|colleagues|manager)|the team|my colleagues?|they|we)(?:'ll| will| shall| are going to| is going to)(?: \\S+){0,5}? (?:call|phone|ring|contact|email|write to|get back|get in touch|be in touch|reach out|follow up|come back|respond|reply|visit|help you|assist you|take over|join)|you(?:'ll| will) (?:be (?:contacted|called)|(?:hear|get a call|receive a call|get a reply|receive a reply) (?:back )?(?:from|by|within|soon|shortly))|(?:i|we) (?:promise|guarantee) ",
    house:
      "(?:we|our team|our support|they|the shop|the company)(?:'ll| will| shall| are going to| is going to)(?: \\S+){0,3}? (?:refund|reimburse|compensate|credit|replace|send you|ship you|give you|pay|cancel|book|reserve|schedule|arrange|process|escalate|forward|investigate|notify|inform|let you know|make sure|ensure|fix|repair|exchange|waive|deliver)|you(?:'ll| will) (?:get|receive|be given) (?:\\S+ ){0,3}?(?:refund|money|discount|voucher|replacement|compensation|credit)|(?:your|the) (?:order|parcel|package|refund|money|item|request) will be (?:\\S+ ){0,2}?(?:refunded|replaced|cancelled|processed|approved|sent|shipped|credited)",
    done: "(?:i've|i have|we've|we have|i just|i already)(?: \\S+){0,2}? (?:cancelled|canceled|refunded|processed|forwarded|sent|booked|updated|changed|reset|escalated|passed|notified|contacted|scheduled|arranged|created|opened|issued|credited|applied|approved|reserved)|(?:your|the) (?:order|refund|request|booking|account|subscription) (?:has been|was|is now|is) (?:\\S+ )?(?:cancelled|canceled|refunded|processed|approved|booked|reset|escalated|forwarded)",
  },
  de: {
    personal:
      '(?:ich werde|ich rufe|ich melde|ich schicke|ich sende|ich kummere|ich veranlasse|ich leite|ich erstatte|ich storniere|ich prufe|ich verbinde|ich sorge|ich informiere|ich verspreche|wir versprechen|wir garantieren)|(?:jemand|ein mitarbeiter|eine mitarbeiterin|ein kollege|eine kollegin|unser team|unser support|unsere mitarbeiter|unsere experten|das team|man|wir)(?: \\S+){0,3}? (?:meldet|melden|wird|werden|ruft|rufen|kontaktiert|kontaktieren)(?: \\S+){0,8}? ?(?:bei ihnen|bei dir|sie an|dich an|anrufen|melden|kontaktieren|zuruckrufen|zuruck|in verbindung|sich|ubernehmen|antworten)|(?:wird|werden|meldet|melden) sich(?: \\S+){0,4}? (?:jemand|mitarbeiter|team|kollege|wir|bei ihnen|bei dir)|sie (?:werden|bekommen|erhalten)(?: \\S+){0,4}? (?:angerufen|kontaktiert|anruf|ruckruf)',
    house:
      'wir (?:werden|erstatten|ersetzen|schicken|senden|liefern|stornieren|uberweisen|zahlen|veranlassen|buchen|tauschen|prufen|sorgen)(?: \\S+)|(?:werden|wird) (?:wir )?(?:ihnen|dir)(?: \\S+){0,5}? (?:erstatten|erstattet|ersetzen|ersetzt|schicken|geschickt|senden|gesendet|gutschreiben|gutgeschrieben|uberweisen|uberwiesen)|sie (?:bekommen|erhalten)(?: \\S+){0,4}? (?:geld|erstattung|ruckerstattung|gutschein|rabatt|ersatz)',
    done: '(?:ich habe|wir haben|ich hab)(?: \\S+){0,7}? (?:storniert|erstattet|weitergeleitet|veranlasst|gesendet|geschickt|gebucht|geandert|zuruckgesetzt|informiert|kontaktiert|erstellt|reserviert|gutgeschrieben|aktualisiert)|ihre? (?:bestellung|erstattung|anfrage|buchung)(?: \\S+){0,3}? (?:wurde|ist)(?: \\S+){0,3}? (?:storniert|erstattet|weitergeleitet|bearbeitet|genehmigt|gebucht)',
  },
  fr: {
    personal:
      "je (?:vais|vous (?:appellerai|rappelle|rappellerai|contacterai|enverrai|envoie|ecrirai|rembourse|rembourserai|tiens)|t'appellerai|m'occupe|m'en occupe|promets|garantis|verifie|transfere)|(?:quelqu'un|un conseiller|une conseillere|un agent|un collegue|notre equipe|notre support|l'equipe|un membre|on|nous)(?: \\S+){0,5}? (?:vous |te )?(?:contactera|contacterons|appellera|appellerons|rappellera|rappellerons|repondra|repondrons|recontactera|recontacterons|va vous (?:contacter|appeler|rappeler|repondre|aider)|allons vous (?:contacter|appeler|rappeler|recontacter|repondre)|ecrira)|vous (?:serez|allez etre) (?:contacte|appele|rappele|recontacte)\\S*|nous (?:promettons|garantissons)",
    house:
      'nous (?:vous )?(?:rembourserons|remplacerons|enverrons|crediterons|annulerons|reserverons|verserons|paierons|offrirons|livrerons|allons(?: vous)? (?:rembourser|remplacer|envoyer|annuler|crediter|verser))|vous (?:recevrez|serez|obtiendrez)(?: \\S+){0,3}? (?:rembourse\\S*|remboursement|indemnise\\S*|bon|remise|avoir|remplacement)',
    done: "(?:j'ai|nous avons|je viens de|nous venons de)(?: \\S+){0,4}? (?:annule\\S*|rembourse\\S*|transmis\\S*|envoye\\S*|reserve\\S*|modifie\\S*|reinitialise\\S*|informe\\S*|contacte\\S*|cree\\S*|transfere\\S*|annuler|rembourser|transmettre|envoyer)|votre (?:commande|remboursement|demande)(?: \\S+){0,2}? (?:a ete|est) (?:\\S+ )?(?:annule|rembourse|traite|approuve|transmis)\\S*",
  },
  es: {
    personal:
      '(?:le|te|lo|la|les|os) (?:llamare|contactare|escribire|enviare|mandare|reembolsare|avisare|devolvere|ayudare)(?!\\S)|(?:voy a|me encargare|me encargo|prometo|prometemos|garantizo|garantizamos)|(?:alguien|un agente|un asesor|un companero|una persona|nuestro equipo|el equipo|nuestro soporte|un representante|nosotros)(?: \\S+){0,5}? (?:llamara|contactara|escribira|respondera|pondra|atendera|va a (?:llamar|contactar|escribir|responder|atender)\\S*)|(?:le|te|nos|se) (?:llamaremos|contactaremos|contactara|llamara|escribiremos|pondremos|pondra|responderemos|avisaremos)|sera contactad[oa]',
    house:
      '(?:le|te|les)? ?(?:reembolsaremos|devolveremos|enviaremos|mandaremos|reemplazaremos|cancelaremos|abonaremos|pagaremos|compensaremos|reservaremos|vamos a (?:reembolsar|devolver|enviar|reemplazar|cancelar|abonar)\\S*)|(?:recibira|obtendra|recibiras|obtendras)(?: \\S+){0,3}? (?:reembolso|dinero|descuento|vale|compensacion|reemplazo)',
    done: '(?:he|hemos|acabo de|acabamos de)(?: \\S+){0,2}? (?:cancelado|reembolsado|enviado|reenviado|reservado|cambiado|restablecido|informado|contactado|creado|tramitado|actualizado|cancelar|reembolsar|enviar)|su (?:pedido|reembolso|solicitud)(?: \\S+){0,2}? (?:ha sido|fue|esta) (?:cancelad|reembolsad|procesad|aprobad|enviad)[oa]',
  },
  it: {
    personal:
      '(?:la|ti|le|vi) (?:chiamero|contattero|richiamero|scrivero|inviero|mandero|rimborsero|avvisero|aggiornero)|(?:mi occupero|me ne occupo|prometto|promettiamo|garantisco|garantiamo|sto per)|(?:qualcuno|un operatore|un agente|un collega|il nostro team|il team|la nostra assistenza|un consulente|noi)(?: \\S+){0,5}? (?:chiamera|contattera|ricontattera|rispondera|scrivera|richiamera|si mettera)|(?:la|ti|vi) (?:contatteremo|chiameremo|ricontatteremo|richiameremo|contattera|chiamera)|le (?:risponderemo|scriveremo)|(?:verra|sarai|sara) (?:contattat|chiamat|ricontattat)[oa]',
    house:
      '(?:la|le|ti|vi)? ?(?:rimborseremo|sostituiremo|invieremo|manderemo|spediremo|annulleremo|accrediteremo|pagheremo|prenoteremo)|(?:ricevera|otterra|riceverai|otterrai)(?: \\S+){0,3}? (?:rimborso|denaro|sconto|buono|sostituzione)',
    done: '(?:ho|abbiamo)(?: \\S+){0,2}? (?:annullato|rimborsato|inviato|inoltrato|prenotato|modificato|reimpostato|informato|contattato|creato|aggiornato|spedito)|(?:il suo|il tuo|la sua|la tua) (?:ordine|rimborso|richiesta)(?: \\S+){0,2}? (?:e stat[oa]|viene) (?:\\S+ )?(?:annullat|rimborsat|elaborat|approvat|inoltrat)[oa]',
  },
  nl: {
    personal:
      '(?:ik zal|ik ga|ik bel|ik stuur|ik regel|ik zorg|ik neem|ik meld|ik beloof|wij beloven|we beloven|wij garanderen|we garanderen)(?: |$)|(?:iemand|een medewerker|een collega|ons team|onze support|onze klantenservice|het team|wij|we)(?: \\S+){0,3}? (?:zal|zullen|gaat|gaan|neemt|nemen|belt|bellen)(?: \\S+){0,6}? ?(?:contact|bellen|terugbellen|opnemen|op(?!\\S)|terug(?!\\S)|reageren|mailen|overnemen|u terug|je terug)|(?:u|je) wordt(?: \\S+){0,3}? (?:gebeld|teruggebeld|gecontacteerd)',
    house:
      '(?:wij|we) (?:zullen|gaan|vergoeden|sturen|vervangen|annuleren|storten|betalen|leveren)(?: \\S+)|(?:u|je) (?:krijgt|ontvangt)(?: \\S+){0,4}? (?:terugbetaling|geld|korting|tegoedbon|vergoeding|vervanging)',
    done: '(?:ik heb|wij hebben|we hebben)(?: \\S+){0,7}? (?:geannuleerd|terugbetaald|doorgestuurd|verstuurd|verzonden|geboekt|gewijzigd|gereset|gecontacteerd|aangemaakt|doorgegeven|gereserveerd)|(?:uw|je) (?:bestelling|terugbetaling|aanvraag) is(?: \\S+)? (?:geannuleerd|terugbetaald|verwerkt|goedgekeurd)',
  },
  pt: {
    personal:
      '(?:vou|irei|eu vou) (?:\\S+ )?(?:ligar|contactar|contatar|enviar|mandar|escrever|reembolsar|verificar|tratar|encaminhar|transferir|devolver|avisar|pedir)|(?:ligarei|entrarei em contato|entrarei em contacto|prometo|prometemos|garanto|garantimos)|(?:alguem|um atendente|um agente|um colega|a nossa equipa|nossa equipe|a equipa|a equipe|nosso suporte|nos)(?: \\S+){0,4}? (?:ligara|contactara|contatara|entrara|respondera|vai (?:\\S+ )?(?:ligar|contactar|contatar|entrar|responder|atender))|(?:entraremos em contato|entraremos em contacto|ligaremos|contactaremos|contataremos|retornaremos|responderemos)|sera (?:contactad|contatad)[oa]',
    house:
      '(?:reembolsaremos|devolveremos|enviaremos|mandaremos|substituiremos|cancelaremos|creditaremos|pagaremos|reservaremos|vamos (?:\\S+ )?(?:reembolsar|devolver|enviar|substituir|cancelar|creditar))|(?:recebera|tera|vai receber)(?: \\S+){0,3}? (?:reembolso|dinheiro|desconto|vale|compensacao|substituicao)',
    done: '(?:cancelei|reembolsei|enviei|encaminhei|reservei|alterei|redefini|informei|contactei|criei|atualizei|ja (?:cancelamos|reembolsamos|enviamos|encaminhamos))|(?:seu|o seu|sua|a sua) (?:pedido|encomenda|reembolso|solicitacao)(?: \\S+)? (?:foi|esta) (?:\\S+ )?(?:cancelad|reembolsad|processad|aprovad|enviad)[oa]',
  },
  pl: {
    personal:
      '(?:zadzwonie|skontaktuje sie|oddzwonie|napisze|wysle|zwroce|zajme sie|sprawdze|przekaze|dopilnuje|obiecuje|obiecujemy|gwarantuje|gwarantujemy)(?!\\S)|(?:ktos|konsultant|pracownik|kolega|nasz zespol|zespol|nasz doradca|nasze biuro)(?: \\S+){0,4}? (?:zadzwoni|skontaktuje|oddzwoni|napisze|odpowie|odezwie)|(?:skontaktujemy sie|zadzwonimy|oddzwonimy|odezwiemy sie|odpowiemy|napiszemy)',
    house:
      '(?:zwrocimy|wyslemy|wymienimy|anulujemy|zaplacimy|zarezerwujemy|przelejemy|dostarczymy|zrekompensujemy)|(?:otrzyma|dostanie|otrzymasz|dostaniesz)(?: \\S+){0,3}? (?:zwrot|pieniadze|rabat|bon|rekompensate)',
    done: '(?:anulowalem|anulowalam|anulowalismy|zwrocilem|zwrocilam|zwrocilismy|wyslalem|wyslalam|wyslalismy|przekazalem|przekazalam|przekazalismy|zarezerwowalem|zarezerwowalam|zmienilem|zmienilam|zresetowalem|zresetowalam)|(?:zamowienie|zwrot|zgloszenie)(?: \\S+){0,2}? zostal[oa]? (?:anulowan|zwrocon|przetworzon|zatwierdzon|przekazan)\\S+',
  },
  sv: {
    personal:
      '(?:jag ska|jag kommer att|jag ringer|jag skickar|jag ordnar|jag ser till|jag aterkommer|jag kontaktar|jag lovar|vi lovar|vi garanterar)|(?:nagon|en medarbetare|en kollega|en handlaggare|vart team|var support|var kundtjanst|teamet|vi)(?: \\S+){0,2}? (?:ringer|kontaktar|aterkommer|hor av|kommer att (?:\\S+ )?(?:ringa|kontakta|aterkomma|hora|svara|hjalpa)|ska (?:\\S+ )?(?:ringa|kontakta|aterkomma|hora))|du (?:blir|kommer att bli) (?:uppringd|kontaktad)',
    house:
      'vi (?:ska|kommer att) (?:\\S+ ){0,3}?(?:aterbetala|ersatta|skicka|betala|avboka|leverera|byta|kreditera)|vi (?:aterbetalar|ersatter|skickar|krediterar)|du (?:far|kommer att fa)(?: \\S+){0,3}? (?:aterbetalning|pengar|pengarna|rabatt|presentkort|ersattning)',
    done: '(?:jag har|vi har)(?: \\S+){0,5}? (?:avbokat|aterbetalat|skickat|vidarebefordrat|bokat|andrat|aterstallt|informerat|kontaktat|skapat|reserverat|makulerat)|din (?:bestallning|aterbetalning|begaran) (?:har|ar)(?: \\S+)? (?:avbokad|avbokats|aterbetald|aterbetalats|behandlad|godkand)',
  },
  tr: {
    personal:
      '(?:sizi|seni|size|sana) (?:\\S+ ){0,3}?(?:arayacagim|arayacagiz|arayacak|arayacaktir|ulasacagim|ulasacagiz|ulasacak|ulasacaktir|donecegim|donecegiz|donecek|yazacagim|yazacagiz|bildirecegim)|(?:iletisime gececegim|iletisime gececegiz|iletisime gececek|iletisime gececektir|ilgilenecegim|ilgilenecek|kontrol edecegim|gonderecegim|soz veriyorum|soz veriyoruz|garanti ediyorum|garanti ediyoruz)|(?:donus yapacagim|donus yapacagiz|donus yapacak)',
    house:
      '(?:iade edecegiz|geri odeyecegiz|gonderecegiz|degistirecegiz|iptal edecegiz|odeyecegiz|telafi edecegiz)|(?:para iadesi|indirim|tazminat) (?:alacaksiniz|alacaksin)',
    done: '(?:iptal ettim|iptal ettik|iade ettim|iade ettik|gonderdim|gonderdik|ilettim|ilettik|rezerve ettim|degistirdim|sifirladim|olusturdum|yonlendirdim)|(?:siparisiniz|iadeniz|talebiniz) (?:\\S+ )?(?:iptal edildi|onaylandi|isleme alindi|iletildi)',
  },
};
