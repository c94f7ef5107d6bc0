package io.freerouter.cli.agents;

import io.freerouter.cli.CommandException;
import io.freerouter.cli.agents.SettingsFormat.Removal;
import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Puts a gateway into an agent's own settings, and takes it out again. Every method fails with {@link CommandException}. */
public final class AgentSetup {
    private final Agent agent;
    private final UserEnvironment user;

    /** @param user where the agent's files are */
    public AgentSetup(Agent agent, UserEnvironment user) {
        this.agent = agent;
        this.user = user;
    }

    /** How an agent's own settings stand to a gateway. */
    public enum State {
        /** {@code freerouter setup} has written the settings. */
        SETUP("by freerouter setup"),
        /** {@code freerouter setup} has written the settings for another address. */
        ELSEWHERE("by freerouter setup, for another address"),
        /** The files have changed since {@code freerouter setup} wrote them. */
        CHANGED("by freerouter setup, changed since"),
        /** The gateway's address is in the settings. */
        BY_HAND("by hand"),
        /** Nothing points to the gateway. */
        NONE("no"),
        /** The agent has no settings in files. */
        VARIABLES("by variables only"),
        /** The settings, or the record of {@code freerouter setup}, cannot be read. */
        UNREADABLE("not known");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** What a user reads. */
        public String words() {
            return words;
        }
    }

    /** What a file becomes. Without bytes it does not exist. */
    private record Change(SettingsFile file, String settings, Optional<byte[]> from, Optional<byte[]> to) {
        boolean isNone() {
            return from.isPresent() == to.isPresent()
                    && Arrays.equals(from.orElse(new byte[0]), to.orElse(new byte[0]));
        }

        List<String> diff() {
            String name = file.path().toString();
            return Diff.unified(
                    from.isPresent() ? name : "/dev/null",
                    file.text(from.orElse(new byte[0])),
                    to.isPresent() ? name : "/dev/null",
                    file.text(to.orElse(new byte[0])));
        }
    }

    /** What a command is about to do. Nothing is changed before {@link #apply()}. */
    public final class Plan {
        private final List<Change> changes;
        private final List<String> kept;
        private final Optional<SetupRecord> record;

        private Plan(List<Change> changes, List<String> kept, Optional<SetupRecord> record) {
            this.changes = changes;
            this.kept = kept;
            this.record = record;
        }

        /** Whether all files are already as they should be. */
        public boolean isDone() {
            return changes.stream().allMatch(Change::isNone);
        }

        /** The changes, as {@code diff -u} prints them. */
        public List<String> diff() {
            return changes.stream().flatMap(change -> change.diff().stream()).toList();
        }

        /** The settings that stay, because the user has changed them since. */
        public List<String> kept() {
            return kept;
        }

        /** Changes the files: all of them or, if that fails, none. */
        public void apply() {
            List<Change> due =
                    changes.stream().filter(change -> !change.isNone()).toList();
            due.forEach(change -> change.file().checkWritable());
            if (record.isPresent()) {
                List<Path> made = new ArrayList<>(record.get().folders());
                makeFolders(SetupRecord.folder(user, agent).getParent(), made);
                due.forEach(change -> makeFolders(change.file().target().getParent(), made));
                new SetupRecord(record.get().gateway(), record.get().files(), made).write(user, agent);
            }
            List<Change> written = new ArrayList<>();
            try {
                for (Change change : due) {
                    written.add(change);
                    put(change.file(), change.to());
                }
            } catch (CommandException failed) {
                written.forEach(change -> put(change.file(), change.from()));
                throw failed;
            }
            if (record.isEmpty()) {
                forget();
            }
        }
    }

    private static void put(SettingsFile file, Optional<byte[]> bytes) {
        bytes.ifPresentOrElse(file::write, file::delete);
    }

    private static void makeFolders(Path folder, List<Path> made) {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        makeFolders(folder.getParent(), made);
        try {
            Files.createDirectory(folder);
            made.add(folder);
        } catch (IOException failed) {
            throw SettingsFile.unusable(folder, "be made", failed);
        }
    }

    private void forget() {
        Optional<SetupRecord> record = SetupRecord.read(user, agent);
        if (record.isPresent()) {
            SetupRecord.delete(user, agent);
            Path records = SetupRecord.folder(user, agent).getParent();
            deleteIfEmpty(records);
            deleteIfEmpty(records.getParent());
            List<Path> inner = new ArrayList<>(record.get().folders());
            Collections.reverse(inner);
            inner.forEach(AgentSetup::deleteIfEmpty);
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException isUsed) {
            // Somebody has put something there since.
            return;
        } catch (IOException failed) {
            throw SettingsFile.unusable(folder, "be deleted", failed);
        }
    }

    /**
     * What it takes to have the agent use a gateway.
     *
     * @param gateway the gateway's address, without a path
     * @param model what the agent asks for as model
     */
    public Plan plan(URI gateway, String model) {
        ClientSettings settings = ClientSettings.of(agent, gateway, model);
        if (settings.files().isEmpty()) {
            throw new CommandException(
                    agent.title() + " takes these settings from variables only. Run it by 'freerouter launch "
                            + agent.word() + "', or set in your shell: "
                            + String.join(
                                    " ",
                                    settings.variables().entrySet().stream()
                                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                                            .toList()));
        }
        Optional<SetupRecord> earlier = SetupRecord.read(user, agent);
        List<Change> changes = new ArrayList<>();
        List<SetupRecord.Entry> entries = new ArrayList<>();
        for (ClientSettings.File documented : settings.files()) {
            SettingsFile file = SettingsFile.at(user.file(agent, documented.path()));
            Optional<byte[]> before =
                    earlier.map(record -> before(record, file)).orElseGet(file::read);
            String text = file.text(before.orElse(new byte[0]));
            ClientSettings.File source = reading(file, () -> documented.beside(agent, text));
            byte[] after = reading(file, () -> SettingsFormat.of(source.name()).merge(text, source.text()))
                    .getBytes(StandardCharsets.UTF_8);
            changes.add(new Change(file, source.text(), file.read(), Optional.of(after)));
            entries.add(new SetupRecord.Entry(file.path().toAbsolutePath(), source.text(), before, after));
        }
        List<Path> folders = earlier.map(SetupRecord::folders).orElse(List.of());
        return new Plan(changes, List.of(), Optional.of(new SetupRecord(gateway.toString(), entries, folders)));
    }

    /** How a file would be without the settings of the earlier setup. */
    private Optional<byte[]> before(SetupRecord record, SettingsFile file) {
        return record.files().stream()
                .filter(entry -> entry.path().equals(file.path().toAbsolutePath()))
                .findFirst()
                .map(entry -> without(entry, file, new ArrayList<>()))
                .orElseThrow(() -> new CommandException(agent.title() + " is set up in "
                        + record.files().get(0).path()
                        + ", but now has its settings in " + file.path() + ". Run 'freerouter setup " + agent.word()
                        + " --undo' first."));
    }

    /** What it takes to have the files as they were before the setup; empty if there was none. */
    public Optional<Plan> undo() {
        return SetupRecord.read(user, agent).map(record -> {
            List<Change> changes = new ArrayList<>();
            List<String> kept = new ArrayList<>();
            for (SetupRecord.Entry entry : record.files()) {
                SettingsFile file = SettingsFile.at(entry.path());
                List<String> keptHere = new ArrayList<>();
                changes.add(new Change(file, entry.settings(), file.read(), without(entry, file, keptHere)));
                keptHere.forEach(name -> kept.add(name + " in " + entry.path()));
            }
            return new Plan(changes, kept, Optional.empty());
        });
    }

    private Optional<byte[]> without(SetupRecord.Entry entry, SettingsFile file, List<String> kept) {
        Optional<byte[]> present = file.read();
        if (present.isEmpty() || file.holds(Optional.of(entry.after()))) {
            return present.isEmpty() ? present : entry.before();
        }
        SettingsFormat format = SettingsFormat.of(entry.path().getFileName().toString());
        String text = file.text(present.get());
        String before = file.text(entry.before().orElse(new byte[0]));
        return reading(file, () -> {
            Removal removal = format.remove(text, before, entry.settings());
            kept.addAll(removal.kept());
            boolean isEmpty = entry.before().isEmpty() && format.isEmpty(removal.text());
            return isEmpty ? Optional.empty() : Optional.of(removal.text().getBytes(StandardCharsets.UTF_8));
        });
    }

    private interface Reading<T> {
        T read();
    }

    private <T> T reading(SettingsFile file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (UnreadableException unreadable) {
            Path copy = SetupRecord.copy(user, agent, file.path());
            throw new CommandException(
                    file.path() + ", " + unreadable.getMessage() + ". Correct the file, and run the command again. "
                            + (Files.exists(copy) ? "How it was before the setup is in " + copy + ". " : "")
                            + "Nothing was changed.",
                    unreadable);
        }
    }

    /**
     * How the agent's own settings stand to a gateway.
     *
     * @param gateway the gateway's address, without a path
     */
    public State state(URI gateway) {
        List<ClientSettings.File> files =
                ClientSettings.of(agent, gateway, ClientSettings.AUTO).files();
        if (files.isEmpty()) {
            return State.VARIABLES;
        }
        Optional<SetupRecord> record = SetupRecord.read(user, agent);
        if (record.isPresent()) {
            boolean isUntouched = record.get().files().stream()
                    .allMatch(entry -> SettingsFile.at(entry.path()).holds(Optional.of(entry.after())));
            return !isUntouched
                    ? State.CHANGED
                    : record.get().gateway().equals(gateway.toString()) ? State.SETUP : State.ELSEWHERE;
        }
        boolean isNamed = files.stream()
                .flatMap(file -> SettingsFile.at(user.file(agent, file.path())).read().stream())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .anyMatch(text ->
                        text.contains(gateway.toString()) || text.contains("http://localhost:" + gateway.getPort()));
        return isNamed ? State.BY_HAND : State.NONE;
    }
}
