package io.freerouter.simulation;

import java.util.Locale;

/** A row of the table. */
record Row(Regime regime, Plan plan) {
    String of(Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.1f %% | %.1f s | %.1f s | %.1f s | %.2f | %d |\n",
                regime.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                plan.stream() ? "streams" : "whole answers",
                plan.name(),
                100 * outcome.successRate(),
                seconds(outcome, 0.5),
                seconds(outcome, 0.95),
                seconds(outcome, 0.99),
                outcome.callsPerAnswer(),
                outcome.mostCalls());
    }

    private static double seconds(Outcome outcome, double share) {
        return outcome.wait(share).toMillis() / 1000d;
    }
}
