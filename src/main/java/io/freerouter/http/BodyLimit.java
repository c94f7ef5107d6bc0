package io.freerouter.http;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses request bodies that are too large: by the length they announce, unread, or else once that much has come. */
@Provider
class BodyLimit implements ReaderInterceptor {
    private final Instance<MaxBodySize> max;

    /** @param max not asked for before the first request: Quarkus makes interceptors before it reads the options */
    BodyLimit(Instance<MaxBodySize> max) {
        this.max = max;
    }

    @ServerRequestFilter
    void announced(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > max.get().bytes()) {
            throw new BodyTooLarge(max.get());
        }
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
        body.setInputStream(new Counted(body.getInputStream()));
        return body.proceed();
    }

    /** Gives no more than is allowed. */
    private final class Counted extends FilterInputStream {
        private long left = max.get().bytes();

        Counted(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return count(super.read(into, from, length));
        }

        private int count(int read) {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new BodyTooLarge(max.get());
            }
            return read;
        }
    }
}
