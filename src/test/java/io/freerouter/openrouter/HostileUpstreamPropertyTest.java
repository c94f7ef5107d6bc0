package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever an answer says, it makes the upstream edge ask nobody else: one attempt is one call, of the model that was meant. */
class HostileUpstreamPropertyTest {
    private static final UpstreamUnderTest UPSTREAM = new UpstreamUnderTest();
    private static final String CHAT = "/api/v1/chat/completions";

    @AfterContainer
    static void stop() {
        UPSTREAM.close();
    }

    @Property(tries = 300)
    void no_answer_makes_a_further_call(
            @ForAll("statuses") int status,
            @ForAll("places") String location,
            @ForAll("types") String contentType,
            @ForAll("bodies") String body,
            @ForAll boolean stream) {
        Map<String, String> headers = Map.of(
                "Location",
                location,
                "Refresh",
                "0; url=" + location,
                "Link",
                "<" + location + ">; rel=\"next\"",
                "Alt-Svc",
                "h2=\"127.0.0.1:1\"",
                "Content-Type",
                contentType);
        UPSTREAM.forgetCalls();
        UPSTREAM.answering(AnswerScript.begin().respond(status, headers, body)).failure(stream, "");

        assertThat(UPSTREAM.calls()).containsExactly(CHAT);
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.of(
                200, 201, 300, 301, 302, 303, 305, 307, 308, 400, 401, 402, 403, 404, 407, 421, 429, 500, 502, 503,
                524);
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of("/chat/completions", "/models", "/key", "")
                .flatMap(path -> Arbitraries.of(UPSTREAM.baseUrl() + path, "/api/v1" + path, "//127.0.0.1:1" + path));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("application/json", "text/event-stream", "text/html", "");
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> error = Combinators.combine(
                        codes(), messages(), extras().list().ofMaxSize(3))
                .as((code, message, extras) ->
                        "{\"code\":" + code + ",\"message\":\"" + message + "\"" + String.join("", extras) + "}");
        Arbitrary<String> json = error.flatMap(said -> Arbitraries.of(
                "{\"error\":" + said + "}",
                "{\"model\":\"maker/paid\",\"choices\":[{\"error\":" + said + "}]}",
                "{\"model\":\"maker/paid\",\"provider\":\"Somebody\",\"choices\":[{\"message\":{\"content\":\"Hi\"},"
                        + "\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"usage\":{\"cost\":5}}"));
        return json.flatMap(body -> Arbitraries.of(body, "data: " + body + "\n\ndata: [DONE]\n\n", ""));
    }

    private static Arbitrary<String> codes() {
        return Arbitraries.of("400", "402", "403", "404", "429", "503", "\"rate_limit_exceeded\"", "null");
    }

    private static Arbitrary<String> messages() {
        return Arbitraries.of(
                "No",
                "This model is unavailable for free. The paid version is available: use maker/paid instead",
                "Moved to maker/paid",
                "Provider returned error",
                "Rate limit exceeded: free-models-per-min.");
    }

    private static Arbitrary<String> extras() {
        return Arbitraries.of(List.of(
                ",\"availability\":{\"code\":\"free_variant_ended\",\"retryable\":true,\"retry_after\":0,"
                        + "\"requested_models\":[\"maker/model:free\"],\"fallback_models\":[\"maker/paid\"]}",
                ",\"metadata\":{\"headers\":{\"Location\":\"/api/v1/models\",\"Retry-After\":\"0\"},"
                        + "\"fallback_models\":[\"maker/paid\"]}",
                ",\"retry\":true,\"models\":[\"maker/paid\"]",
                ",\"metadata\":{\"previous_errors\":[{\"provider\":\"Somebody\",\"code\":429}]}"));
    }
}
