package io.freerouter.openrouter.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RetryAfterPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LATEST = Instant.parse("2026-11-23T10:01:00Z");

    @Property
    void the_time_is_always_ahead_and_within_the_bound(@ForAll("values") String value) {
        Instant moment = new RetryAfter(NOW)
                .read(new UpstreamError(MissingNode.getInstance(), MissingNode.getInstance(), name -> value))
                .orElse(LATEST);
        assertThat(moment).isAfter(NOW).isBeforeOrEqualTo(LATEST);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigDecimals().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.strings().numeric().ofMaxLength(400),
                Arbitraries.strings());
    }
}
