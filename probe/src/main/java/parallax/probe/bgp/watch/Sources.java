package parallax.probe.bgp.watch;

import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.routes.SourceSpec;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.feed.RouteSource;
import parallax.probe.bgp.feed.SourceFigures;
import parallax.probe.net.Cidr;

/** From a configured source to one that listens: the one place that knows all kinds. */
public final class Sources {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private Sources() {}

  /** Makes it; nothing is opened before it is started. */
  public static RouteSource of(SourceSpec spec) {
    return switch (spec) {
      case SourceSpec.RisLive it -> new Unavailable(it.kind());
      case SourceSpec.BmpStation it -> new Unavailable(it.kind());
      case SourceSpec.BgpSession it -> new Unavailable(it.kind());
    };
  }

  /** Can be written, and is never connected. */
  private record Unavailable(String name) implements RouteSource {
    @Override
    public void start(RouteListener listener) {
      LOG.warn("source={} state=unavailable", name);
    }

    @Override
    public void want(SortedSet<Cidr> prefixes) {
      LOG.debug("source={} wanted={}", name, prefixes.size());
    }

    @Override
    public SourceFigures figures() {
      return SourceFigures.NONE;
    }

    @Override
    public void close() {
      LOG.debug("source={} state=closed", name);
    }
  }
}
