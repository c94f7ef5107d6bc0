package io.freerouter.wire;

/**
 * Some bytes of a body.
 *
 * @param from the first
 * @param to the first after them
 */
record Stretch(int from, int to) {}
