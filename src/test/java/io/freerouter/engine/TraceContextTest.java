package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By the examples and rules of https://www.w3.org/TR/trace-context/. */
class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

    private static TraceContext read(String traceparent, String tracestate) {
        return TraceContext.read(traceparent, tracestate).orElseThrow();
    }

    @Test
    void a_callers_place_is_read_and_written_alike() {
        TraceContext place = read(PARENT, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
        assertThat(place).isEqualTo(new TraceContext(TRACE, SPAN, true, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7"));
        assertThat(place.traceparent()).isEqualTo(PARENT);
    }

    @Test
    void the_sampled_flag_is_respected() {
        assertThat(read("00-" + TRACE + "-" + SPAN + "-00", null).sampled()).isFalse();
        assertThat(read("00-" + TRACE + "-" + SPAN + "-02", null).sampled()).isFalse();
        assertThat(read("00-" + TRACE + "-" + SPAN + "-03", null).sampled()).isTrue();
    }

    @Test
    void a_later_version_may_have_more_parts() {
        assertThat(read("cc-" + TRACE + "-" + SPAN + "-01-what-comes-then", null)
                        .traceparent())
                .isEqualTo(PARENT);
        assertThat(read("cc-" + TRACE + "-" + SPAN + "-01", null).spanId()).isEqualTo(SPAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,"
                        + "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void an_invalid_place_is_ignored(String traceparent) {
        assertThat(TraceContext.read(traceparent, "congo=1")).isEmpty();
    }

    @Test
    void a_state_that_could_be_no_header_or_is_too_long_is_ignored() {
        assertThat(read(PARENT, "a=1\r\nX-Evil: 1").state()).isEmpty();
        assertThat(read(PARENT, "a=" + "1".repeat(600)).state()).isEmpty();
        assertThat(read(PARENT, null).state()).isEmpty();
        assertThat(TraceContext.read(null, "a=1")).isEmpty();
    }

    @Test
    void spans_below_have_ids_of_their_own_that_can_be_known_before() {
        TraceContext place = read(PARENT, null);
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(number -> place.child(number).spanId()))
                .doesNotHaveDuplicates()
                .doesNotContain(SPAN)
                .allMatch(id -> id.matches("[0-9a-f]{16}"));
        assertThat(place.child(3)).isEqualTo(place.child(3));
        assertThat(place.child(3).traceId()).isEqualTo(TRACE);
    }

    @Test
    void the_upstream_is_told_the_place_of_the_attempt_only_if_traces_are_handed_on() {
        TraceContext caller = read(PARENT, null);
        TraceContext own = new TraceContext(TRACE, "1111111111111111", true, "");

        assertThat(new RequestTrace(Optional.of(caller), Optional.of(own), false).forUpstream(1))
                .isEmpty();
        assertThat(new RequestTrace(Optional.of(caller), Optional.of(own), true).forUpstream(2))
                .contains(own.child(2));
        assertThat(new RequestTrace(Optional.of(caller), Optional.empty(), true).forUpstream(2))
                .contains(caller);
        assertThat(RequestTrace.Source.unrecorded(true).begin(Optional.empty())).isSameAs(RequestTrace.NONE);
    }
}
