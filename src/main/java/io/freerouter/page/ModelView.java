package io.freerouter.page;

import io.freerouter.catalog.Ability;
import io.freerouter.observe.ModelStatus;
import io.freerouter.observe.ModelStatus.State;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A model as the page shows it.
 *
 * @param id its id
 * @param name its name for people
 * @param place where it stands
 * @param state a name for the style sheet
 * @param words its state in words
 * @param until when the state ends, as an instant; empty text if unknown
 * @param untilClock the same as a time of day
 * @param why why it stands where it stands
 * @param abilities what it can do
 * @param context how many tokens fit
 * @param success the share of attempts that were answered
 * @param asked how many attempts that is of; empty text if there was none lately
 * @param p50 the usual time to the first token
 * @param p90 the time within which nine of ten streams spoke
 * @param speed tokens per second
 * @param tools the share of answers whose tool calls could be used
 * @param lastFailure why it failed last, and when; empty text if it did not
 * @param cooling whether its cooldown can be ended
 * @param usable whether it can be asked at all
 */
public record ModelView(
        String id,
        String name,
        String place,
        String state,
        String words,
        String until,
        String untilClock,
        String why,
        List<Skill> abilities,
        String context,
        String success,
        String asked,
        String p50,
        String p90,
        String speed,
        String tools,
        String lastFailure,
        boolean cooling,
        boolean usable) {
    /**
     * Something that a model can do.
     *
     * @param words its name
     * @param assumed whether OpenRouter does not say so
     */
    public record Skill(String words, boolean assumed) {}

    static ModelView of(ModelStatus model, Instant now, ZoneId zone) {
        return new ModelView(
                model.id(),
                model.name(),
                model.place() == 0 ? Words.NONE : Integer.toString(model.place()),
                model.state().id(),
                model.state().words(),
                model.until().map(Instant::toString).orElse(""),
                model.until().map(end -> Words.clock(end, now, zone)).orElse(""),
                model.why(),
                Arrays.stream(Ability.values())
                        .filter(ability ->
                                ability != Ability.PRIVATE && model.abilities().contains(ability))
                        .map(ability ->
                                new Skill(ability.words(), model.assumed().contains(ability)))
                        .toList(),
                Words.tokens(model.context()),
                Words.percent(model.successRate()),
                model.asked() == 0 ? "" : "of " + Words.number(model.asked()),
                Words.duration(model.firstTokenP50()),
                Words.duration(model.firstTokenP90()),
                model.tokensPerSecond().isEmpty()
                        ? Words.NONE
                        : String.format(
                                Locale.ROOT, "%.0f", model.tokensPerSecond().getAsDouble()),
                Words.percent(model.validToolCalls()),
                model.lastFailure().isEmpty()
                        ? ""
                        : model.lastFailure()
                                + model.lastFailedAt()
                                        .map(at -> ", " + Words.clock(at, now, zone))
                                        .orElse(""),
                model.state() == State.COOLING,
                !List.of(State.PRIVACY, State.CHARGED, State.GONE).contains(model.state()));
    }
}
