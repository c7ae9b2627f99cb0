package parallax.config.wire.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import parallax.config.check.ServerAddress;
import parallax.config.routes.Document;
import parallax.config.routes.RouteLimits;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.config.text.HostText;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Routing;

/**
 * How routes are watched, as far as a coordinator may say it: stations that routers connect to and
 * files are the affair of the probe's own machine. What it may not say is not written, and could
 * not be read.
 */
public final class RouteWatchingWire {
  private static final Set<String> WEB = Set.of("http", "https");
  private static final Set<String> STREAMS = Set.of("http", "https", "ws", "wss");
  private static final int MAX_COUNT = 1_000_000;

  private RouteWatchingWire() {}

  /**
   * What was read.
   *
   * @param notSupported what was left out and why, in words
   */
  public record Read(Optional<RouteWatching> watching, List<String> notSupported) {}

  /** What of it is told to probes. */
  public static RouteWatching told(RouteWatching watching) {
    return new RouteWatching(
        watching.sources().stream().filter(SourceSpec.RisLive.class::isInstance).toList(),
        watching.tables().stream().filter(Document.AtUrl.class::isInstance).toList(),
        new RouteWatching.Rpki(
            watching.rpki().payloads().filter(Document.AtUrl.class::isInstance),
            watching.rpki().cache(),
            Optional.empty()),
        watching.limits(),
        watching.canaries());
  }

  public static Routing.Routes write(RouteWatching watching) {
    Routing.Routes.Builder out = Routing.Routes.newBuilder();
    RouteWatching told = told(watching);
    for (SourceSpec source : told.sources()) {
      if (source instanceof SourceSpec.RisLive(URI url, String client)) {
        out.addSourcesBuilder().getRisLiveBuilder().setUrl(url.toString()).setClient(client);
      }
    }
    told.tables().forEach(table -> out.addTables(table.toString()));
    told.rpki().payloads().ifPresent(file -> out.getRpkiBuilder().setPayloads(file.toString()));
    told.rpki().cache().ifPresent(cache -> out.getRpkiBuilder().setCache(Parts.write(cache)));
    out.setLimits(limits(told.limits()));
    return out.addAllCanaries(told.canaries()).build();
  }

  private static Routing.Routes.Limits limits(RouteLimits limits) {
    return Routing.Routes.Limits.newBuilder()
        .setVisible(limits.visible())
        .setWithdrawn(limits.withdrawn())
        .setPartialForNs(Times.nanos(limits.partialFor()))
        .setWithdrawnForNs(Times.nanos(limits.withdrawnFor()))
        .setRestoredForNs(Times.nanos(limits.restoredFor()))
        .setMinVoters(limits.minVoters())
        .setMinCollectors(limits.minCollectors())
        .setStartVoters(limits.start().voters())
        .setStartAfterNs(Times.nanos(limits.start().after()))
        .setSilentNs(Times.nanos(limits.silent()))
        .setOriginVoters(limits.origin().voters())
        .setOriginCollectors(limits.origin().collectors())
        .setOriginLearnAfterNs(Times.nanos(limits.origin().learnAfter()))
        .build();
  }

  /** Never throws: routes that cannot be read cost no target its checks. */
  public static Read read(Routing.Routes in) {
    List<String> notSupported = new ArrayList<>();
    try {
      List<SourceSpec> sources = new ArrayList<>();
      for (Routing.Routes.Source source :
          Bounds.items("sources", in.getSourcesList(), Parts.MAX_ITEMS)) {
        switch (source.getSourceCase()) {
          case RIS_LIVE -> sources.add(risLive(source.getRisLive()));
          case SOURCE_NOT_SET -> notSupported.add("a source that this version does not know");
        }
      }
      RouteWatching watching =
          new RouteWatching(
              sources,
              Parts.texts("tables", in.getTablesList()).stream()
                  .map(url -> document("tables", url))
                  .toList(),
              rpki(in.getRpki()),
              in.hasLimits() ? limits(in.getLimits()) : RouteLimits.USUAL,
              Parts.texts("canaries", in.getCanariesList()).stream()
                  .map(RouteWatchingWire::prefix)
                  .toList());
      return new Read(Optional.of(watching), notSupported);
    } catch (WireFault | IllegalArgumentException e) {
      return new Read(Optional.empty(), List.of(WireFault.wordsOf(e)));
    }
  }

  private static SourceSpec risLive(Routing.Routes.RisLive in) {
    return new SourceSpec.RisLive(
        url("url", in.getUrl(), STREAMS), Parts.text("client", in.getClient()));
  }

  private static RouteWatching.Rpki rpki(Routing.Routes.Rpki in) {
    Optional<ServerAddress> cache =
        in.hasCache() ? Optional.of(Parts.read(in.getCache())) : Optional.empty();
    return new RouteWatching.Rpki(
        Parts.textIf(in.hasPayloads(), "payloads", in.getPayloads())
            .map(url -> document("payloads", url)),
        cache,
        Optional.empty());
  }

  private static Document document(String field, String url) {
    return new Document.AtUrl(url(field, url, WEB));
  }

  private static URI url(String field, String text, Set<String> schemes) {
    URI url = Parts.uri(field, text);
    String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme) || url.getHost() == null) {
      throw new WireFault(Fault.INVALID, field + " is no address of one of " + schemes);
    }
    return url;
  }

  private static String prefix(String text) {
    if (!HostText.isPrefix(text)) {
      throw new WireFault(Fault.INVALID, "canaries has what is no prefix");
    }
    return text;
  }

  private static RouteLimits limits(Routing.Routes.Limits in) {
    return new RouteLimits(
        share("visible", in.getVisible()),
        share("withdrawn", in.getWithdrawn()),
        Times.duration("partial_for", in.getPartialForNs()),
        Times.duration("withdrawn_for", in.getWithdrawnForNs()),
        Times.duration("restored_for", in.getRestoredForNs()),
        Bounds.number("min_voters", in.getMinVoters(), MAX_COUNT),
        Bounds.number("min_collectors", in.getMinCollectors(), MAX_COUNT),
        new RouteLimits.Start(
            Bounds.number("start_voters", in.getStartVoters(), MAX_COUNT),
            Times.duration("start_after", in.getStartAfterNs())),
        Times.duration("silent", in.getSilentNs()),
        new RouteLimits.Origins(
            Bounds.number("origin_voters", in.getOriginVoters(), MAX_COUNT),
            Bounds.number("origin_collectors", in.getOriginCollectors(), MAX_COUNT),
            Times.duration("origin_learn_after", in.getOriginLearnAfterNs())));
  }

  private static double share(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new WireFault(Fault.INVALID, field + " is no share from 0 to 1");
    }
    return value;
  }
}
