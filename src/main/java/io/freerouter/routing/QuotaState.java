package io.freerouter.routing;

/**
 * How much of the account's quota is used up at one moment.
 *
 * @param minute of the requests a minute
 * @param day of the requests a UTC day
 */
public record QuotaState(WindowState minute, WindowState day) {
    /** From here on nothing is spent on a second model that may not be needed. */
    public static final double LOW = 0.2;

    /** From here on the user had better know. */
    public static final double NEARLY_SPENT = 0.05;

    /** Whether so little is left of either limit that no model is asked beside another. */
    public boolean isLow() {
        return minute.isDownTo(LOW) || day.isDownTo(LOW);
    }
}
