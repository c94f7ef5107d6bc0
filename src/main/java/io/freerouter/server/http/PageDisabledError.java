package io.freerouter.server.http;

import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.RefusalWriter;
import org.jboss.resteasy.reactive.RestResponse;

/** The answer of the page and its JSON while they are switched off. */
final class PageDisabledError {
    private static final ErrorResponse REPLY = RefusalWriter.error(
            404,
            "The page and the JSON behind it are switched off. To have them, set freerouter.ui.enabled"
                    + " (FREEROUTER_UI_ENABLED) to true, or leave it out.",
            "ui_disabled");

    private PageDisabledError() {}

    static RestResponse<String> response() {
        return ErrorSender.of(REPLY);
    }

    static RequestRefusedException failure() {
        return new RequestRefusedException(REPLY);
    }
}
