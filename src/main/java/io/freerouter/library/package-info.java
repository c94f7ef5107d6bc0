/** What is behind the library's API. Not for direct use: it may change in any version. */
package io.freerouter.library;
