"""By which words a question leans on the one before it, language by language. Lower case; "’" is written "'"."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """Words of one language."""

    leads: frozenset[str] = frozenset()
    """With which a follow-up begins: "and", "what about"."""
    tails: frozenset[str] = frozenset()
    """With which one ends."""
    alone: frozenset[str] = frozenset()
    """Whole questions that ask on: "why", "who said so"."""
    pronouns: frozenset[str] = frozenset()
    """That stand for something named before."""
    ends: frozenset[str] = frozenset()
    """That do so as a question's last word alone: "there"."""
    light: frozenset[str] = frozenset()
    """Words that name nothing: small words, question words and verbs of all work."""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split("|"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDS = {
    "en": FollowUpWords(
        leads=_phrases(
            "and|and what about|what about|and how about|how about|but what about|but|or|and also|also|and then|then|so"
            "|same for|same question for|the same for|and for|ok and|okay and|and what of|what of|and if"
        ),
        alone=_phrases(
            "why|why not|why so|how|how so|how come|when|when exactly|since when|until when|where|where exactly|who|who else"
            "|what else|anything else|anyone else|where else|how many|how much|how long|how often|which ones|which one"
            "|which|by whom|by who|for whom|against whom|says who|what for|what then|what next|what happened next"
            "|what happened then|what happened after|what happened afterwards|and then|so what|such as|like what"
            "|for example|examples|details|more|more details|tell me more|go on|explain|what does it mean|in what year"
            "|which year|in which year|which country|in which country|on what grounds|what changed|with what result"
            "|with what outcome|what was the outcome|what was the result|is it true|really|according to whom|whose"
        ),
        pronouns=_words("they them he him she it this these those theirs hers"),
        ends=_words("there then"),
        light=_words(
            "a an the of in on at to for from by with and or but so not no is are was were be been being do does did done"
            " has have had what which who whom whose when where why how many much long often old that this these those it"
            " they them he him she her his its their theirs hers as than then there here also about into over under between"
            " during after before since until any all some each other another more most such own same can could will would"
            " may might should must if i you we me us happen happened happens happening say said says tell told know known"
            " get got go went come came make made take took give given mean means else still ever yet exactly else one ones"
            " called long ago later first last next year years time times"
        ),
    ),
    "fr": FollowUpWords(
        leads=_phrases(
            "et|et pour|et qu'en est-il de|et qu'en est-il des|et qu'en est-il du|qu'en est-il de|qu'en est-il des"
            "|qu'en est-il du|quid de|quid des|quid du|mais|ou|et alors|alors|même question pour|idem pour"
        ),
        alone=_phrases(
            "pourquoi|comment|quand|où|qui|combien|depuis quand|par qui|et ensuite|ensuite|qui d'autre|quoi d'autre"
            "|c'est-à-dire|pour quelle raison|en quelle année|lesquels|lesquelles|laquelle|lequel|qui l'a dit"
            "|qui a dit cela|qui a dit ça|selon qui|dans quel pays|que s'est-il passé ensuite"
        ),
        ends=_words("là là-bas alors"),
        pronouns=_words("il elle ils elles cela ça ceci celui celle ceux celles leur lui cette ces eux t-il t-elle t-ils"),
        light=_words(
            "le la les l' un une des du de d' en dans à au aux pour par sur avec sans et ou mais que qu' qui quoi quel quelle"
            " quels quelles quand où comment pourquoi combien est sont était étaient être été a ont avait avaient fait font"
            " il elle ils elles on nous vous je ce cet cette ces cela ça se s' ne n' pas plus y leur leurs son sa ses lui"
            " eux-t-il t t-il t-elle t-on est-ce dit dire dits passé passe arrivé c' d l s n qu m j cet donc aussi encore"
        ),
    ),
    "es": FollowUpWords(
        leads=_phrases(
            "y|y en|y qué hay de|qué hay de|y qué pasa con|qué pasa con|y qué tal|pero|o|y entonces|entonces|y para|y sobre"
            "|lo mismo para|y los|y las|y el|y la"
        ),
        alone=_phrases(
            "por qué|cómo|cuándo|dónde|quién|quiénes|cuántos|cuántas|cuánto|desde cuándo|por quién|y luego|y después"
            "|quién más|qué más|en qué año|cuáles|cuál|quién lo dijo|quién dijo eso|según quién|para qué|en qué país"
            "|qué pasó después|qué pasó luego"
        ),
        ends=_words("allí ahí entonces"),
        pronouns=_words("ellos ellas él ella eso esto esa ese esos esas esta este estos estas les lo aquello allí"),
        light=_words(
            "el la los las un una unos unas de del en a al para por con sin sobre y o pero que qué quién quiénes cuál cuáles"
            " cuándo dónde cómo cuánto cuántos cuántas cuánta es son era eran fue fueron ser sido ha han había habían hay"
            " hizo hicieron hace se su sus lo les le ellos ellas él ella eso esto esa ese esos esas esta este estos estas"
            " no más ya también allí dijo dice dicen pasó pasa ocurrió según si"
        ),
    ),
    "pt": FollowUpWords(
        leads=_phrases("e|e em|e no|e na|e quanto a|e quanto às|e quanto aos|e sobre|mas|ou|e então|e os|e as|e o|e a"),
        alone=_phrases(
            "por quê|por que|porquê|como|quando|onde|quem|quantos|quantas|quanto|desde quando|por quem|e depois"
            "|quem mais|o que mais|em que ano|quais|qual|quem disse isso|segundo quem"
        ),
        ends=_words("lá ali então"),
        pronouns=_words("eles elas ele ela isso isto essa esse esses essas esta este estes estas lhes aquilo"),
        light=_words(
            "o a os as um uma uns umas de do da dos das em no na nos nas para por com sem sobre e ou mas que quê quem qual"
            " quais quando onde como quanto quantos quantas é são era eram foi foram ser sido há se seu sua seus suas não"
            " isso isto disse aconteceu"
        ),
    ),
    "de": FollowUpWords(
        leads=_phrases("und|und in|und was ist mit|was ist mit|wie steht es mit|und wie steht es mit|aber|oder|und für"),
        alone=_phrases(
            "warum|wieso|weshalb|wie|wann|wo|wer|wie viele|wie viel|seit wann|von wem|und dann|wer noch|was noch"
            "|in welchem jahr|welche|wer hat das gesagt|wer sagt das|laut wem"
        ),
        ends=_words("dort damals"),
        pronouns=_words("sie er es dies diese dieser dieses das ihnen ihm ihr dort jene dafür darüber"),
        light=_words(
            "der die das den dem des ein eine einen einem einer in im an am auf zu zum zur für von vom mit ohne über und oder"
            " aber nicht ist sind war waren sein hat haben hatte hatten wurde wurden wird werden was wer wen wem wann wo wie"
            " warum welche welcher welches viele viel sie er es dies diese das gesagt geschah passiert nach vor bei"
        ),
    ),
    "ru": FollowUpWords(
        leads=_phrases(
            "а|и|а в|а как насчёт|а как насчет|как насчёт|как насчет|а что насчёт|а что насчет|что насчёт|что насчет"
            "|а что с|а что о|но|или|а также|а как же|то же для"
        ),
        alone=_phrases(
            "почему|зачем|как|когда|где|кто|сколько|с каких пор|кем|а потом|кто ещё|кто еще|что ещё|что еще|в каком году"
            "|какие|какой|какая|кто это сказал|кто так сказал|кто это говорит|по чьим данным|что было потом"
            "|что было дальше|в какой стране|за что|чем это закончилось|чем всё закончилось"
        ),
        pronouns=_words(
            "они их им ними он его ему ним она её ее ей нею это этого этому этим этом этот эта эту эти этих этими"
            " тот та те тех там тогда"
        ),
        light=_words(
            "а и в во на о об обо с со к ко по из за от до у для при под над не ни но или что кто кого кому кем чем чего"
            " когда где как какой какая какие какое каких каком почему зачем сколько скольких скольким это этот эта эти был была было были"
            " есть ли же бы они их им он его она её ее ей там тогда сказал сказала сказали говорит говорят произошло"
            " случилось стало такой такие ещё еще потом дальше"
        ),
    ),
    "ky": FollowUpWords(
        leads=_phrases("а|ал эми|жана|бирок|ал|анан"),
        tails=_phrases("жөнүндө эмне|боюнча эмне|кандай|чы|чи|чу|чү"),
        alone=_phrases("эмне үчүн|эмнеге|качан|кайда|ким|канча|кантип|ким айтты|муну ким айтты|кайсы жылы|андан кийин эмне болду"),
        pronouns=_words("алар аларды алардын аларга ал аны анын ага бул муну мунун ошол ошону мындай"),
        light=_words("а ал эми жана бирок эмне үчүн ким кимди качан кайда канча кандай кантип бул муну ошол болду болгон айтты"),
    ),
    "ne": FollowUpWords(
        leads=_phrases("अनि|र|तर|अनि के|के|अनि त्यसपछि"),
        tails=_phrases("मा नि|नि|को बारेमा के|को हकमा|बारे के"),
        alone=_phrases("किन|कहिले|कहाँ|को|कति|कसरी|कसले|कसले भन्यो|यो कसले भन्यो|त्यो कसले भन्यो|कुन वर्ष|त्यसपछि के भयो|अनि के भयो"),
        pronouns=_words("उनीहरू उनीहरूलाई उनीहरूको तिनीहरू उनले उनी त्यो त्यसको त्यसले यो यसको यसले त्यहाँ ती"),
        light=_words("अनि र तर के को कसले किन कहिले कहाँ कति कसरी यो त्यो नि मा भयो भन्यो थियो छ हो कुन त्यसपछि"),
    ),
    "hi": FollowUpWords(
        leads=_phrases("और|लेकिन|तो|और फिर"),
        tails=_phrases("के बारे में क्या|का क्या|में क्या"),
        alone=_phrases("क्यों|कब|कहाँ|कौन|कितने|कैसे|किसने|यह किसने कहा|ऐसा किसने कहा|किस साल|फिर क्या हुआ"),
        pronouns=_words("वे उन्हें उनका उनके वह उसका उसने यह इसका इसने वहाँ ये"),
        light=_words("और लेकिन तो क्या कौन किसने क्यों कब कहाँ कितने कैसे यह वह वे में का की के ने हुआ कहा था थे है हैं"),
    ),
    "ar": FollowUpWords(
        leads=_phrases("وماذا عن|ماذا عن|وفي|و|ولكن|وبالنسبة ل"),
        alone=_phrases("لماذا|متى|أين|من|كم|كيف|من قال ذلك|من قال هذا|في أي سنة|وماذا حدث بعد ذلك|ومن أيضا|ومن أيضاً"),
        pronouns=_words("هم هن هو هي ذلك هذا هذه تلك هؤلاء هناك"),
        light=_words("و في من إلى على عن ما ماذا لماذا متى أين كم كيف هل هو هي هم ذلك هذا هذه قال حدث كان كانت"),
    ),
    "km": FollowUpWords(
        leads=_phrases("ចុះ|ហើយ"),
        tails=_phrases("វិញ"),
        alone=_phrases("ហេតុអ្វី|ពេលណា|នៅឯណា|អ្នកណា|ប៉ុន្មាន|យ៉ាងដូចម្តេច|អ្នកណានិយាយ"),
    ),
}
