/**
 * What people say in place of a question, or to lead to one, in our languages; folded when read. A phrase is taken before the words in it.
 * `filler` may stand beside any of them and says nothing by itself.
 */
export const courtesyPhrases = {
  greeting: `hello, hi, hey, hiya, howdy, good morning, good afternoon, good evening, good day, greetings, is anyone there, is anybody there, anyone there, hallo, guten tag,
    guten morgen, guten abend, moin, servus, grüß gott, grüezi, bonjour, bonsoir, salut, coucou, hola, buenos días, buenas tardes, buenas noches, buenas,
    buongiorno, buonasera, ciao, salve, goedemorgen, goedemiddag, goedenavond, goedendag, hoi, olá, oi, bom dia, boa tarde, boa noite, cześć, dzień dobry, dobry wieczór,
    witam, hej, siema, hejsan, god morgon, god dag, god kväll, merhaba, selam, selamlar, günaydın, iyi günler, iyi akşamlar, how are you, how are you doing, wie geht's,
    wie geht es ihnen, wie geht es dir, ça va, comment ça va, qué tal, cómo estás, come stai, come va, hoe gaat het, tudo bem, jak się masz, hur mår du, nasılsın, nasılsınız, 👋, 🙋,
    i have a question, i have a quick question, i've got a question, i have another question, i have some questions, quick question, a question, can i ask you something,
    can i ask a question, may i ask a question, can i ask you a question, ich habe eine frage, ich hätte eine frage, ich habe mal eine frage, ich habe noch eine frage, kurze frage,
    eine frage, darf ich etwas fragen, j'ai une question, une question, j'aurais une question, je peux poser une question, tengo una pregunta, tengo una duda, una pregunta, una consulta,
    ho una domanda, avrei una domanda, una domanda, posso fare una domanda, ik heb een vraag, ik heb een vraagje, een vraag, vraagje, tenho uma pergunta, tenho uma dúvida, uma pergunta,
    mam pytanie, mam jedno pytanie, jag har en fråga, en fråga, får jag fråga en sak, bir sorum var, bir soru sorabilir miyim,
    can you help me, could you help me, können sie mir helfen, kannst du mir helfen, pouvez-vous m'aider, tu peux m'aider, puede ayudarme, me puede ayudar, puedes ayudarme,
    può aiutarmi, mi può aiutare, mi puoi aiutare, kunt u mij helpen, kun je me helpen, kan je me helpen, pode ajudar-me, pode me ajudar, możesz mi pomóc, kan du hjälpa mig, kan ni hjälpa mig,
    bana yardım edebilir misiniz, yardımcı olur musunuz`,
  thanks: `thanks, thank you, thank u, thx, ty, cheers, much appreciated, many thanks, that helped, that helps, that was helpful, very helpful, perfect thanks, danke, danke schön, dankeschön, vielen dank,
    besten dank, herzlichen dank, merci, merci beaucoup, je vous remercie, gracias, muchas gracias, mil gracias, grazie, grazie mille, molte grazie, ti ringrazio, la ringrazio,
    dank u, dank je, dank u wel, dank je wel, dankjewel, bedankt, hartelijk dank, obrigado, obrigada, muito obrigado, muito obrigada, valeu, dziękuję, dzięki,
    dziękuję bardzo, bardzo dziękuję, wielkie dzięki, tack, tack så mycket, tusen tack, tackar, teşekkürler, teşekkür ederim, çok teşekkürler, çok teşekkür ederim, sağ ol, sağolun, 🙏, ❤️`,
  goodbye: `bye, bye bye, goodbye, good bye, see you, see ya, see you later, have a nice day, have a good day, have a great day, take care, tschüss, tschüs, auf wiedersehen, ciao ciao, bis bald, bis dann,
    schönen tag, schönen tag noch, einen schönen tag, au revoir, à bientôt, bonne journée, bonne soirée, à plus, adiós, hasta luego, hasta pronto, que tenga buen día, chao, arrivederci, a presto,
    buona giornata, buona serata, tot ziens, doei, fijne dag, fijne dag verder, prettige dag, tchau, adeus, até logo, até mais, do widzenia, na razie, pa pa, miłego dnia, hej då, vi ses, ha en bra dag,
    görüşürüz, hoşça kal, hoşçakalın, güle güle, kendine iyi bak`,
  acknowledged: `ok, okay, okey, k, kk, alright, all right, got it, i see, understood, perfect, great, cool, nice, fine, good, sounds good, no worries, that's all, that is all, nothing else, alles klar, verstanden,
    gut, super, prima, passt, in ordnung, d'accord, entendu, très bien, parfait, ça marche, vale, de acuerdo, entendido, perfecto, genial, estupendo, va bene, capito, perfetto, ottimo, d'accordo, oké, begrepen, duidelijk, top, prima,
    tudo certo, entendi, está bem, perfeito, ótimo, beleza, dobrze, rozumiem, jasne, świetnie, okej, förstår, uppfattat, toppen, bra, tamam, peki, anladım, harika, süper, no, nope, no thanks, no thank you, nein, nein danke, non, non merci, no gracias, no grazie, nee, nee bedankt, nee dank je, não,
    não obrigado, não obrigada, nie, nie dziękuję, nej, nej tack, hayır, hayır teşekkürler, 👍, 👌, 🙂, 😊, 😀, 😃, 😄, 😁, 😅, 😂, 🤣, 😉, 😍, 🥰, 😘, 👏, 🙌, 💪, 🎉, ✅, 💯`,
  filler: `there, so, very, much, a lot, for your help, for the help, for your answer, for the info, for the information, everyone, all, team, guys, sir, madam, dear, again, you, and, then, now, und, sehr, für ihre hilfe, für die hilfe, für die info, für deine hilfe, zusammen,
    et, à tous, pour votre aide, madame, monsieur, y, a todos, por su ayuda, por la ayuda, por tu ayuda, e, a tutti, per l'aiuto, per il tuo aiuto, en, allemaal, voor je hulp, voor uw hulp, voor de hulp, a todos, pela ajuda, i, za pomoc, wszystkim, och, för hjälpen, alla,
    ve, yardımınız için, bot, assistant, oh, ah, hm, well, na, ja, dann, noch, bien, muy, molto, heel, muito, bardzo, mycket, çok, it, is, your, help`,
} as const;
