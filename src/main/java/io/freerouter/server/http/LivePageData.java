package io.freerouter.server.http;

import io.freerouter.engine.QuotaGate;
import io.freerouter.observe.BodyLog;
import io.freerouter.observe.ModelStatus;
import io.freerouter.observe.ModelStatusReader;
import io.freerouter.observe.RequestFilter;
import io.freerouter.observe.RequestHistory;
import io.freerouter.observe.RequestRecord;
import io.freerouter.observe.TimeSeries;
import io.freerouter.page.PageData;
import io.freerouter.routing.QuotaForecast;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Ticker;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the page shows, out of what the gateway knows. */
@Singleton
final class LivePageData implements PageData {
    private final RequestHistory history;
    private final BodyLog bodies;
    private final ModelStatusReader models;
    private final QuotaGate gate;
    private final Ticker ticker;

    LivePageData(RequestHistory history, BodyLog bodies, ModelStatusReader models, QuotaGate gate, Ticker ticker) {
        this.history = history;
        this.bodies = bodies;
        this.models = models;
        this.gate = gate;
        this.ticker = ticker;
    }

    @Override
    public Instant now() {
        return ticker.now();
    }

    @Override
    public List<RequestRecord> running() {
        return history.running();
    }

    @Override
    public List<RequestRecord> recent(RequestFilter filter, int most) {
        return history.latest(filter, most);
    }

    @Override
    public Optional<RequestRecord> request(long id) {
        return history.find(id);
    }

    @Override
    public Optional<BodyLog.Bodies> bodies(long id) {
        return bodies.find(id);
    }

    @Override
    public ModelStatus.Pool models() {
        return models.pool();
    }

    @Override
    public QuotaState quota() {
        return gate.state();
    }

    @Override
    public QuotaForecast forecast() {
        return gate.forecast();
    }

    @Override
    public TimeSeries series() {
        return history.series();
    }
}
