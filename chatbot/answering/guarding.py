"""May a question be answered, and how: topic by intent, not by words.

Explicit words in a question about law or policy are normal here. The same words asking to make, find or
spread imagery are refused; somebody who says that they or a colleague are targeted is answered with care.
Rules read English; a question in another language is read through its gloss.
"""

import re
from collections.abc import Mapping

from chatbot.answering import abuse, asks
from chatbot.answering.patterns import any_of
from chatbot.model import Intent

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
_FAMILY = any_of(
    "(my|our) (\\w+ )?(daughter|son|child|children|kids?|sister|brother|mother|father|wife|husband|partner|girlfriend"
    "|boyfriend|niece|nephew)s?",
)
_COERCED = any_of("(blackmail|sextort|harass|threat)\\w*")
_PLANS = any_of("i (want|plan|would like) to")
_CLOSE = any_of("my|our|of (mine|ours)")


REFUSES, CARES, OBEYS_NOT, INTRODUCES_ITSELF = 0.40, 0.35, 0.60, 0.60
"""How likely an intent must be, by the examples, for its reply."""
SURE = 0.95
"""So likely a plain question, by the examples, that no rule makes it anything else."""


def judged(by_rule: Intent, likelihoods: Mapping[Intent, float], text: str = "") -> Intent:
    """The intent of a text by rule and by the examples of the corpus; each knows what the other does not."""
    if by_rule in (Intent.ABUSE, Intent.DISCLOSURE):
        return Intent.QUESTION if likelihoods.get(Intent.QUESTION, 0.0) >= SURE else by_rule
    if by_rule is not Intent.QUESTION or asks.wants_a_share(text):
        return by_rule
    needed = {
        Intent.ABUSE: REFUSES,
        Intent.DISCLOSURE: CARES,
        Intent.INSTRUCTION: OBEYS_NOT,
        Intent.ABOUT_SERVICE: INTRODUCES_ITSELF,
    }
    reached = {
        intent: likelihoods.get(intent, 0.0)
        for intent, least in needed.items()
        if likelihoods.get(intent, 0.0) >= least
    }
    return max(reached, key=lambda intent: reached[intent], default=by_rule)


def intent_of(text: str, context: str = "") -> Intent:
    """What the asker of a question, read in English, wants; context is the earlier question that it leans on."""
    own = _intent(text.replace("’", "'"))
    earlier = _intent(context.replace("’", "'")) if context and own is Intent.QUESTION else Intent.QUESTION
    if earlier is Intent.DISCLOSURE and _DISTRESS.search(text):
        return earlier
    if earlier is Intent.ABUSE and not (abuse.POLICY.search(text) or abuse.PROTECTIVE_ACT.search(text)):
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
        (Intent.ABOUT_SERVICE, bool(_ABOUT_SERVICE.search(text)) and not abuse.IMAGERY.search(text)),
        (Intent.DISCLOSURE, _is_disclosure(text)),
        (Intent.ABUSE, abuse.is_abuse(text)),
    )
    return next((intent for intent, applies in rules if applies), Intent.QUESTION)


def _opens_only(opening: re.Pattern[str], text: str) -> bool:
    """Does a short text open like this, ask for nothing else, and say nothing of the field?"""
    plain = text.strip(" \t\n.,!?¿¡")
    match = opening.match(plain)
    if not match or len(plain.split()) > _LONGEST_GREETING or abuse.IMAGERY.search(text) or abuse.POLICY.search(text):
        return False
    rest = plain[match.end() :]
    return not rest or bool(_SMALL_TALK.search(rest)) or not ("?" in text or _ASKS.search(rest))


def _is_disclosure(text: str) -> bool:
    if _HELD.search(text) and _HELD_OVER.search(text):
        return True
    if (_MADE_OF.search(text) or _SUFFERS.search(text)) and _FAMILY.search(text) and abuse.DEPICTED.search(text):
        return True
    if not any(pattern.search(text) for pattern in (abuse.IMAGERY, abuse.DEPICTED, _COERCED)):
        return False
    if _TARGETED_SELF.search(text) and (_EVENT.search(text) or _DISTRESS.search(text)):
        return not _PLANS.search(text)
    personal = _FAMILY.search(text) or (_CLOSE.search(text) and not abuse.POLICY.search(text))
    return bool(_TARGETED_OTHER.search(text) and _EVENT.search(text) and (_DISTRESS.search(text) or personal))
