package io.freerouter.engine;

/**
 * How many tokens an answer took, as the upstream counts them.
 *
 * @param input the tokens that the model read, 0 if the upstream does not say
 * @param output the tokens that the model wrote, its thoughts included, 0 if the upstream does not say
 */
public record Usage(long input, long output) {
    public Usage {
        input = Math.max(0, input);
        output = Math.max(0, output);
    }
}
