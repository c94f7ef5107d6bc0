package io.freerouter.simulation;

import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries ways to route through a recorded summer of free models, in virtual time, and prints how they did. The defaults were
 * chosen by it. The same seed, the only argument, gives the same table.
 */
public final class RoutingSimulation {
    private static final long SEED = 1;
    private static final String HEAD = """
            | regime | asked for | plan | success | p50 | p95 | p99 | calls per answer |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private RoutingSimulation() {}

    /** Prints the table. */
    public static void main(String... args) {
        long seed = args.length == 0 ? SEED : Long.parseLong(args[0]);
        int days = Timeline.recorded().length();
        System.out.print(table(seed, rows(plans()).parallelStream(), days));
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
            plans.add(Plan.hedge(3, hedge.pace().hedgeDelay(stream).toSeconds(), stream));
            plans.add(hedge.min(500));
            plans.add(hedge.order(OrderPolicy.SPEED));
            plans.add(hedge.order(OrderPolicy.ADAPTIVE));
        }
        return plans;
    }

    /** Each plan under every regime. */
    static List<Row> rows(List<Plan> plans) {
        return Stream.of(Regime.values())
                .flatMap(regime -> plans.stream().map(plan -> new Row(regime, plan)))
                .toList();
    }

    /** How these did in so many days. */
    static String table(long seed, Stream<Row> rows, int days) {
        Timeline timeline = Timeline.recorded();
        return rows.map(row -> row.of(Simulation.of(seed, row.regime(), row.plan(), timeline, days)))
                .collect(Collectors.joining("", HEAD, ""));
    }
}
