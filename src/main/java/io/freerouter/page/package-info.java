/** The page that shows what the gateway does: what its views say, and their HTML. Knows no HTTP. */
package io.freerouter.page;
