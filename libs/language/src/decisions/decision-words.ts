import type { OurLanguage } from '../our-languages.js';

interface DecisionWords {
  /** What somebody says is so from now on, or was done; patterns over folded words. Beside what `promiseWords.done` knows. */
  readonly stated: string;
  /** A sentence that begins so says what would be. */
  readonly conditional: string;
}

export const decisionWords: Readonly<Record<OurLanguage, DecisionWords>> = {
  en: {
    stated:
      "(?:it|this|that|everything|(?:the|your|her|his|their) (?:\\S+ ){1,3}?) ?(?:is|are|was|were|has been|have been|'s)(?: \\S+){0,2}? (?:cancelled|canceled|refunded|approved|accepted|declined|rejected|booked|confirmed|extended|waived|replaced|fixed|solved|resolved|closed|reopened|unlocked|activated|deactivated|deleted|changed|updated|shipped|sent|paid|granted|done|free of charge|on its way)|you(?: \\S+)? (?:get|receive|keep|are entitled to|do not (?:have|need) to|don't (?:have|need) to|do not owe|don't owe|may keep|can keep)(?: |$)|(?:i|we) (?:have |just |already |now |hereby ){0,2}?(?:decided|agreed|approved|accepted|declined|refused|granted|cancelled|canceled|refunded|changed|extended|waived|confirmed|fixed|unlocked|deleted)|(?:we|i) (?:make|made) an exception|there (?:is|will be) no (?:charge|fee|cost)",
    conditional: 'if|when|unless|should|would|in case|once',
  },
  de: {
    stated:
      '(?:ist|sind|wurde|wurden|war|haben wir|habe ich|ich habe|wir haben)(?: \\S+){0,7}? (?:storniert|erstattet|genehmigt|bewilligt|akzeptiert|abgelehnt|gebucht|bestatigt|verlangert|ersetzt|behoben|gelost|erledigt|geschlossen|freigeschaltet|aktiviert|deaktiviert|geloscht|geandert|verschickt|versendet|bezahlt|kostenlos|kostenfrei|entschieden|vereinbart|unterwegs|umgebucht|gutgeschrieben|erlassen)|(?:sie|du)(?: \\S+){0,1}? (?:bekommen|erhalten|bekommst|erhaltst|kriegst|mussen|musst|durfen|darfst)(?: \\S+){0,6}? (?:zuruck|erstattet|geld|gutschrift|ersatz|ersetzt|nichts(?: \\S+){0,2}|nicht (?:\\S+ )?(?:zahlen|bezahlen)|behalten|kostenlos|gratis)|wir machen eine ausnahme|(?:bekommen|erhalten|bekommst|erhaltst) (?:sie|du)(?: \\S+){0,5}? (?:zuruck|erstattet|geld|ersatz)',
    conditional: 'wenn|falls|sofern|sobald|sollte|sollten|wurde|wurden sie|hatten',
  },
  fr: {
    stated:
      "(?:est|sont|a ete|ont ete)(?: \\S+){0,2}? (?:annule|rembourse|approuve|accepte|refuse|reserve|confirme|prolonge|remplace|regle|resolu|clos|cloture|debloque|active|desactive|supprime|modifie|expedie|envoye|paye|offert|gratuit)\\S*|vous (?:etes rembourse\\S*|recevez|gardez|obtenez|n'avez (?:pas|rien) (?:a|besoin de)|avez droit)|(?:j'ai|nous avons|on a)(?: \\S+){0,3}? (?:decide|accepte|refuse|approuve|confirme|valide|annule|rembourse|prolonge|corrige|debloque|supprime|convenu)\\S*|nous faisons une exception",
    conditional: "si|s'il|s'ils|quand|lorsque|au cas ou",
  },
  es: {
    stated:
      '(?:esta|estan|ha sido|han sido|fue|fueron|queda|quedan)(?: \\S+){0,2}? (?:cancelad|anulad|reembolsad|aprobad|aceptad|rechazad|reservad|confirmad|ampliad|sustituid|solucionad|resuelt|cerrad|desbloquead|activad|desactivad|eliminad|borrad|cambiad|enviad|pagad)[oa]s?|(?:le|te) (?:devolvemos|reembolsamos|corresponde)|(?:recibe|recibes|se queda con|te quedas con|no (?:tiene|tienes) que pagar)(?: |$)|(?:he|hemos)(?: \\S+){0,2}? (?:decidido|aceptado|rechazado|aprobado|confirmado|anulado|ampliado|corregido|desbloqueado|eliminado|acordado)|hacemos una excepcion|es gratis|es gratuito',
    conditional: 'si|cuando|en caso de',
  },
  it: {
    stated:
      "(?:e|sono|e stat[oa]|sono stat[ie]|viene)(?: gia| ora)? (?:annullat|rimborsat|approvat|accettat|rifiutat|prenotat|confermat|prorogat|sostituit|risolt|chius|sbloccat|attivat|disattivat|eliminat|cancellat|modificat|spedit|pagat|gratuit)[oaei]|(?:riceve|ricevi|le spetta|ti spetta|puo tenere|puoi tenere|non (?:deve|devi) pagare)(?: |$)|(?:ho|abbiamo)(?: \\S+){0,2}? (?:deciso|accettato|rifiutato|approvato|confermato|cancellato|prorogato|corretto|sbloccato|eliminato|concordato)|facciamo un'eccezione",
    conditional: 'se|quando|qualora',
  },
  nl: {
    stated:
      '(?:is|zijn|werd|werden|ik heb|wij hebben|we hebben|heb ik|hebben we)(?: \\S+){0,6}? (?:geannuleerd|terugbetaald|goedgekeurd|geaccepteerd|afgewezen|geboekt|bevestigd|verlengd|vervangen|opgelost|afgehandeld|gesloten|gedeblokkeerd|geactiveerd|gedeactiveerd|verwijderd|gewijzigd|verzonden|verstuurd|betaald|gratis|besloten|afgesproken)|(?:u|je) (?:krijgt|ontvangt|hoeft|mag)(?: \\S+){0,5}? (?:terug|geld|vergoed|niet te betalen|niets te betalen|houden|gratis)|we maken een uitzondering',
    conditional: 'als|indien|wanneer|mocht|zodra',
  },
  pt: {
    stated:
      '(?:esta|estao|foi|foram|fica|ficou)(?: \\S+){0,2}? (?:cancelad|anulad|reembolsad|aprovad|aceit|recusad|reservad|confirmad|prorrogad|substituid|resolvid|fechad|encerrad|desbloquead|ativad|desativad|eliminad|apagad|alterad|enviad|pag)[oae]s?|(?:voce |o senhor |a senhora )?(?:recebe|fica com|nao (?:tem|precisa) (?:que|de) pagar|tem direito)(?: |$)|(?:decidi|decidimos|aceitei|aceitamos|recusamos|aprovei|aprovamos|confirmei|confirmamos|prorrogamos|corrigi|corrigimos|desbloqueei|eliminei|combinamos)(?: |$)|abrimos uma excecao|e gratuito|e gratis',
    conditional: 'se|quando|caso',
  },
  pl: {
    stated:
      '(?:jest|sa|zostal[oay]?|zostaly|bylo|byla)(?: \\S+){0,2}? (?:anulowan|zwrocon|zatwierdzon|zaakceptowan|odrzucon|zarezerwowan|potwierdzon|przedluzon|wymienion|rozwiazan|zamknie|odblokowan|aktywowan|usunie|zmienion|wyslan|oplacon|darmow|bezplatn)\\S+|(?:dostaje|otrzymuje) (?:pan|pani)|(?:nie musi|nie musisz) (?:\\S+ )?placic|(?:zdecydowalem|zdecydowalam|zdecydowalismy|zaakceptowalismy|zatwierdzilem|zatwierdzilam|zatwierdzilismy|potwierdzilem|potwierdzilam|potwierdzamy|przedluzylismy|naprawilismy|usunalem|usunelam|usunelismy|odblokowalem|odblokowalam|ustalilismy|anulowalem|anulowalam)(?: |$)|robimy wyjatek',
    conditional: 'jesli|jezeli|gdy|kiedy|gdyby',
  },
  sv: {
    stated:
      '(?:ar|har blivit|blev|jag har|vi har|har jag|har vi)(?: \\S+){0,5}? (?:avbokad|avbokat|aterbetald|aterbetalat|godkand|godkant|accepterad|avslagen|bokad|bokat|bekraftad|bekraftat|forlangd|forlangt|ersatt|lost|atgardad|avslutad|stangd|upplast|aktiverad|avaktiverad|borttagen|tagit bort|andrad|andrat|skickad|skickat|betald|gratis|kostnadsfri|bestamt|beslutat|makulerad|annullerad)|du (?:far|behover inte|slipper)(?: \\S+){0,4}? (?:tillbaka|pengarna|betala|behalla|ersattning|gratis)|vi gor ett undantag',
    conditional: 'om|nar|ifall',
  },
  tr: {
    stated:
      '(?:iptal|iade|onay|kabul|rezerve|tamir|teslim) (?:edildi|edilmistir)|(?:onaylandi|onaylanmistir|reddedildi|cozuldu|kapatildi|uzatildi|degistirildi|silindi|gonderildi|odendi|tamamlandi|aktiflestirildi|yenilendi|iptaldir)(?: |$)|(?:karar verdim|karar verdik|kabul ettim|kabul ettik|onayladim|onayladik|uzattim|uzattik|duzelttim|duzelttik|sildim|sildik|cozdum|cozduk|anlastik)(?: |$)|(?:paranizi|parani|ucreti) (?:\\S+ )?geri (?:aliyorsunuz|aliyorsun)|odemeniz gerekmiyor|ucretsizdir',
    conditional: 'eger|sayet',
  },
};
