/**
 * FreeRouter as a library: OpenRouter's free models in one's own process, with no server. Begin at
 * {@link io.freerouter.FreeRouter}.
 */
package io.freerouter;
