package parallax.probe.blackbox.look;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TlsPolicy;
import parallax.probe.blackbox.module.TlsSettings;
import parallax.probe.net.AddressText;
import parallax.probe.net.Connector;
import parallax.probe.net.Departure;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.TlsClient;

/** Connections for probes that may wait. */
public final class Dial {
  private Dial() {}

  /**
   * Connects to a port of an address.
   *
   * @param from leaves from there
   * @throws Unseen when that fails
   */
  public static Line tcp(Sight sight, InetAddress to, int port, Optional<InetAddress> from)
      throws Unseen {
    Connector connector =
        from.map(own -> sight.tools().connector().leaving(Departure.from(List.of(own))))
            .orElse(sight.tools().connector());
    Connector.Destination destination =
        new Connector.Destination(
            new ServerAddress(AddressText.of(to), port),
            Naming.SYSTEM,
            NetworkPolicy.Hop.CONFIGURED);
    return sight.await(
        done ->
            connector.connect(
                sight.attempt(),
                destination,
                connected -> {
                  sight.attempt().await(parallax.config.observation.Reason.HTTP_TIMEOUT);
                  done.complete(Line.over(sight, connected.channel()));
                }));
  }

  /**
   * Connects to a socket of this machine.
   *
   * @throws Unseen when that fails
   */
  public static Line local(Sight sight, Path socket) throws Unseen {
    return sight.await(
        done ->
            sight
                .tools()
                .connector()
                .connectLocal(
                    sight.attempt(), socket, channel -> done.complete(Line.over(sight, channel))));
  }

  /**
   * What a handshake needs, with the files read.
   *
   * @param host the name of the server, unless the settings have one
   * @param protocols offered by ALPN
   * @throws Unseen when a file cannot be used
   */
  public static TlsClient.Terms terms(
      Sight sight, String host, TlsSettings settings, List<String> protocols) throws Unseen {
    TlsPolicy policy = TlsFacts.policy(settings);
    return sight.await(
        done ->
            sight
                .tools()
                .tls()
                .prepare(
                    sight.attempt(),
                    policy,
                    trust ->
                        done.complete(
                            new TlsClient.Terms(
                                host, policy, trust, protocols, TlsFacts.leniency(settings)))));
  }
}
