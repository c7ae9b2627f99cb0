package parallax.deploy.demo.net;

import java.net.InetAddress;
import java.util.List;

/** Who is where in the small internet. All of 127.0.0.0/8 is this machine. */
public final class Places {
  /** The autonomous system of Facebook, in life and here. */
  public static final long FACEBOOK_AS = 32_934;

  /** What its name servers stand on; in life 129.134.30.0/24 and so on. */
  public static final List<String> NAME_SERVER_PREFIXES =
      List.of("127.129.30.0/24", "127.129.31.0/24", "127.185.218.0/24", "127.185.219.0/24");

  /** What its web servers stand on. */
  public static final String WEB_PREFIX = "127.157.240.0/24";

  static final InetAddress ROOT = at("127.198.41.4");
  static final InetAddress TLDS = at("127.192.5.6");
  static final InetAddress RESOLVER = at("127.9.9.9");
  static final List<InetAddress> FACEBOOK_NAMES =
      List.of(at("127.129.30.12"), at("127.129.31.12"), at("127.185.218.12"), at("127.185.219.12"));
  static final List<InetAddress> HOSTER_NAMES = List.of(at("127.198.18.53"), at("127.198.19.53"));
  static final List<InetAddress> CDN_NAMES = List.of(at("127.23.235.32"), at("127.23.236.32"));
  static final InetAddress FACEBOOK_WEB = at("127.157.240.35");
  static final InetAddress CDN_EDGE = at("127.151.101.1");
  static final InetAddress NOTION_WEB = at("127.104.18.1");
  static final InetAddress SHOP_WEB = at("127.198.20.80");
  static final InetAddress BANK_WEB = at("127.198.21.80");
  static final InetAddress LIBRARY_WEB = at("127.198.22.80");

  private Places() {}

  private static InetAddress at(String address) {
    return InetAddress.ofLiteral(address);
  }
}
