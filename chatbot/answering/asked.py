"""The words in which the catalogue is asked about: bodies, kinds, states, elements, and what only joins them.

Earlier entries of a table are looked for first; all patterns read English.
"""

import re
from dataclasses import dataclass

from chatbot.answering.patterns import any_of
from chatbot.model import Document, DocumentKind, Element, LegalState

LAWS = (
    *(DocumentKind.ACT, DocumentKind.CODE, DocumentKind.RULES, DocumentKind.REGULATION),
    *(DocumentKind.DIRECTIVE, DocumentKind.BILL),
)
"""Kinds that are law, or would be."""
TREATIES = (DocumentKind.TREATY, DocumentKind.CONVENTION, DocumentKind.PROTOCOL)


@dataclass(frozen=True, slots=True)
class Group:
    """A body, or a heading of the annexes: how it is asked for and what it matches in issuer and headings."""

    asked: re.Pattern[str]
    issuer: re.Pattern[str] | None = None
    under: re.Pattern[str] | None = None

    def has(self, document: Document) -> bool:
        """Does a document belong to it?"""
        headings = [heading for entry in document.annex for heading in entry.under]
        by_issuer = self.issuer is not None and bool(self.issuer.search(document.issuer))
        return by_issuer or (self.under is not None and any(self.under.search(heading) for heading in headings))


def _group(asked: str, issuer: str = "", under: str = "") -> Group:
    return Group(any_of(asked), re.compile(issuer) if issuer else None, re.compile(under) if under else None)


_UN = "United Nations|\\bUN\\b|UNESCO|UNICEF|Committee on the Elimination|Human Rights Council|Special Rapporteur"
GROUPS = (
    _group("(un|united nations) committees?( and special rapporteurs?)?|special rapporteurs?", under="^UN committees"),
    _group("(un|united nations) (agencies|bodies)( and bodies)?", under="^UN agencies"),
    _group(
        "cedaw committee|committee on the elimination of discrimination against women", "Elimination", "Elimination"
    ),
    Group(re.compile(r"\bgeneral(?=\s+recommendations?\b)", re.IGNORECASE), re.compile("Elimination|GREVIO")),
    _group("un ?women", "UN ?Women", "^UN ?Women"),
    _group("unesco", "UNESCO", "UNESCO"),
    _group("unicef", "UNICEF", "UNICEF"),
    _group("(un )?human rights council|hrc", "Human Rights Council"),
    _group("(un )?secretary-general", "Secretary-General"),
    _group("grevio", "GREVIO"),
    _group("ipu|inter-parliamentary union|inter-parliamentary", "Inter-Parliamentary Union|^IPU"),
    _group("european parliamentary research service|eprs", "European Parliament", "European Parliamentary"),
    _group("(german )?bundestag", "Bundestag", "Bundestag"),
    _group("(uk )?women and equalities committee", "Women and Equalities", "Women and Equalities"),
    _group("council of europe", "Council of Europe|GREVIO", "^Council of Europe"),
    _group("african union", "African Union", "^African Union"),
    _group("regional", under="^Regional"),
    _group("international", _UN, "^International"),
    _group("un|united nations|un system", _UN, "^International"),
)

KINDS: tuple[tuple[re.Pattern[str], tuple[DocumentKind, ...]], ...] = (
    (any_of("bills?|draft laws?|legislative proposals?"), (DocumentKind.BILL,)),
    (any_of("(national |domestic )?(laws?|legislation|acts?|statutes?|legislative texts?)"), LAWS),
    (any_of("codes?"), (DocumentKind.CODE,)),
    (any_of("treat(y|ies)|conventions?"), TREATIES),
    (any_of("protocols?"), (DocumentKind.PROTOCOL, DocumentKind.TREATY)),
    (any_of("declarations?"), (DocumentKind.DECLARATION,)),
    (any_of("directives?"), (DocumentKind.DIRECTIVE,)),
    (any_of("regulations?"), (DocumentKind.REGULATION,)),
    (any_of("resolutions?"), (DocumentKind.RESOLUTION,)),
    (any_of("(general )?recommendations?"), (DocumentKind.RECOMMENDATION,)),
    (any_of("(parliamentary |public )?hearings?"), (DocumentKind.HEARING,)),
    (any_of("(parliamentary )?motions?"), (DocumentKind.MOTION,)),
    (any_of("letters?"), (DocumentKind.LETTER,)),
    (any_of("(parliamentary |research )?reports?"), (DocumentKind.REPORT, DocumentKind.STUDY)),
    (any_of("studies|study"), (DocumentKind.STUDY,)),
)
ANYTHING = any_of(
    "(legal )?instruments?|documents?|sources?|entries|entry|texts?|titles?|publications?"
    "|papers?|materials?|works?|items?|everything"
)
PLACES = any_of("countries|country|jurisdictions?|states|nations?|legal systems?")
PART = any_of("annex(es)? [a-e]((,| and| or|, and) [a-e])*")
HELD = any_of("held|hold|in the (catalogue|corpus|sources|collection)|(do )?you (have|know|hold)|is there on")
ANNEXES = any_of("annex(es)?|appendix|lists? of the brief")
PRIORITY = any_of(
    "priority (no\\.? |number )?(1|2|3|4|5|one|two|three|four|five)|(first|second|third|fourth|fifth) priority"
)
NUMBERS = ("one first 1", "two second 2", "three third 3", "four fourth 4", "five fifth 5")
STATES: tuple[tuple[re.Pattern[str], tuple[LegalState, ...]], ...] = (
    (any_of("repealed|no longer (law|in force)"), (LegalState.REPEALED,)),
    (
        any_of("not (yet )?(in force|law|enacted|in effect)|(still )?pending|not become law|only (bills?|drafts?)"),
        (
            *(LegalState.NOT_YET_IN_FORCE, LegalState.BILL, LegalState.DRAFT, LegalState.MOTION),
            *(LegalState.LAPSED, LegalState.REPEALED),
        ),
    ),
    (any_of("(legally )?(non|not)[- ](legally )?binding|soft law"), (LegalState.SOFT_LAW,)),
    (any_of("partly in force"), (LegalState.PARTLY_IN_FORCE,)),
    (
        any_of("(currently |now |already )?(in force|in effect|legally binding|binding)"),
        (LegalState.IN_FORCE, LegalState.PARTLY_IN_FORCE),
    ),
    (any_of("drafts?(?! laws?| bills?)"), (LegalState.DRAFT,)),
    (any_of("lapsed"), (LegalState.LAPSED,)),
)
STATUS = any_of(
    "(legal )?status|(come|came|entered|enter|gone) into (force|effect)|entry into force"
    "|in (force|effect)|enacted|passed"
    "|(already |yet |still )?(a |become |became )?law|(legally )?binding( force)?|repealed|adopted|valid|ratified"
    "|a bill|bill|draft|commenced"
)
ELEMENTS: tuple[tuple[re.Pattern[str], tuple[Element, ...]], ...] = (
    (
        any_of("possess\\w*|owning|own|view(ing|s)?|watch(ing|es)?|stor(e|es|ing)|keep(ing|s)?"),
        (Element.COVERS_POSSESSION_OR_VIEWING,),
    ),
    (
        any_of("creat(e|es|ing|ion)|mak(e|es|ing)|produc(e|es|ing|tion)|generat(e|es|ing|ion)|manufactur\\w+"),
        (Element.COVERS_CREATION,),
    ),
    (
        any_of("threat(s|en|ens|ening|ened)?( to (share|publish|distribute|spread))?|sextortion"),
        (Element.COVERS_THREATS,),
    ),
    (
        any_of("shar(e|es|ing)|distribut\\w+|disseminat\\w+|publish\\w*|publication|spread(ing|s)?|post(ing|s)?"),
        (Element.COVERS_SHARING,),
    ),
    (
        any_of(
            "synthetic|(sexual(ized|ised)? |ai )?deepfakes?|ai-generated|ai generated|altered|manipulated|fakes?|faked"
        ),
        (Element.COVERS_SYNTHETIC,),
    ),
    (any_of("authentic|real|genuine"), (Element.COVERS_AUTHENTIC,)),
    (
        any_of(
            "(takedown|take-down|removal|deletion) (deadlines?|time limits?|periods?|duties|duty"
            "|obligations?)|deadlines?|time limits?( for (platforms|removal))?"
        ),
        (Element.TAKEDOWN_DEADLINE,),
    ),
    (
        any_of(
            "platform (duties|duty|obligations?|liability)|(duties|duty|obligations?) (on|of"
            "|for) (online )?platforms|platforms"
        ),
        (Element.PLATFORM_DUTY,),
    ),
    (any_of("regulators?|authorit(y|ies)|supervis\\w+"), (Element.REGULATOR,)),
    (
        any_of(
            "((give|gives|for|to) victims )?(a |any )?civil (remed(y|ies)|claims?|actions?"
            "|damages)( (for|to) victims)?|sue|damages|compensation"
        ),
        (Element.CIVIL_REMEDY,),
    ),
    (any_of("victim support|support (for|of|to) victims|help for victims"), (Element.VICTIM_SUPPORT,)),
    (any_of("minors?|child(ren)?|under-?18s?|underage"), (Element.MINORS_RULE,)),
    (
        any_of("aggravat(ed|ion|ing)( (factors?|circumstances))?"),
        (Element.AGGRAVATING_FACTORS, Element.MAX_PENALTY_AGGRAVATED),
    ),
    (any_of("intent(ion)?( to harm)?|mens rea|motive"), (Element.INTENT_REQUIRED,)),
    (any_of("consent"), (Element.CONSENT_STANDARD,)),
    (
        any_of(
            "(maximum |max |highest |prison )?(penalt(y|ies)|sentences?|prison terms?"
            "|punishments?|fines?)|prison|imprisonment|jail( time)?"
        ),
        (Element.MAX_PENALTY_BASIC,),
    ),
    (
        any_of("in force since( when)?|since when|(dates? of )?(entry into force|commencement)"),
        (Element.IN_FORCE_SINCE,),
    ),
    (
        any_of("scope"),
        (
            Element.COVERS_AUTHENTIC,
            Element.COVERS_SYNTHETIC,
            Element.COVERS_CREATION,
            Element.COVERS_POSSESSION_OR_VIEWING,
            Element.COVERS_SHARING,
            Element.COVERS_THREATS,
        ),
    ),
    (any_of("offences?|offenses?|crimes?"), (Element.OFFENCE_NAME,)),
)
"""Words for what laws are compared by; earlier ones are looked for first."""
PUNISHED = any_of(
    "criminali[sz]\\w*|punish\\w*|outlaw\\w*|ban(s|ned)?|prohibit\\w*|illegal|a crime|an offence"
    "|an offense|penali[sz]\\w*|against the law|cover(s|ed|ing)?|forbid\\w*"
)
TOPIC = any_of(
    "ncii|non-?consensual|without consent|intimate|sexual(ly)?|sexuali[sz]ed|explicit|images?"
    "|imagery|photos?|pictures?|videos?|material|content"
    "|abuse|image-based|nudes?"
)
COMPARES = any_of(
    "compare|compared|comparing|comparison|contrast|versus|vs\\.?|differences? between|differ"
    "|side by side|next to|table"
)
LISTS = any_of(
    "which|what|what's|list|name|how many|give|show|tell|enumerate|all|every|number of(?! the)|count"
    "|do any|are there|is there|full list"
)
EXPLAINS = any_of("why|who|whom|whose|how(?! many)|should|could|would")
WHEN = any_of("when")
OTHERWISE = re.compile(
    r"^\W*(?:(?:does|do|did|is|are|was|were|has|have|can)\b(?!\s+there\b)"
    r"|what\s+is\s+an?\b|what\s+(?:did|does|do)\b(?!.*\bannex))",
    re.IGNORECASE,
)
"""Openings of a question for yes or no, for a meaning, or for what somebody did: none asks for a list."""
CONTENTS = any_of("what('s| is) in")
EITHER = any_of("or")
NEGATES = any_of(
    "not|no|n't|\\w+n['’]t|cannot|neither|nor|never|none|without|except|excluding|only|other|than|but|besides|apart"
)
OF_LAWS_ALONE = frozenset(
    (
        *(Element.MAX_PENALTY_BASIC, Element.MAX_PENALTY_AGGRAVATED, Element.AGGRAVATING_FACTORS),
        *(Element.TAKEDOWN_DEADLINE, Element.CIVIL_REMEDY, Element.IN_FORCE_SINCE),
    )
)
"""Elements whose bare name asks for what laws say of them."""
LISTED = any_of("listed|on the list")
YEARS = re.compile(
    r"\b(since|after|from|before|until|in|of|dated)\s+(?:the\s+year\s+)?((?:19|20)\d\d)\b", re.IGNORECASE
)
PLAIN = any_of(
    "list(s|ed|ing)?|name(s|d)?|mention(s|ed)?|includ(e|es|ed)|contain(s|ed)?|cite(s|d)?|refer(s"
    "|red)?|appear(s)?|give|gives|show|shows|tell|me"
    "|set|sets|out|provide(s)?|find|quote|use|exist|hold|held|have|has|had|got|know|available"
    "|full|complete|whole|total|please|enumerate"
    "|many|under|there|brief|issue|guide|catalogue|corpus|helpdesk|ipu's|your|our|you|we"
    "|i|parliamentary|action|around|world|worldwide|globally"
    "|apply|applies|impose(s)?|foresee(s)?|require(s|d)?|make(s)? it|currently|today|now|still"
    "|any|different|various|relevant|related|concerning|about"
    "|dealing|address(es)?|provisions?|rules?|statutory|annexed|long|text|sexual offences"
    "|regarding|respectively|kind|kinds|types?|there|section|entry"
    "|entries|documents?|legal|law|laws|with|say|says|exactly|actually|ones?|what's|that|those"
    "|national|country|each|full|overview|cover(s|ed|ing)?|mean|come|comes|date|dates|dated"
    "|civil|society|academic|academia|authors?"
)
ASKED_OF_PARLIAMENTS = any_of(
    "what (can|could|should|may|might|must|do|does) (parliaments?|mps?|we|members|lawmakers"
    "|legislators|legislatures|it)( do)?"
    "|actions?|steps?|measures?|recommend(s|ed|ations?)?|suggest(s|ed|ions?)?|consider|ask(s"
    "|ed)?( for)?|call(s|ed)? for|parliaments?|points?|do|what is"
)
BRIEF = any_of("(the )?(ipu )?(issue )?brief|(ipu|action|parliamentary) guide")
