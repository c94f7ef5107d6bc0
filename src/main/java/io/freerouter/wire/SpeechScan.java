package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what is said in a value of any depth, in the dialects that nest it: a text, a list of parts, or a part that has texts
 * and parts of its own, such as the result of a tool.
 */
final class SpeechScan {
    /** By the type of a part, in OpenAI's responses and in Anthropic's messages. */
    private static final Map<String, Ability> MEDIA = Map.of(
            "input_image", Ability.IMAGES,
            "image", Ability.IMAGES,
            "input_audio", Ability.AUDIO,
            "input_video", Ability.VIDEO,
            "input_file", Ability.FILES,
            "document", Ability.FILES);

    /** Members in which something is said. */
    private static final Set<String> SAID = Set.of("text", "content", "output", "thinking", "summary");

    /** Members with what a model has called, which it will read again. */
    private static final Set<String> CALLED = Set.of("name", "input", "arguments");

    /** Members with what only the model understands that wrote it. */
    private static final Set<String> HIDDEN = Set.of("signature", "encrypted_content");

    private static final String HIDDEN_TYPE = "redacted_thinking";

    private final Content content;
    private final SizeScan size;

    /**
     * What is known of a value that was read.
     *
     * @param role who speaks in it, if it says so
     * @param hides whether a model has hidden something for itself right in it
     * @param refers whether it only names what an upstream would have to remember
     */
    record Speech(String role, boolean hides, boolean refers) {
        static final Speech PLAIN = new Speech("", false, false);

        Speech by(String speaker) {
            return new Speech(speaker, hides, refers);
        }

        Speech hidingIf(boolean more) {
            return new Speech(role, hides || more, refers);
        }

        Speech referringIf(boolean only) {
            return new Speech(role, hides, only);
        }
    }

    SpeechScan(Content content, SizeScan size) {
        this.content = content;
        this.size = size;
    }

    /** Reads a value to its end. */
    Speech read(JsonCursor json, Consumer<Stretch> said) throws IOException {
        Speech speech = Speech.PLAIN;
        switch (json.type()) {
            case STRING -> text(json, said);
            case ARRAY -> elements(json, said);
            case OBJECT -> speech = part(json, said);
            default -> {}
        }
        return speech;
    }

    private void text(JsonCursor json, Consumer<Stretch> said) throws IOException {
        Stretch text = new Stretch(json.start(), json.end());
        size.text(text.from(), text.to());
        said.accept(text);
    }

    private void elements(JsonCursor json, Consumer<Stretch> said) throws IOException {
        while (json.nextElement()) {
            read(json, said);
        }
    }

    private Speech part(JsonCursor json, Consumer<Stretch> said) throws IOException {
        int from = json.start();
        Speech speech = Speech.PLAIN;
        ReferenceScan reference = new ReferenceScan();
        boolean medium = false;
        while (json.nextMember()) {
            String name = json.name();
            String text = json.text().orElse("");
            reference.member(name, json.type(), text);
            switch (name) {
                case "role" -> speech = speech.by(text);
                case "type" -> {
                    medium |= isMedium(text);
                    speech = speech.hidingIf(text.equals(HIDDEN_TYPE));
                }
                default -> speech = speech.hidingIf(HIDDEN.contains(name) && !text.isEmpty());
            }
            member(name, json, said);
        }
        if (medium) {
            said.accept(new Stretch(from, json.end()));
        }
        return speech.referringIf(reference.refers());
    }

    /** What is no text is data, of which only how much of it there is matters. */
    private boolean isMedium(String type) {
        Ability ability = MEDIA.get(type);
        if (ability == null) {
            return false;
        }
        content.input(ability);
        size.medium();
        return true;
    }

    private void member(String name, JsonCursor json, Consumer<Stretch> said) throws IOException {
        if (SAID.contains(name)) {
            read(json, said);
        } else if (CALLED.contains(name)) {
            int from = json.start();
            json.skip();
            size.text(from, json.end());
        }
        json.skip();
    }
}
