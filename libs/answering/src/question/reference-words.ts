import type { OurLanguage } from '@baton/language';

/** Words by which a question leans on what was said before; folded when read. */
export interface ReferenceWords {
  /** In place of something named before. */
  readonly pronouns: string;
  /** How a question goes on from the last one. */
  readonly openings: string;
}

export const referenceWords: Readonly<Record<OurLanguage, ReferenceWords>> = {
  en: {
    pronouns:
      "it its it's this that that's these those they them their he she him her there one ones both either else same other instead so such which",
    openings:
      'and, but, or, also, what about, how about, what if, and what about, then, so, what else, why not, same for, even, not even, only',
  },
  de: {
    pronouns:
      'es das dies dieser diese dieses diesen diesem der die den dem denen ihn ihm ihr dort da dafur davon damit daran dabei darauf dazu darin welche beide sonst solche stattdessen andere',
    openings:
      'und, aber, oder, auch, und was ist mit, was ist mit, wie sieht es mit, und wie, dann, und wenn, was wenn, sonst, gilt das, warum nicht, nur',
  },
  fr: {
    pronouns:
      'ca cela celui celle ceux celles ce il elle ils elles le la les lui leur y en ceci dont autre meme sinon lequel laquelle lesquels',
    openings: "et, mais, ou, aussi, et pour, et si, qu'en est il, alors, donc, et avec, pourquoi pas, meme, seulement",
  },
  es: {
    pronouns: 'eso esto ese esa este esta ello lo la los las le les alli ahi el ella ellos ellas otro otra mismo cual cuales',
    openings: 'y, pero, o, tambien, y si, que tal, y que hay de, que pasa con, entonces, por que no, solo, incluso',
  },
  it: {
    pronouns: 'questo questa quello quella cio lo la li le ci ne esso essa essi loro altro stesso quale quali',
    openings: 'e, ma, o, anche, e se, e per, che ne dici di, allora, quindi, perche no, solo, invece',
  },
  nl: {
    pronouns: 'het dat dit die deze hij zij ze hem haar hun daar er daarvoor daarvan daarmee daaraan ander andere zelfde welke beide',
    openings: 'en, maar, of, ook, en wat, hoe zit het met, wat als, en als, dan, waarom niet, alleen, zelfs',
  },
  pt: {
    pronouns: 'isso isto esse essa este esta ele ela eles elas o a os as la lo nele nela disso outro outra mesmo qual quais',
    openings: 'e, mas, ou, tambem, e se, e quanto a, que tal, entao, por que nao, so, ate',
  },
  pl: {
    pronouns: 'to ten ta te tego tej tym ich jego jej on ona ono oni one tam inny inna inne ktory ktora',
    openings: 'a, i, ale, lub, tez, a co z, co z, a jesli, wtedy, dlaczego nie, tylko, nawet',
  },
  sv: {
    pronouns: 'det den dem de dessa detta denna dar han hon samma annan annat andra vilken vilka bada',
    openings: 'och, men, eller, ocksa, hur ar det med, vad hander om, och om, da, varfor inte, bara, aven',
  },
  tr: {
    pronouns: 'bu bunu bunun buna bunlar bunlari su sunu o onu onun ona onlar onlari orada oraya digeri ayni hangisi baska bunda onda',
    openings: 've, peki, ama, ya, veya, peki ya, ya da, o zaman, o halde, bir de, sadece, ayrica',
  },
};
