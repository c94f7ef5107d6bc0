package io.freerouter.simulation;

import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tries ways to route through a recorded summer of free models, in virtual time, and prints how they did. The defaults were
 * chosen by it. The same seed, the only argument, gives the same table.
 */
public final class RoutingSimulation {
    private static final long SEED = 1;
    /** As many free models as there were in November 2026. */
    private static final int SMALL_POOL = 12;

    private static final String HEAD = """
            | regime | asked for | plan | success | p50 | p95 | p99 | calls per answer | most calls |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private RoutingSimulation() {}

    /** Prints the table. */
    public static void main(String... args) {
        long seed = args.length == 0 ? SEED : Long.parseLong(args[0]);
        int days = Timeline.recorded().length();
        Uni.createFrom()
                .voidItem()
                .await()
                .indefinitely(); // Mutiny's context propagation cannot be set up by two threads at once.
        System.out.print(table(seed, rows(plans()).parallelStream(), days));
        System.out.println("\nWith " + SMALL_POOL + " models:\n");
        System.out.print(table(
                seed,
                rows(attempts()).parallelStream(),
                days,
                Timeline.recorded().atMost(SMALL_POOL)));
    }

    private static List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (boolean stream : new boolean[] {true, false}) {
            Stream.of(Strategy.values())
                    .map(strategy -> Plan.standard(strategy, stream))
                    .forEach(plans::add);
            Plan hedge = Plan.standard(Strategy.HEDGE, stream);
            (stream ? Stream.of(5, 8, 12) : Stream.of(20, 40))
                    .map(seconds -> Plan.hedge(2, seconds, stream))
                    .forEach(plans::add);
            plans.add(Plan.hedge(3, hedge.hedging().hedgeDelay(stream).toSeconds(), stream));
            plans.add(hedge.min(500));
            plans.add(hedge.order(OrderPolicy.SPEED));
            plans.add(hedge.order(OrderPolicy.ADAPTIVE));
        }
        return plans;
    }

    /** How many models a request may ask where there are few. */
    private static List<Plan> attempts() {
        Plan hedge = Plan.standard(Strategy.HEDGE, true);
        return IntStream.of(2, 3, 4, 5, 6, 8, 12).mapToObj(hedge::attempts).toList();
    }

    /** Each plan under every regime. */
    static List<Row> rows(List<Plan> plans) {
        return Stream.of(Regime.values())
                .flatMap(regime -> plans.stream().map(plan -> new Row(regime, plan)))
                .toList();
    }

    /** How these did in so many days. */
    static String table(long seed, Stream<Row> rows, int days) {
        return table(seed, rows, days, Timeline.recorded());
    }

    private static String table(long seed, Stream<Row> rows, int days, Timeline timeline) {
        return rows.map(row -> row.of(Simulation.of(seed, row.regime(), row.plan(), timeline, days)))
                .collect(Collectors.joining("", HEAD, ""));
    }
}
