package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key appears nowhere, and what callers and models say appears in no log, however much is logged. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "quarkus.log.file.enabled", value = "true"),
            @ResourceArg(name = "quarkus.log.level", value = "DEBUG"),
            // What the tests' own HTTP client logs, where it shares the process.
            @ResourceArg(name = "quarkus.log.category.\"org.apache.http\".level", value = "INFO")
        })
class SecretsTest {
    private static final String WORDS = "words-of-the-caller";
    private static final String MODELS_WORDS = "words-of-the-model";
    private static final String BODY =
            "{\"model\":\"auto\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"" + WORDS + "\"}]}";

    FakeOpenRouter upstream;
    private LogFile log;

    @BeforeEach
    void listen() throws IOException {
        log = LogFile.fromHere();
    }

    private void assertKept(String... answers) throws IOException {
        assertThat(log.lines()).isNotEmpty();
        assertThat(log.lines()).noneMatch(line -> line.contains(FakeUpstream.KEY));
        assertThat(log.lines()).noneMatch(line -> line.contains(WORDS) || line.contains(MODELS_WORDS));
        assertThat(answers).noneMatch(answer -> answer.contains(FakeUpstream.KEY) || answer.contains(WORDS));
    }

    static List<Named<AnswerScript>> upstreams() {
        String echo = "Key " + FakeUpstream.KEY + " is bad, " + MODELS_WORDS;
        return List.of(
                Named.of("an answer", CannedAnswers.answers(MODELS_WORDS)),
                Named.of("a rate limit that quotes", CannedAnswers.refuses(429, echo)),
                Named.of("an error that quotes", CannedAnswers.refuses(500, echo)),
                Named.of("a refusal that quotes", CannedAnswers.refuses(401, echo)),
                Named.of("a refused request that quotes", CannedAnswers.badRequest(echo)),
                Named.of(
                        "a quote inside a 200",
                        AnswerScript.begin().error(400, echo).end()),
                Named.of(
                        "a page that quotes",
                        AnswerScript.begin().respond(403, Map.of("Content-Type", "text/html"), echo)),
                Named.of("no JSON", AnswerScript.begin().raw(echo).end()),
                Named.of(
                        "a quote in mid-stream",
                        AnswerScript.begin().text(MODELS_WORDS).error(500, echo).end()),
                Named.of("a break", CannedAnswers.breaksAfter(MODELS_WORDS)));
    }

    @ParameterizedTest
    @MethodSource("upstreams")
    void nothing_the_upstream_says_gives_the_key_or_any_words_away(AnswerScript script) throws IOException {
        Pool.of(upstream, script);
        assertKept(text(Gateway.post(BODY.formatted(false))), Gateway.untilClosed(BODY.formatted(true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":\"" + WORDS + "\"}",
                "{\"messages\":[{\"content\":\"" + WORDS + "\"}] oops",
                WORDS,
                "{\"" + WORDS + "\":" + WORDS + "}"
            })
    void a_bad_request_is_not_quoted(String body) throws IOException {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        assertKept(text(Gateway.post(body)));
    }

    @Test
    void a_bad_list_of_models_is_not_quoted() throws IOException {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        upstream.modelsStatus(200, "{\"data\": " + MODELS_WORDS);
        upstream.awaitCatalogReads(4, Duration.ofSeconds(20));
        assertKept(text(Gateway.auto(false)));
    }

    /** What a caller reports is found in the log, whoever made the error: a resource, a route, or nobody who knows HTTP. */
    @Test
    void the_id_of_an_error_stands_in_the_log() throws IOException {
        Pool.of(
                upstream,
                CannedAnswers.refuses(500, "broken"),
                AnswerScript.begin().text("Well").end());
        String json = "Content-Type: application/json\r\n";
        String chunks = "Transfer-Encoding: chunked\r\n\r\n";
        for (String request : List.of(
                "{}",
                "{\"model\":\"no/model!\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "{\"model\":\"auto\",\"max_tokens\":5,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")) {
            assertLogged(json + "Content-Length: " + request.length() + "\r\n\r\n" + request);
        }
        assertLogged("Content-Length: 2\r\n\r\n{}");
        assertLogged(json + "Origin: https://evil.example\r\nContent-Length: 2\r\n\r\n{}");
        assertLogged(json + chunks + "no size\r\n");
        assertLogged("Malformed : x\r\n\r\n");
    }

    private void assertLogged(String request) throws IOException {
        try (RawCall call =
                RawCall.of("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + request)) {
            Matcher id = Pattern.compile("\"request_id\":\"(req_[0-9a-f]+)\"").matcher(call.readRest());
            assertThat(id.find()).as(request).isTrue();
            assertThat(log.lines()).anyMatch(line -> line.contains(id.group(1) + " is an error"));
        }
    }
}
