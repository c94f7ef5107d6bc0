package io.freerouter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.demo.Call;
import io.freerouter.demo.Script;
import io.freerouter.engine.Account;
import io.freerouter.engine.AccountSource;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.Site;
import io.freerouter.openrouter.UnreadableAccount;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.freerouter.testing.Padded;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class AccountReadingsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    AccountSource accounts;

    FakeOpenRouter upstream;

    @BeforeEach
    void forget() {
        upstream.reset();
    }

    private Account read() {
        return accounts.read().await().atMost(PATIENCE);
    }

    private List<String> askedForAccount() {
        return upstream.requests().stream()
                .map(Call::path)
                .filter(path -> !path.endsWith("/models"))
                .toList();
    }

    private void assertFailsAfterOneCall() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(this::read)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain(FakeUpstream.KEY));
        assertThat(askedForAccount()).containsExactly("/api/v1/key");
    }

    @Test
    void the_account_is_read_with_the_key() {
        upstream.onlyKey(FakeUpstream.KEY);
        upstream.keyStatus(
                200, "{\"data\":{\"is_free_tier\":true,\"free_model_daily_requests\":{\"used\":12,\"limit\":50}}}");
        assertThat(read()).isEqualTo(new Account(Optional.of(true), Optional.of(new Account.Daily(12, 50))));
    }

    @Test
    void every_reading_is_a_new_one() {
        upstream.keyStatus(200, "{\"data\":{\"is_free_tier\":true}}");
        read();
        upstream.keyStatus(200, "{\"data\":{\"is_free_tier\":false}}");
        assertThat(read().freeTier()).contains(false);
    }

    @Test
    void an_account_of_which_nothing_is_told_is_read_too() {
        assertThat(read()).isEqualTo(new Account(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void a_refusal_is_a_failure(int status) {
        upstream.keyStatus(status, "{\"error\":{\"code\":" + status + ",\"message\":\"No\"}}");
        assertFailsAfterOneCall();
    }

    @Test
    void a_page_for_people_is_a_failure() {
        upstream.key(Script.begin().respond(200, Map.of("Content-Type", "text/html"), "<html>Busy</html>"));
        assertFailsAfterOneCall();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void an_answer_that_is_far_too_long_is_a_failure_whatever_it_says(int status) {
        upstream.key(Padded.json(status, "{\"data\":{\"is_free_tier\":true}}"));
        assertFailsAfterOneCall();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void the_key_follows_nobody_elsewhere(int status) {
        upstream.key(Script.begin().respond(status, Map.of("Location", upstream.baseUrl() + "/elsewhere"), "{}"));
        assertFailsAfterOneCall();
    }

    @Test
    void a_connection_that_breaks_is_tried_again() {
        upstream.key(Script.begin().reset());
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(this::read);
        assertThat(askedForAccount()).hasSize(3);
    }

    @Test
    void without_a_key_nobody_is_asked() {
        OpenRouterApi never = new OpenRouterApi() {
            @Override
            public Uni<InputStream> models() {
                throw new AssertionError("Nobody wants the models");
            }

            @Override
            public Uni<InputStream> embeddingModels() {
                throw new AssertionError("Nobody wants the models for embeddings");
            }

            @Override
            public Uni<InputStream> key(String authorization) {
                throw new AssertionError("There is no key to ask with");
            }
        };
        Site keyless = new Site(URI.create("http://127.0.0.1:1"), new Secret(" "), PATIENCE, Map.of());
        Uni<Account> reading = new AccountReadings(never, keyless).read();
        assertThatExceptionOfType(UnreadableAccount.class)
                .isThrownBy(() -> reading.await().atMost(PATIENCE))
                .withMessageContaining("no key");
    }
}
