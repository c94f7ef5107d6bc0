package io.freerouter;

import io.freerouter.routing.CooldownRules;
import java.time.Duration;

/** How failed models rest: {@code freerouter.cooldown.*}. */
public final class CooldownOptions {
    private Duration duration = Duration.ofSeconds(60);
    private Duration timeout = Duration.ofSeconds(15);
    private Duration unsuited = Duration.ofSeconds(90);
    private Duration max = Duration.ofMinutes(15);

    CooldownOptions() {}

    /**
     * How long a failed model rests when the upstream names no time of its own.
     *
     * @param rest zero for not at all; a minute unless set
     * @return this
     */
    public CooldownOptions duration(Duration rest) {
        duration = Checked.zeroOrMore("cooldown.duration", rest);
        return this;
    }

    /**
     * How long a model rests that said nothing in time.
     *
     * @param rest zero for not at all; 15 seconds unless set
     * @return this
     */
    public CooldownOptions timeout(Duration rest) {
        timeout = Checked.zeroOrMore("cooldown.timeout", rest);
        return this;
    }

    /**
     * How long a model that cannot do what a request needs rests for requests that need the same.
     *
     * @param rest zero for not at all; 90 seconds unless set
     * @return this
     */
    public CooldownOptions unsuited(Duration rest) {
        unsuited = Checked.zeroOrMore("cooldown.unsuited", rest);
        return this;
    }

    /**
     * How long a model rests at most that fails again and again.
     *
     * @param rest above zero; 15 minutes unless set
     * @return this
     */
    public CooldownOptions max(Duration rest) {
        max = Checked.positive("cooldown.max", rest);
        return this;
    }

    CooldownRules rules() {
        return new CooldownRules(duration, timeout, unsuited, max);
    }
}
