package io.freerouter.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.observe.RequestOutcome;
import io.freerouter.observe.TimeSeries;
import io.freerouter.observe.TimeSeries.Slot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Writes what the charts draw, as JSON in columns, which is what uPlot takes. */
final class ChartData {
    private ChartData() {}

    static String json(TimeSeries series) {
        ObjectNode json = object();
        json.set("hour", span(series.hour()));
        json.set("day", span(series.day()));
        return json.toString();
    }

    private static ObjectNode span(List<Slot> slots) {
        ObjectNode span = object();
        span.set("time", column(slots, slot -> (double) slot.from().getEpochSecond()));
        ArrayNode outcomes = span.putArray("outcomes");
        Arrays.stream(RequestOutcome.values())
                .filter(outcome ->
                        slots.stream().anyMatch(slot -> slot.requests().containsKey(outcome)))
                .forEach(outcome -> outcomes.add(line(outcome.id(), outcome.words(), column(slots, slot ->
                        (double) slot.requests().getOrDefault(outcome, 0)))));
        span.putArray("attempts").add(line("attempts", "attempts per request", column(slots, ChartData::attempts)));
        ArrayNode first = span.putArray("firstToken");
        slots.stream()
                .flatMap(slot -> slot.firstToken().keySet().stream())
                .distinct()
                .sorted()
                .forEach(model -> first.add(line(model, model, column(slots, slot -> seconds(slot, model)))));
        return span;
    }

    private static Double attempts(Slot slot) {
        int requests =
                slot.requests().values().stream().mapToInt(count -> count).sum();
        return requests == 0 ? null : (double) slot.attempts() / requests;
    }

    private static Double seconds(Slot slot, String model) {
        Duration time = slot.firstToken().get(model);
        return time == null ? null : time.toMillis() / 1000.0;
    }

    private static ObjectNode line(String id, String label, ArrayNode values) {
        return object().put("id", id).put("label", label).set("values", values);
    }

    private static ArrayNode column(List<Slot> slots, Function<Slot, Double> value) {
        ArrayNode column = JsonNodeFactory.instance.arrayNode();
        slots.forEach(slot -> column.add(value.apply(slot)));
        return column;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
