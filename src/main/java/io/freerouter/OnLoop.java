package io.freerouter;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A stream that is subscribed to, asked and left on one event loop, whatever thread its reader speaks from. So whoever leaves
 * cannot miss an answer that is on its way down; and who leaves before the stream has begun asks nobody.
 */
final class OnLoop<T> extends AbstractMulti<T> {
    private final Supplier<Context> loop;
    private final Multi<T> items;

    /** @param loop where to, asked at each subscription */
    OnLoop(Supplier<Context> loop, Multi<T> items) {
        this.loop = loop;
        this.items = items;
    }

    @Override
    public void subscribe(MultiSubscriber<? super T> reader) {
        Call call = new Call(loop.get(), reader);
        reader.onSubscribe(call);
        call.begin();
    }

    private final class Call implements MultiSubscriber<T>, Subscription {
        private final Context loop;
        private final MultiSubscriber<? super T> reader;
        private Subscription upstream;
        private long demand;
        private volatile boolean left;

        Call(Context loop, MultiSubscriber<? super T> reader) {
            this.loop = loop;
            this.reader = reader;
        }

        void begin() {
            loop.runOnContext(turn -> {
                if (!left) {
                    items.subscribe().withSubscriber(this);
                }
            });
        }

        @Override
        public void request(long count) {
            tell(() -> {
                if (upstream == null) {
                    demand = Subscriptions.add(demand, count);
                } else {
                    upstream.request(count);
                }
            });
        }

        @Override
        public void cancel() {
            left = true;
            tell(() -> {
                if (upstream != null) {
                    upstream.cancel();
                }
            });
        }

        private void tell(Runnable wish) {
            try {
                loop.runOnContext(turn -> wish.run());
            } catch (RejectedExecutionException loopHasEnded) {
                // And the call with it, so there is nothing to ask for and nothing to leave.
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            if (demand != 0) {
                upstream.request(demand);
            }
        }

        @Override
        public void onItem(T item) {
            reader.onItem(item);
        }

        @Override
        public void onFailure(Throwable failure) {
            reader.onFailure(failure);
        }

        @Override
        public void onCompletion() {
            reader.onCompletion();
        }
    }
}
