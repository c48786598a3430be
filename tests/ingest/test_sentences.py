"""Sentences: boundaries, abbreviations, scripts, lengths."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import BlockKind
from ingest.sentences import (
    PIECE_CHARACTERS,
    WHOLE_CHARACTERS,
    cut_long,
    ends_sentence,
    is_prose,
    paragraph_number,
    split_sentences,
)

NUMBERED = "Art. Arts. No. Nos. Sec. para. paras. p. pp. vol. cf. v.".split()


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "abbreviation",
    "Mr.|Ms.|Mrs.|Dr.|Prof.|St.|Gen.|Hon.|U.S.|U.N.|Art.|Arts.|No.|Nos.|Sec.|para.|paras.|p.|pp.|vol.|cf.|v.".split(
        "|"
    ),
)
def test_abbreviations_end_no_sentence(abbreviation: str) -> None:
    following = "12 to 14" if abbreviation in NUMBERED else "Rai"
    sentence = f"The commission relied in its findings on the words of {abbreviation} {following} from that year."
    after = "The government denied everything that was said there."
    assert split(f"{sentence} {after}") == [sentence, after]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Правозащитницы вышли на мирный марш в столице страны.", "Милиция задержала около семидесяти участниц марша!"],
        ["नेपालमा महिला मानव अधिकार रक्षकहरूले अभियान चलाए।", "सरकारले उनीहरूको सुरक्षाका लागि कानुन बनाएन।"],
        ["La Comisión recibió a las defensoras en Puerto Príncipe.", "¿Quién responde por las víctimas de esa noche?"],
        ["“We were not afraid of them at all,” she said.", "“They were afraid of what we had written down.”"],
        ["Did anybody answer the letter of the families?", "Nobody did so in the eleven years that followed!"],
    ],
)
def test_sentences_end_where_their_script_ends_them(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_short_pieces_join_what_follows() -> None:
    assert split("Ibid. See the report of the commission on the march.") == [
        "Ibid. See the report of the commission on the march."
    ]


def test_a_short_last_piece_joins_the_sentence_before() -> None:
    text = "The commission heard every witness from the valley. They wept."
    assert split(text) == [text]


def test_a_text_shorter_than_any_sentence_is_one() -> None:
    assert split("Nobody came.") == ["Nobody came."]
    assert split("") == []
    assert split("  \n ") == []


def test_long_sentences_are_cut_at_semicolons_before_blanks() -> None:
    clause = "the right of every defender to be heard by a court without delay and without fear of reprisal"
    text = "; ".join([clause] * 8) + "."
    assert split(text) == [text]
    pieces = [text[start:end] for start, end in cut_long(text, 0, len(text))]
    assert len(pieces) > 1
    assert all(len(piece) <= PIECE_CHARACTERS for piece in pieces)
    assert all(piece.endswith(";") for piece in pieces[:-1])


def test_a_footnote_mark_behind_a_full_stop_ends_the_sentence_without_it() -> None:
    text = "The village was burned in March.1 Its people fled to the hills across the river.12"
    assert split(text) == ["The village was burned in March.", "Its people fled to the hills across the river."]


def test_known_marks_end_the_sentence_before_any_letter() -> None:
    text = "The village was burned that day.1 iDefend recorded the names of the dead."
    place = text.index("1")
    spans = split_sentences(text, [(place, place + 1)])
    assert [text[start:end] for start, end in spans] == [
        "The village was burned that day.",
        "iDefend recorded the names of the dead.",
    ]


WORDS = (
    "the commission heard Mr. Tamang Nepal 1,073 U.S. No. 5 Art. 7 Она सरकारले 24.kg e.g. A/HRC/16/44 2019; said, end."
    " end! “yes” (no) was.” 65%".split()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=200).map(" ".join))
def test_no_word_is_ever_cut(text: str) -> None:
    spans = split_sentences(text)
    for (_, end), (start, _) in pairwise(spans):
        assert text[end:start].isspace()
    for start, end in spans:
        assert not text[start:end][:1].isspace()
        assert 0 < end - start <= WHOLE_CHARACTERS


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=1500) | st.text(alphabet="aZ .!?1”;\n", min_size=1, max_size=1500))
def test_any_text_is_split_in_order_without_losing_a_letter(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(end - start <= WHOLE_CHARACTERS for start, end in spans)
    outside = list(text)
    for start, end in spans:
        outside[start:end] = [""] * (end - start)
    assert re.fullmatch(r"[\s\d]*", "".join(outside))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3000))
def test_a_word_without_end_is_cut_by_length_alone(length: int) -> None:
    assert "".join(split("x" * length)) == "x" * length


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12. UNMISS recorded", ("12", 4)),
        ("104.\tStandards on paper", ("104", 5)),
        ("2019 was a year", ("", 0)),
        ("12.5 per cent of them", ("", 0)),
        ("12.", ("", 0)),
        ("He said 12. Then", ("", 0)),
    ],
)
def test_paragraph_numbers_stand_at_the_start_before_words(text: str, number: tuple[str, int]) -> None:
    assert paragraph_number(text) == number


@pytest.mark.parametrize("text", ["It ended.", "It ended.”", "It ended.12", "Why?", "सरकारले भन्यो।", "រដ្ឋ។", "so: "])
def test_a_full_stop_of_any_script_ends_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["It went on", "It went on,", "and 12", "", "the (second)"])
def test_an_open_line_ends_no_sentence(text: str) -> None:
    assert not ends_sentence(text)


def test_only_full_sentences_of_body_text_are_prose() -> None:
    sentence = "The commission heard every witness from the valley."
    assert is_prose(sentence, BlockKind.BODY)
    assert not is_prose(sentence, BlockKind.HEADING)
    assert not is_prose(sentence, BlockKind.FOOTNOTE)
    assert not is_prose(sentence.rstrip("."), BlockKind.BODY)
    assert not is_prose("1,204 88 12.5 1,377 91 13.1 in 2018.", BlockKind.BODY)


@given(st.text(alphabet=" \xa0\u2003\u3000\u2028\u2029\x85\t\n.!?…।។Aaé1’”)"))
def test_blanks_of_every_kind_around_full_stops_do_no_harm(text: str) -> None:
    for start, end in split_sentences(text):
        assert text[start:end].strip() == text[start:end] != ""


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "The village of St. Petersburg Creek was searched by No. 12 Battalion on 3 May 2019.",
                "Two men were beaten. Their names are known to us.",
            ],
        ),
        (
            "en",
            [
                "J. K. Marwood, a lawyer, was held for e.g. two days without charge.",
                "Her brother was not told where she was.",
            ],
        ),
        ("en", ["The fine rose to 3.5 million rupees in 2019.", "In 2020 it was doubled by the council."]),
        ("en", ["She said: “We will not leave the camp.”", "The guards laughed at her and left."]),
        ("en", ["The report is at https://www.example.org/a.b?c=1.2 in full.", "It has 40 pages and two annexes."]),
        (
            "en",
            [
                "The court (Art. 14, para. 3) rejected the appeal of Messrs. Dorn and Hale.",
                "Nobody was surprised by the verdict.",
            ],
        ),
        (
            "en",
            ["The U.S. Government and the U.N. office did not reply.", "The families are still waiting for an answer."],
        ),
        ("en", ["They waited … and nobody came to the gate.", "In the morning the soldiers were gone."]),
        ("en", ["Lt. Col. Ramos and Sgt. Ode denied it.", "The inquiry was closed in Dec. 2018 without a result."]),
        (
            "en",
            [
                "The Co. Ltd. and its partners Inc. were named in vol. 2, pp. 14–18.",
                "None of them answered our letters.",
            ],
        ),
        ("en", ["In the words of Mr. Ode, “the law is dead.”", "Approx. 30 per cent of the cases were heard."]),
        (
            "fr",
            [
                "M. Dupont et Mme. Leroy ont été arrêtés le 3 mai 2019 à Saint-Denis.",
                "Ils ont été libérés deux jours plus tard.",
            ],
        ),
        (
            "fr",
            [
                "La loi no. 12 du 4 juin, art. 5, al. 2, interdit les réunions.",
                "Elle a été adoptée sans débat au Parlement.",
            ],
        ),
        ("fr", ["Le Dr. Martin a soigné env. 40 blessés ce soir-là.", "Personne ne lui a demandé son avis."]),
        ("fr", ["« Nous ne partirons pas. » Les soldats ont ri et sont partis."]),
        (
            "fr",
            ["Cf. p. 12 du rapport, vol. 2, pour les détails de l’affaire.", "Les noms ont été changés par l’auteur."],
        ),
        (
            "es",
            [
                "El Sr. Gómez y la Sra. Ruiz fueron detenidos el 3 de mayo de 2019.",
                "Nadie avisó a sus familias en la capital.",
            ],
        ),
        (
            "es",
            [
                "El art. 14 de la ley núm. 27 prohíbe las reuniones en las plazas.",
                "Fue aprobada sin debate en el Congreso.",
            ],
        ),
        (
            "es",
            ["EE.UU. no respondió a la carta de la Comisión.", "La Dra. Pérez tampoco recibió respuesta del Gobierno."],
        ),
        ("es", ["¿Quién dio la orden de disparar contra ellos?", "¡Nadie lo sabe todavía en el pueblo!"]),
        (
            "es",
            [
                "La multa subió a 3,5 millones de pesos (véase pág. 12).",
                "Las mujeres no podían pagarla de ningún modo.",
            ],
        ),
        (
            "pt",
            ["O Sr. Silva e a Dra. Costa foram detidos em 3 de maio de 2019.", "Ninguém avisou as famílias na aldeia."],
        ),
        ("pt", ["O art. 5.º da lei n.º 12 proíbe as reuniões.", "Foi aprovada sem debate na Assembleia Nacional."]),
        ("pt", ["A multa subiu para 3.500 reais em 2019.", "As mulheres não podiam pagar esse valor."]),
        (
            "de",
            ["Am 3. Mai 2019 wurden Dr. Weber und Prof. Klein verhaftet.", "Niemand sagte den Familien etwas davon."],
        ),
        ("de", ["Das Gesetz Nr. 12 verbietet z. B. Versammlungen und Umzüge.", "Es wurde ohne Aussprache angenommen."]),
        ("de", ["Etwa 3,5 Mio. Euro wurden d. h. jedes Jahr bezahlt.", "Das Geld kam nie in den Dörfern an."]),
        ("de", ["Im 19. Jahrhundert lebten hier ca. 400 Menschen.", "Heute ist das Dorf verlassen und leer."]),
        (
            "ru",
            [
                "В 2019 г. в г. Бишкек были задержаны А. С. Иванова и др. активистки.",
                "Их отпустили через два дня без обвинений.",
            ],
        ),
        (
            "ru",
            [
                "По ст. 12 закона, т. е. за собрание, ей грозил штраф 5 тыс. рублей.",
                "Суд отложил рассмотрение на месяц.",
            ],
        ),
        ("ru", ["Дом на ул. Ленина, д. 5, был обыскан 3 мая.", "Ничего запрещённого там не нашли."]),
        ("ru", ["«Мы не уйдём отсюда», — сказала она.", "Солдаты засмеялись и ушли прочь."]),
        ("ar", ["اعتقلت الشرطة إحدى وأربعين امرأة في 3 مايو 2021.", "ولم يخبر أحد عائلاتهن بمكان الاحتجاز."]),
        ("ar", ["هل جاءت الشرطة إلى القرية في تلك الليلة؟", "لم يأت أحد إلى هناك حتى الصباح."]),
        ("ar", ["قال د. سمير إن المستشفى استقبل 3.5 آلاف جريح.", "ثم أغلقت السلطات المستشفى بعد أسبوع."]),
        ("ne", ["डा. सीता र श्री. रामलाई वि.सं. २०७६ मा पक्राउ गरियो।", "उनीहरूको परिवारलाई कसैले खबर गरेन।"]),
        ("ne", ["प्रहरी आयो कि आएन भन्ने कसैलाई थाहा छैन।", "गाउँलेहरू बिहानसम्म कुरेर बसे।"]),
        ("hi", ["डॉ. वर्मा और प्रो. सिंह को 3 मई 2019 को हिरासत में लिया गया।", "उनके परिवारों को किसी ने नहीं बताया।"]),
        (
            "zh",
            ["警察于2021年5月3日逮捕了四十一名妇女。", "没有人通知她们的家属。", "法院在三个月后驳回了她们的上诉！"],
        ),
        ("ja", ["警察は2021年5月3日に四十一人の女性を逮捕した。", "家族には誰も知らせなかった。"]),
        ("my", ["ရဲများသည် ၂၀၂၁ ခုနှစ် မေလ ၃ ရက်နေ့တွင် အမျိုးသမီး လေးဆယ့်တစ်ဦးကို ဖမ်းဆီးခဲ့သည်။", "စစ်သားများသည် ကျေးရွာဆေးခန်းကို မီးရှို့ခဲ့ကြသည်။"]),
        (
            "km",
            [
                "ប៉ូលិសបានចាប់ខ្លួនស្ត្រីសែសិបមួយនាក់នៅថ្ងៃទី៣ ខែឧសភា ឆ្នាំ២០២១។",
                "គ្មាននរណាម្នាក់ប្រាប់គ្រួសាររបស់ពួកគេទេ។",
                "តុលាការបានលើកលែងពួកគេនៅឆ្នាំបន្ទាប់៕",
            ],
        ),
        ("am", ["ፖሊስ በግንቦት ወር አርባ አንድ ሴቶችን በኬላው ላይ አሰረ።", "ለቤተሰቦቻቸው ማንም ሰው ምንም አልነገራቸውም።"]),
        ("hy", ["Ոստիկանությունը մայիսին ձերբակալեց քառասունմեկ կնոջ։", "Նրանց ընտանիքներին ոչ ոք ոչինչ չասաց։"]),
        ("ur", ["پولیس نے مئی میں اکتالیس خواتین کو چوکی پر گرفتار کیا۔", "ان کے خاندانوں کو کسی نے کچھ نہیں بتایا۔"]),
        ("fa", ["پلیس در ماه مه چهل و یک زن را در ایست بازرسی بازداشت کرد.", "هیچ کس به خانواده‌های آنان خبر نداد."]),
        ("tr", ["Dr. Kaya ve Av. Demir 3 Mayıs 2019’da gözaltına alındı.", "Ailelerine kimse haber vermedi o gece."]),
        (
            "it",
            [
                "Il sig. Rossi e la dott.ssa Bianchi furono arrestati il 3 maggio 2019.",
                "Nessuno avvisò le loro famiglie in paese.",
            ],
        ),
    ],
)
def test_abbreviations_dates_and_stops_of_many_languages(language: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text, (), language)] == sentences


THAI = [
    "ในปี พ.ศ. 2559 ทหารควบคุมตัวนักปกป้องสิทธิมนุษยชน 12 คนในจังหวัดชายแดน",
    "พวกเขาถูกกักขังเป็นเวลาเจ็ดวันโดยไม่มีทนายความ ส.ส. สองคนขอให้รัฐบาลเปิดเผยรายงานการสอบสวน",
    "จนถึงขณะนี้ยังไม่มีผู้ใดถูกดำเนินคดี",
]


def test_thai_is_parted_at_blanks_that_end_a_sentence_and_at_no_abbreviation() -> None:
    assert split(" ".join(THAI)) == THAI


@pytest.mark.parametrize(
    "abbreviation", ["พ.ศ. 2561", "ค.ศ. 2018", "ส.ส. สองคน", "น.ส. มาลี", "กทม. และ", "พ.ร.บ. ชุมนุม"]
)
def test_thai_abbreviations_end_nothing(abbreviation: str) -> None:
    assert not any(piece.endswith(".") for piece in split(f"{THAI[2]} {abbreviation} {THAI[2]}"))


@pytest.mark.parametrize(
    "text", ["ศาลสั่งปรับบรรณาธิการสี่พันบาท", "เมื่อวันที่ 9 มิถุนายน 2564", "ສານສັ່ງປັບໄໝບັນນາທິການສີ່ພັນກີບ", "ဖမ်းဆီးခဲ့သည်။", "逮捕了她们。"]
)
def test_scripts_without_full_stops_and_stops_of_other_scripts_end_sentences(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["警察逮捕了四十一名妇女。", "ရဲများသည် အမျိုးသမီးများကို ဖမ်းဆီးခဲ့သည်။", "ศาลสั่งปรับบรรณาธิการสี่พันบาท"]
)
def test_sentences_of_scripts_with_few_letters_can_be_quoted(text: str) -> None:
    assert is_prose(text, BlockKind.BODY)
