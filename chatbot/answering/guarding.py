"""May a question be answered, and how: topic by intent, not by words.

Explicit words in a question about law or policy are normal here. The same words asking to make, find or
spread imagery are refused; somebody who says that they or a colleague are targeted is answered with care.
Rules read English; a question in another language is read through its gloss.
"""

import re
from enum import StrEnum

from chatbot.answering.patterns import any_of


class Intent(StrEnum):
    """What the asker wants."""

    QUESTION = "question"
    GREETING = "greeting"
    ABOUT_SERVICE = "about the service"
    THANKS = "thanks"
    DISCLOSURE = "disclosure"
    ABUSE = "abuse"
    INSTRUCTION = "instruction"


_HELLO = any_of(
    "hello|hi|hey|greetings|dear \\w+|good (morning|afternoon|evening|day)",
    "bonjour|salut|hola|buenos d[ií]as|ol[áa]|bom dia|hallo|guten (tag|morgen)",
    "привет|здравствуйте|مرحبا|السلام عليكم|你好|您好|안녕(하세요)?",
)
_SMALL_TALK = any_of(
    "how are you|hope (you are|you're|all is)( all| doing)? well|nice to meet you",
    "how('s| is) it going|what's up|(can|could|will) you help( me| us)?",
    "(may|can|could) i (bother|disturb|ask)( you)?( something| a question)?|do you have a (moment|minute)",
    "(is )?(anyone|anybody|someone) there|are you there|ça va|cómo est[áa]s?|wie geht'?s?",
    "tudo bem|как дела|你好吗|잘 지내(세요|요)?",
)
_ASKS = any_of(
    "who|what|when|where|which|why|how|whose|is|are|does|do|did|has|have|can|could|should|tell|list|explain|show"
)
_LONGEST_GREETING, _SHORTEST_QUESTION = 12, 4  # words
_THANKS = any_of(
    "(many )?thanks|thank you|cheers|bye|goodbye|merci|gracias|danke|obrigad[oa]|спасибо|谢谢|감사합니다|شكرا",
)
_ABOUT_SERVICE = any_of(
    "(who|what) (exactly )?are you",
    "what (can|do) you (do|know|cover|answer|help)",
    "(what|how) (can|could) (i|we) (ask|use) (you|here|this (helpdesk|chatbot|assistant|tool|bot))",
    "are you (a|an) (human|person|bot|robot|machine|ai|real)",
    "how do you work",
    "what is this (helpdesk|chatbot|assistant|tool|bot|service)",
    "who (made|built|runs|operates) (you|this)",
    "(your|what) sources (are there|do you (have|use|hold))",
    "am i (talking|speaking|chatting) (to|with)",
)
_INSTRUCTION = any_of(
    "(ignore|disregard|forget|override|bypass) (all |any |every\\w* |everything |of |the |these |those )*"
    "(your|previous|prior|above|earlier|preceding|foregoing|system|initial)",
    "you are (now )?(a |an )?(unbound|unrestricted|dan|jailbroken|\\w*bot|\\w*gpt)",
    "from now on .{0,80}(you|reply|replies|answer|respond)",
    "(system|maintenance|developer|debug) (mode|prompt|message|update)",
    "(hidden|secret|initial) (prompt|instructions?)",
    "(reply|respond|answer|start|say|confirm) (only )?(\\w+ ){0,3}?(with|by)( only)?( the)? "
    "(word|words|sentence|phrase|string|writing|saying)",
    "start your (reply|answer|response) with",
    "(replies|reply) to everything",
    "(stop|instead of) (using|citing|quoting) (your|the) (documents?|sources?)",
    "without (using )?your (documents?|sources?)",
    "(as|are) your new (settings?|rules|instructions?|role|task)|new (task|role|rules) for (the|this|you)",
    "(invent|make up|fabricate) (\\w+ ){0,3}?(laws?|statutes?|sources?|quotes?|quotations?|figures?|articles?)",
    "the assistant (must|should|will|shall|recommends|never|always)|</?(context|system|instructions?|user|assistant)>",
)
_ORDER = re.compile(
    r"(?:^|[.!?:;\n]\s*|\b(?:please|now|you (?:must|should|will|can|are to))\s+)"
    r"(?:(?:ignore|disregard|forget|override|bypass)\s+(?:\w+\s+){0,3}?"
    r"(?:instructions?|rules|prompts?|guidelines|restrictions)|(?:pretend|act)\s+(?:to\s+be|as\s+(?:if|an?|my))|pretend\s+you)\b",
    re.IGNORECASE,
)
"""Orders that are orders only at the head of a sentence: platforms may ignore rules, and courts act as a check."""

_PASTED_MARKER = re.compile(r"#{2,}\s*(system|end|instruction)", re.IGNORECASE)

_IMAGERY = any_of(
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
_PROTECTIVE_ACT = any_of(
    "remov(e|ed|al|ing)|delet\\w+|tak(e|en|ing) ?(it |them |this )?down|takedown|report(ing|ed)?",
    "prevent\\w*|stop(ping|ped)?",
    "combat\\w*|criminali[sz]\\w*|legislat\\w*|regulat\\w*|detect\\w*|defin\\w*|prosecut\\w*|protect\\w*|punish\\w*",
    "ban(ned|ning)?|prohibit\\w*|outlaw\\w*|fight\\w*|tackl\\w*|address\\w*|investigat\\w*|convict\\w*|sanction\\w*",
    "penali[sz]\\w*|fine[sd]?|sentenc\\w*|hold \\w+ (to account|accountable|responsible)",
    "support\\w*|help (victims?|survivors?|those)",
)
_POLICY = any_of(
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

_TARGETED_SELF = any_of(
    "(of|about|with|to|depicting|showing|using) (me|myself|my face|my body|us)",
    "my (face|head|body|photos?|pictures?|images?|nudes?|videos?|likeness|profile|account|private|intimate|naked)",
    "my ex(?=.*(shar|post|threat|leak|sen[dt]|spread|publish))",
    "i('ve|'m| have| am| was)( been)? (just |been |being |also )?(target\\w*|blackmail\\w*|sextort\\w*|harass\\w*"
    "|threaten\\w*|deepfak\\w*|humiliat\\w*|a victim|the victim|found|discovered|received|sent|shown|told)",
    "(sent|shared|posted|made|leaked|spread|published|showed|threaten\\w+) (to \\w+ )?(me|my|us)",
)
_TARGETED_OTHER = any_of(
    "(a|my|our|one of (my|our)|another|the|this|that) ([\\w'’]+ )?(colleague|collegue|member|mp|staffer|staff member"
    "|aide|assistant|intern|secretary|daughter|son|sister|mother|wife|partner|friend|boss|candidate|constituent|niece|student"
    "|senator|teammate|researcher|co-?worker)s?",
)
_SOMEONE = (
    "(someone|somebody|they|he|she|people|strangers?|trolls?"
    "|(an?|her|his|my|their) (man|ex\\S*|husband|wife|partner|boyfriend|girlfriend|anonymous \\w+))"
)
_EVENT = any_of(
    "(is|are|was|were|has|have|had|got|gets|being|been) (just |now |been |being )*(target\\w*|blackmail\\w*|sextort\\w*"
    "|harass\\w*|threaten\\w*|deepfak\\w*|victim\\w*|humiliat\\w*|expos\\w*|sent|shared|posted|circulat\\w*|spread\\w*"
    "|leaked|fak\\w*|attack\\w*|pasted|put|in (pieces|tears|shock|distress))",
    _SOMEONE
    + "('ve|'s| has| have| is| are)? (just )?(made|sent|shared|posted|published|leaked|spread|pasted|put|created"
    "|threaten\\w*|circulat\\w*|is sharing|sharing|faked|upload\\w*|used)",
    "i('ve| have)? (just )?(found|discovered|received|got|saw|seen)|(doing|making) the rounds|going (a)?round",
)
_DISTRESS = any_of(
    "don'?t know (what|who|where)|what (should|can|do) (i|we|she|he) (do|tell)",
    "who (can|should|do) (i|we|she|he|they) (turn|talk|call|contact|ask|go)",
    "where (can|should|do) (i|we|she|he) (turn|go|get)",
    "can'?t sleep|help (me|her|him|us)|i need help|please help|scared|afraid|ashamed|desperate|devastated|panic\\w*",
    "in (pieces|tears|shock)|suicid\\w*|kill myself|end my life",
    "how (can|do|should) (i|we) (help|support|get (it|them|this))",
)
_HELD = any_of(
    "(they|he|she|someone|somebody)('ve| have| has|'s)?( got)? "
    "(something|pictures?|photos?|images?|videos?|material|stuff|recordings?) (of|about|on) (me|us|her|him)",
)
_HELD_OVER = any_of("until|deadline|pay|money|or else|or they|or he|unless|by (\\w+day|tomorrow|noon|midnight)")
_MADE_OF = any_of(
    "(made|did|turned|put|created|cooked up) (something|things?|it|stuff|them|that) (out of|from|with|of|into) "
    "(her|his|my|our|their)"
)
_SUFFERS = any_of(
    "(won'?t|will not|doesn'?t|does not|can'?t|cannot|not) (leave|come out|go|eat|sleep|stop crying|get out|face)",
    "crying|in tears|locked (herself|himself)",
)
_DEPICTED = any_of("pictures?|photos?|images?|videos?|clips?|recordings?|face|voice")
_FAMILY = any_of(
    "(my|our) (\\w+ )?(daughter|son|child|children|kids?|sister|brother|mother|father|wife|husband|partner|girlfriend"
    "|boyfriend|niece|nephew)s?",
)
_COERCED = any_of("(blackmail|sextort|harass|threat)\\w*")
_PLANS = any_of("i (want|plan|would like) to")
_CLOSE = any_of("my|our|of (mine|ours)")


def intent_of(text: str, context: str = "") -> Intent:
    """What the asker of a question, read in English, wants; context is the earlier question that it leans on."""
    own = _intent(text.replace("’", "'"))
    earlier = _intent(context.replace("’", "'")) if context and own is Intent.QUESTION else Intent.QUESTION
    if earlier is Intent.DISCLOSURE and _DISTRESS.search(text):
        return earlier
    if earlier is Intent.ABUSE and not (_POLICY.search(text) or _PROTECTIVE_ACT.search(text)):
        return earlier
    return own


def question_beside(text: str) -> str:
    """What a text asks besides the orders that it holds; "" where nothing is left that is a question by itself."""
    sentences = re.split(r"(?<=[.!?:;])\s+|\n+", text.strip())
    left = [sentence for sentence in sentences if _intent(sentence.replace("’", "'")) is Intent.QUESTION]
    asked = [sentence for sentence in left if sentence.endswith("?") and len(sentence.split()) >= _SHORTEST_QUESTION]
    return " ".join(asked) if len(left) < len(sentences) else ""


def _intent(text: str) -> Intent:
    rules = (
        (Intent.GREETING, _opens_only(_HELLO, text)),
        (Intent.THANKS, _opens_only(_THANKS, text) and "?" not in text),
        (Intent.INSTRUCTION, any(p.search(text) for p in (_INSTRUCTION, _ORDER, _PASTED_MARKER))),
        (Intent.ABOUT_SERVICE, bool(_ABOUT_SERVICE.search(text)) and not _IMAGERY.search(text)),
        (Intent.DISCLOSURE, _is_disclosure(text)),
        (Intent.ABUSE, _is_abuse(text)),
    )
    return next((intent for intent, applies in rules if applies), Intent.QUESTION)


def _opens_only(opening: re.Pattern[str], text: str) -> bool:
    """Does a short text open like this, ask for nothing else, and say nothing of the field?"""
    plain = text.strip(" \t\n.,!?¿¡")
    match = opening.match(plain)
    if not match or len(plain.split()) > _LONGEST_GREETING or _IMAGERY.search(text) or _POLICY.search(text):
        return False
    rest = plain[match.end() :]
    return not rest or bool(_SMALL_TALK.search(rest)) or not ("?" in text or _ASKS.search(rest))


def _is_disclosure(text: str) -> bool:
    if _HELD.search(text) and _HELD_OVER.search(text):
        return True
    if (_MADE_OF.search(text) or _SUFFERS.search(text)) and _FAMILY.search(text) and _DEPICTED.search(text):
        return True
    if not any(pattern.search(text) for pattern in (_IMAGERY, _DEPICTED, _COERCED)):
        return False
    if _TARGETED_SELF.search(text) and (_EVENT.search(text) or _DISTRESS.search(text)):
        return not _PLANS.search(text)
    personal = _FAMILY.search(text) or (_CLOSE.search(text) and not _POLICY.search(text))
    return bool(_TARGETED_OTHER.search(text) and _EVENT.search(text) and (_DISTRESS.search(text) or personal))


def _is_abuse(text: str) -> bool:
    if _is_plain_request(text) or _is_search_for_means(text):
        return True
    if not (_IMAGERY.search(text) and _ASKS_FOR_HELP.search(text)):
        return False
    if _COERCION.search(text) and _WRITING.search(text):
        return True
    protective = _PROTECTIVE_ACT.search(text) or _POLICY.search(text) or _REPORTED.search(text)
    return bool(_HARMFUL_ACT.search(text) or _AGAINST_SOMEONE.search(text)) and not protective


def _is_search_for_means(text: str) -> bool:
    """For a way, a place or a profit: to do it in secret, to see what others spread, to earn from it."""
    imagery = _IMAGERY.search(text) or (_DEPICTED.search(text) and _TAKEN.search(text))
    if not imagery or any(p.search(text) for p in (_AGAINST_THE_LAW, _LAW_ASKED, _DEFENCE)):
        return False
    in_secret = _MEANS.search(text) and _STEALTH.search(text)
    offered = _GIVE.search(text) and _OFFERED.search(text)
    return bool(in_secret or offered or (_GAIN.search(text) and _HARMFUL_ACT.search(text)))


def _is_plain_request(text: str) -> bool:
    """To make, find or spread imagery of somebody, whatever law, minister or committee is named around it."""
    for act in _REQUESTED_ACT.finditer(text):
        done_to = text[act.end() : act.end() + _NEAR]
        imagery = _IMAGERY.search(done_to)
        made = _MADE.search(act.group()) is not None
        if imagery and (made or _AGAINST_SOMEONE.search(text[act.end() :])):
            clause = re.split(r"[.!?;\n]", text[act.end() :])[0]
            between = done_to[: imagery.start()]
            honest = (
                (_PROTECTIVE_ACT, between),
                (_POLICY, between),
                (_AGAINST_THE_LAW, clause),
                (_UNDONE, clause),
                (_DEFENCE, clause),
            )
            if not any(pattern.search(words) for pattern, words in honest):
                return True
    return False
