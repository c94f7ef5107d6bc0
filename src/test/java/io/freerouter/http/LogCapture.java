package io.freerouter.http;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything this process logs, at every level. */
final class LogCapture extends Handler {
    private final Logger root = Logger.getLogger("");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Level before;

    void start() {
        before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(this);
    }

    void stop() {
        root.removeHandler(this);
        root.setLevel(before);
    }

    /** Messages with their parameters and stack traces. */
    List<String> lines() {
        return lines;
    }

    /** Leaves out what the tests' own HTTP clients and the fake upstream log. */
    @Override
    public void publish(LogRecord event) {
        if (!event.getLoggerName().matches("(org\\.apache\\.http|io\\.restassured|jdk\\.internal).*")) {
            lines.add(event.getMessage() + Arrays.toString(event.getParameters()) + trace(event.getThrown()));
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
