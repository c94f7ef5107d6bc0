package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyWishTest {
    private static final Failure PRIVACY = new Failure(
            FailureKind.PRIVACY,
            OptionalInt.of(404),
            Optional.empty(),
            Optional.of(new Failure.Reply("application/json", "{}")));

    private static Failure blame(String body) {
        return PrivacyWish.blame(PRIVACY, () -> body.replace('\'', '"').getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'data_collection':'deny'}", "{'zdr':true}", "{'zdr':true,'data_collection':'allow'}"})
    void what_the_request_itself_asks_for_is_its_own_matter(String provider) {
        assertThat(blame("{'messages':[],'provider':" + provider + "}"))
                .isEqualTo(
                        new Failure(FailureKind.NOT_PRIVATE, OptionalInt.of(404), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'provider':null}",
                "{'provider':{}}",
                "{'provider':{'zdr':false,'data_collection':'allow'}}",
                "{'provider':'deny'}",
                "{'zdr':true,'data_collection':'deny'}",
                "{"
            })
    void otherwise_it_is_the_accounts(String body) {
        assertThat(blame(body)).isEqualTo(PRIVACY);
    }

    @Test
    void other_failures_are_left_alone_and_no_body_is_made_for_them() {
        Failure gone = Failure.of(FailureKind.NOT_FOUND);
        assertThat(PrivacyWish.blame(gone, () -> {
                    throw new AssertionError("Nobody needs the body");
                }))
                .isSameAs(gone);
    }
}
