package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Answer;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Completion;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import org.junit.jupiter.api.Test;

class SuccessResponseTest {
    private static SuccessResponse response(String json) {
        Completion completion = new Completion(json, AnswerMetadata.NONE, false);
        return SuccessResponse.json(new Answer<>(new ModelId("a/b:free"), 1, completion));
    }

    @Test
    void only_a_short_answer_is_sent_at_once() {
        String longest = "x".repeat(16 * 1024);
        assertThat(response(longest).whole()).contains(longest);
        assertThat(response(longest + "x").whole()).isEmpty();
    }

    @Test
    void the_end_of_a_long_answer_comes_when_the_answer_has_been_written() {
        String json = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        AssertSubscriber<String> reader =
                response(json).content().subscribe().withSubscriber(AssertSubscriber.create(1));
        reader.assertItems(json).assertNotTerminated();

        reader.request(1).assertCompleted();
    }
}
