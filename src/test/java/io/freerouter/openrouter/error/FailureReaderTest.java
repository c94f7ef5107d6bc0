package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Failure.Reply;
import io.freerouter.failure.FailureKind;
import io.freerouter.openrouter.json.ExactJson;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String JSON = "application/json";

    private final FailureReader reader = new FailureReader(text -> text.replace("sk-hidden", "[redacted]"));

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, REJECTED",
        "402, NO_CREDIT",
        "403, REJECTED",
        "404, NOT_FOUND",
        "407, UNREACHABLE",
        "408, BUSY",
        "409, BUSY",
        "410, NOT_FOUND",
        "413, TOO_LONG",
        "412, REJECTED",
        "422, REJECTED",
        "425, BUSY",
        "429, RATE_LIMITED",
        "498, BUSY",
        "499, BUSY",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, SERVER_ERROR",
        "504, SERVER_ERROR",
        "520, SERVER_ERROR",
        "524, SERVER_ERROR",
        "529, SERVER_ERROR",
        "599, SERVER_ERROR",
        "100, MALFORMED",
        "302, MALFORMED",
        "600, MALFORMED",
        "-1, MALFORMED"
    })
    void each_status_has_its_kind(int status, FailureKind kind) {
        Failure failure = read(status, "{'error':{'code':" + status + "}}");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(OptionalInt.of(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><h1>Web server is down</h1></html>", "error code: 524\n", ""})
    void an_error_of_the_edge_need_not_be_json(String body) {
        assertThat(read(524, body))
                .isEqualTo(
                        new Failure(FailureKind.SERVER_ERROR, OptionalInt.of(524), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The maximum context length is 131072 tokens. However, you requested about 137000 tokens|131072",
                "The maximum context length is 8192 tokens|8192",
            })
    void a_model_that_is_too_small_may_say_how_much_it_takes(String message, long most) {
        Failure failure = read(400, "{'error':{'code':400,'message':'" + message + "'}}");
        assertThat(failure.kind()).isEqualTo(FailureKind.TOO_LONG);
        assertThat(failure.limit()).hasValue(most);
    }

    @Test
    void a_rejection_keeps_the_reply_as_it_came() {
        String body = "{ 'error': {'message':'Provider said no','code':400,'metadata':{'raw':'{\\n}','n':1.0}} }";
        assertThat(read(400, body).reply()).contains(new Reply("application/problem+json", quoted(body)));
    }

    @Test
    void a_reply_without_a_type_is_json() {
        Failure failure = reader.read(401, name -> null, null, "{}", NOW);
        assertThat(failure.reply()).contains(new Reply(JSON, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Forbidden", "['error']", "{'error':"})
    void a_rejection_that_is_not_json_has_no_reply(String body) {
        assertThat(read(403, body).reply()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 402, 404, 408, 409, 429, 500, 503})
    void a_failure_that_is_not_handed_on_has_no_reply(int status) {
        assertThat(read(status, "{'error':{'message':'Not now','code':" + status + "}}")
                        .reply())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day\n",
                "'Rate limit exceeded: free-models-per-day'",
                "['Rate limit exceeded: free-models-per-day']",
                "{'message':'Rate limit exceeded: free-models-per-day'}",
                "{'detail':'Rate limit exceeded: free-models-per-day'}",
                "{'detail':[{'msg':'Rate limit exceeded: free-models-per-day'}]}",
                "{'error':'Rate limit exceeded: free-models-per-day'}",
                "{'error':['Rate limit exceeded: free-models-per-day']}",
                "{'error':true,'message':'Rate limit exceeded: free-models-per-day'}",
                "{'error':'Too Many Requests','message':'Rate limit exceeded: free-models-per-day','statusCode':429}",
                "{'error':{'error':{'code':429,'message':'Rate limit exceeded: free-models-per-day'}}}",
                "{'error':{'error':'Rate limit exceeded: free-models-per-day'}}",
                "{'error':[{'error':{'message':'Rate limit exceeded: free-models-per-day'}}]}",
                "[{'error':{'code':429,'message':'Rate limit exceeded: free-models-per-day'}}]"
            })
    void the_accounts_limit_is_known_in_any_shape_of_an_error(String body) {
        assertThat(read(429, body).kind()).isEqualTo(FailureKind.DAY_SPENT);
        assertThat(reader.error(quoted(body), NOW).kind()).isEqualTo(FailureKind.DAY_SPENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "17", "{}", "[]", "boo", "<html>free-models-per-day</html>", "{'error':{}}"})
    void an_error_that_says_nothing_is_a_server_error(String text) {
        assertThat(reader.error(quoted(text), NOW)).isEqualTo(Failure.of(FailureKind.SERVER_ERROR));
    }

    @Test
    void the_key_is_never_in_a_reply() {
        assertThat(read(401, "{'error':{'message':'sk-hidden is bad, sk-hidden!'}}")
                        .reply())
                .map(Reply::body)
                .contains(quoted("{'error':{'message':'[redacted] is bad, [redacted]!'}}"));
    }

    @Test
    void the_key_is_never_in_a_reply_from_inside_an_answer() {
        assertThat(readInside("{'error':{'code':401,'message':'\\u0073k-hidden'}}")
                        .reply())
                .map(Reply::body)
                .contains(quoted("{'error':{'code':401,'message':'[redacted]'}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "403, REJECTED",
        "'\"429\"', RATE_LIMITED",
        "404, NOT_FOUND",
        "402, NO_CREDIT",
        "409, BUSY"
    })
    void a_code_inside_an_answer_is_read_as_a_status(String code, FailureKind kind) {
        Failure failure = readInside("{'error':{'code':" + code + "}}");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code':'server_error'}",
                "{'code':200}",
                "{'code':399}",
                "{'code':600}",
                "{'code':-1}",
                "{'code':40000000000000}",
                "{'code':1e999999999}",
                "{'message':'x'}",
                "'down'"
            })
    void an_error_inside_an_answer_without_a_usable_code_is_a_server_error(String error) {
        assertThat(readInside("{'error':" + error + "}")).isEqualTo(Failure.of(FailureKind.SERVER_ERROR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'error':null}",
                "{'error':''}",
                "{'error':' '}",
                "{'error':false}",
                "{'error':0}",
                "{'error':[]}",
                "{'error':{}}",
                "{'error':{'code':null}}",
                "{'error':{'code':{},'message':''}}",
                "{'error':{'code':0,'message':'','metadata':{}}}",
                "{'choices':[{'error':null}]}",
                "{'choices':[{'error':{}}]}"
            })
    void an_answer_without_an_error_has_no_failure(String answer) {
        assertThat(Errors.inside(reader, json(answer), NOW)).isEmpty();
    }

    @Test
    void an_error_inside_an_answer_can_say_when_to_come_back() {
        assertThat(readInside("{'error':{'code':429,'metadata':{'retry_after':7}}}")
                        .retryAt())
                .contains(NOW.plusSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 404, 408, 409, 429, 500, 503, 529})
    void a_failure_that_passes_says_until_when(int status) {
        assertThat(readWithRetryAfter(status).retryAt()).contains(NOW.plusSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 413, 600})
    void a_failure_that_does_not_pass_has_no_time(int status) {
        assertThat(readWithRetryAfter(status).retryAt()).isEmpty();
    }

    private Failure readWithRetryAfter(int status) {
        Map<String, String> headers = Map.of("retry-after", "5");
        return reader.read(status, name -> headers.get(name.toLowerCase(Locale.ROOT)), JSON, "{}", NOW);
    }

    private Failure read(int status, String body) {
        return reader.read(status, name -> null, "application/problem+json", quoted(body), NOW);
    }

    private Failure readInside(String answer) {
        return Errors.inside(reader, json(answer), NOW).orElseThrow();
    }

    private static JsonNode json(String text) {
        return ExactJson.object(quoted(text)).orElseThrow();
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
