package io.freerouter.state;

import io.freerouter.routing.Ticker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Reads the state at the start, and writes it when something has changed, but at most every few seconds, and at the end. A file that
 * cannot be read or written is reported, and never keeps the program from working. Safe to use from any thread.
 */
public final class StateKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.freerouter");

    /** What belongs together changes within this time, and is written once. */
    static final Duration SOON = Duration.ofMillis(250);

    /** The shortest time between two writes. */
    static final Duration PAUSE = Duration.ofSeconds(3);

    private final StateFile file;
    private final SavedState.Owner owner;
    private final Ticker ticker;
    private final Executor worker;
    private final AtomicBoolean isWaiting = new AtomicBoolean();
    private volatile Function<Instant, SavedState> source;
    private volatile Instant lastWrite = Instant.MIN;
    private boolean isFailing;
    private boolean isClosed;

    StateKeeper(StateFile file, SavedState.Owner owner, Ticker ticker, Executor worker) {
        this.file = file;
        this.owner = owner;
        this.ticker = ticker;
        this.worker = worker;
    }

    /**
     * Takes a file for this process.
     *
     * @param isWanted whether a user has named the file; else it is only mentioned that it cannot be used
     * @param owner whom the state belongs to
     * @param worker runs the writing
     * @return empty if nothing can be written there, which is logged
     */
    public static Optional<StateKeeper> open(
            Path path, boolean isWanted, SavedState.Owner owner, Ticker ticker, Executor worker) {
        try {
            StateFile file = StateFile.open(path);
            if (!file.isOurs()) {
                LOG.warnf(
                        "Another gateway writes %s, so this one keeps what it learns in memory only. Give each gateway a"
                                + " file of its own by freerouter.state.file, or set it to none",
                        file.path());
            }
            return Optional.of(new StateKeeper(file, owner, ticker, worker));
        } catch (IOException unwritable) {
            LOG.logf(
                    isWanted ? Logger.Level.WARN : Logger.Level.INFO,
                    "A restart will forget cooldowns and the count of requests, because %s. To keep them, name a file that"
                            + " can be written by freerouter.state.file; to leave it so, set it to none",
                    reason("cannot be written", path, unwritable));
            return Optional.empty();
        }
    }

    /**
     * What an earlier process has saved of this upstream. If the file cannot be used, it is set aside. The ledger of another account
     * is in it all the same: see {@link #isOurs}.
     */
    public Optional<SavedState> load() {
        try {
            Optional<byte[]> bytes = file.read();
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(StateFormat.read(bytes.get()))
                            .filter(state -> state.owner().upstream().equals(owner.upstream()));
        } catch (UnreadableState broken) {
            setAside(broken.getMessage());
        } catch (IOException unreadable) {
            setAside(reason("cannot be read", file.path(), unreadable));
        }
        return Optional.empty();
    }

    /** Whether the ledger of this state is that of our account. */
    public boolean isOurs(SavedState state) {
        return state.owner().account().equals(owner.account());
    }

    private void setAside(String why) {
        if (!file.isOurs()) {
            LOG.warnf("The saved state %s is not used: %s", file.path(), why);
            return;
        }
        try {
            LOG.warnf(
                    "The saved state %s is not used: %s. The gateway begins without it; the file is now %s",
                    file.path(), why, file.setAside());
        } catch (IOException immovable) {
            LOG.warnf("The saved state %s is not used, and is overwritten: %s", file.path(), why);
        }
    }

    private static String reason(String what, Path path, IOException failure) {
        return path + " " + what + " (" + words(failure) + ")";
    }

    private static String words(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "this user may not write " + denied.getFile();
        }
        if (failure instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is no directory";
        }
        String system = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return system == null ? failure.getClass().getSimpleName() : system;
    }

    /**
     * From now on, changes are written.
     *
     * @param present makes the state of a moment; called on the worker, or by {@link #close}
     */
    public void start(Function<Instant, SavedState> present) {
        source = present;
    }

    /** Records that something has changed. Returns at once. */
    public void changed() {
        if (!isWaiting.get() && source != null && file.isOurs() && isWaiting.compareAndSet(false, true)) {
            ticker.after(untilNextWrite(ticker.now()), () -> worker.execute(this::write));
        }
    }

    private Duration untilNextWrite(Instant now) {
        if (lastWrite.equals(Instant.MIN) || now.isBefore(lastWrite)) {
            return SOON;
        }
        Duration left = Duration.between(now, lastWrite.plus(PAUSE));
        return left.compareTo(SOON) > 0 ? left : SOON;
    }

    /** Changes that come while the state is taken are written next time. */
    private synchronized void write() {
        isWaiting.set(false);
        if (!isClosed) {
            save(source.apply(ticker.now()));
        }
    }

    private void save(SavedState state) {
        lastWrite = state.savedAt();
        try {
            file.write(StateFormat.write(state));
            isFailing = false;
        } catch (IOException failed) {
            if (!isFailing) {
                LOG.warnf(
                        "A restart may forget cooldowns and the count of requests, because %s. The gateway goes on, and"
                                + " tries again with each change",
                        reason("cannot be written", file.path(), failed));
            }
            isFailing = true;
        }
    }

    /** Writes the last state, and lets another process have the file. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (source != null && file.isOurs()) {
            SavedState last = source.apply(ticker.now());
            save(new SavedState(
                    last.savedAt(), true, last.owner(), last.ledger(), last.cooldowns(), last.statistics()));
        }
        try {
            file.close();
        } catch (IOException unclosable) {
            LOG.warnf(unclosable, "The lock of %s was not released; it ends with this process", file.path());
        }
    }
}
