package io.freerouter.page;

import io.freerouter.observe.BodyLog;
import io.freerouter.observe.ModelStatus;
import io.freerouter.observe.RequestFilter;
import io.freerouter.observe.RequestRecord;
import io.freerouter.observe.TimeSeries;
import io.freerouter.routing.QuotaForecast;
import io.freerouter.routing.QuotaState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the page shows, as it is at one moment. Called on worker threads. */
public interface PageData {
    /** The time. */
    Instant now();

    /** The requests that have no end yet, the newest first. */
    List<RequestRecord> running();

    /** The requests that match, the newest first, running ones included. */
    List<RequestRecord> recent(RequestFilter filter, int most);

    /** One request; empty if it is not kept any more. */
    Optional<RequestRecord> request(long id);

    /** The texts of a request and its answer; empty unless texts are kept. */
    Optional<BodyLog.Bodies> bodies(long id);

    /** The pool in today's order. */
    ModelStatus.Pool models();

    /** The account's quota. */
    QuotaState quota();

    /** How the day goes on. */
    QuotaForecast forecast();

    /** What happened lately. */
    TimeSeries series();
}
