package io.freerouter.reply;

import java.util.stream.Collectors;

/** The events that the gateway adds to one stream. May have state; not for several threads at once. */
public interface StreamFormat {
    /** Events of the upstream went out to the caller. */
    void sent(String events);

    /**
     * The last events of a stream that failed.
     *
     * @param error in OpenAI's shape, or whatever an upstream said
     */
    String error(ErrorResponse error);

    /** The events that a good stream still needs after its upstream has ended it; empty if none are missing. */
    String end();

    /** The events that a stream still needs after an error event of the upstream's own; empty if none are missing. */
    default String endAfterError() {
        return "";
    }

    /** Chat completions: an error is an event with an {@code error}, and a good end is {@code [DONE]}. */
    static StreamFormat ofChat() {
        return new StreamFormat() {
            private final DoneEvent mark = new DoneEvent();

            @Override
            public void sent(String events) {
                mark.sent(events);
            }

            @Override
            public String error(ErrorResponse error) {
                return data(error.body());
            }

            @Override
            public String end() {
                return mark.missing();
            }
        };
    }

    /** An event without a name. */
    static String data(String text) {
        return text.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining()) + "\n";
    }

    /** An event with a name. */
    static String event(String name, String text) {
        return "event: " + name + "\n" + data(text);
    }
}
