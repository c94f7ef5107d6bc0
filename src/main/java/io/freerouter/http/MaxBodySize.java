package io.freerouter.http;

/**
 * The largest request body that is taken.
 *
 * @param bytes its length, above zero
 */
public record MaxBodySize(long bytes) {}
