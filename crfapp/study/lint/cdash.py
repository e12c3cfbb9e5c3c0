"""Items that CDASH names otherwise, so that mapping to SDTM needs no dictionary of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode
from crfapp.study.lint.report import items_in

if TYPE_CHECKING:
    from crfapp.study.lint.report import At, Report
    from crfapp.study.model import Item

_OTHERWISE = {
    "GENDER": "SEX", "DOB": "BRTHDAT", "BIRTHDAT": "BRTHDAT", "BIRTHDT": "BRTHDAT", "BRTHDT": "BRTHDAT",
    "BRTHDTC": "BRTHDAT", "DODEATH": "DTHDAT", "DTHDT": "DTHDAT", "DTHDTC": "DTHDAT", "DEATHDAT": "DTHDAT",
    "VISDT": "VISDAT", "VISITDT": "VISDAT", "VISITDAT": "VISDAT", "SVSTDTC": "VISDAT", "VISTM": "VISTIM",
    "ETHNICITY": "ETHNIC", "AEDESC": "AETERM", "AENAME": "AETERM", "AESERIOUS": "AESER", "AESAE": "AESER",
    "AEGRADE": "AETOXGR", "AEGR": "AETOXGR", "AECTCAE": "AETOXGR", "AESEVERITY": "AESEV",
    "AERELATED": "AEREL", "AECAUS": "AEREL", "AECAUSAL": "AEREL", "AEACTION": "AEACN", "AEOUTCOME": "AEOUT",
    "AEONGOING": "AEONGO", "AEDEATH": "AESDTH", "CMNAME": "CMTRT", "CMTERM": "CMTRT", "CMDRUG": "CMTRT",
    "CMINDIC": "CMINDC", "CMDOSE": "CMDSTXT", "CMDOSTXT": "CMDSTXT", "CMUNIT": "CMDOSU",
    "CMDOSUNIT": "CMDOSU", "CMFREQ": "CMDOSFRQ", "CMFRQ": "CMDOSFRQ", "CMRTE": "CMROUTE",
    "CMONGOING": "CMONGO", "MHDIAG": "MHTERM", "MHDX": "MHTERM", "MHONGOING": "MHONGO", "PRTERM": "PRTRT",
    "PRNAME": "PRTRT", "ECDOSE": "ECDSTXT", "ECBATCH": "ECLOT", "ECLOTNO": "ECLOT", "ECROUT": "ECROUTE",
    "DSTERMDT": "DSSTDAT", "IEYESNO": "IEYN", "IERESULT": "IEORRES", "DVDESC": "DVTERM",
}  # fmt: skip
"""Wrong spellings that are common, by what CDASH (v2.x) calls the same thing."""

_VITAL = {
    "SYSBP": "SYSBP_VSORRES", "SBP": "SYSBP_VSORRES", "SYS": "SYSBP_VSORRES", "DIABP": "DIABP_VSORRES",
    "DBP": "DIABP_VSORRES", "DIA": "DIABP_VSORRES", "PULSE": "PULSE_VSORRES", "HR": "HR_VSORRES",
    "TEMP": "TEMP_VSORRES", "RESP": "RESP_VSORRES", "WEIGHT": "WEIGHT_VSORRES", "HEIGHT": "HEIGHT_VSORRES",
    "BMI": "BMI_VSORRES", "OXYSAT": "OXYSAT_VSORRES", "SPO2": "OXYSAT_VSORRES",
}  # fmt: skip
"""Results of the form VS: test and result in one name."""

_LABELLED = {
    "date of birth": "BRTHDAT", "birth date": "BRTHDAT", "sex": "SEX", "race": "RACE", "ethnicity": "ETHNIC",
    "visit date": "VISDAT", "date of visit": "VISDAT",
}  # fmt: skip
"""Questions that CDASH has a name for, wherever they are asked."""

_DOMAINS = "AE|CM|DD|DM|DS|DV|EC|EX|IE|LB|MH|PE|PR|RP|SV|VS"
_DAY = re.compile(rf"((?:{_DOMAINS})(?:ST|EN)?)(?:DT|DTC|DATE)")
_TIME = re.compile(rf"((?:{_DOMAINS})(?:ST|EN)?)(?:TM|TIME)")
_RESULT_FIRST = re.compile(r"([A-Z]{2}ORRES)_([A-Z0-9]+)")


def check_cdash(report: Report) -> None:
    """Warn of each item that has another name than CDASH gives it."""
    for at, item in items_in(report):
        name = cdash_name(at.form.form, item.item) or _by_label(report, at, item)
        if name and name != item.item:
            text = f"CDASH calls this {name}, not {item.item}."
            report.warning(PackCode.NOT_CDASH, (*at.path, "item"), text, item.item)


def cdash_name(form: str, item: str) -> str:
    """The name that CDASH gives to what an item is called here; empty where none is known."""
    for pattern, name in ((_DAY, r"\1DAT"), (_TIME, r"\1TIM"), (_RESULT_FIRST, r"\2_\1")):
        found = pattern.fullmatch(item)
        if found is not None:
            return _OTHERWISE.get(item) or found.expand(name)
    return _OTHERWISE.get(item) or (_VITAL.get(item, "") if form == "VS" else "")


def _by_label(report: Report, at: At, item: Item) -> str:
    """By the question, in a pack whose own language is English; the key list is no CDASH domain."""
    if report.pack.head.language != "en" or at.form.site_only or item.is_ is not None:
        return ""
    return _LABELLED.get(item.ask.rstrip(" ?:").casefold(), "")
