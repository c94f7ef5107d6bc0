package io.freerouter.observe;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps the texts of the last requests and answers in memory, if the user wants that ({@code freerouter.log.bodies}). Keys are
 * taken out of them. Of a long text only the beginning is kept; of too many texts, the oldest go. Safe to use from any thread.
 */
public final class BodyLog {
    /** How many characters of one text are kept. */
    static final int LONGEST = 64 * 1024;
    /** How many characters are kept altogether. */
    static final int MOST = 8 * 1024 * 1024;

    /** What keys look like: OpenRouter's, OpenAI's and Anthropic's, and whatever stands after "Bearer". */
    private static final Pattern KEY = Pattern.compile(
            "(?i)\\b(sk-(?:or-|ant-)?[A-Za-z0-9_-]{4})[A-Za-z0-9_-]{4,}|(bearer\\s+)[A-Za-z0-9._~+/=-]{8,}");

    private final boolean enabled;
    private final Map<Long, Texts> texts = new LinkedHashMap<>();
    private int size;

    /**
     * What was kept of one request.
     *
     * @param request the body of the request; empty if it was not kept
     * @param answer the answer so far, as it went to the caller; empty if there is none
     */
    public record Bodies(Optional<String> request, Optional<String> answer) {}

    private static final class Texts {
        private String request = "";
        private final StringBuilder answer = new StringBuilder();

        int length() {
            return request.length() + answer.length();
        }
    }

    /** @param enabled whether anything is kept */
    public BodyLog(boolean enabled) {
        this.enabled = enabled;
    }

    /** Whether anything is kept. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Keeps the body of a request. */
    public void request(long id, String body) {
        if (enabled) {
            String kept = redacted(body.length() > LONGEST ? body.substring(0, LONGEST) + "…" : body);
            synchronized (this) {
                Texts entry = texts.computeIfAbsent(id, number -> new Texts());
                size += kept.length() - entry.request.length();
                entry.request = kept;
                forgetOldest();
            }
        }
    }

    /** Keeps the next piece of an answer. */
    public synchronized void answer(long id, String piece) {
        Texts entry = texts.get(id);
        if (entry != null && entry.answer.length() < LONGEST) {
            String kept = piece.substring(0, Math.min(piece.length(), LONGEST - entry.answer.length()));
            entry.answer.append(kept);
            size += kept.length();
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Iterator<Texts> oldest = texts.values().iterator();
        while (size > MOST && oldest.hasNext()) {
            size -= oldest.next().length();
            oldest.remove();
        }
    }

    /** What was kept of a request. Empty if nothing is kept at all. */
    public synchronized Optional<Bodies> find(long id) {
        if (!enabled) {
            return Optional.empty();
        }
        Texts entry = texts.getOrDefault(id, new Texts());
        return Optional.of(new Bodies(
                Optional.of(entry.request).filter(text -> !text.isEmpty()),
                Optional.of(redacted(entry.answer.toString())).filter(text -> !text.isEmpty())));
    }

    private static String redacted(String text) {
        return KEY.matcher(text)
                .replaceAll(found -> (found.group(1) == null ? found.group(2) : found.group(1)) + "[redacted]");
    }
}
