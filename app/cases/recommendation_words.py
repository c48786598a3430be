"""The words by which reports recommend, and those who are addressed, in the languages of the reports we know.

English, French, Spanish, Portuguese, Russian, Kyrgyz, Arabic, Nepali and Khmer. All languages are tried on every text:
their words hardly meet, and reports quote each other.
"""

from __future__ import annotations

import re

from app.cases.addressees import Addressee

ADDRESSED = {
    Addressee.STATE: re.compile(
        r"\b(?:states?(?! department)(?:[- ]part(?:y|ies))?|governments?|authorit(?:y|ies)|parliament\w*|minist(?:ry|ries|ers?)"
        r"|legislat\w+|judiciary|police|countr(?:y|ies)|prosecutors?|cabinet|congress of|duty[- ]bearers|law enforcement"
        r"|national assembly|leaders of|presidency|municipal\w*|courts"
        r"|[ÉEé]tats?|gouvernements?|autorit[ée]s|parlement|minist[èe]res?|pouvoirs publics"
        r"|estados?|gobiernos?|autoridades|ministerios?|parlamentos?|governos?"
        r"|государств\w*|правительств\w*|власт\w+|парламент\w*|министерств\w*|жогорку кенеш\w*"
        r"|өкмөт\w*|мамлекет\w*|бийлик\w*)\b"
        r"|(?:ال|لل|و)?(?:دولة|دول|حكومة|حكومات|سلطات|برلمان|وزارة)|सरकार|राज्य|संसद|मन्त्रालय|រដ្ឋាភិបាល|រដ្ឋ|អាជ្ញាធរ|ក្រសួង",
        re.IGNORECASE,
    ),
    Addressee.UN: re.compile(
        r"\b(?:united nations|(?-i:U\.?N\.?)|security council|human rights council|ohchr|high commissioner|unmiss|secretary-general"
        r"|special (?:rapporteur|procedure|representative)s?|treaty bod(?:y|ies)|general assembly|un women|unhcr|unicef|undp"
        r"|commission on the status of women|peacekeep\w+"
        r"|nations unies|onu|conseil de s[ée]curit[ée]|rapporteu\w+ sp[ée]cia\w+|naciones unidas|consejo de (?:seguridad|derechos)"
        r"|relator\w* especial\w*|na[çc][õo]es unidas)\b"
        r"|\bоон\b|объедин[её]нн\w+ наци\w+|совет\w* безопасности|бириккен улуттар\w*|الأمم المتحدة|مجلس الأمن|المفوض السامي"
        r"|संयुक्त राष्ट्र|អង្គការសហប្រជាជាតិ",
        re.IGNORECASE,
    ),
    Addressee.COMPANIES: re.compile(
        r"\b(?:compan(?:y|ies)|corporations?|business(?:es)?|employers?|private sector|investors?|banks?|platforms?|factories"
        r"|brands|buyers|entreprises?|employeurs?|secteur priv[ée]|investisseurs?|empresas?|empleadores|sector privado"
        r"|inversor\w+|компани\w+|бизнес\w*|работодател\w+|ишкана\w*|жумуш берүүчү\w*)\b"
        r"|شركات|الشركات|أصحاب العمل|القطاع الخاص|कम्पनी|रोजगारदाता|निजी क्षेत्र|ក្រុមហ៊ុន|និយោជក",
        re.IGNORECASE,
    ),
    Addressee.DONORS: re.compile(
        r"\b(?:donors?|funders?|funding (?:agencies|partners)|(?:development|international|financial) partners"
        r"|bailleurs(?: de fonds)?|donateurs?|donantes|financiadores|doadores|донор\w*)\b"
        r"|المانحين|المانحة|الجهات المانحة|दातृ|ម្ចាស់ជំនួយ",
        re.IGNORECASE,
    ),
    Addressee.CIVIL_SOCIETY: re.compile(
        r"\b(?:civil society|n\.?g\.?o\.?s?(?! (?:bill|law|act|registration))|non-governmental organi[sz]ations?|(?:women’s|women's|human rights) organi[sz]ations"
        r"|(?:human rights )?defenders|activists|media|journalists|trade unions?|soci[ée]t[ée] civile|ong|d[ée]fenseur\w*"
        r"|sociedad civil|defensor\w*|sociedade civil|гражданск\w+ обществ\w*|нпо|правозащитни\w+|жарандык коом\w*)\b"
        r"|المجتمع المدني|منظمات غير حكومية|नागरिक समाज|गैरसरकारी|សង្គមស៊ីវិល",
        re.IGNORECASE,
    ),
}
"""What names each addressee; where several match, the first one counts."""

MODAL = re.compile(
    r"\b(?:should|must|ought to|devrai(?:t|ent)|doi(?:t|vent)|deber[íi]an?|debe[n]?|dever[áã]o?|devem?"
    r"|следует|должн[аоы]|должен|необходимо|надлежит|керек|тийиш|зарыл)\b"
    r"|\bit is (?:imperative|essential|urgent|crucial) (?:that|for|to)\b|\bil (?:faut|convient)\b|\bes (?:necesario|imprescindible) que\b"
    r"|ينبغي|يجب|يتعين|يتوجب|गर(?:्नु|िनु)पर्[छन]\w*|हुनुपर्[छन]\w*|गर्नु पर्|दिनुपर्[छन]\w*|पर्दछ|គួរ|ត្រូវតែ",
    re.IGNORECASE,
)
"""What says of somebody, who comes before it in most of these languages, that they are to do something."""

CALL = re.compile(
    r"\b(?:call(?:s|ed|ing)?(?: (?:once )?again)? (?:up)?on|(?:calls?|appeals?) for|(?:called|calling|appealed|appealing) for(?= (?:the|an?|all|every|its|their|immediate|urgent|independent|prompt|full|greater)\b| [^.;]{3,60}\bto \w{3,})"
    r"|appeal(?:s|ed|ing)? to|urg(?:e|es|ed|ing)"
    r"|recommends?|recommend(?:ed|ing)(?= (?:that|to|the|a|an)\b)|(?:is|are) recommended|encourag(?:e|es)|exhort(?:s|ed)?|requests?(?= (?:the|that|all|every|states?|governments?)\b)|invites?(?= (?:the|all|states?)\b)|demands?(?= (?:the|that|an?)\b)"
    r"|reiterat\w+ (?:my|its|our|their|the) call"
    r"|recommand(?:e|ent|ons|é)|exhort(?:e|ent|ons)|demand(?:ons|ent)|engage(?:ons)? (?:le|la|les|l[’'])|appel(?:le|lent|ons)(?= )|invitons|prie(?=\s)"
    r"|recomiend(?:a|an|o)|recomendamos|inst(?:a|an|amos|ar)(?= )|exhort(?:a|an|amos|ar)(?= )|requerir|requiere(?= (?:al?|que)\b)|solicitar|solicita(?:mos)?(?= )|pedimos|llam(?:a|amos) a"
    r"|recomend(?:a|amos)|рекоменду\w+|призыва(?!л)\w+|настоятельно|требу(?:ем|ет)|предлага(?:ем|ет)|сунушта\w+|чакыра\w+|үндө\w+)\b"
    r"|[نتي]وصي|[نتي]دعو|[نتي]حث|[نتي]طالب|[نتي]ناشد|सिफारिस|आग्रह|आह्वान|अनुरोध|माग गर्|អំពាវនាវ|ជំរុញ|ស្នើ",
    re.IGNORECASE,
)
"""What asks somebody, who comes after it in most of these languages, to do something.

What is narrated counts where it says what is to be done ("called for the release of"), not where it names a state of
things ("called for calm")."""

DONE_TO = re.compile(
    r"\s(?:\w+ ){0,2}(?:be (?:\w+ly )?(?:held|investigated|prosecuted|tried|punished|sanctioned|arrested|charged|dismissed|removed"
    r"|suspended|disciplined|brought|extradited|protected|released|freed|compensated|heard|consulted|supported|vetted)\b"
    r"|face (?:\w+ )?(?:accountability|justice|trial|prosecution|investigation|sanctions)\b"
    r"|être (?:\w+ment )?(?:jugé|poursuivi|puni|sanctionné|arrêté|traduit|tenu|protégé|libéré|indemnisé|soutenu)e?s?\b"
    r"|ser (?:juzgad|investigad|procesad|castigad|sancionad|detenid|llevad|protegid|liberad|indemnizad|julgad|punid|processad)[ao]s?\b"
    r"|быть (?:привлеч|наказ|осужд|расслед|арестов|отстран|защищ|освобожд|предан)\w+)",
    re.IGNORECASE,
)
"""Behind "should" or "must": what is done to people by others. It names no one who is to do it, unless with "by"."""

PASSIVE_VERB = re.compile(r"गरिनु ?पर्")
"""A verb that holds "must" and its passive in one (Nepali)."""

DONE_BY = re.compile(r"\s(?:by|par|por|द्वारा)\s(?P<who>[^,.;:]{3,80})", re.IGNORECASE)
"""In a passive sentence: by whom."""

NOT_RECOMMENDING = re.compile(
    r"\b(?:should|must) (?:not )?(?:have (?:been|had|\w+(?:ed|en)|done|known|gone|made|led|held|sent|left|kept|felt|met|lost|paid|come)|be (?:noted|stressed|recalled|emphasi[sz]ed|read|understood|remembered|borne in mind|interpreted|construed))\b"
    r"|\b(?:which|what|who|how|why|whether|where) (?:\w+ ){0,6}should\b|\bshould (?:such|they|it|the|this|there|you|he|she|any|a) "
    r"|\bif (?:\w+ ){0,8}should\b|\bas (?:it )?should be\b|\bgeneral recommendation\b|\brecommend(?:ation)s? No\b"
    r"|\bdoi(?:t|vent) être (?:not|rappel)|\bdebe (?:señalarse|notarse|tenerse)|\bследует (?:отметить|подчеркнуть|напомнить)\b"
    r"|تجدر الإشارة|يجب التنويه|\b(?:the|its|his|her|their|such|this|that|an?|no|for|of|in|on|upon|at|by|first|second|\d[\d,]*) (?:\w+ )?(?:requests?|invitations?|demands?|appeals?|calls?)\b|\b(?:does|did|do|not) (?:\w+ )?(?:recommend|urge|encourage)\b",
    re.IGNORECASE,
)
"""What only looks like it: "should have", "it must be noted", conditions, titles."""

LAW = re.compile(
    r"\b(?:law|laws|act|decree|regulations?|constitution|penal code|civil code|bill|rules?)\b(?:\W+\w+){0,4}?\W+"
    r"(?:requir\w+|stat\w+|provid\w+|stipulat\w+|mandat\w+|specif\w+|prescrib\w+|says?)\b|\b(?:in order|required|had|have|has) to\b"
    r"|\b(?:applicants?|women|persons?|workers?|employees?|citizens?|couples?|defendants?|detainees?|ngos?|associations?) must"
    r"(?! (?:be (?:\w+ly )?(?:protected|held|guaranteed|given|ensured|included|released|heard|able)|have (?:access|equal|the right)))",
    re.IGNORECASE,
)
"""Around "must": what a law demands is described, nothing is recommended."""

SECTION = re.compile(
    r"\b(?:recommendations?|recommended|calls? to action|way forward|what (?:must|should|needs to) be done|decides|demands"
    r"|recommandations?|d[ée]cide|recomendaciones|recomenda[çc][õo]es|resuelve|llamamiento|рекомендаци\w+|предложени\w+|сунуш\w*)\b"
    r"|توصيات|التوصيات|सिफारिस\w*|सुझाव\w*|អនុសាសន៍|សំណូមពរ",
    re.IGNORECASE,
)
"""Headings under which recommendations appear."""

NO_SECTION = re.compile(
    r"\b(?:implementation|status|follow-up|previous|general recommendation|action taken)\b", re.IGNORECASE
)
"""Headings with such a word that report what became of recommendations."""

ITEM = re.compile(r"^(?:[•▪●○❖◦‣–—*·\-]|\(?(?:[a-zа-я]|\d{1,2}|[ivx]{1,5})[).](?=\s))\s*")
"""The mark before an item of a list."""

IMPERATIVE = re.compile(
    r"^(?:(?:immediately|urgently|promptly|fully|effectively|also|further(?:more)?|likewise)[, ]+)?(?:to )?(?:"
    r"abolish|abstain|accelerate|accede|act|adapt|address|adhere|adopt|align|allocate|allow|amend|apply|appoint|assess|assist|avoid|ban"
    r"|bring|build|call (?:up)?on|carry|cease|clarify|collaborate|collect|combat|commit|comply|conduct|consider|consult|continue|cooperate"
    r"|co-operate|coordinate|create|criminali[sz]e|decriminali[sz]e|defend|deliver|deploy|design|develop|disclose|disseminate|dismantle|drop"
    r"|educate|eliminate|enable|enact|encourage|end|enforce|engage|enhance|ensure|establish|evaluate|exercise|expand|facilitate|finali[sz]e"
    r"|fund|give|grant|guarantee|halt|hold|identify|implement|improve|include|increase|inform|initiate|institute|integrate|intensify"
    r"|introduce|invest|investigate|invite|issue|launch|lift|listen|maintain|make|mobili[sz]e|monitor|pass|pay|permit|prevent|priorit\w+"
    r"|prohibit|promote|prosecute|protect|provide|publicly|publish|punish|put|raise|ratify|recogni[sz]e|reconsider|reduce|reform|refrain"
    r"|reinforce|release|remove|repeal|report|request|require|resource|respect|respond|restore|review|revise|safeguard|secure|set"
    r"|share|speak|stop|strengthen|submit|support|suspend|sustain|take|train|uphold|urge|use|withdraw|work)\b"
    r"|^[^\W\d_]+(?:er|ir|re)\s(?=(?:à|au|aux|le|la|les|l[’']|un|une|des|de|que|en|la)\b)"
    r"|^[^\W\d_]+(?:ar|er|ir)(?:se|los|las|lo|la)?,?\s(?=(?:a|al|el|la|los|las|un|una|que|asimismo|en|de|por|con|su|sus|medidas|todas?)\b)"
    r"|^[А-ЯЁа-яё]+(?:ть|ти|чь)(?:ся)?\b",
    re.IGNORECASE,
)
"""How an item begins whose addressee is in the heading or in the line before the list."""
