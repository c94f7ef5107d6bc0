package io.freerouter.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.routing.CooldownsSnapshot;
import io.freerouter.routing.Ledger;
import io.freerouter.routing.Quota;
import io.freerouter.routing.RunningCooldown;
import io.freerouter.routing.StatisticsSnapshot;
import io.freerouter.routing.StatisticsSnapshot.Results;
import io.freerouter.routing.StatisticsSnapshot.Took;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The state as JSON. Moments are milliseconds since 1970, UTC; durations are milliseconds. Members that are not known here are
 * skipped, so a version may gain members; a change of meaning needs a new version.
 */
final class StateFormat {
    /** The version that is written, and the only one that is read. */
    static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private StateFormat() {}

    // ---- writing

    static byte[] write(SavedState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeNumberField("saved", state.savedAt().toEpochMilli());
            json.writeBooleanField("complete", state.isComplete());
            json.writeStringField("upstream", state.owner().upstream());
            json.writeStringField("account", state.owner().account());
            ledger(state.ledger(), json);
            cooldowns(state.cooldowns(), json);
            statistics(state.statistics(), json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("An array of bytes takes everything", impossible);
        }
        return bytes.toByteArray();
    }

    private static void ledger(Ledger ledger, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("ledger");
        number("minute_limit", ledger.minuteLimit(), json);
        number("day_limit", ledger.dayLimit(), json);
        json.writeObjectFieldStart("refused_until");
        for (Map.Entry<QuotaWindow, Instant> refusal : ledger.refusedUntil().entrySet()) {
            moment(refusal.getKey().name(), Optional.of(refusal.getValue()), json);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("minute");
        moments("ours", ledger.minute().ours(), json);
        moments("others", ledger.minute().others(), json);
        moment("watched_since", ledger.minute().watchedSince(), json);
        moment("seen_at", ledger.minute().seenAt(), json);
        json.writeEndObject();
        day(ledger.day(), json);
        json.writeArrayFieldStart("pace");
        for (Ledger.Count count : ledger.pace()) {
            json.writeStartArray();
            json.writeNumber(count.at().toEpochMilli());
            json.writeNumber(count.used());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void day(Ledger.Day day, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("day");
        json.writeNumberField("end", day.end().toEpochMilli());
        json.writeNumberField("used", day.used());
        json.writeNumberField("made", day.made());
        moment("refused", day.refused(), json);
        moment("next_trial", day.nextTrial(), json);
        moment("open_until", day.openUntil(), json);
        if (day.last().isPresent()) {
            Quota.Snapshot last = day.last().get();
            json.writeObjectFieldStart("last");
            json.writeNumberField("at", last.at().toEpochMilli());
            json.writeNumberField("made", last.made());
            json.writeNumberField("in_flight", last.inFlight());
            number("used", last.used(), json);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void cooldowns(CooldownsSnapshot cooldowns, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("cooldowns");
        for (CooldownsSnapshot.Entry cooldown : cooldowns.cooldowns()) {
            json.writeStartObject();
            json.writeStringField("model", cooldown.model().value());
            json.writeStringField("cause", cooldown.cause().name());
            json.writeArrayFieldStart("abilities");
            for (Ability ability : cooldown.abilities()) {
                json.writeString(ability.name());
            }
            json.writeEndArray();
            json.writeNumberField("bytes", cooldown.bytes());
            json.writeNumberField("output_tokens", cooldown.outputTokens());
            json.writeNumberField("failures", cooldown.failures());
            json.writeNumberField("end", cooldown.end().toEpochMilli());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void statistics(StatisticsSnapshot statistics, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("statistics");
        results("attempts", statistics.attempts(), json);
        results("plain_answers", statistics.plainAnswers(), json);
        json.writeObjectFieldStart("answers_by_need");
        for (Map.Entry<Ability, Map<ModelId, Results>> answers :
                statistics.answersByNeed().entrySet()) {
            results(answers.getKey().name(), answers.getValue(), json);
        }
        json.writeEndObject();
        times("streams", statistics.streams(), json);
        times("wholes", statistics.wholes(), json);
        json.writeArrayFieldStart("charging");
        for (ModelId model : statistics.charging()) {
            json.writeString(model.value());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void results(String name, Map<ModelId, Results> results, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<ModelId, Results> result : results.entrySet()) {
            json.writeArrayFieldStart(result.getKey().value());
            json.writeNumber(result.getValue().good());
            json.writeNumber(result.getValue().bad());
            json.writeNumber(result.getValue().at().toEpochMilli());
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void times(String name, Map<ModelId, List<Took>> times, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<ModelId, List<Took>> model : times.entrySet()) {
            json.writeArrayFieldStart(model.getKey().value());
            for (Took took : model.getValue()) {
                json.writeNumber(took.time().toMillis());
                json.writeNumber(took.at().toEpochMilli());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void number(String name, OptionalLong value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        }
    }

    private static void moment(String name, Optional<Instant> moment, JsonGenerator json) throws IOException {
        if (moment.isPresent()) {
            json.writeNumberField(name, moment.get().toEpochMilli());
        }
    }

    private static void moments(String name, List<Instant> moments, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Instant moment : moments) {
            json.writeNumber(moment.toEpochMilli());
        }
        json.writeEndArray();
    }

    // ---- reading

    /**
     * Reads what {@link #write} has written.
     *
     * @throws UnreadableState if it is anything else
     */
    static SavedState read(byte[] bytes) throws UnreadableState {
        try {
            JsonValue json = JsonValue.read(JSON, bytes);
            long version = json.member("version").number();
            if (version != VERSION) {
                throw new UnreadableState("it has version " + version + ", and this program reads version " + VERSION);
            }
            return new SavedState(
                    json.member("saved").moment(),
                    json.member("complete").isTrue(),
                    new SavedState.Owner(
                            json.member("upstream").text(),
                            json.member("account").text()),
                    ledger(json.member("ledger")),
                    new CooldownsSnapshot(json.member("cooldowns").list(StateFormat::cooldown)),
                    statistics(json.member("statistics")));
        } catch (IOException noJson) {
            throw new UnreadableState("it is not JSON", noJson);
        } catch (IllegalArgumentException unusable) {
            throw new UnreadableState(unusable.getMessage(), unusable);
        }
    }

    private static Ledger ledger(JsonValue json) {
        JsonValue minute = json.member("minute");
        Map<QuotaWindow, Instant> refusals = new EnumMap<>(QuotaWindow.class);
        json.member("refused_until")
                .members()
                .forEach((window, until) -> refusals.put(QuotaWindow.valueOf(window), until.moment()));
        return new Ledger(
                new Ledger.Minute(
                        minute.member("ours").moments(),
                        minute.member("others").moments(),
                        minute.find("watched_since").map(JsonValue::moment),
                        minute.find("seen_at").map(JsonValue::moment)),
                day(json.member("day")),
                limit(json.find("minute_limit")),
                limit(json.find("day_limit")),
                refusals,
                json.member("pace")
                        .list(count -> new Ledger.Count(
                                count.item(0).moment(), count.item(1).anyNumber())));
    }

    private static OptionalLong limit(Optional<JsonValue> number) {
        return number.map(limit -> OptionalLong.of(limit.anyNumber())).orElse(OptionalLong.empty());
    }

    private static Ledger.Day day(JsonValue json) {
        return new Ledger.Day(
                json.member("end").moment(),
                json.member("used").anyNumber(),
                json.member("made").anyNumber(),
                json.find("last").map(StateFormat::snapshot),
                json.find("refused").map(JsonValue::moment),
                json.find("next_trial").map(JsonValue::moment),
                json.find("open_until").map(JsonValue::moment));
    }

    private static Quota.Snapshot snapshot(JsonValue json) {
        return new Quota.Snapshot(
                json.member("at").moment(),
                json.member("made").anyNumber(),
                json.member("in_flight").number(),
                json.find("used").map(used -> OptionalLong.of(used.anyNumber())).orElse(OptionalLong.empty()));
    }

    private static CooldownsSnapshot.Entry cooldown(JsonValue json) {
        return new CooldownsSnapshot.Entry(
                new ModelId(json.member("model").text()),
                RunningCooldown.Cause.valueOf(json.member("cause").text()),
                json.member("abilities").list(ability -> Ability.valueOf(ability.text())).stream()
                        .collect(Collectors.toSet()),
                json.member("bytes").number(),
                json.member("output_tokens").anyNumber(),
                Math.toIntExact(
                        Math.min(Integer.MAX_VALUE, json.member("failures").number())),
                json.member("end").moment());
    }

    private static StatisticsSnapshot statistics(JsonValue json) {
        Map<Ability, Map<ModelId, Results>> byNeed = new EnumMap<>(Ability.class);
        json.member("answers_by_need")
                .members()
                .forEach((need, answers) -> byNeed.put(Ability.valueOf(need), results(answers)));
        return new StatisticsSnapshot(
                results(json.member("attempts")),
                results(json.member("plain_answers")),
                byNeed,
                times(json.member("streams")),
                times(json.member("wholes")),
                json.member("charging").list(model -> new ModelId(model.text())).stream()
                        .collect(Collectors.toSet()));
    }

    private static Map<ModelId, Results> results(JsonValue json) {
        Map<ModelId, Results> results = new HashMap<>();
        json.members()
                .forEach((model, result) -> results.put(
                        new ModelId(model),
                        new Results(
                                result.item(0).decimal(),
                                result.item(1).decimal(),
                                result.item(2).moment())));
        return results;
    }

    private static Map<ModelId, List<Took>> times(JsonValue json) {
        Map<ModelId, List<Took>> times = new HashMap<>();
        json.members()
                .forEach((model, list) -> times.put(
                        new ModelId(model),
                        list.pairs((time, at) -> new Took(Duration.ofMillis(time.number()), at.moment()))));
        return times;
    }
}
