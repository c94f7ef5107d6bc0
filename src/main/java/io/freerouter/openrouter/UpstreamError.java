package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One error of OpenRouter's, wherever it stood: in a response of its own or inside an answer.
 *
 * @param json the error object, or a text in place of one; a missing node if there is none
 * @param headers the response's headers by name in any case, null for one it has not
 * @param host who hosts the model, where the answer around the error says so
 */
record UpstreamError(JsonNode json, Function<String, String> headers, Optional<String> host) {
    /** More is not read: the point of an error is in its first sentences, and what it quotes may be long. */
    private static final int LONGEST = 4000;

    private static final List<String> PROVIDERS_OWN = List.of("provider_name", "provider_code", "provider_error_code");

    JsonNode metadata() {
        return json.path("metadata");
    }

    JsonNode availability() {
        return json.path("availability");
    }

    /** What OpenRouter itself says, without what it quotes. */
    String message() {
        return cut(json.isTextual() ? json.asText() : json.path("message").asText());
    }

    /** What OpenRouter says and what the provider has said, which is all there is behind "Provider returned error". */
    String words() {
        JsonNode raw = metadata().path("raw");
        return message() + "\n" + cut(raw.isTextual() ? raw.asText() : raw.toString());
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** The names it goes by: OpenRouter's {@code error_type}, a code that is a word, a provider's {@code type}. */
    List<String> types() {
        return Stream.of(metadata().path("error_type"), json.path("error_type"), json.path("code"), json.path("type"))
                .map(JsonNode::asText)
                .toList();
    }

    /** Whether a provider said it, so that it cannot be about the account at OpenRouter. */
    boolean isProviders() {
        return host.isPresent() || PROVIDERS_OWN.stream().anyMatch(this::isGiven);
    }

    private boolean isGiven(String member) {
        return !metadata().path(member).asText("").isBlank();
    }

    /** Who hosts the model. */
    Optional<String> provider() {
        return ProviderName.read(metadata().path("provider_name")).or(() -> host);
    }

    /** A header, wherever it stands. */
    Optional<String> header(String name) {
        return sentHeader(name).or(() -> quotedHeader(name));
    }

    /** A header of the response itself. */
    Optional<String> sentHeader(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    /** A header that OpenRouter has put into the error, in place of the response's or beside them. */
    Optional<String> quotedHeader(String name) {
        return metadata().path("headers").properties().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(Map.Entry::getValue)
                .map(JsonNode::asText);
    }
}
