package io.freerouter.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.freerouter.engine.ChatRequest;
import java.io.IOException;

/** Reads chat requests in OpenAI's dialect. Looks only at what routing needs; the rest is the upstream's to judge. */
public final class RequestReader {
    private RequestReader() {}

    /**
     * Reads a request.
     *
     * @param body JSON in UTF-8, with or without a byte order mark; belongs to the request from now on
     * @throws BadRequest if it is no chat request
     */
    public static ChatRequest read(byte[] body) {
        byte[] text = BodyText.of(body);
        try (JsonCursor json = JsonCursor.open(text)) {
            return new BodyScan(json).read(text);
        } catch (StreamConstraintsException e) {
            throw BadRequest.body("The request body is too intricate: it may be nested at most " + JsonCursor.MAX_DEPTH
                    + " levels deep" + place(e) + ".");
        } catch (JsonProcessingException e) {
            throw BadRequest.body("The request body is not valid JSON" + place(e) + ".");
        } catch (IOException e) {
            throw BadRequest.body("The request body is not valid JSON.");
        }
    }

    /** Where it went wrong; the parser's own message is left out, as it quotes the caller's text. */
    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
