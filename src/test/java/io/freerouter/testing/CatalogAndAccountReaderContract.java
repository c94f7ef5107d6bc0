package io.freerouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CatalogRow;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.engine.Account;
import io.freerouter.openrouter.CatalogAndAccountReader;
import io.freerouter.openrouter.ResourceReadException;
import io.freerouter.openrouter.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How small, whole answers are read, whether the server's or the library's client sends the requests. */
public abstract class CatalogAndAccountReaderContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is tested. */
    protected abstract CatalogAndAccountReader reader();

    /** What it reads from. */
    protected abstract FakeOpenRouter upstream();

    private Account account() {
        return reader().account(new Secret(FakeUpstream.KEY)).await().atMost(PATIENCE);
    }

    private List<ReceivedRequest> keyReads() {
        return upstream().requests().stream()
                .filter(call -> call.path().endsWith("/key"))
                .toList();
    }

    private void assertFailsOnce(String why) {
        assertFailure(why);
        assertThat(keyReads()).hasSize(1);
    }

    private void assertFailure(String why) {
        assertThatExceptionOfType(ResourceReadException.class)
                .isThrownBy(this::account)
                .withMessage("The account's state cannot be read: " + why + " (GET "
                        + upstream().baseUrl() + "/key)");
    }

    @Test
    void the_account_is_read_with_the_key() {
        upstream().onlyKey(FakeUpstream.KEY);
        upstream()
                .keyStatus(
                        200,
                        "{\"data\":{\"is_free_tier\":true,\"free_model_daily_requests\":{\"used\":12,\"limit\":50}}}");
        assertThat(account()).isEqualTo(new Account(Optional.of(true), Optional.of(new Account.Daily(12, 50))));
    }

    @Test
    void every_read_of_the_account_asks_anew() {
        upstream().keyStatus(200, "{\"data\":{\"is_free_tier\":true}}");
        account();
        upstream().keyStatus(200, "{\"data\":{\"is_free_tier\":false}}");
        assertThat(account().freeTier()).contains(false);
    }

    @Test
    void an_account_of_which_nothing_is_said_is_read_too() {
        assertThat(account()).isEqualTo(new Account(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429, 500, 503})
    void a_refusal_is_not_repeated(int status) {
        upstream().keyStatus(status, "{\"error\":{\"code\":" + status + ",\"message\":\"No\"}}");
        assertFailsOnce("status " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void the_key_follows_no_redirect(int status) {
        upstream()
                .key(AnswerScript.begin()
                        .respond(status, Map.of("Location", upstream().baseUrl() + "/elsewhere"), "{}"));
        assertFailsOnce("status " + status);
        assertThat(upstream().requests()).noneMatch(call -> call.path().endsWith("/elsewhere"));
    }

    @Test
    void a_page_for_people_is_not_asked_for_again() {
        upstream().key(AnswerScript.begin().respond(200, Map.of("Content-Type", "text/html"), "<html>Busy</html>"));
        assertFailsOnce("The account's state is not JSON");
    }

    @Test
    void an_answer_that_is_far_too_long_is_not_asked_for_again() {
        upstream().key(Padded.json(200, "{\"data\":{\"is_free_tier\":true}}"));
        assertThatExceptionOfType(ResourceReadException.class)
                .isThrownBy(this::account)
                .withMessageContaining("it is longer than 1048576 bytes");
        assertThat(keyReads()).hasSize(1);
    }

    @Test
    void a_refusal_that_is_far_too_long_is_not_asked_for_again() {
        upstream().key(Padded.json(500, "{}"));
        assertThatExceptionOfType(ResourceReadException.class).isThrownBy(this::account);
        assertThat(keyReads()).hasSize(1);
    }

    @Test
    void a_connection_that_breaks_is_tried_twice_more() {
        upstream().key(AnswerScript.begin().reset());
        assertThatExceptionOfType(ResourceReadException.ConnectionFailed.class).isThrownBy(this::account);
        assertThat(keyReads()).hasSize(3);
    }

    @Test
    void an_answer_that_breaks_off_is_tried_twice_more() {
        upstream().key(AnswerScript.begin().open().raw("{\"data\":").reset());
        assertThatExceptionOfType(ResourceReadException.ConnectionFailed.class).isThrownBy(this::account);
        assertThat(keyReads()).hasSize(3);
    }

    @Test
    void without_a_key_nobody_is_asked() {
        assertThatExceptionOfType(ResourceReadException.class)
                .isThrownBy(() -> reader().account(new Secret(" ")).await().atMost(PATIENCE))
                .withMessageContaining("there is no key to ask about");
        assertThat(keyReads()).isEmpty();
    }

    @Test
    void the_embedding_models_are_the_free_ones() {
        upstream().embeddingModels(CatalogRow.embeddings("maker/embed:free", "0"));
        assertThat(reader().embeddingModels().await().atMost(PATIENCE).models())
                .extracting(model -> model.id().value())
                .containsExactly("maker/embed:free");
    }

    @Test
    void an_upstream_without_a_list_of_embedding_models_has_none() {
        upstream().embeddingModels(AnswerScript.begin().respond(404, Map.of(), "Not Found"));
        assertThat(reader().embeddingModels().await().atMost(PATIENCE).models()).isEmpty();
        assertThat(upstream().embeddingReads()).isEqualTo(1);
    }

    @Test
    void a_refused_list_of_embedding_models_is_not_asked_for_again() {
        upstream().embeddingModels(AnswerScript.begin().respond(429, Map.of(), "{}"));
        assertThatExceptionOfType(ResourceReadException.class)
                .isThrownBy(() -> reader().embeddingModels().await().atMost(PATIENCE))
                .withMessage("The list of embedding models cannot be read: status 429 (GET "
                        + upstream().baseUrl() + "/embeddings/models)");
        assertThat(upstream().embeddingReads()).isEqualTo(1);
    }
}
