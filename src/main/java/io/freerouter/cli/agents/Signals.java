package io.freerouter.cli.agents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Keeps this process alive while another one has its terminal, and hands on the signals that would have ended it. A terminal sends
 * Ctrl-C to both of them itself, so that signal is handed on only where no terminal is.
 */
final class Signals implements AutoCloseable {
    private static final int SIGNALLED = 128;

    private final Map<String, SignalHandler> former = new LinkedHashMap<>();
    private final List<Signal> early = new ArrayList<>();
    private final boolean hasTerminal;
    private Process process;

    /**
     * From now on no signal ends this process.
     *
     * @param isWindows whether the machine's system is Windows, which has fewer signals
     * @param hasTerminal whether a terminal reads along
     */
    Signals(boolean isWindows, boolean hasTerminal) {
        this.hasTerminal = hasTerminal;
        for (String name : isWindows ? List.of("INT", "TERM") : List.of("INT", "TERM", "HUP")) {
            former.put(name, Signal.handle(new Signal(name), this::receive));
        }
    }

    synchronized void receive(Signal signal) {
        if (process == null) {
            early.add(signal);
        } else {
            handOn(signal, process);
        }
    }

    private void handOn(Signal signal, Process to) {
        if (signal.getName().equals("TERM")) {
            to.destroy();
        } else if (!hasTerminal || !signal.getName().equals("INT")) {
            try {
                new ProcessBuilder("sh", "-c", "kill -s " + signal.getName() + " " + to.pid()).start();
            } catch (IOException noShell) {
                to.destroy();
            }
        }
    }

    /**
     * Starts a process and waits for its end.
     *
     * @return its exit code; if a signal came before the start, 128 and the signal's number
     */
    int run(ProcessBuilder builder) throws IOException {
        Process started;
        synchronized (this) {
            if (!early.isEmpty()) {
                return SIGNALLED + early.get(0).getNumber();
            }
            started = builder.start();
            process = started;
        }
        while (true) {
            try {
                return started.waitFor();
            } catch (InterruptedException stopping) {
                started.destroy();
            }
        }
    }

    /** Signals do again what they did before. */
    @Override
    public void close() {
        former.forEach((name, handler) -> Signal.handle(new Signal(name), handler));
    }
}
