package io.freerouter.cli;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.util.Optional;

/**
 * The proxy on the way to the upstream. The password does not appear in {@link #toString}.
 *
 * @param type what the proxy speaks
 * @param user the user to log in as; empty without a login
 */
public record ProxyAddress(Proxy.Type type, String host, int port, String user, String password) {
    Proxy proxy() {
        return new Proxy(type, new InetSocketAddress(host, port));
    }

    /** Logs in at the proxy; empty if the proxy wants no login. */
    Optional<Authenticator> login() {
        return user.isEmpty()
                ? Optional.empty()
                : Optional.of(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return getRequestorType() == RequestorType.PROXY
                                ? new PasswordAuthentication(user, password.toCharArray())
                                : null;
                    }
                });
    }

    /** The place of the proxy, without its login. */
    @Override
    public String toString() {
        return (type == Proxy.Type.SOCKS ? "socks://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + port;
    }
}
