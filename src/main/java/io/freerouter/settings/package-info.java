/**
 * The options of FreeRouter: their defaults and what is allowed, once for the server and the library. Begin at
 * {@link io.freerouter.settings.Settings}.
 */
package io.freerouter.settings;
