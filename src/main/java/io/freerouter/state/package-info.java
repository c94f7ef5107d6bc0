/** What survives a restart: the file, its format, and when it is written. */
package io.freerouter.state;
