package io.freerouter.http;

/**
 * How coding agents are treated.
 *
 * @param housekeeping whether requests that they make for themselves are answered here, without a model
 */
public record AgentOptions(boolean housekeeping) {}
