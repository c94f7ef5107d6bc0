package io.freerouter.server;

import io.freerouter.page.ClientGuide;
import io.freerouter.page.Frame;
import io.freerouter.page.Gauge;
import io.freerouter.page.ModelView;
import io.freerouter.page.Page;
import io.freerouter.page.PageOptions;
import io.freerouter.page.RequestView;
import io.freerouter.page.Waterfall;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The records whose members the page's templates name, so that the native executable keeps them. */
@RegisterForReflection(
        targets = {
            ClientGuide.class,
            ClientGuide.Block.class,
            ClientGuide.Client.class,
            ClientGuide.Span.class,
            Frame.class,
            Frame.Assets.class,
            Frame.Link.class,
            Gauge.class,
            ModelView.class,
            ModelView.Skill.class,
            Page.Choice.class,
            Page.Figures.class,
            Page.Text.class,
            Page.Use.class,
            PageOptions.class,
            RequestView.class,
            RequestView.Hop.class,
            Waterfall.class,
            Waterfall.Lane.class,
            Waterfall.Tick.class
        })
final class PageRecords {
    private PageRecords() {}
}
