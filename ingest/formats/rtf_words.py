"""What the control words of an RTF file stand for."""

from __future__ import annotations

SKIPPED = frozenset(
    "annotation atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart author background bkmkend "
    "bkmkstart buptim category colorschememapping colortbl comment company creatim datafield datastore doccomm docvar "
    "factoidname falt fchars ffdeftext ffentrymcr ffexitmcr ffformat ffhelptext ffl ffname ffstattext filetbl fldinst "
    "fontemb fontfile footer footerf footerl footerr formfield ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc generator "
    "gridtbl header headerf headerl headerr hlinkbase htmltag keycode keywords latentstyles lchars levelnumbers "
    "leveltext lfolevel list listlevel listname listoverride listoverridetable listpicture liststylename listtable "
    "mailmerge manager mmathPr nonesttables objalias objclass objdata objname objsect objtime oldcprops "
    "oldpprops oldsprops oldtprops operator panose passwordhash pgp pgptbl picprop pict pn pnseclvl pntxta pntxtb "
    "printim private propname protend protstart protusertbl revtbl revtim rsidtbl rxe shprslt sn sp staticval "
    "subject sv tc template themedata txe userprops wgrffmtfilter windowcaption writereservation "
    "writereservhash xe xform xmlattrname xmlattrvalue xmlclose xmlname xmlnstbl xmlopen fname".split()
)
"""Groups that hold no text of the page."""
SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
"""Letters that have words of their own."""
PLACES = {
    "fonttbl": "fonts",
    "stylesheet": "style",
    "info": "info",
    "listtext": "label",
    "pntext": "label",
    "upr": "twice",
    "ud": "body",
}
"""Groups that hold something of the file, and what; ``\\upr`` holds text for old readers, and the same for new ones."""
STARRED = frozenset("shpinst do nesttableprops".split())
"""Groups that old readers pass over, and that hold text of the page."""
