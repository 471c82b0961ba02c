import type { OurLanguage } from '../our-languages.js';

/**
 * What somebody says who has had enough of the service or of its bot. All are parts of regular expressions over folded words with single
 * spaces between them. Phrases, hardly ever single words: an angry word about something else is none of these.
 */
export const frustrationWords: Readonly<Record<OurLanguage, readonly string[]>> = {
  en: [
    '(?:useless|stupid|dumb|idiotic|pathetic|terrible|awful|horrible|shitty|fucking|damn) (?:chat ?bot|bot|robot|machine|assistant|ai|service|support|company)',
    "(?:this|that|it|your (?:bot|chat ?bot|service|support)|you) (?:is|are|'re|was)? ?(?:all |so |just |really |absolutely |completely |totally |simply |beyond |getting |fucking )*(?:ridiculous|a joke(?! (?:gifts?|shop|present|article|book|cards?|t shirt|shirt|mug))|pathetic|unacceptable|outrageous|disgraceful|a disgrace|infuriating|bullshit|utter nonsense)",
    "(?:this|that|it)'s (?:all |so |just |really |absolutely |completely |totally |simply |beyond |getting )*(?:ridiculous|a joke|pathetic|unacceptable|outrageous|disgraceful|a disgrace|infuriating|bullshit|useless)",
    "(?:you are|you're|this bot is|this chat is|this is|your bot is|your support is) (?:all |so |just |really |absolutely |completely |totally )*(?:useless(?! (?:with|without|if|when|for))|stupid|dumb|no help|not helping|not helpful at all|idiots?)",
    '(?:worst|most useless) (?:\\S+ )?(?:service|support|bot|chat ?bot|company|experience)',
    '(?:waste|wasting|wasted) (?:of )?my time|(?:complete|total|such a|what a) waste of time',
    "(?:i am|i'm|im) (?:so |really |very |getting |extremely |just |fucking )*(?:angry|furious|livid|frustrated|pissed|pissed off|fed up|sick of|sick and tired|losing (?:my )?patience)(?! (?:with |of |about |at )?my (?!order|delivery|parcel|package|refund|money|account|subscription|booking|ticket))",
    "you (?:still )?(?:do not|don't|dont|never|can't|cannot) (?:even )?(?:understand (?:me|a thing|anything|what)|listen|get it)",
    'how many (?:more )?times (?:do i|must i|should i|have i)|for the (?:third|fourth|fifth|tenth|hundredth|umpteenth|last) time (?:i|where|what|when|why|how)',
    "wtf|what the (?:fuck|hell)|fuck (?:you|off|this|that)|for (?:fuck's|god's) sake|bunch of (?:idiots|clowns|morons)|bullshit",
  ],
  de: [
    '(?:nutzlose[rsn]?|dumme[rsn]?|blode[rsn]?|bescheuerte[rsn]?|unfahige[rsn]?|schlechte[rsn]?|miese[rsn]?|miserable[rsn]?|scheiss) (?:chat ?bot|bot|roboter|maschine|ki|assistent|service|kundenservice|kundendienst|support|laden)',
    '(?:das|dies|es|ihr service|euer service|der service|der bot|dieser bot|so etwas|sowas) ist (?:ja |doch |echt |wirklich |einfach |so |total |absolut |vollig |nur noch |wohl |alles )*(?:lacherlich|unverschamt|inakzeptabel|nicht akzeptabel|nutzlos|(?:ein |schlechter )+witz|(?:eine )?(?:frechheit|unverschamtheit|zumutung|sauerei|katastrophe|schande))',
    '(?:so |was |ist das )?(?:eine frechheit|ne frechheit|eine unverschamtheit|saftladen|was fur ein witz)',
    '(?:du bist|ihr seid|sie sind) (?:ja |doch |echt |wirklich |einfach |so |total |vollig )*(?:nutzlos|dumm|blod|unfahig|bescheuert|lacherlich|keine hilfe)',
    '(?:ich bin|bin) (?:jetzt |schon |so |echt |sehr |langsam |richtig |total |wirklich )*(?:sauer|wutend|stinksauer|frustriert|genervt|verargert)',
    "(?:mir reicht es|mir reicht's|mir reichts|jetzt reicht es|jetzt reicht's|jetzt reichts|es reicht (?:mir|jetzt|langsam))|(?:nase|schnauze) (?:gestrichen )?voll",
    '(?:du|ihr|sie) (?:versteh\\S*|kapier\\S*|checkst) (?:mich |mir |es |ja |gar |uberhaupt |einfach |wirklich )*(?:nichts|nicht)',
    'wie oft (?:soll|muss) ich|zum (?:dritten|vierten|funften|zehnten|hundertsten|letzten|x ten) mal (?:ich|wo|was|wann|warum|wie)',
    '(?:reine |pure |totale )?zeitverschwendung|verarsch\\S*|scheiss ?e?|vollidioten?|ihr idioten|du idiot',
    '(?:schlechteste[rsn]?|mieseste[rsn]?|schlimmste[rsn]?) (?:service|kundenservice|kundendienst|support|firma|laden|bot)',
  ],
  fr: [
    '(?:robot|bot|chat ?bot|assistant|service|service client) (?:inutile|stupide|nul|debile|pourri|lamentable|de merde)',
    "(?:c'est|ce bot est|ce service est|votre service est|vous etes|tu es|t'es) (?:vraiment |completement |totalement |absolument |tout simplement |juste |du grand |un |une )*(?:ridicules?|inadmissible|inacceptable|scandaleux|scandale|honte|honteux|lamentable|n'importe quoi|blague|foutage de gueule|inutiles?|incompetents?|nuls?|debiles?)",
    "j'en ai (?:vraiment |plus que )?(?:marre|assez|ras le bol|plein le dos)|ras le bol",
    '(?:je suis|suis) (?:vraiment |tres |extremement |de plus en plus )*(?:furieux|furieuse|enervee?|en colere|exasperee?|frustree?|excedee?)',
    '(?:vous ne|tu ne|vous|tu) (?:me )?(?:comprenez|comprends|pigez) (?:vraiment )?(?:rien|pas)',
    "(?:perte de temps|perdre mon temps)|foutez de (?:moi|ma|nous)|bande d'(?:incapables|incompetents|idiots|abrutis)|(?:et )?merde|putain",
    'combien de fois (?:dois je|faut il|je dois)',
    'pire (?:service|service client|support|entreprise|robot|bot)',
  ],
  es: [
    '(?:bot|robot|chat ?bot|asistente|servicio|atencion) (?:inutil|estupid[oa]|tont[oa]|pesim[oa]|de mierda|lamentable)',
    '(?:esto|eso|es|eres|son|sois) (?:es )?(?:un |una |unos |realmente |totalmente |completamente |absolutamente |verdaderamente |muy )*(?:ridiculo|inaceptable|verguenza|vergonzoso|broma de mal gusto|tomadura de pelo|desastre|indignante|lamentable|inutil|inutiles)',
    '(?:estoy|ya estoy) (?:muy |tan |realmente |completamente |ya )*(?:hart[oa]|enfadad[oa]|enojad[oa]|furios[oa]|cabread[oa]|frustrad[oa]|indignad[oa])|hart[oa] de',
    'no (?:me )?(?:entiendes|entiende|entienden|entendeis) nada|no sirve[sn]? para nada|no servis para nada',
    'mierda|joder|(?:perdida de|perdiendo (?:el|mi)|perder (?:el|mi)) tiempo|tomando el pelo|idiotas|imbeciles',
    'cuantas veces (?:tengo que|debo|mas)',
    'peor (?:servicio|atencion|empresa|bot|soporte)',
  ],
  it: [
    '(?:bot|robot|chat ?bot|assistente|servizio|assistenza) (?:inutile|stupid[oa]|pessim[oa]|di merda|vergognos[oa]|scandalos[oa])',
    '(?:e|questo e|questa e|siete|sei|il servizio e) (?:un |una |davvero |veramente |assolutamente |proprio |semplicemente |completamente )*(?:ridicol[oai]|inaccettabile|vergogna|vergognos[oai]|scandalo|scandalos[oai]|presa in giro|incompetenti)',
    '(?:siete|sei) (?:davvero |veramente |proprio |completamente )*(?:inutil[ei]|stupid[oi])',
    '(?:sono|sono gia) (?:davvero |molto |veramente |proprio )*(?:stuf[oa]|furios[oa]|arrabbiat[oa]|incazzat[oa]|frustrat[oa]|esasperat[oa])',
    'non (?:mi )?(?:capisci|capisce|capite) (?:mai )?(?:niente|nulla)|non (?:servi|servite) a (?:niente|nulla)',
    'merda|cazzo|vaffanculo|perdita di tempo|(?:perdere|perdendo) (?:il mio )?tempo|prendendo in giro|mi prendete in giro',
    'quante volte (?:devo|ve lo devo|te lo devo)',
    'peggior[ei]? (?:servizio|assistenza|azienda|bot)',
  ],
  nl: [
    '(?:nutteloze|stomme|domme|waardeloze|slechte|achterlijke) (?:bot|chat ?bot|robot|machine|service|klantenservice|dienst|assistent)',
    '(?:dit|dat|het|jullie|deze bot|die bot) (?:is|zijn) (?:echt |gewoon |toch |helemaal |volledig |zo |ronduit |werkelijk |te )*(?:belachelijk|schandalig|een schande|onacceptabel|waardeloos|een grap|bespottelijk|gek voor woorden|nutteloos)',
    '(?:je|jij|u) bent (?:echt |gewoon |helemaal |zo )*(?:nutteloos|waardeloos|dom)',
    '(?:ik ben|ik word|ben) (?:er |het |hier |echt |zo |heel |erg |nu |behoorlijk )*(?:boos|woedend|gefrustreerd|pissig|kwaad|razend|klaar mee)|(?:ben|word) (?:het |dit )(?:echt |nu |zo )?(?:zat|beu)',
    '(?:je|jij|jullie|u) (?:begrijpt|begrijpen|snapt|snappen|snap) (?:me |mij |er |het |echt |gewoon |helemaal )*(?:niets|niks|niet)',
    'tijdverspilling|verspilling van (?:mijn )?tijd|godverdomme|verdomme|stelletje (?:idioten|prutsers)',
    'hoe vaak moet ik',
    'slechtste (?:service|klantenservice|bedrijf|bot|dienst)',
  ],
  pt: [
    '(?:bot|robo|robot|chat ?bot|assistente|servico|atendimento) (?:inutil|estupid[oa]|burr[oa]|pessim[oa]|de merda|horrivel|lixo)',
    '(?:isto|isso|esse bot|este bot|o servico) e (?:um |uma |realmente |totalmente |completamente |simplesmente |muito )*(?:ridiculo|inaceitavel|vergonha|vergonhoso|palhacada|absurdo|piada|inutil|lamentavel)',
    'que (?:absurdo|palhacada|vergonha)|voces sao (?:uns |todos |muito )*(?:inuteis|incompetentes|ridiculos|uma vergonha|uma piada)',
    '(?:estou|to|ja estou) (?:muito |tao |realmente |ficando |ja )*(?:fart[oa]|furios[oa]|irritad[oa]|zangad[oa]|put[oa]|frustrad[oa]|indignad[oa]|de saco cheio)',
    '(?:nao (?:me )?(?:entende|entendes|entendem|percebe|percebes|percebem)|(?:voce|tu) nao (?:entende|entendes)) (?:mesmo )?nada|nao serve[sm]? para nada',
    'merda|porra|caralho|(?:perda de|perdendo (?:o )?(?:meu )?|perder (?:o )?(?:meu )?) ?tempo',
    'quantas vezes (?:tenho|preciso|vou ter)',
    'pior (?:servico|atendimento|suporte|empresa|bot)',
  ],
  pl: [
    '(?:bezuzyteczny|glupi|beznadziejny|durny|beznadziejna|fatalna|tragiczna) (?:chat ?bot|bot|robot|czat|automat|serwis|asystent|obsluga)',
    '(?:to|to jest|jestescie|ten bot jest|wasz bot jest) (?:po prostu |naprawde |calkowicie |jakas |jakis |jakies |kompletnie )*(?:smieszne|absurd|zenada|zenujace|skandal|skandaliczne|niedopuszczalne|kpina|kpiny|niepowazne|bezuzyteczn[ey]|beznadziejn[eiy])',
    '(?:jestem|juz jestem) (?:naprawde |bardzo |juz |coraz bardziej )*(?:wsciekl[ya]|wkurzon[ya]|wkurwion[ya]|sfrustrowan[ya]|zdenerwowan[ya]|zirytowan[ya])|mam (?:juz |tego )*dosc(?! (?:duzo|czasu|pieniedzy))',
    'nic nie (?:rozumiesz|rozumiecie|rozumie)|nie rozumiesz mnie',
    'strata czasu|marnujecie moj czas|kurwa|do cholery|cholera jasna|banda (?:idiotow|nieudacznikow)',
    'ile razy mam',
    'najgorsz[yae] (?:serwis|obsluga|firma|bot|wsparcie)',
  ],
  sv: [
    '(?:vardelos|vardelosa|dum|dumma|korkad|korkade|usel|usla|dalig|daliga) (?:chatt?bot|bot|robot|chatt|service|kundtjanst|support|tjanst)',
    '(?:det|detta|det har|ni|den har boten|boten) ar (?:helt |verkligen |bara |sa |ju |faktiskt |riktigt |rent )*(?:lojligt|lojliga|oacceptabelt|en skandal|skandalost|vardelost|vardelosa|vardelos|ett skamt|bedrovligt|under all kritik)',
    'jag (?:ar|blir) (?:sa |verkligen |riktigt |jatte ?|valdigt |bara )*(?:arg|rasande|forbannad|frustrerad|irriterad|trott pa (?:det har|er|dig)|less pa)',
    '(?:du|ni) (?:forstar|fattar|begriper) (?:ju |verkligen |mig )*(?:ingenting|inget|inte)',
    'sloseri med (?:min )?tid|for (?:fan|helvete)|javla \\S+|skitdalig\\S*',
    'hur manga ganger (?:ska|maste) jag',
    '(?:samsta|varsta) (?:service|kundtjanst|support|foretaget|boten)\\S*',
  ],
  tr: [
    '(?:ise yaramaz|aptal|salak|berbat|rezil|kotu) (?:bir )?(?:chat ?bot|bot|robot|hizmet|servis|sistem|makine|destek)\\S*',
    '(?:bu|bu ne|boyle|tam bir|tam|bu tam bir|bu resmen) (?:bir )?(?:sacmalik|rezalet|rezillik|skandal|komedi|saka mi)|rezalet|rezillik|kabul edilemez|sacmalik',
    '(?:cok |gercekten |iyice )+(?:sinirliyim|kizginim|ofkeliyim|sinirlendim)|biktim(?: artik)?|usandim|yeter artik|canima tak etti',
    '(?:beni |hic ?bir sey |hic )+anlami\\S+|ise yaramiyor\\S*(?= bu bot)|hic ?bir ise yaramiyorsun\\S*',
    '(?:zaman|vakit) kaybi|dalga mi geciyors\\S*|lanet olsun',
    'kac (?:kere|kez|defa) (?:daha )?(?:soyle|sora|yaza|anlata)\\S*',
    'en kotu (?:hizmet|servis|musteri hizmetleri|destek|firma|bot)',
  ],
};

/** Who is glad writes three marks, too. Folded, words of any of our languages. */
export const gladWords =
  'thanks thank thx great perfect awesome amazing excellent love lovely wow yes yay super cool nice best brilliant wonderful congratulations happy fantastic hello hi hey ' +
  'danke toll klasse perfekt genial wunderbar hurra juhu freue liebe hallo spitze merci genial parfait bravo formidable adore bonjour gracias perfecto estupendo genial hola ' +
  'fantastico encanta grazie perfetto ottimo evviva ciao bedankt geweldig fijn leuk hoera hoi obrigado obrigada perfeito otimo adoro ola dzieki dziekuje super swietnie hurra czesc ' +
  'tack toppen underbart hej harligt tesekkurler tesekkur harika mukemmel merhaba surprise birthday geburtstag anniversaire';
