package parallax.deploy.demo.story;

import java.net.InetAddress;
import java.util.List;

/**
 * Where the probes stand. Two are in Tokyo: what only one probe of a region sees can be the probe's
 * own trouble as well as the region's, and with three in all nobody is left to tell when one is
 * ill.
 */
public final class Vantages {
  private static final String TOKYO = "tokyo";

  /** All of them. */
  public static final List<Vantage> ALL =
      List.of(
          new Vantage("tokyo-1", TOKYO, 64_501, at("127.0.81.1")),
          new Vantage("tokyo-2", TOKYO, 64_502, at("127.0.81.2")),
          new Vantage("frankfurt-1", "frankfurt", 64_503, at("127.0.49.1")),
          new Vantage("virginia-1", "virginia", 64_504, at("127.0.1.1")));

  private Vantages() {}

  /**
   * One probe.
   *
   * @param asn the autonomous system that it sits in
   * @param address that its checks leave from
   */
  public record Vantage(String name, String region, long asn, InetAddress address) {}

  static List<InetAddress> of(String region) {
    return ALL.stream().filter(one -> one.region().equals(region)).map(Vantage::address).toList();
  }

  static InetAddress named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow().address();
  }

  private static InetAddress at(String address) {
    return InetAddress.ofLiteral(address);
  }
}
