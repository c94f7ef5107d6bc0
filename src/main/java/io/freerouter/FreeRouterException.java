package io.freerouter;

/**
 * Why a request has no answer. There are these kinds and no others: {@link BadRequestException}, {@link RejectedException},
 * {@link AllFailedException}, {@link QuotaSpentException}, {@link NoModelException}, {@link NotConfiguredException} and
 * {@link BrokenStreamException}. None contains the key.
 */
public abstract sealed class FreeRouterException extends RuntimeException
        permits AllFailedException,
                BadRequestException,
                BrokenStreamException,
                NoModelException,
                NotConfiguredException,
                QuotaSpentException,
                RejectedException {
    private static final long serialVersionUID = 1L;

    /** From 400 to 599. */
    private final int status;

    /** In the callers' dialect or the upstream's words. */
    private final String body;

    FreeRouterException(String message, Told told) {
        super(message);
        this.status = told.status();
        this.body = told.body();
    }

    /**
     * The HTTP status that fits.
     *
     * @return what the server would answer with, from 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The failure in OpenAI's error shape, or in the upstream's own words where it was the upstream that refused.
     *
     * @return what the server would answer, usually JSON
     */
    public String body() {
        return body;
    }
}
