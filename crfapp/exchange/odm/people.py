"""Who and where, as ODM administrative data: people of the site, the site, what signatures mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.odm import names
from crfapp.ledger.state import PersonRow, SignatureRow
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.exchange.odm.xml_stream import XmlStream
    from crfapp.exchange.site_data import SiteData

_USER_TYPES = {
    Role.INVESTIGATOR.value: "Investigator",
    Role.MONITOR.value: "Sponsor",
    Role.DATA_MANAGER.value: "Sponsor",
}


def write_people(data: SiteData, xml: XmlStream) -> None:
    """The ``AdminData`` element."""
    with xml.element("AdminData", StudyOID=names.study_oid(data.study)):
        for person in data.desk.tables.find(PersonRow):
            user = _USER_TYPES.get(person.role, "Other")
            with xml.element("User", OID=names.user_oid(person.login), UserType=user):
                xml.leaf("LoginName", person.login)
                xml.leaf("DisplayName", person.name)
                xml.leaf("FullName", person.name)
                xml.leaf("Organization", person.organisation)
        site, day = data.site, data.making.at.local.date().isoformat()
        oid = names.location_oid(site.code)
        with xml.element("Location", OID=oid, Name=site.name, LocationType="Site"):
            xml.leaf(
                "MetaDataVersionRef",
                StudyOID=names.study_oid(data.study),
                MetaDataVersionOID=names.version_oid(data.study),
                EffectiveDate=day,
            )
        planned = {plan.meaning for plan in data.study.head.signing}
        given = {row.meaning for row in data.desk.tables.find(SignatureRow)}
        for meaning in sorted(planned | given):
            with xml.element("SignatureDef", OID=names.meaning_oid(meaning), Methodology="Digital"):
                xml.leaf("Meaning", data.texts.meaning(meaning))
                xml.leaf("LegalReason", data.texts.statement(meaning))
