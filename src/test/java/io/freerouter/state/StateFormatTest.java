package io.freerouter.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freerouter.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFormatTest {
    private static String written() {
        return new String(StateFormat.write(States.rich(ManualTime.START.plusSeconds(3600))), UTF_8);
    }

    @Test
    void what_is_written_is_read_again() throws UnreadableState {
        SavedState rich = States.rich(ManualTime.START.plusSeconds(3600));
        SavedState large = States.large(ManualTime.START);

        assertThat(StateFormat.read(StateFormat.write(rich))).isEqualTo(rich);
        assertThat(StateFormat.read(StateFormat.write(large))).isEqualTo(large);
    }

    @Test
    void neither_the_key_nor_the_address_is_written() {
        assertThat(written()).doesNotContain(States.KEY).doesNotContain("openrouter.ai");
    }

    @Test
    void members_of_a_later_program_are_skipped() throws UnreadableState {
        String more = written().replaceFirst("\\{", "{\"new\":{\"list\":[1,{\"a\":true}]},");

        assertThat(StateFormat.read(more.getBytes(UTF_8)))
                .isEqualTo(StateFormat.read(written().getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":1 | \"version\":2 | it has version 2, and this program reads version 1",
                "\"version\":1 | \"version\":0 | it has version 0, and this program reads version 1",
                "\"version\":1 | \"version\":\"1\" | its value 'version' is no whole number",
                "\"used\":17 | \"used\":-17 | A day has at least 0 requests, not -17",
                "\"used\":17 | \"used\":null | its value 'ledger.day.used' is no value",
                "\"used\":17, | '' | its value 'ledger.day.used' is missing",
                "\"complete\":false | \"complete\":0 | its value 'complete' is no true or false",
                "\"failures\":3 | \"failures\":0 | 'A cooldown has lengths of at least 0 and at least 1 failure, but has 0 bytes, 0 tokens and 0 failures'",
            })
    void what_is_wrong_is_told(String right, String wrong, String why) {
        byte[] broken = written().replace(right, wrong).getBytes(UTF_8);

        assertThatExceptionOfType(UnreadableState.class)
                .isThrownBy(() -> StateFormat.read(broken))
                .withMessage(why);
    }

    @Test
    void a_part_of_a_state_is_none() {
        byte[] whole = written().getBytes(UTF_8);
        for (int length = 0; length < whole.length; length += 7) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThatExceptionOfType(UnreadableState.class).isThrownBy(() -> StateFormat.read(part));
        }
    }
}
