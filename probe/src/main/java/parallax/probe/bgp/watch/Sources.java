package parallax.probe.bgp.watch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import parallax.config.check.ServerAddress;
import parallax.config.routes.SourceSpec;
import parallax.probe.bgp.bmp.station.BmpStation;
import parallax.probe.bgp.bmp.station.StationSettings;
import parallax.probe.bgp.feed.RouteSource;
import parallax.probe.bgp.rislive.RisLiveSettings;
import parallax.probe.bgp.rislive.RisLiveSource;
import parallax.probe.bgp.rislive.wire.Dialer;
import parallax.probe.bgp.session.Neighbour;
import parallax.probe.bgp.session.PassiveSpeaker;
import parallax.probe.bgp.session.SessionSettings;
import parallax.probe.net.Cidr;
import parallax.probe.net.HostGate;

/**
 * From a configured source to one that listens: the one place that knows all kinds.
 *
 * @param random for the pauses between connections
 * @param gate lets through whom may be connected to
 */
public record Sources(InstantSource clock, RandomGenerator random, HostGate gate) {
  /** Where nobody else is allowed to report, this machine is. */
  private static final List<Cidr> THIS_MACHINE =
      List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128"));

  /** Makes it; nothing is opened before it is started. */
  public RouteSource of(SourceSpec spec) {
    return switch (spec) {
      case SourceSpec.RisLive it ->
          new RisLiveSource(RisLiveSettings.of(introduced(it)), clock, random, Dialer.real(gate));
      case SourceSpec.BmpStation it ->
          new BmpStation(
              new StationSettings(
                  place(it.listen()),
                  it.from().isEmpty()
                      ? THIS_MACHINE
                      : it.from().stream().map(Cidr::parse).toList()),
              clock);
      case SourceSpec.BgpSession it ->
          new PassiveSpeaker(
              place(it.listen()),
              new SessionSettings(it.asn(), identifier(it.id())),
              it.neighbours().stream()
                  .map(one -> new Neighbour(InetAddress.ofLiteral(one.address()), one.asn()))
                  .toList(),
              clock);
    };
  }

  private static URI introduced(SourceSpec.RisLive source) {
    URI url = source.url();
    String before = url.getRawQuery() == null ? "" : url.getRawQuery() + "&";
    String client = "client=" + URLEncoder.encode(source.client(), StandardCharsets.UTF_8);
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.resolve(path + "?" + (before.contains("client=") ? before : before + client));
  }

  /** Of an IPv4 address, as the configuration has been read to be. */
  private static int identifier(String address) {
    return ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress()).getInt();
  }

  private static InetSocketAddress place(ServerAddress listen) {
    return new InetSocketAddress(InetAddress.ofLiteral(listen.host()), listen.port());
  }
}
