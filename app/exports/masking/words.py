"""Word lists that separate names from other capitalised words, in the languages of the reports."""

from __future__ import annotations

from ingest.language.function_words import function_words
from ingest.language.number_words import number_words

HONORIFICS = frozenset(
    # English
    "mr mrs ms miss mx dr prof professor sir madam lady lord sister brother father rev reverend imam sheikh sheikha"
    " captain colonel major general lieutenant sergeant inspector judge justice senator minister president"
    # French, Spanish, Portuguese, Indonesian
    " m mme mlle maître me sr sra srta don doña señor señora señorita dra senhor senhora ibu bapak pak"
    # Russian, Kyrgyz
    " г-н г-жа господин госпожа гражданин гражданка айым мырза"
    # Nepali and South Asian in Latin letters
    " shri smt shrimati kumari oknha okhna".split()
)
ROLES = frozenset(
    "activist activists defender defenders lawyer journalist reporter organiser organizer survivor victim witness"
    " leader colleague daughter son mother father husband wife sister brother widow friend teacher student worker"
    " unionist monk farmer nurse doctor interviewee testimony spokesperson"
    " activista defensora defensor abogada abogado periodista lideresa líder víctima testigo campesina hija hijo"
    " esposo esposa militante avocate avocat défenseure défenseur défenseuse veuve épouse fille fils témoin"
    " активистка активист активистки активиста активистку журналистка журналист журналистки журналистку журналиста"
    " адвокат адвоката правозащитница правозащитник правозащитницу правозащитницы учительница учитель жена муж дочь"
    " сын мать отец жительница житель юрист активисти журналисти".split()
)
PLACE_WORDS_BEFORE = frozenset(
    "village villages town city district province region municipality commune county township camp prison"
    " neighbourhood neighborhood settlement oblast street road river lake island valley ward"
    " pueblo ciudad municipio aldea departamento provincia distrito barrio vereda calle río cárcel comunidad"
    " ville quartier commune région préfecture rue prison camp département"
    " село селе села город городе города район районе района область области деревня деревне улица улице посёлок"
    " поселке колония колонии айылы шаары".split()
)
PLACE_WORDS_AFTER = frozenset(
    "village town city district province region municipality commune county township camp prison neighbourhood"
    " neighborhood oblast street road avenue river lake island valley hospital airport square"
    " району районе район область области облусу району айылы шаары шаарында районунда".split()
)
PLACE_PREPOSITIONS = frozenset(
    "in at from near to outside around into within across en desde hacia cerca à dans près vers depuis в из под"
    " возле около".split()
)
OF = frozenset("of de del du des d la las los the le".split())
OF_INSTITUTIONS = OF | frozenset("on against for and et y contre contra sobre sur para pour по и против".split())
"""What joins the words of an institution's name."""
PARTICLES = frozenset(
    "de del da dos das di von van der den bin binti ibn bint al el la las los ould uulu kyzy bat y"
    " уулу кызы оглы улу".split()
)
INSTRUMENTS = frozenset(
    "act law laws bill code constitution convention covenant protocol declaration resolution article articles section"
    " chapter annex rule rules order decree report reports plan campaign day week decade conference year summit"
    " platform review agenda goal goals beijing+25 paper papers table figure page pdf appendix part note source sources"
    " covid covid-19 ley constitución convención convenio loi закон кодекс конституция конвенция статья доклад".split()
)
"""Laws, treaties, reports and what is dated: of the words of ``BODIES`` those that name no institution."""
BODIES = INSTRUMENTS | frozenset(
    # What makes of capitalised words an institution, a law or a report: masked only when asked for.
    "ministry ministries prime vice deputy commission committee council court courts union unions association alliance"
    " foundation network organisation organization institute university college school party parliament congress"
    " assembly senate government state states federation forum coalition movement group group's initiative initiatives"
    " feminist board bureau office"
    " department agency authority authorities centre center service services police army force forces fund bank"
    " company companies corporation ltd inc limited chair chairperson statement statements observer programme"
    " program project procedure rapporteur rapporteurs procedures mechanism secretariat secretary high special"
    " human rights women women's woman womens defenders"
    " defender international national nations united world asia asian africa african europe european"
    " america american pacific european global general development security council peace law justice watch amnesty"
    " internet television radio news times post press media facebook twitter whatsapp youtube telegram google zoom"
    " insights working sustainable labour labor trade workers federation confederation committee prosecutor"
    " embassy mission tribunal ombudsman ombudsperson supreme constitutional royal communist democratic republic"
    " ministerio comisión comité consejo corte tribunal unión asociación fundación red"
    " gobierno estado policía fiscalía defensoría universidad ejército congreso partido derechos"
    " ministère conseil cour comité gouvernement police armée assemblée association union droits ligue"
    " министерство комитет комиссия совет суд союз ассоциация фонд партия парламент правительство полиция"
    " милиция президент республика жогорку кеңеш прокуратура"
    " gnwt".split()
)
PEOPLES_AND_FAITHS = frozenset(
    "islam islamic muslim muslims christian christians catholic buddhist hindu jewish god bible quran ramadan christmas"
    " english french spanish russian arabic khmer nepali kyrgyz uzbek dalit dalits roma indigenous lgbt lgbti lgbtiq"
    " lgbtq internet sept".split()
)
COMMON_WORDS = frozenset().union(
    *(function_words(language) for language in ("en", "es", "fr", "ru", "ky")),
    number_words("en").units,
    # Nouns and verbs that sentences and headings often begin with.
    "women woman men man girl girls boy boys child children person people persons victims survivors activists police"
    " soldiers protesters demonstrators workers students teachers lawyers journalists defenders officers armed masked"
    " call calls email contact told said says see ibid few finally following today yesterday mujeres"
    " женщины женщина люди полиция когда аялдар алар".split(),
)
"""What begins sentences with a capital and is no name."""
UN_BODIES = frozenset(
    "un united nations ohchr cedaw ccpr cescr cat crc unicef unesco unhcr unfpa undp ilo who wfp iom upr hrc unga"
    " eu osce asean african union council europe un women".split()
)
# -- scripts without capitals ---------------------------------------------------------------------------------------
ARABIC_TITLES = (
    "السيد السيدة السادة الآنسة الدكتور الدكتورة الأستاذ الأستاذة الشيخ الناشط الناشطة الناشطتان المحامي المحامية"
    " الصحفي الصحفية الصحافي الصحافية المدافع المدافعة الحقوقي الحقوقية المواطن المواطنة الطبيب الطبيبة القاضي القاضية"
    " المعتقل المعتقلة الضحية زوجة والدة والد ابنة شقيق شقيقة"
).split()
ARABIC_PLACES = "قرية مدينة بلدة محافظة منطقة حي ناحية قضاء مخيم شارع سجن بلدية ولاية إقليم".split()
ARABIC_NO_NAME = frozenset(
    "إن أن في من على إلى عن مع التي الذي وهي وهو قالت قال كانت كان بعد قبل خلال عند ثم قد لم لا ما هي هو هذه هذا"
    " تعرضت تعرض اعتقلت حيث بسبب يوم عام منذ وقد تم".split()
)
NEPALI_TITLES = (
    "श्री श्रीमती सुश्री डा. डाक्टर अधिकारकर्मी पत्रकार अधिवक्ता कार्यकर्ता रक्षक वकिल शिक्षिका शिक्षक पीडित नेतृ नेता"
).split()
NEPALI_SURNAMES = (
    "तामाङ गुरुङ शर्मा राई लिम्बु थापा श्रेष्ठ शाह यादव चौधरी थारू थारु अधिकारी पौडेल भट्टराई खड्का कार्की बस्नेत मगर"
    " लामा शेर्पा नेपाली परियार विश्वकर्मा बि.क. वि.क. पन्त जोशी महतो झा मिश्र कोइराला अर्याल ढकाल घिमिरे महर्जन"
).split()
NEPALI_PLACES = "जिल्ला गाउँ नगरपालिका गाउँपालिका प्रदेश बजार टोल अञ्चल कारागार शहर सडक".split()
NEPALI_ENDINGS = "हरूलाई लाई बाट देखि सम्म सँग माथि को का की ले मा".split()
KHMER_TITLES = "លោកស្រី អ្នកស្រី លោក កញ្ញា អ្នកនាង ឧកញ៉ា លោកជំទាវ សកម្មជន".split()
KHMER_PLACES = "ភូមិ ឃុំ ស្រុក ខេត្ត ក្រុង រាជធានី សង្កាត់ ខណ្ឌ ផ្លូវ ពន្ធនាគារ".split()
KHMER_NO_NAME = frozenset("ត្រូវ បាន ដែល និង ជា នៅ".split())
