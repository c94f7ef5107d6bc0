package io.freerouter.cli.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.cli.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What {@code freerouter setup} has changed for one agent, and how the files were before. It is kept in the user's folder for
 * state, next to a copy of each file that was there.
 *
 * @param gateway the gateway's address at that time
 * @param files the files
 * @param folders the folders that were made for them, outer ones first
 */
record SetupRecord(String gateway, List<Entry> files, List<Path> folders) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "record.json";

    /**
     * One file.
     *
     * @param path its name
     * @param settings what was merged into it
     * @param before its bytes before that; empty if there was no file
     * @param after its bytes after that
     */
    record Entry(Path path, String settings, Optional<byte[]> before, byte[] after) {}

    /** Where the record of an agent is. */
    static Path folder(UserEnvironment user, Agent agent) {
        return user.state().resolve("freerouter").resolve("setup").resolve(agent.word());
    }

    /** The record of an agent, if there is one. */
    static Optional<SetupRecord> read(UserEnvironment user, Agent agent) {
        Path file = folder(user, agent).resolve(NAME);
        try {
            return Files.exists(file) ? Optional.of(of(JSON.readTree(Files.readAllBytes(file)))) : Optional.empty();
        } catch (IOException | IllegalArgumentException failed) {
            throw new CommandException(
                    file + " cannot be read: " + failed.getMessage()
                            + ". Copies of the files before the setup are beside it; put them back, and delete the folder.",
                    failed);
        }
    }

    private static SetupRecord of(JsonNode json) {
        List<Entry> files = new ArrayList<>();
        json.path("files")
                .forEach(file -> files.add(new Entry(
                        Path.of(file.path("path").asText()),
                        file.path("settings").asText(),
                        bytes(file.path("before")),
                        bytes(file.path("after")).orElse(new byte[0]))));
        if (files.isEmpty()) {
            throw new IllegalArgumentException("it names no file");
        }
        List<Path> folders = new ArrayList<>();
        json.path("folders").forEach(folder -> folders.add(Path.of(folder.asText())));
        return new SetupRecord(json.path("gateway").asText(), files, folders);
    }

    private static Optional<byte[]> bytes(JsonNode field) {
        return field.isTextual() ? Optional.of(Base64.getDecoder().decode(field.asText())) : Optional.empty();
    }

    private String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("gateway", gateway);
        ArrayNode list = json.putArray("files");
        for (Entry entry : files) {
            ObjectNode file =
                    list.addObject().put("path", entry.path().toString()).put("settings", entry.settings());
            entry.before()
                    .ifPresent(bytes -> file.put("before", Base64.getEncoder().encodeToString(bytes)));
            file.put("after", Base64.getEncoder().encodeToString(entry.after()));
        }
        ArrayNode made = json.putArray("folders");
        folders.forEach(folder -> made.add(folder.toString()));
        return json.toPrettyString() + "\n";
    }

    /** Writes the record and the copies, for this user alone; fails with {@link CommandException}. */
    void write(UserEnvironment user, Agent agent) {
        Path folder = folder(user, agent);
        try {
            SettingsFile.makeDirectory(folder.getParent());
            if (!Files.exists(folder)) {
                Files.createDirectory(folder, forThisUser(folder));
            }
            for (Entry entry : files) {
                if (entry.before().isPresent()) {
                    Files.write(copy(user, agent, entry.path()), entry.before().get());
                }
            }
        } catch (IOException failed) {
            throw SettingsFile.unusable(folder, "be written", failed);
        }
        SettingsFile.at(folder.resolve(NAME)).write(json().getBytes(StandardCharsets.UTF_8));
    }

    private static FileAttribute<?>[] forThisUser(Path folder) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Where the copy of a file is. */
    static Path copy(UserEnvironment user, Agent agent, Path file) {
        return folder(user, agent).resolve("before-" + file.getFileName());
    }

    /** Deletes the record and the copies; fails with {@link CommandException}. */
    static void delete(UserEnvironment user, Agent agent) {
        Path folder = folder(user, agent);
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException failed) {
            throw new CommandException(folder + " cannot be deleted: " + failed.getMessage(), failed);
        }
    }
}
