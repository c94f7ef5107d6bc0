package io.freerouter.page;

import java.util.List;
import java.util.Optional;

/**
 * What stands around each view.
 *
 * @param title the view's name
 * @param root where the page is, ending in a slash
 * @param address the gateway's address, without a slash at its end
 * @param live where the view's changes come from; empty text if it does not change
 * @param views the links to all views
 * @param options what is said of the gateway
 * @param assets the addresses of scripts and styles
 */
public record Frame(
        String title, String root, String address, String live, List<Link> views, PageOptions options, Assets assets) {
    /**
     * A link to a view.
     *
     * @param href where it leads
     * @param name the view's name
     * @param key the key that opens it
     * @param current whether it is the view that is shown
     */
    public record Link(String href, String name, int key, boolean current) {}

    /** The addresses of scripts and styles. */
    public record Assets(
            String htmx, String sse, String uplot, String uplotCss, String script, String styles, String icon) {
        static Assets beneath(String root) {
            return new Assets(
                    root + Asset.address("lib/htmx.min.js"),
                    root + Asset.address("lib/sse.js"),
                    root + Asset.address("lib/uplot/uPlot.iife.min.js"),
                    root + Asset.address("lib/uplot/uPlot.min.css"),
                    root + Asset.address("page.js"),
                    root + Asset.address("page.css"),
                    root + Asset.address("icon.svg"));
        }
    }

    static Frame of(View view, String query, Optional<String> title, String address, PageOptions options) {
        List<Link> links = View.MENU.stream()
                .map(other -> new Link(
                        View.ROOT + other.path(), other.title(), View.MENU.indexOf(other) + 1, other == view.inMenu()))
                .toList();
        String live = view.isLive() ? View.ROOT + "live/" + view.id() + query : "";
        return new Frame(
                title.orElse(view.title()), View.ROOT, address, live, links, options, Assets.beneath(View.ROOT));
    }
}
