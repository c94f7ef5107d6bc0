package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.ModelPreference;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.Needs;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RaceRules;
import io.freerouter.routing.RequestSize;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RecordingListener;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.Routers;
import io.freerouter.testing.ScriptedCatalogs;
import io.freerouter.testing.ScriptedUpstream;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final ScriptedUpstream upstream = new ScriptedUpstream(time);
    private final ScriptedCatalogs source = new ScriptedCatalogs(time);
    private final RecordingListener recorded = new RecordingListener(time);
    private final Embeddings embeddings = embeddings();

    private Embeddings embeddings() {
        CatalogKeeper catalogs =
                new CatalogKeeper(source, Duration.ofMinutes(10), time, Embeddings.onlyMisses(recorded));
        Cooldowns cooldowns = new Cooldowns(new CooldownRules(MINUTE, MINUTE, MINUTE, MINUTE), () -> 0.5);
        ModelHealth health = new ModelHealth(cooldowns, new ModelStatistics(), time);
        RaceRules rules = new RaceRules(1, MINUTE, MINUTE, MINUTE, Duration.ZERO);
        Router router =
                Routers.of(catalogs, upstream, health, Gates.open(time), OrderPolicy.CONTEXT, rules, time, recorded);
        return new Embeddings(router, catalogs, health);
    }

    @BeforeEach
    void listModels() {
        source.free("e", "f:free");
    }

    private UniAssertSubscriber<Answer<Completion>> embed(String name) {
        Needs needs = new Needs(
                new ModelPreference(List.of(name), false, Optional.empty()), Set.of(), new RequestSize(0, 0, 0));
        ChatRequest request = TestRequests.chat(needs, false, (model, own, output) -> List.of());
        return embeddings.complete(request).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Refusal refusal(String name) {
        return RouterBench.refusal(embed(name));
    }

    private static Refusal others(String... free) {
        return new Refusal.NotEmbedding(List.of(free).stream().map(ModelId::new).toList());
    }

    @Test
    void no_list_is_read_before_somebody_asks() {
        time.advance(Duration.ofHours(1));
        assertThat(source.reads()).isZero();
        embed("e");
        assertThat(source.reads()).isOne();
    }

    @Test
    void a_list_that_was_read_stays_out_of_what_others_hear() {
        embed("x");
        assertThat(recorded.lines()).isEmpty();
    }

    @Test
    void a_model_that_fails_is_asked_once_and_no_other_is() {
        upstream.script("e", ModelScript.fail(0, RouterBench.failure(FailureKind.SERVER_ERROR, 500)));
        assertThat(refusal("e")).isInstanceOf(Refusal.OneFailed.class);
        assertThat(upstream.asked()).containsExactly("e");
    }

    @Test
    void a_model_that_cools_down_is_asked_all_the_same() {
        upstream.script("e", ModelScript.fail(0, RouterBench.failure(FailureKind.RATE_LIMITED, 429)));
        embed("e");
        upstream.script("e", ModelScript.say(0, "vector"));
        assertThat(embed("e").assertCompleted().getItem().content().json()).isEqualTo("vector");
    }

    @Test
    void a_paid_name_means_its_free_sibling() {
        embed("f");
        assertThat(upstream.asked()).containsExactly("f:free");
    }

    @Test
    void another_name_is_told_what_there_is() {
        assertThat(refusal("x")).isEqualTo(others("e", "f:free"));
    }

    @Test
    void where_no_model_is_free_that_is_told() {
        source.free();
        assertThat(refusal("e")).isEqualTo(others());
    }

    @Test
    void a_model_that_charged_is_not_told_of_again() {
        AnswerMetadata charged = new AnswerMetadata(Optional.empty(), Optional.of(BigDecimal.ONE), true);
        upstream.script("e", ModelScript.say(0, "vector").finding(charged));
        embed("e");
        assertThat(refusal("e")).isEqualTo(others("f:free"));
    }

    @Test
    void without_a_list_nobody_is_known() {
        source.fail();
        assertThat(refusal("e")).isInstanceOf(Refusal.NoModels.class);
    }

    @Test
    void while_no_newer_list_can_be_read_the_last_one_stays_in_use() {
        embed("x");
        source.fail();
        time.advance(Duration.ofHours(1));
        embed("e");
        assertThat(upstream.asked()).containsExactly("e");
    }

    @Test
    void closed_it_reads_no_more() {
        embed("x");
        embeddings.close();
        time.advance(Duration.ofHours(1));
        assertThat(source.reads()).isOne();
    }
}
