package io.freerouter.request.patch;

/**
 * Some bytes of a body.
 *
 * @param from the first byte
 * @param to the first byte after them
 */
public record ByteRange(int from, int to) {}
