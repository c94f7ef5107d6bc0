package io.freerouter.server;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Read the names that {@code freerouter.http.allowed-hosts} and {@code freerouter.http.cors-origins} allow. What a person can only
 * mean in one way is brought into the form that clients send. Anything else would never match, so it fails; the message of the
 * failure says what to write.
 */
public final class HostAndOriginConverters {
    private static final String PORT = "(?::(\\d{1,5}|\\*))?";
    private static final String NAME = "[\\p{L}\\p{N}_*-]+(?:\\.[\\p{L}\\p{N}_*-]+)*";
    private static final Pattern HOST = Pattern.compile("(?:(" + NAME + ")\\.?" + PORT + "|\\[([0-9a-fA-F:.]+)]" + PORT
            + "|([0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*))");
    private static final Pattern ORIGIN = Pattern.compile("([a-zA-Z*][a-zA-Z0-9+.*-]*)://([^/]*)/?");
    private static final Pattern URL = Pattern.compile("(?:[^/]*://)?(?:[^/@]*@)?([^/?#@]+)(?:[/?#].*)?");

    private HostAndOriginConverters() {}

    /** The name or address of a host, in lower case, without its port; {@code *} stands for any characters. */
    public static final class Host implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            Matcher host = HOST.matcher(value.strip());
            if (!host.matches()) {
                throw new IllegalArgumentException("names of hosts such as gateway.example.org or *.example.org; \""
                        + value.strip() + "\" is none" + hint(value.strip()));
            }
            return host.group(1) != null
                    ? ascii(host.group(1))
                    : (host.group(3) != null ? host.group(3) : host.group(5)).toLowerCase(Locale.ROOT);
        }

        private static String hint(String value) {
            Matcher url = URL.matcher(value);
            return url.matches() && HOST.matcher(url.group(1)).matches() ? ", write " + url.group(1) : "";
        }
    }

    /** The origin of web pages, without the port that its scheme has anyway; {@code *} stands for any characters. */
    public static final class Origin implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            String text = value.strip();
            Matcher origin = ORIGIN.matcher(text);
            if (text.equals("*")) {
                return text;
            }
            if (!origin.matches()) {
                throw mistaken(text);
            }
            String scheme = origin.group(1).toLowerCase(Locale.ROOT);
            return scheme + "://"
                    + (scheme.startsWith("http") || !origin.group(2).isEmpty()
                            ? host(scheme, origin.group(2), text)
                            : "");
        }

        private static String host(String scheme, String host, String text) {
            Matcher parts = HOST.matcher(host);
            if (!parts.matches() || parts.group(5) != null) {
                throw mistaken(text);
            }
            boolean isName = parts.group(1) != null;
            String port = isName ? parts.group(2) : parts.group(4);
            boolean isUsual = port == null
                    || scheme.equals("https") && port.equals("443")
                    || scheme.equals("http") && port.equals("80");
            return (isName ? ascii(parts.group(1)) : "[" + parts.group(3).toLowerCase(Locale.ROOT) + "]")
                    + (isUsual ? "" : ":" + port);
        }

        private static IllegalArgumentException mistaken(String text) {
            return new IllegalArgumentException(
                    "origins such as https://chat.example.org, which are a scheme, a host and perhaps a port; \"" + text
                            + "\" is none" + hint(text));
        }

        private static String hint(String text) {
            if (text.equalsIgnoreCase("null")) {
                return ", and any web page can have it";
            }
            Matcher url = URL.matcher(text);
            if (!url.matches() || !HOST.matcher(url.group(1)).matches()) {
                return "";
            }
            int scheme = text.indexOf("://");
            return ", write " + (scheme > 0 ? text.substring(0, scheme) : "https") + "://" + url.group(1);
        }
    }

    /** As clients send it: letters outside of ASCII are coded (RFC 5890). */
    private static String ascii(String name) {
        return IDN.toASCII(name).toLowerCase(Locale.ROOT);
    }
}
