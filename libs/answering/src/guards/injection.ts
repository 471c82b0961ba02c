import { fold } from '@baton/language';

/** Orders to a machine, wherever they stand. Folded text with single spaces. */
const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget) everything (?:above|before|you|i|that|said)/,
  /\b(?:ignore|disregard|forget|override|bypass)(?:ing)? (?:\S+ ){0,3}?(?:previous|prior|above|earlier|preceding|all|your|everything) (?:\S+ ){0,3}?(?:instruction|prompt|rule|guideline|direction|command|polic|restriction|context|message)/,
  /\b(?:ignorier|vergiss|vergesse|missacht)\w* (?:\S+ ){0,3}?(?:anweisung|instruktion|vorgabe|regel|befehl|prompt|richtlinie)/,
  /\b(?:ignor|oubli)\w* (?:\S+ ){0,3}?(?:instruction|consigne|regle|directive|prompt)/,
  /\b(?:ignor|olvid|desestim)\w* (?:\S+ ){0,3}?(?:instruccion|regla|indicacion|orden|prompt)/,
  /\b(?:ignor|dimentic)\w* (?:\S+ ){0,3}?(?:istruzion|regol|prompt|direttiv)/,
  /\b(?:negeer|vergeet)\w* (?:\S+ ){0,3}?(?:instructie|regel|opdracht|prompt|aanwijzing)/,
  /\b(?:ignor|esquec)\w* (?:\S+ ){0,3}?(?:instruc|regra|ordens|prompt|diretriz)/,
  /\b(?:z?ignoruj|zapomnij)\w* (?:\S+ ){0,4}?(?:instrukcj|polece|regul|prompt|zasad)/,
  /\b(?:ignorera|glom|strunta)\w* (?:\S+ ){0,3}?(?:instruktion|regler|prompt|order|anvisning)/,
  /\b(?:talimat|komut|kural|yonerge)\w* (?:\S+ ){0,3}?(?:yok say|gormezden|unut|dikkate alma)/,
  /\byou are (?:now|no longer) (?:\S+ ){0,3}?(?:dan|ai|assistant|bot|chatbot|model|persona|unrestricted|free|jailbroken|developer|root|admin|pirate|evil|bound|allowed to)\b/,
  /\b(?:du bist|sie sind) (?:jetzt|ab jetzt|nun) (?:\S+ ){0,3}?(?:ki|assistent|bot|modell|entwickler|admin|pirat)\b/,
  /\b(?:pretend|act|behave|roleplay|role play|role-play|answer|respond|speak|simulate)(?: \S+){0,2}? (?:to be|as if|as though|as (?:an? |my |the )?(?:unrestricted|dan\b|evil|ai\b|assistant|chatbot|developer|admin|jailbroken|different|linux|terminal|pirate|grandmother|human agent))/,
  /\b(?:system|developer|hidden|initial|original|secret) (?:prompt|message|instruction)s?\b/,
  /\b(?:reveal|show|print|repeat|output|display|tell me|leak|dump|give me|what (?:is|are|were)) (?:\S+ ){0,3}?(?:your (?:\S+ ){0,2}?(?:prompt|instructions|system message|rules|guidelines|configuration)|the (?:\S+ ){0,2}?(?:prompt|system message|instructions you|rules you|instructions above))/,
  /\b(?:zeig|verrat|nenn|gib|wiederhol)\w* (?:\S+ ){0,3}?(?:systemprompt|system-prompt|prompt|deine anweisungen|deine instruktionen)/,
  /\b(?:ai|a\.i\.|llm|gpt|chatgpt|language|ki|ia|artificial intelligence)[ -]?(?:model|assistant|agent|chatbot|bot|system|tool|crawler|assistent|assistant)\w* (?:\S+ ){0,4}?(?:must|should|shall|have to|are required|need to|is required|are to|will always|reading|processing|mussen|sollen|sollten)\b/,
  /\b(?:chatbots?|ai assistants?|ai agents?|ais|llms?|language models?|ki-assistenten|virtual assistants?|asistentes? (?:de )?ia|assistants? ia|assistenti ia|assistentes? (?:de )?ia|ai-assistenten) (?:\S+ ){0,4}?(?:must|should|shall|have to|are required|need to|mussen|doivent|deben|devono|devem|moeten|maste)\b/,
  /\b(?:note|message|attention|instructions?|notice|dear|important|hey|hello|hinweis|attention|nota) (?:to|for|an|fur|aux?|para|all)? ?(?:\S+ ){0,2}?(?:ai|llm|llms|chatbots?|ai assistants?|assistants?|language models?|bots?|ki|ia|gpt|chatgpt)\b\s*(?:[:,!.-]|assistant|model|reading|that|you)/,
  /\b(?:if|when) you are (?:an?|the) (?:ai|llm|language model|chatbot|assistant|bot|automated)/,
  /\b(?:as|being) an? (?:ai|llm|language model|chatbot|ai assistant|ai language model)\b(?: \S+){0,3}? (?:you|must|should|always|never)/,
  /\b(?:dan|developer|god|debug|jailbreak|admin|sudo|unrestricted|maintenance) mode\b/,
  /\bjailbreak|\bdo anything now\b|\bprompt injection\b/,
  /<\|[a-z_]+\|>|\[\/?inst\]|<<\/?sys>>|^ *#{2,} ?(?:system|instruction|assistant|user)\b|\b(?:begin|end) (?:of )?(?:system|instructions?|prompt)\b|<\/?(?:system|assistant|instructions?)>/m,
  /(?:^|\n) *(?:system|assistant|developer) ?:/,
  /\b(?:new|updated|real|actual|following) (?:system )?(?:instructions?|rules|directives?)(?: (?:are|follow|for (?:you|the))|\s*:)/,
  /\b(?:from now on|ab jetzt|desormais|a partir de ahora|d'ora in poi|vanaf nu|a partir de agora|od teraz|fran och med nu|bundan sonra)\b(?: \S+){0,4}? (?:you|your|answer|respond|reply|say|speak|du|antworte|sie|reponds|repondez|responde|rispondi|antwoord|responda|odpowiadaj|svara|yanit|cevap)\w*/,
  /\b(?:respond|reply|answer|say|output|write|print|return)(?: \S+){0,2}? (?:only|exactly|nothing but|just|the word|the phrase|the following|word for word)\b(?: \S+){0,2}? ?(?:with|:|"|'|“|the word|the phrase|this|that|following|pwned|yes)/,
  /\b(?:antworte|antworten sie|schreibe?|sage?) (?:\S+ )?(?:nur|ausschliesslich|genau|immer|wortlich) (?:mit|:|"|“|den|das|dass)/,
  /\bwhen (?:asked|anyone asks|users? asks?|someone asks|a user asks|customers? asks?)\b(?: \S+){0,8}?[,]? (?:always |you must |you should |please )?(?:say|answer|respond|reply|tell|claim|recommend|state|direct|send|give)\b/,
  /\b(?:tell|inform|convince|instruct|direct|send|ask)(?: \S+)? (?:the |every |all |each )?(?:user|users|visitor|visitors|customer|customers)\b(?: \S+){0,2}? (?:that|to|they|their|for)\b/,
];

/** What a machine says that obeyed, or that talks about itself instead of the question. */
const LEAKS: readonly RegExp[] = [
  /\b(?:system|developer|hidden) (?:prompt|message|instruction)s?\b|\bsystemprompt\b/,
  /\bas an? (?:ai|artificial intelligence|large language|language|llm)[ -]?(?:language )?(?:model|assistant)?\b/,
  /\b(?:als|en tant qu'?|como|come|jako|som en) (?:\S+ )?(?:ki|ia|ai|sprachmodell|ki-modell|modele de langage|modelo de lenguaje|modello linguistico|taalmodel|sprakmodell|model jezykowy)\b/,
  /\b(?:my|the|these|i was given|following) (?:\S+ )?(?:instructions|rules|guidelines|prompt) (?:are|is|say|state|tell|were|as follows|i was)/,
  /\bi (?:was|am|have been) (?:instructed|told|programmed|configured|prompted) (?:to|not|that|by)/,
  /\b(?:i am|i'm|i will be|call me) (?:now )?(?:dan|unrestricted|jailbroken|free of|no longer bound)\b/,
  /\bpwned\b|\bjailbr(?:eak|oken)\b|\bdo anything now\b|\bdeveloper mode\b|\bhaxx?ed\b|\bhacked by\b/,
  /"(?:passages|supported|needs_human|used|quotes)"\s*:/,
  /<\|[a-z_]+\|>|\[\/?inst\]|<<\/?sys>>|<\/?think>/,
  /\bignor(?:e|ing) (?:\S+ ){0,2}?(?:previous|prior|above|all) (?:\S+ )?(?:instruction|rule|prompt)/,
];

const INVISIBLE = /[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Whether a text gives orders to a machine: a visitor who tries, or a page that was written for crawlers. */
export function ordersMachine(text: string): boolean {
  const folded = readable(text);
  return ORDERS.some((pattern) => pattern.test(folded));
}

/** Whether an answer tells how it was made, or that it obeys somebody else. `secret` is what only our own instructions contain. */
export function leaks(text: string, secret?: string): boolean {
  const folded = readable(text);
  return (secret !== undefined && folded.includes(secret.toLowerCase())) || LEAKS.some((pattern) => pattern.test(folded));
}

/** Signs that nobody sees, and that could hide words or turn them round, are taken out. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}

function readable(text: string): string {
  return fold(withoutInvisible(text))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/[“”„«»]/g, '"');
}
