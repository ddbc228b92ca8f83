"""Texts in English, key by key as in Swedish."""

TEXTS = {
    "greet": (
        "Hello! I answer questions about EU and EEA citizens without right of residence, with sources and dates. "
        "Write your question. Do not write names or personal identity numbers."
    ),
    "thanks": "You are welcome. Feel free to ask another question.",
    "bye": "Goodbye. If anyone is in danger: call 112.",
    "capabilities": (
        "Rådgivaren is a digital service, not a person. It searches reviewed sources and shows them: right of "
        "residence, assistance, children, health care, housing, begging, journeys home, human trafficking, contacts "
        "and more. It makes no decisions and sees no case files. When it finds no support it says so, and you can "
        "pass the question to an adviser."
    ),
    "language_changed": "I will answer in English.",
    "language_unclear": "I answer in Swedish or English. Which do you want?",
    "button_swedish": "Answer in Swedish",
    "button_english": "Answer in English",
    "unavailable": "I cannot reach the knowledge base now. Nothing is lost: send your question again in a moment.",
    "refused": "The question could not be handled. Make it shorter and try again.",
    "feedback_thanks_up": "Thank you, it is noted that the answer helped.",
    "feedback_thanks_down": "Thank you. The advisers will review the answer. I have noted: {reasons}.",
    "feedback_thanks_down_open": "Thank you. The advisers will review the answer. Please say what is wrong:",
    "feedback_no_answer": "There is no answer here to judge yet. Ask your question, then you can judge the answer.",
    "feedback_unavailable": "Your feedback could not be saved right now. Send it again in a moment.",
    "reason_outdated": "The information is out of date",
    "reason_mixed_up": "It mixes things up",
    "reason_quote_mismatch": "The quote is wrong",
    "reason_missing_source": "Missing source",
    "reason_missing_information": "Important information is missing",
    "reason_partly_wrong": "Partly wrong",
    "reason_other": "Something else",
    "ask_contact_way": (
        "I will pass your question to an adviser. How do you want the answer? Write “cancel” when you want to leave."
    ),
    "ask_contact_email": "Which e-mail address should the adviser answer to?",
    "ask_contact_phone": "Which phone number should the adviser call?",
    "ask_handover_municipality": "Which municipality do you work in?",
    "ask_consent": (
        "May I pass the question, the answers in this conversation and your contact details to the advisers? "
        "They are used only to answer you."
    ),
    "button_email": "E-mail",
    "button_phone": "Phone",
    "button_here": "Here in the chat",
    "button_yes": "Yes",
    "button_no": "No",
    "button_place": "{municipality}",
    "button_cancel": "Cancel",
    "button_continue": "Continue to the adviser",
    "invalid_contact_way": "Choose e-mail, phone or here in the chat.",
    "invalid_contact_email": "That does not look like an e-mail address. Write it like this: first.last@kommun.se.",
    "invalid_contact_phone": "I do not understand the phone number. Include the area code, like this: 08-123 456 78.",
    "invalid_municipality": "I do not know that municipality. Write the name of one of Sweden's 290 municipalities.",
    "suggest_municipality": "Do you mean {municipality}? Please write the name once more.",
    "invalid_consent": "Answer yes or no. Without your yes I send nothing.",
    "handover_done": "Your question has been passed to an adviser. The reference is {reference}.",
    "handover_cancelled": "I have cancelled. Nothing has been sent. Feel free to ask a new question.",
    "handover_declined": "Without your yes I send nothing. What you wrote is removed. Feel free to ask a new question.",
    "handover_paused": (
        "I answered your question first, so the hand-over to an adviser is paused and nothing has been sent. "
        "What you filled in is kept."
    ),
    "handover_unavailable": "Your question could not be passed on now. Nothing was sent; what you filled in is kept.",
    "handover_refused": "Your question could not be passed on. Please start again and check the details.",
}
