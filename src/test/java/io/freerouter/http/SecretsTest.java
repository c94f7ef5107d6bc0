package io.freerouter.http;

import static io.freerouter.http.Gateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.Script;
import io.freerouter.demo.Scripts;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    static List<Named<Script>> upstreams() {
        String echo = "Key " + FakeUpstream.KEY + " is bad, " + MODELS_WORDS;
        return List.of(
                Named.of("an answer", Scripts.answers(MODELS_WORDS)),
                Named.of("a rate limit that quotes", Scripts.refuses(429, echo)),
                Named.of("an error that quotes", Scripts.refuses(500, echo)),
                Named.of("a refusal that quotes", Scripts.refuses(401, echo)),
                Named.of("a refused request that quotes", Scripts.badRequest(echo)),
                Named.of("a quote inside a 200", Script.begin().error(400, echo).end()),
                Named.of("a page that quotes", Script.begin().respond(403, Map.of("Content-Type", "text/html"), echo)),
                Named.of("no JSON", Script.begin().raw(echo).end()),
                Named.of(
                        "a quote in mid-stream",
                        Script.begin().text(MODELS_WORDS).error(500, echo).end()),
                Named.of("a break", Scripts.breaksAfter(MODELS_WORDS)));
    }

    @ParameterizedTest
    @MethodSource("upstreams")
    void nothing_the_upstream_says_gives_the_key_or_any_words_away(Script script) throws IOException {
        Pool.of(upstream, script);
        assertKept(text(Gateway.post(BODY.formatted(false))), text(Gateway.post(BODY.formatted(true))));
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
        Pool.of(upstream, Scripts.answers("Hello"));
        assertKept(text(Gateway.post(body)));
    }

    @Test
    void a_bad_list_of_models_is_not_quoted() throws IOException {
        Pool.of(upstream, Scripts.answers("Hello"));
        upstream.modelsStatus(200, "{\"data\": " + MODELS_WORDS);
        upstream.awaitCatalogReads(4, Duration.ofSeconds(20));
        assertKept(text(Gateway.auto(false)));
    }
}
