package io.freerouter.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The views of the page. */
public enum View {
    /** What runs at this moment. */
    NOW("Now", "", true),
    /** The last requests. */
    REQUESTS("Requests", "requests", true),
    /** One of them; its id is beneath. */
    REQUEST("Request", "requests", true),
    /** The pool. */
    MODELS("Models", "models", true),
    /** The account's requests. */
    QUOTA("Quota", "quota", true),
    /** What happened lately. */
    CHARTS("Charts", "charts", true),
    /** Asks a model. */
    TRY("Try it", "try", false),
    /** Settings of clients. */
    CONNECT("Connect", "connect", false);

    /** Where the page is. */
    public static final String ROOT = "/ui/";

    static final List<View> MENU = List.of(NOW, REQUESTS, MODELS, QUOTA, CHARTS, TRY, CONNECT);

    private final String title;
    private final String path;
    private final boolean live;

    View(String title, String path, boolean live) {
        this.title = title;
        this.path = path;
        this.live = live;
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** Its address, beneath {@link #ROOT}. */
    public String path() {
        return path;
    }

    /** Its name in addresses. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it changes while it is looked at. */
    boolean isLive() {
        return live;
    }

    View inMenu() {
        return this == REQUEST ? REQUESTS : this;
    }

    /** The view with this {@link #id}; empty if there is none. */
    public static Optional<View> of(String id) {
        return Arrays.stream(values()).filter(view -> view.id().equals(id)).findFirst();
    }
}
