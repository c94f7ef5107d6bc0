package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the name of a provider, such as {@code Google AI Studio}. It is kept and shown, so it has to look like one. */
final class ProviderName {
    private static final Pattern NAME = Pattern.compile("(?=.*\\S)[ -~]{1,64}");

    private ProviderName() {}

    static Optional<String> read(JsonNode node) {
        return Optional.ofNullable(node.textValue())
                .filter(name -> NAME.matcher(name).matches());
    }
}
