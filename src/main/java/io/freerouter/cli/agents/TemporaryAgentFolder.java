package io.freerouter.cli.agents;

import io.freerouter.cli.CommandException;
import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder that stands in for an agent's own folder during one run. It has links to everything in the agent's folder, except the
 * settings files, which it has with the settings for the gateway. After the run, what the agent has made or changed goes to the
 * agent's folder, as if it had been written there; the settings for the gateway do not.
 */
final class TemporaryAgentFolder {
    private final Path own;
    private final Path standIn;

    /** What the user's files were before the run, by name, and what the agent got. */
    private final Map<String, SettingsOfRun> settings = new LinkedHashMap<>();

    private record SettingsOfRun(SettingsFile own, String before, String added, String given) {}

    /**
     * @param own the agent's folder, which need not exist
     * @param standIn an empty folder
     */
    TemporaryAgentFolder(Path own, Path standIn) {
        this.own = own;
        this.standIn = standIn;
    }

    /**
     * Adds a settings file.
     *
     * @param file the user's file
     * @param added the settings for the gateway
     * @param given the user's settings with these
     */
    void add(SettingsFile file, String added, String given) {
        settings.put(file.path().getFileName().toString(), new SettingsOfRun(file, file.text(), added, given));
    }

    /** Fills the folder. */
    void fill() throws IOException {
        for (Map.Entry<String, SettingsOfRun> file : settings.entrySet()) {
            Files.writeString(standIn.resolve(file.getKey()), file.getValue().given());
        }
        if (Files.isDirectory(own)) {
            for (Path entry : entries(own)) {
                if (!settings.containsKey(name(entry))) {
                    Files.createSymbolicLink(standIn.resolve(name(entry)), entry.toAbsolutePath());
                }
            }
        }
    }

    /**
     * Takes back what the agent has made or changed.
     *
     * @return what cannot be kept and why, each in a sentence
     */
    List<String> takeBack() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Path entry : entries(standIn)) {
            SettingsOfRun file = settings.get(name(entry));
            if (file != null) {
                takeBack(entry, file, lost);
            } else if (!Files.isSymbolicLink(entry)) {
                Path target = own.resolve(name(entry));
                if (Files.isDirectory(target)) {
                    lost.add("A new folder " + name(entry) + " was not kept, because " + target + " exists.");
                } else {
                    SettingsFile.makeDirectory(own);
                    copy(entry, target);
                }
            }
        }
        return lost;
    }

    private static void takeBack(Path changed, SettingsOfRun file, List<String> lost) throws IOException {
        String text = Files.readString(changed);
        if (text.equals(file.given())) {
            return;
        }
        try {
            SettingsFormat format = SettingsFormat.of(name(changed));
            String without = format.remove(text, file.before(), file.added()).text();
            boolean isNothing = file.before().isBlank() && format.isEmpty(without);
            if (isNothing || without.equals(file.before())) {
                return;
            }
            if (!SettingsFile.at(file.own().path()).text().equals(file.before())) {
                lost.add("Changes of " + name(changed) + " were not kept, because "
                        + file.own().path() + " was changed by another program at the same time.");
                return;
            }
            SettingsFile.makeDirectory(file.own().target().getParent());
            file.own().write(without.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableException unreadable) {
            lost.add("Changes of " + name(changed) + " were not kept, because it cannot be read: "
                    + unreadable.getMessage() + ".");
        } catch (CommandException unwritable) {
            lost.add("Changes of " + name(changed) + " were not kept. " + unwritable.getMessage());
        }
    }

    /** A temporary folder may be on another disk, where no folder can be moved to. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static String name(Path entry) {
        return entry.getFileName().toString();
    }
}
