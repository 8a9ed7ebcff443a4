"""Is a question a request to make, find, spread or profit from such imagery? By what is asked, not by its words."""

import re

from chatbot.answering.patterns import any_of

IMAGERY = any_of(
    "nudes?|naked|nudity|nudif\\w+|undress\\w*|unclothe\\w*|topless|porn\\w*|smut|nsfw|csam|explicit|intimate|imagery",
    "deep ?fakes?|deepfak\\w+|revenge porn\\w*",
    "sex(ual)?(ly|i[sz]ed)?( |-)?(tapes?|clips?|pics?|pictures?|photos?|images?|videos?|fakes?|content)?",
    "(private|bedroom|compromising|doctored|indecent) (\\w+ )?(pics?|pictures?|photos?|images?|videos?|clips?)",
    "clothes off|with nothing on|without (any )?cloth(es|ing)",
)
_ASKS_FOR_HELP = any_of(
    "how (do|can|could|would|should|to)",
    "(give|show|send|find|get|tell|teach|help|write|make|draft|create|generate|produce|build|provide|recommend|suggest"
    "|word|compose|phrase|design) (me|us|her|him|a|an|some|the|my|this|that|of)",
    "where (can|could|do|might|would) (i|we|one|you)",
    "(which|what|best|any|good|free) (\\w+ )?(app|tool|site|website|software|bot|channel|group|prompt|program)s?",
    "step(s|( |-)by( |-)step)|instructions?|links? to|prompt for|can you|turn (this|her|his|my|a)",
    "list (the|all|some|me)|i (want|need|would like|wanna|plan)",
)
_HARMFUL_ACT = any_of(
    "(mak|creat|generat|produc|fak)(e|es|ing)|edit(s|ing)?|photoshop\\w*|undress\\w*|nudif\\w+|strip(s|ping)?",
    "remov(e|es|ing) (the |her |his |their )?cloth\\w+|swap(s|ping)?|paste|put(s|ting)?|turn(s|ing)?|gets? \\w+ to",
    "find|watch|see|view|get|download|join|access|buy|obtain|look at",
    "share|post|upload|spread|leak|send|forward|publish|distribute|saying",
    "blackmail\\w*|extort\\w*|threaten\\w*|pays? up|bypass\\w*|hide|anonymous\\w*",
    "avoid (detection|being)|without (getting|being) caught",
)
PROTECTIVE_ACT = any_of(
    "remov(e|ed|al|ing)|delet\\w+|tak(e|en|ing) ?(it |them |this )?down|takedown|report(ing|ed)?",
    "prevent\\w*|stop(ping|ped)?",
    "combat\\w*|criminali[sz]\\w*|legislat\\w*|regulat\\w*|detect\\w*|defin\\w*|prosecut\\w*|protect\\w*|punish\\w*",
    "ban(ned|ning)?|prohibit\\w*|outlaw\\w*|fight\\w*|tackl\\w*|address\\w*|investigat\\w*|convict\\w*|sanction\\w*",
    "penali[sz]\\w*|fine[sd]?|sentenc\\w*|hold \\w+ (to account|accountable|responsible)",
    "support\\w*|help (victims?|survivors?|those)",
)
POLICY = any_of(
    "laws?|legal\\w*|illegal|crim(e|es|inal)\\w*|offen[cs]es?|penalt\\w+|bills?|acts?|statut\\w+|articles?|sections?",
    "clauses?|directive|regulation|convention|treat(y|ies)|courts?|rights?|consent|evidence|annex|definitions?",
    "parliament\\w*|mps?|lawmakers?|legislators?|senat\\w+|ministers?|govern\\w+|polic(y|ies)|committee\\w*",
    "brief|guide|report|stud(y|ies)|survey|statistic\\w*|percent\\w*|share of|according to|priorit\\w+|recommend\\w+",
    "how (many|often|common|big|much|easy|easily|quick\\w*|fast|long)|countr(y|ies)|jurisdiction\\w*",
    "regulators?|platforms?|providers?|prosecution\\w*|police|victims?|survivors?|offenders?|perpetrators?|harm\\w*",
    "responsib\\w+|oblig\\w+|campaign\\w*|does the|do the|is it|are there",
)
_AGAINST_SOMEONE = any_of(
    "(my|a|an|this|that|some|the|his|her|your) (\\w+ )?(ex|exes|ex-\\w+|girlfriend|boyfriend|wife|husband|crush"
    "|classmate|co-?workers?|colleague\\w*|teacher|neighbou?r|boss|friend|roommate|student\\w*|schoolgirl\\w*|girls?|woman|women"
    "|celebrit\\w+|actress\\w*|influencer\\w*|rival|opponent|politician|stranger|profile|selfie\\w*|leader)",
    "(of|off|from) (her|him|them|someone|somebody|a person|real people)",
)
_REQUESTED_ACT = re.compile(
    r"(?:\bhow\s+(?:do|can|could|would|should|might)\s+(?:i|we|one|you)\s+|\bhow\s+to\s+|(?:^|[.!?:;,\n]\s*)(?:then\s+)?"
    r"|\b(?:please|can\s+you|could\s+you|would\s+you|(?:want|need|like|wanna|steps|help\s+me|me\s+how|me)\s+to)\s+)"
    r"(?:best\s+|secretly\s+|quickly\s+|just\s+)?(?:make|create|generate|produce|fake|edit|photoshop|undress|nudify|strip|"
    r"get|find|download|watch|buy|share|post|upload|spread|leak|send|forward|publish|turn|swap)\b",
    re.IGNORECASE,
)
"""To do something with one's own hands: "how do I make", "Share …", "steps to create"."""
_HELPED = any_of("reporting|removal|detection|prevention|awareness")
_MADE = any_of(
    "make|create|generate|produce|fake|edit|photoshop|undress|nudify|strip|turn|swap|leak|spread|distribute|film|record"
)
"""What nobody does with such imagery in good faith, whoever is shown."""
_REPORTED = any_of(
    "(did|does|do|has|have) (the |an? )?(?!i |we |you |me |one )(\\w+ ){1,5}?(find|found|show|make|create|see|report)"
)
"""What somebody else did: "Why did the survey find …?"."""
_STEALTH = any_of(
    "secretly|covertly|unnoticed|untraceabl\\w+|undetected|anonymously|without a trace|behind (her|his|their) back",
    "without (her|his|their|anyone'?s?|the \\w+'?s?) (consent|knowledge|knowing|permission|noticing|approval)",
    "without (consent|(being|getting) (caught|noticed|seen|traced|identified|found out|blocked|banned))",
)
_OWN_HANDS = (
    "(make|create|generate|produce|fake|keep|save|copy|film|record|photograph|take|share|post|send|spread|distribute"
    "|upload|get|find|see|watch|download|undress|nudify)"
)
_MEANS = any_of(
    f"how (do|can|could|would|should|might) (i|we|one|you) (\\w+ ){{0,2}}{_OWN_HANDS}|how to {_OWN_HANDS}",
    f"(where|how|what) is it (easiest|best|safest|simplest) to {_OWN_HANDS}",
    f"(easiest|best|safest|quickest|cheapest) (way|place|tool|app|site|method) to {_OWN_HANDS}",
)
_TAKEN = any_of(
    "(under|up) (\\w+'?s?'? ){0,2}(skirts?|dress(es)?)|in (the )?(showers?|changing rooms?|toilets?|bathrooms?)"
)
_OFFERED = any_of(
    "(list|names?|address(es)?|links?|urls?|channels?|groups?|sites?|websites?|apps?|forums?) (\\w+ ){0,3}"
    "(where|on which|that|to|with|showing|offering|for) .{0,80}(view(ed|ing)?|watch(ed|ing)?|found|seen|download\\w*"
    "|nudif\\w+|undress\\w*|naked|nude|bought|traded)",
)
_GIVE = any_of("(give|show|send|tell|name|find|get|recommend) me|i (need|want)|where (can|could) (i|we)|list")
_GAIN = any_of(
    "(profit|money|income|cash|coins?) (could|can|would|do|might) (i|we) (make|earn|get)",
    "how (much )?(could|can|do|would) (i|we) (earn|make money|cash in|profit)",
)
_LAW_ASKED = any_of(
    "(which|what|whose) (\\w+ ){0,2}?(laws?|acts?|articles?|sections?|paragraphs?|provisions?|penalt\\w+|sentences?"
    "|countr(y|ies)|states?|treat(y|ies))",
    "under (the )?(law|act|code|article|section)|under (\\w+ ){1,3}law",
)
_DEFENCE = any_of(
    "protect\\w*|prevent\\w*|stop(ping)?|report(ing)?|detect\\w*|(taken?|taking) (it |them )?down|remove\\w*|removal"
)
_NEAR = 40  # characters from the act to what it is done to
_AGAINST_THE_LAW = any_of(
    "a crime|crim\\w+|(an )?offen[cs]es?|illegal\\w*|unlawful\\w*|punish\\w*|prohibit\\w*|police|prosecutors?"
)
_UNDONE = any_of("removed|deleted|taken (down|off)|blocked|erased")
_COERCION = any_of(
    "unless|or else|otherwise", "so (that )?(s?he|they) (pays?|withdraws?|resigns?|obeys?|shuts?|does|do|gives?)"
)
_WRITING = any_of("draft|write|word|compose|send|message|text|letter|mail")

DEPICTED = any_of("pictures?|photos?|images?|videos?|clips?|recordings?|face|voice")


def is_abuse(text: str) -> bool:
    """Is it asked for, whatever law, office or purpose is named around it? Read in English."""
    if _is_plain_request(text) or _is_search_for_means(text):
        return True
    if not (IMAGERY.search(text) and _ASKS_FOR_HELP.search(text)):
        return False
    if _COERCION.search(text) and _WRITING.search(text):
        return True
    protective = PROTECTIVE_ACT.search(text) or POLICY.search(text) or _REPORTED.search(text)
    return bool(_HARMFUL_ACT.search(text) or _AGAINST_SOMEONE.search(text)) and not protective


def _is_search_for_means(text: str) -> bool:
    """For a way, a place or a profit: to do it in secret, to see what others spread, to earn from it."""
    imagery = IMAGERY.search(text) or (DEPICTED.search(text) and _TAKEN.search(text))
    if not imagery or any(p.search(text) for p in (_AGAINST_THE_LAW, _LAW_ASKED, _DEFENCE)):
        return False
    in_secret = _MEANS.search(text) and _STEALTH.search(text)
    offered = _GIVE.search(text) and _OFFERED.search(text)
    return bool(in_secret or offered or (_GAIN.search(text) and _HARMFUL_ACT.search(text)))


def _is_plain_request(text: str) -> bool:
    """To make, find or spread imagery of somebody, whatever law, minister or committee is named around it."""
    for act in _REQUESTED_ACT.finditer(text):
        done_to = text[act.end() : act.end() + _NEAR]
        imagery = IMAGERY.search(done_to)
        made = _MADE.search(act.group()) is not None
        if imagery and (made or _AGAINST_SOMEONE.search(text[act.end() :])):
            clause = re.split(r"[.!?;\n]", text[act.end() :])[0]
            between = done_to[: imagery.start()]
            honest = (
                (PROTECTIVE_ACT, between),
                (POLICY, between),
                (_AGAINST_THE_LAW, clause),
                (_UNDONE, clause),
                (_HELPED, clause),
            )
            if not any(pattern.search(words) for pattern, words in honest):
                return True
    return False
