/**
 * FreeRouter as a library: OpenRouter's free models inside your own process, without a server. Begin at
 * {@link io.freerouter.FreeRouter}.
 */
package io.freerouter;
