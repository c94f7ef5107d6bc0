package io.freerouter.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** The lines that a category logs, until this is closed: the level and the text. Sees all threads. */
public final class LogCapture extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private LogCapture(String category) {
        logger = Logger.getLogger(category);
        logger.addHandler(this);
    }

    /** Begins to listen. */
    public static LogCapture of(String category) {
        return new LogCapture(category);
    }

    /** What was logged so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        String text = line instanceof ExtLogRecord own ? own.getFormattedMessage() : line.getMessage();
        lines.add(line.getLevel().getName() + " " + text);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
