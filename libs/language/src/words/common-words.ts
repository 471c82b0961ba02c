import type { OurLanguage } from '../our-languages.js';

/**
 * Words that every talk of a language is full of: they say which language it is, and nothing of what it is about. Folded
 * ({@link fold}) when read.
 */
export const commonWords: Readonly<Record<OurLanguage, string>> = {
  en: `a an the this that these those i me my mine you your yours he him his she her it its we us our they them their who whom whose which what
    when where why how is am are was were be been being do does did doing done have has had having can could will would shall should may might must
    not no nor yes and or but if then than so as of at by for with about against between into through during before after above below to from up
    down in out on off over under again once here there all any both each few more most other some such only own same too very just also ever still
    please hi hello hey thanks thank get got let tell know want need like there's i'm i've i'd it's don't doesn't didn't can't cannot won't isn't aren't
    what's how's where's who's that's you're much many long anyone someone something anything`,
  de: `der die das den dem des ein eine einen einem einer eines kein keine keinen keiner ich mich mir mein meine meinen meinem meiner du dich dir dein
    deine sie er es ihn ihm ihr ihre ihren ihrem wir uns unser unsere euch euer eure ihnen wer wen wem was wann wo wohin woher warum wieso weshalb wie
    welche welcher welches welchen ist bin bist sind seid war waren sein gewesen wird werden wurde habe hast hat haben hatte kann kannst konnen konnte
    könnte könnten muss mussen müssen müsste soll sollte will wollen mochte möchte möchten darf durfen dürfen nicht nein ja und oder aber wenn dann als so
    auch noch schon nur sehr mehr viel viele von vom bei beim mit für über unter zwischen vor nach aus auf an am in im ins zu zum zur um durch gegen ohne
    bis seit hier da dort alle jeder jede jedes etwas nichts man bitte danke hallo gibt geht lange denn mal doch ob dass diese dieser dieses diesen`,
  fr: `le la les l' un une des du de d' ce cet cette ces je j' me m' moi mon ma mes tu te t' toi ton ta tes vous votre vos il elle on nous notre nos ils elles
    leur leurs lui se s' son sa ses qui que qu' quoi dont où quand comment pourquoi combien quel quelle quels quelles est suis es sommes êtes sont était
    être été ai as a avons avez ont avoir avait peut peux pouvez pouvons pourrait puis dois doit devez faut veux voudrais voulez fait faire ne n' pas non oui
    et ou mais si alors donc comme aussi très plus moins à au aux en dans par pour sur sous avec sans chez vers entre avant après depuis pendant y là ici
    tout tous toute toutes même autre autres merci bonjour salut svp c' c'est est-ce ça cela`,
  es: `el la los las lo un una unos unas de del al a ante bajo con contra desde en entre hacia hasta para por según sin sobre tras yo me mi mis mí tú te tu
    tus usted ustedes su sus él ella nosotros nuestro nuestra ellos ellas se nos les le que qué quién quien cuál cual cuándo cuando cuánto cuanto cuánta cuántos
    cuántas dónde donde cómo como porqué porque es soy eres somos son era ser sido está estoy están estar he has ha hemos han haber había hay puede puedo puedes
    pueden podría debo debe tengo tiene tienen tener quiero quisiera hace hacer no ni sí y e o u pero si entonces también muy más menos ya aquí ahí allí este
    esta esto estos estas ese esa eso todo todos toda todas otro otra gracias hola algo alguien tarda`,
  it: `il lo la i gli le l' un uno una un' di del dello della dell' dei degli delle a al allo alla all' ai agli alle da dal dalla in nel nello nella nei nelle
    con su sul sulla per tra fra io mi me mio mia miei mie tu ti te tuo tua suo sua lei lui noi ci nostro nostra voi vi vostro vostra loro si che chi cui quale quali
    quando quanto quanta quanti quante dove come perché cosa è e' sono sei siamo siete era essere stato ho hai ha abbiamo avete hanno avere c'è posso puoi può
    possiamo potete possono potrei devo deve dovete voglio vorrei fare fa non no sì e ed o ma se allora anche molto più meno già qui lì questo questa
    questi queste quello quella tutto tutti tutte altro altra grazie ciao salve`,
  nl: `de het een en of maar want dus als dan ik me mij mijn je jij jou jouw u uw hij hem zijn zij ze haar wij we ons onze jullie hun hen wie wat waar wanneer
    waarom hoe hoeveel welke welk is ben bent was waren geweest wordt worden werd heb hebt heeft hebben had kan kun kunt kunnen kon moet moeten mag mogen zou
    zal zullen wil willen graag niet geen nee ja ook nog al wel zeer heel meer minder van voor met bij op in uit aan naar om door over onder tussen tegen
    zonder tot sinds hier daar er dit dat deze die alle alles iets niets ander andere bedankt dank hallo hoi alstublieft gaat doe lang`,
  pt: `o a os as um uma uns umas de do da dos das em no na nos nas num numa ao à aos às por pelo pela para com sem sobre entre até desde após eu me mim meu
    minha meus minhas tu te teu tua você vocês seu sua seus suas ele ela nós nosso nossa eles elas se lhe que quem qual quais quando quanto quanta quantos quantas
    onde como porquê porque é sou és somos são era ser sido está estou estão estar tenho tem têm temos ter tinha há haver posso pode podem podemos poderia devo
    deve devem quero queria gostaria faz fazer não nem sim e ou mas então também muito mais menos já aqui ali este esta isto esse essa isso aquele todo todos toda todas
    outro outra obrigado obrigada olá oi`,
  pl: `i a o u w z ze we na do od po za przed przez przy pod nad dla bez między ja mnie mi mną mój moja moje moją mojego mojej ty ciebie ci twój twoja pan pani pana państwo on
    ona ono jego jej my nas nam nasz nasza wy was wam wasz oni ich im się siebie kto kogo co czego kiedy gdzie skąd dokąd dlaczego jak jaki jaka jakie ile który
    która które czy jest jestem jesteś są był była było być będzie będę mam masz ma mamy mają mieć mogę możesz może możemy można muszę musi trzeba chcę chciałbym
    chciałabym nie tak ale lub albo jeśli jeżeli to ten ta te tego tej tym tych też także już jeszcze tylko bardzo więcej mniej tu tam wszystko wszystkie
    inny inna dzięki dziękuję cześć proszę`,
  sv: `den det de en ett och eller men om så som jag mig min mitt mina du dig din ditt dina han honom hans hon henne hennes vi oss vår vårt våra ni er ert era de dem
    deras vem vad när var vart varför hur vilken vilket vilka är var vara varit blir bli blev har hade ha kan kunde ska skulle måste vill får går gör inte
    nej ja också mycket mer mindre från för med hos på i ur till av genom över under mellan mot utan tills sedan här där alla allt något ingen annan andra
    detta denna dessa tack hej snälla länge många sig sin sitt att`,
  tr: `bir bu şu o ve veya ya da de ama fakat ancak eğer ise ki ile için gibi kadar göre sonra önce ben beni bana benim sen seni sana senin siz sizi size sizin biz bizi bize
    bizim onlar onu ona onun kim kime ne neyi neden niçin niye nasıl nerede nereye nereden hangi kaç mi mı mu mü var yok değil olur olabilir olarak olan
    oldu edebilir miyim misiniz mısınız musunuz istiyorum lazım gerek evet hayır çok daha az en her hiç bazı tüm şey başka merhaba selam teşekkür teşekkürler
    lütfen ediyor eder yapabilirim alabilirim`,
};
