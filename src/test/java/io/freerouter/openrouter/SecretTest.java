package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void a_secret_does_not_print_itself() {
        assertThat(new Secret("sk-1")).hasToString("***");
    }

    @Test
    void every_occurrence_is_taken_out() {
        assertThat(new Secret("sk-1").redact("sk-1, again sk-1.")).isEqualTo("[redacted], again [redacted].");
    }

    @Test
    void no_key_takes_nothing_out() {
        assertThat(new Secret("").redact("a b")).isEqualTo("a b");
    }

    @Test
    void there_is_no_null_key() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Secret(null)).withMessageContaining("empty text");
    }
}
