package io.freerouter.settings;

import io.freerouter.routing.CooldownRules;
import java.time.Duration;

/**
 * How long failed models cool down: {@code freerouter.cooldown.*}. Immutable: each method that sets an option returns new
 * settings. Zero means that a model does not cool down.
 *
 * @param duration after a failure, if the upstream names no time; zero or more
 * @param timeout after a model did not answer in time; zero or more
 * @param unsuited after a model could not do what a request needs, for requests with the same need; zero or more
 * @param max at most, however often the model fails; above zero
 */
public record CooldownSettings(Duration duration, Duration timeout, Duration unsuited, Duration max) {
    /** A minute, 15 seconds after a timeout, 90 seconds for an unmet need, 15 minutes at most. */
    public static final CooldownSettings STANDARD = new CooldownSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(90), Duration.ofMinutes(15));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is not allowed
     */
    public CooldownSettings {
        duration = OptionCheck.zeroOrMore("cooldown.duration", duration);
        timeout = OptionCheck.zeroOrMore("cooldown.timeout", timeout);
        unsuited = OptionCheck.zeroOrMore("cooldown.unsuited", unsuited);
        max = OptionCheck.positive("cooldown.max", max);
    }

    /**
     * Sets how long a failed model cools down if the upstream names no time.
     *
     * @param cooldown zero or more; 60 seconds by default
     */
    public CooldownSettings duration(Duration cooldown) {
        return new CooldownSettings(cooldown, timeout, unsuited, max);
    }

    /**
     * Sets how long a model that did not answer in time cools down.
     *
     * @param cooldown zero or more; 15 seconds by default
     */
    public CooldownSettings timeout(Duration cooldown) {
        return new CooldownSettings(duration, cooldown, unsuited, max);
    }

    /**
     * Sets how long a model that could not do what a request needs, such as calling tools, cools down for requests with the same
     * need.
     *
     * @param cooldown zero or more; 90 seconds by default
     */
    public CooldownSettings unsuited(Duration cooldown) {
        return new CooldownSettings(duration, timeout, cooldown, max);
    }

    /**
     * Sets how long a model cools down at most. Each cooldown of a model that fails again and again is twice as long as the one before.
     *
     * @param cooldown above zero; 15 minutes by default
     */
    public CooldownSettings max(Duration cooldown) {
        return new CooldownSettings(duration, timeout, unsuited, cooldown);
    }

    /**
     * How long failed models cool down.
     *
     * @return the rules
     */
    public CooldownRules rules() {
        return new CooldownRules(duration, timeout, unsuited, max);
    }
}
