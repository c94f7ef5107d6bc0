package io.freerouter.openrouter.error;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.freerouter.openrouter.json.ExactJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One error of the upstream, wherever it stood: in a response of its own or inside an answer. Some dialects put parts of it
 * beside the error object, where they are found as well.
 *
 * @param json the error object, or a text, a number or {@code true} in place of one; a missing node if there is none
 * @param around the answer or response body that the error stood in; a missing node if there is none
 * @param headers the response's headers by name in any case, null for a header it has not
 */
record UpstreamError(JsonNode json, JsonNode around, Function<String, String> headers) {
    /** More is not read: the point of an error is in its first sentences, and what it quotes may be long. */
    private static final int LONGEST = 4000;
    /** Providers' errors were seen as JSON inside of text inside of JSON. */
    private static final int DEEPEST = 8;

    private static final String ERROR = "error";
    private static final String MESSAGE = "message";
    /** What FastAPI has in place of a message: a text, or a list. */
    private static final String DETAIL = "detail";

    /** What each answer has, or each event of its stream, in one dialect or another. */
    private static final List<String> OF_AN_ANSWER = List.of("choices", "object", "type", "output", "content", "data");

    private static final String PROVIDER_NAME = "provider_name";
    private static final String PROVIDER = "provider";

    /** Members that OpenRouter adds to an error that comes from one provider, or is about one model. */
    private static final List<String> OF_A_PROVIDER =
            List.of(PROVIDER_NAME, "provider_code", "provider_error_code", "model_slug", "raw");

    /** Where OpenRouter lists what the providers said that it asked before. */
    private static final String PREVIOUS = "previous_errors";

    private static final Pattern PROVIDER_RETURNED =
            Pattern.compile("^\\W*provider returned (?:an )?error", Pattern.CASE_INSENSITIVE);
    /** A provider's name, such as {@code Google AI Studio}. It is kept and shown, so it has to look like a name. */
    private static final int LONGEST_NAME = 64;

    /** Where an answer has the names of who hosts the model, and what belongs to an error. */
    private static final List<String> INNER = List.of("response", "message");

    /**
     * The error of a response that is not a success.
     *
     * @param body the response's body: an object with an {@code error}, or one that is itself the error
     */
    static UpstreamError ofBody(JsonNode body, Function<String, String> headers) {
        return new UpstreamError(body.isTextual() ? body : best(body.path(ERROR), body), body, headers);
    }

    /** An error that stands somewhere inside an answer. */
    static UpstreamError inside(JsonNode answer, JsonNode error) {
        return new UpstreamError(best(error, answer), answer, name -> null);
    }

    /**
     * What says most of an error: the innermost error object, because some proxies wrap an error into another or into a list; or
     * the body, if the error in it is less than an object and the body has a message.
     */
    private static JsonNode best(JsonNode error, JsonNode body) {
        if (!isGood(error) && hasMessage(body)) {
            return body;
        }
        JsonNode best = error;
        for (JsonNode inner = error; isGood(inner); inner = inner.isArray() ? inner.path(0) : inner.path(ERROR)) {
            best = inner;
            if (hasMessage(inner)) {
                break;
            }
        }
        return best;
    }

    private static boolean isGood(JsonNode error) {
        return error.isContainerNode() && saysSomething(error);
    }

    private static boolean hasMessage(JsonNode body) {
        return body.path(MESSAGE).isTextual() || saysSomething(body.path(DETAIL));
    }

    /**
     * Whether an answer, or an event of its stream, is itself the error: it says so ({@code "object": "error"}), or it has a
     * message and nothing that an answer has.
     */
    static boolean isItself(JsonNode answer) {
        return isNamed(answer) || hasMessage(answer) && OF_AN_ANSWER.stream().noneMatch(answer::has);
    }

    /** Whether an answer says by its type that it is an error. */
    static boolean isNamed(JsonNode answer) {
        return answer.path("type").asText().equals(ERROR)
                || answer.path("object").asText().equals(ERROR);
    }

    /**
     * Whether a value in the place of an error is an error: some providers put an empty one into each good chunk, or {@code
     * false}.
     */
    static boolean saysSomething(JsonNode error) {
        if (error.isContainerNode()) {
            return error.valueStream().anyMatch(UpstreamError::isFilled);
        }
        return error.isBoolean() ? error.booleanValue() : isFilled(error);
    }

    private static boolean isFilled(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().signum() != 0;
        }
        return value.isContainerNode() ? !value.isEmpty() : !value.asText("").isBlank() && !value.isNull();
    }

    /** The name of a provider in a node; empty if it does not look like a name. */
    static Optional<String> providerName(JsonNode node) {
        return Optional.ofNullable(node.textValue()).filter(UpstreamError::isName);
    }

    private static boolean isName(String text) {
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    JsonNode metadata() {
        return beside("metadata", JsonNode::isObject);
    }

    JsonNode availability() {
        return beside("availability", JsonNode::isObject);
    }

    /** A member of the error, or one that stands beside it. */
    private JsonNode beside(String name, Predicate<JsonNode> fits) {
        return Stream.concat(Stream.of(json, around), INNER.stream().map(around::path))
                .map(place -> place.path(name))
                .filter(fits)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** What OpenRouter itself says, without what it quotes. */
    String message() {
        if (!json.isObject()) {
            return cut(said(json));
        }
        return cut(Stream.of(MESSAGE, DETAIL, ERROR)
                .map(member -> said(json.path(member)))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(""));
    }

    private static String said(JsonNode value) {
        return value.isContainerNode() ? text(value, DEEPEST) : value.asText("");
    }

    /** What OpenRouter says, and what the providers said, which is all that there is behind "Provider returned error". */
    String words() {
        String earlier = cut(text(metadata().path(PREVIOUS), DEEPEST));
        return message() + "\n" + cut(text(metadata().path("raw"), DEEPEST))
                + (earlier.isEmpty() ? "" : "\n" + earlier);
    }

    /** All texts and numbers in a value, in their order; JSON inside a text is read as well, so that no escape is left. */
    private static String text(JsonNode value, int depth) {
        if (value.isContainerNode()) {
            return depth == 0
                    ? ""
                    : value.valueStream()
                            .map(inner -> text(inner, depth - 1))
                            .filter(inner -> !inner.isBlank())
                            .collect(Collectors.joining(", "));
        }
        String text = value.asText("");
        boolean json = depth > 0 && (text.startsWith("{") || text.startsWith("["));
        return json
                ? ExactJson.read(text)
                        .filter(JsonNode::isContainerNode)
                        .map(inner -> text(inner, depth - 1))
                        .orElse(text)
                : text;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** The names the error goes by: OpenRouter's {@code error_type}, a code that is a word, a provider's {@code type}. */
    List<String> types() {
        JsonNode type = beside("error_type", JsonNode::isTextual);
        return Stream.of(metadata().path("error_type"), type, json.path("code"), json.path("type"))
                .map(name -> name.asText(""))
                .toList();
    }

    /** Whether a provider refused: then the error cannot be about the account at OpenRouter. */
    boolean isProviders() {
        return host().isPresent()
                || previous().isPresent()
                || OF_A_PROVIDER.stream().anyMatch(this::isGiven)
                || PROVIDER_RETURNED.matcher(message()).find();
    }

    private boolean isGiven(String member) {
        return isFilled(metadata().path(member)) || isFilled(json.path(member));
    }

    /** Who hosts the model, if the error or the answer around it says so. */
    Optional<String> provider() {
        return providerName(metadata().path(PROVIDER_NAME))
                .or(() -> providerName(json.path(PROVIDER_NAME)))
                .or(this::previous)
                .or(this::host);
    }

    /** The provider that refused last, where OpenRouter lists what all of a model's providers said. */
    private Optional<String> previous() {
        return metadata()
                .path(PREVIOUS)
                .valueStream()
                .flatMap(error ->
                        providerName(error.path(PROVIDER_NAME)).or(() -> providerName(error.path(PROVIDER))).stream())
                .reduce((earlier, later) -> later);
    }

    private Optional<String> host() {
        return Stream.concat(Stream.of(around), INNER.stream().map(around::path))
                .flatMap(place -> providerName(place.path(PROVIDER)).stream())
                .findFirst();
    }

    /** A header, wherever it stands. */
    Optional<String> header(String name) {
        return sentHeader(name).or(() -> quotedHeader(name));
    }

    /** A header of the response itself. */
    Optional<String> sentHeader(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    /** A header that OpenRouter put into the error, in place of the response's or beside them. */
    Optional<String> quotedHeader(String name) {
        return metadata().path("headers").properties().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(Map.Entry::getValue)
                .map(JsonNode::asText);
    }
}
