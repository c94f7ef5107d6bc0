package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Dialect;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Reads requests for answers in any dialect. Looks only at what routing needs; the rest is the upstream's to judge. */
public final class RequestReader {
    /** Says whether providers may keep what they are sent; can only be stricter than the rules. */
    public static final String DATA_COLLECTION = "X-FreeRouter-Data-Collection";

    private final RequestRules rules;

    /** @param rules what the upstream is told with every request */
    public RequestReader(RequestRules rules) {
        this.rules = rules;
    }

    /** Reads a chat completion: see {@link #read(Dialect, byte[], UnaryOperator)}. */
    public ChatRequest read(byte[] body, UnaryOperator<String> header) {
        return read(Dialect.CHAT, body, header);
    }

    /**
     * Reads a request.
     *
     * @param dialect in which it is put
     * @param body JSON in UTF-8, with or without a byte order mark; belongs to the request from now on
     * @param header a header's value by its name, null if it is not there
     * @throws BadRequest if it is no such request, or a header's value means nothing
     */
    public ChatRequest read(Dialect dialect, byte[] body, UnaryOperator<String> header) {
        RequestRules own = rules.and(dataCollection(header.apply(DATA_COLLECTION)));
        byte[] text = BodyText.of(body);
        try (JsonCursor json = JsonCursor.open(text)) {
            return new BodyScan(dialect, json, text, own).read();
        } catch (StreamConstraintsException e) {
            throw BadRequest.body("The request body is too intricate: it may be nested at most " + JsonCursor.MAX_DEPTH
                    + " levels deep" + place(e) + ".");
        } catch (JsonProcessingException e) {
            throw BadRequest.body("The request body is not valid JSON" + place(e) + ".");
        } catch (IOException e) {
            throw BadRequest.body("The request body is not valid JSON.");
        }
    }

    private static DataCollection dataCollection(String name) {
        String message = "The header " + DATA_COLLECTION + " must be " + DataCollection.NAMES + ".";
        return name == null
                ? DataCollection.ALLOW
                : DataCollection.named(name.strip())
                        .orElseThrow(() -> BadRequest.field(DATA_COLLECTION, "invalid_header", message));
    }

    /** Where it went wrong; the parser's own message is left out, as it quotes the caller's text. */
    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
