package io.freerouter.reply;

/** The mark {@code [DONE]} at the end of a stream, which OpenAI's clients wait for. Not for several threads at once. */
public final class DoneEvent {
    private static final String DONE = "[DONE]";
    private static final String DATA = "data:";

    private boolean sent;

    /** Events went out to the caller. The mark may be among them. */
    public void sent(String events) {
        sent = sent || events.contains(DONE) && events.lines().anyMatch(DoneEvent::isDone);
    }

    private static boolean isDone(String line) {
        return line.startsWith(DATA) && line.substring(DATA.length()).strip().equals(DONE);
    }

    /** The mark as an event, the first time; empty if it has been sent. */
    public String missing() {
        String missing = sent ? "" : StreamFormat.data(DONE);
        sent = true;
        return missing;
    }
}
