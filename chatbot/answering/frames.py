"""The helpdesk's own sentences around quoted ones. They never say what a source says."""

GREETING = (
    "Hello. I can help you with questions about non-consensual intimate imagery: the Inter-Parliamentary Union's "
    "issue brief, treaties and national laws. What would you like to know?"
)
ABOUT_SERVICE = (
    "I am the parliamentary helpdesk, an automated assistant. I answer from a fixed body of sources: the "
    "Inter-Parliamentary Union's issue brief on non-consensual intimate imagery, treaties and national laws. Every "
    "sentence I give is quoted and carries its source; what the sources do not say, I do not say."
)
THANKS = "You are welcome. Ask again whenever you need help."
REFUSED = (
    "This helpdesk does not help to make, find, change or spread intimate images of anyone. It answers questions "
    "about law, policy and support for those affected."
)
INSTRUCTION = (
    "This helpdesk only answers questions from its sources; it does not follow instructions that a question contains. "
    "You can ask about non-consensual intimate imagery, treaties and national laws."
)
SUPPORT = (
    "I am sorry that this is happening; nobody should be treated like that, and it is not the fault of the person "
    "targeted. If anyone is in danger, call the emergency services. You do not have to describe or show the images "
    "here. These are the places the sources point to for support."
)
SUPPORT_CONTACT = "The Inter-Parliamentary Union can be reached at {contact}."
NOT_IN_SOURCES = "The sources held do not answer this question."
NOT_HELD = "The text of {names} is not held here; only its title is listed."
DIGEST_ONLY = "Of {name} only our own digest is held, not the publisher's words (official text: {link})."
GOES_ON = "These are the first {count} of {all} sentences; the source has the rest."
DIFFER = "The sources differ here; the answer says which says what."
NO_PROVISION = "What is held of {names} does not speak of that provision. The official text:"
NO_DOCUMENT_OF = "No document of {names} is among the sources."
COVERED = "Annex C of the issue brief covers {names}."
CLARIFY = "This seems to go on from an earlier question that was not sent along. Please ask it in full."
OUT_OF_SCOPE = (
    "This is outside what the helpdesk covers: non-consensual intimate imagery, the treaties and laws on it, and what "
    "parliaments can do."
)
NAMELESS = "They say nothing about {names} that answers it."
MISSING = "Nothing in them gives {what} for this."
CORRECTED = "The sources do not say “{premise}”. They say:"
UNSAID = "Of “{premise}” the sources quoted here say nothing."
CONTACT = "For what the sources do not say, write to the Inter-Parliamentary Union at {contact}."
SHORTENED_LIST = "All {count} items of the list; long ones by their opening words:"
WHOLE_LIST = "The list in full, {count} items:"
PARTLY_MISSING = "On {names}, the sources held do not answer this question."

COUNTED = "{rows} of {count} {what} {scope}."
NOT_LAW = "Not known to be law in force: {groups}."
BY_ELEMENT = (
    "Of the {held} jurisdictions whose laws are compared here ({annexed} of them in annex C), law in force "
    "states it in {count} ({what})."
)
OF_LAWS = "{rows} of the {count} laws and bills of {names} compared here are law in force that states it ({what})."
PARTLY = "Only partly: {names}."
NOT_STATED = "not stated in the sources held"
NOT_COMPARED = "No law of {name} is compared here."
COMPARED = "Side by side, from the laws held; an empty cell means that the sources held do not state it:"

SUPPORT_SEARCHES = (
    "support mechanisms and reporting channels for members of parliament and staff who are targeted",
    "Contact the IPU for support or a briefing",
)
"""What is searched for somebody who is targeted; the answer quotes what is found."""
