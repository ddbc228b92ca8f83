// The gateway's web channel: one conversation, its id, and what one can send and fetch.

const DEADLINE_MS = 30_000;

/** `code` is the server's, or "network", "timeout", "unexpected"; `texts` holds the server's own words by language. */
export class ServiceError extends Error {
  constructor(code, { retryAfter = null, texts = {} } = {}) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
    this.texts = texts;
  }

  /** What to tell the user: our words for what we know, the server's for the rest. */
  textFrom(catalogue, language) {
    if (this.code === "rate_limited" && this.retryAfter) return catalogue.waitSeconds(this.retryAfter);
    return catalogue.errors[this.code] ?? this.texts[language] ?? catalogue.errors.unexpected;
  }
}

const CODE_OF_STATUS = { 413: "too_long", 429: "rate_limited", 502: "unavailable", 503: "unavailable", 504: "timeout" };

async function errorFrom(response) {
  let error = {};
  try {
    error = (await response.json()).error ?? {};
  } catch {
    // A proxy in front of the gateway answers in HTML: the status alone has to do.
  }
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  const code = error.code ?? CODE_OF_STATUS[response.status] ?? "unexpected";
  return new ServiceError(code, { retryAfter, texts: { sv: error.text, en: error.text_en ?? error.text } });
}

export class Conversation {
  #server;
  #key;
  #id;
  #handedOver;
  #changes = 0;

  constructor(server) {
    this.#server = server.replace(/\/+$/, "");
    this.#key = `radgivaren.conversation ${this.#server}`;
    this.#id = recall(this.#key);
    this.#handedOver = recall(`${this.#key} handed over`);
  }

  get id() {
    return this.#id;
  }

  set id(id) {
    this.#id = id;
    this.#changes += 1;
    remember(this.#key, id);
  }

  /** The conversation of which a question lies with an adviser: this one, or one before "Nytt samtal". */
  get handedOver() {
    return this.#handedOver;
  }

  set handedOver(id) {
    this.#handedOver = id;
    remember(`${this.#key} handed over`, id);
  }

  /** Sends one message and gives the reply. A conversation that the server no longer knows is begun anew, unseen. */
  async send(text, language) {
    try {
      return await this.#sendOnce(text, language);
    } catch (error) {
      if (error.code !== "unknown_conversation" || !this.#id) throw error;
      this.id = null;
      return await this.#sendOnce(text, language);
    }
  }

  sendFeedback(feedback) {
    return this.#post("feedback", feedback);
  }

  requestHandover(handover) {
    return this.#post("handovers", handover);
  }

  /** Advisers' answers after number `after`. */
  replies(after) {
    return this.#post("replies", { conversation_id: this.#handedOver, after });
  }

  async #sendOnce(text, language) {
    const [asked, changes] = [this.#id, this.#changes];
    const reply = await this.#post("messages", { ...(asked && { conversation_id: asked }), text, language });
    if (!Array.isArray(reply.messages) || reply.messages.length === 0) throw new ServiceError("unexpected");
    // "Nytt samtal" may have been pressed meanwhile: a late reply must not bring the old conversation back.
    if (this.#changes === changes) this.id = reply.conversation_id ?? asked;
    return reply;
  }

  async #post(path, body) {
    let response;
    try {
      response = await fetch(`${this.#server}/channels/web/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        credentials: "omit",
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
    } catch (error) {
      throw new ServiceError(error.name === "TimeoutError" ? "timeout" : "network");
    }
    if (!response.ok) throw await errorFrom(response);
    try {
      return await response.json();
    } catch {
      throw new ServiceError("unexpected");
    }
  }
}

// Storage is refused in some private windows and sandboxed frames; what is remembered then lives as long as the page.
function remember(key, value) {
  try {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    return;
  }
}

function recall(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
