"""Reads what publishers write in prose: names of States, spans of years, numbers among words."""

import json
import re
import unicodedata
from functools import cache

from checkpoint_client.records.dates import PartialDate
from checkpoint_client.settings import resource

LONGEST_REASON = 500
"""Characters of a publisher's remarks that are kept."""

_LONGEST_SPAN = 12
_NUMBER = re.compile(r"(?:\b[A-Z]{1,4}[ /-]?)?\b[A-Z]{0,4}[0-9](?:[-/. ]?[0-9]|[A-Z])*")
_SHORTEST_NUMBER = 4

_OTHER_NAMES = {
    "bolivia plurinational state of": "BOL",
    "bosnia herzegovina": "BIH",
    "brunei": "BRN",
    "burma": "MMR",
    "cape verde": "CPV",
    "congo democratic republic of the": "COD",
    "congo republic of the": "COG",
    "cote d ivoire": "CIV",
    "czech republic": "CZE",
    "great britain": "GBR",
    "iran islamic republic of": "IRN",
    "ivory coast": "CIV",
    "korea north": "PRK",
    "korea south": "KOR",
    "kyrgyz republic": "KGZ",
    "laos": "LAO",
    "macau": "MAC",
    "macedonia": "MKD",
    "moldova": "MDA",
    "north korea": "PRK",
    "palestine": "PSE",
    "palestinian": "PSE",
    "russia": "RUS",
    "south korea": "KOR",
    "swaziland": "SWZ",
    "syria": "SYR",
    "taiwan": "TWN",
    "tanzania": "TZA",
    "turkey": "TUR",
    "united kingdom of great britain and northern ireland": "GBR",
    "united states": "USA",
    "venezuela bolivarian republic of": "VEN",
    "vietnam": "VNM",
}


_TWO_LETTERS = """
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE
BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA
BSBHS BTBTN BWBWA BYBLR BZBLZ CACAN CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN
COCOL CRCRI CUCUB CVCPV CWCUW CYCYP CZCZE DED DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST
EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO
GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GTGTM GUGUM GWGNB GYGUY HKHKG
HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IQIRQ IRIRN ISISL ITITA JEJEY JMJAM
JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN
LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG
MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX
MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN
PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT
REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SKSVK SLSLE
SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TGTGO THTHA TJTJK
TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA USUSA UYURY UZUZB
VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""


def code_of(name: str) -> str:
    """The State's code in ICAO 9303-3 §5 by its English name, or "" where we know none."""
    return _codes().get(_plain(name), "")


def code_in(written: str) -> str:
    """The State's code however a table names it: by name, or by two (ISO 3166) or three letters.

    What we do not know stays as it is written, so that it at least equals itself.
    """
    plain = written.strip().upper()
    return code_of(plain) or _two_letter_codes().get(plain, plain)


def years_between(first: int, last: int) -> list[PartialDate]:
    """A birth "between 1960 and 1965" as years; a longer span tells nothing, so it gives none."""
    if not 0 <= last - first < _LONGEST_SPAN:
        return []
    return [PartialDate(year) for year in range(first, last + 1)]


def number_in(text: str) -> str:
    """The number in "Diplomatic passport no. D00000898, expired", or "" where there is none."""
    found = [each for each in _NUMBER.findall(text) if len(each) >= _SHORTEST_NUMBER]
    return found[0] if found else ""


@cache
def _codes() -> dict[str, str]:
    kinds = json.loads(resource("states.json").read_text(encoding="utf-8"))
    codes = {
        _plain(name): code
        for kind in ("state", "other-state")  # the latter last: Germany's documents say D
        for code, name in kinds[kind].items()
    }
    return codes | _OTHER_NAMES


@cache
def _two_letter_codes() -> dict[str, str]:
    return {pair[:2]: pair[2:] for pair in _TWO_LETTERS.split()}


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.sub(r"[^a-z ]", "", re.sub(r"[^\w\u0300-\u036f]", " ", letters)).split()
    return " ".join(words).removeprefix("the ")
