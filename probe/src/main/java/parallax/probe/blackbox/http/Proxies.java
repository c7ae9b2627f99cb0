package parallax.probe.blackbox.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.check.ServerAddress;
import parallax.config.check.http.HttpCredentials;
import parallax.config.secret.Secret;
import parallax.probe.blackbox.module.HttpClientSettings.Login;
import parallax.probe.blackbox.module.HttpClientSettings.ProxySettings;
import parallax.probe.blackbox.module.HttpClientSettings.ProxyUrl;
import parallax.probe.blackbox.module.Value;
import parallax.probe.http.HttpUrl;
import parallax.probe.net.Cidr;

/** Which proxy a request goes through. */
final class Proxies {
  private Proxies() {}

  static Optional<HttpSpec.ProxyAddress> towards(HttpUrl url, ProxySettings settings) {
    Optional<ProxyUrl> proxy = settings.url();
    List<String> except = settings.except();
    if (settings.fromEnvironment()) {
      proxy = environment(url.secure() ? "HTTPS_PROXY" : "HTTP_PROXY").flatMap(ProxyUrl::parse);
      except = environment("NO_PROXY").map(text -> List.of(text.split(",", -1))).orElse(List.of());
      // As Go has it, what comes from the environment never counts for this machine itself.
      if (isThisMachine(url.host())) {
        return Optional.empty();
      }
    }
    return except.stream().anyMatch(rule -> matches(rule.strip(), url))
        ? Optional.empty()
        : proxy.map(Proxies::address);
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name))
        .or(() -> Optional.ofNullable(System.getenv(name.toLowerCase(Locale.ROOT))))
        .filter(text -> !text.isBlank());
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost")
        || Cidr.literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** A rule of NO_PROXY: *, a network, an address, a domain, each perhaps with a port. */
  private static boolean matches(String rule, HttpUrl url) {
    if (rule.isEmpty()) {
      return false;
    }
    if (rule.equals("*")) {
      return true;
    }
    Optional<InetAddress> literal = Cidr.literal(url.host());
    if (literal.isPresent()) {
      String plain = rule.replaceAll("^\\[|]", "");
      return inNetwork(plain, literal.get()) || plain.equals(url.host() + ":" + url.port());
    }
    String domain = rule.toLowerCase(Locale.ROOT);
    int colon = domain.lastIndexOf(':');
    if (colon > 0 && !domain.substring(colon + 1).equals(String.valueOf(url.port()))) {
      return false;
    }
    String bare = (colon > 0 ? domain.substring(0, colon) : domain).replaceAll("^\\*", "");
    return bare.startsWith(".")
        ? url.host().endsWith(bare)
        : url.host().equals(bare) || url.host().endsWith("." + bare);
  }

  private static boolean inNetwork(String rule, InetAddress address) {
    try {
      return Cidr.parse(rule).contains(address);
    } catch (IllegalArgumentException notNetwork) {
      return false;
    }
  }

  private static HttpSpec.ProxyAddress address(ProxyUrl url) {
    return new HttpSpec.ProxyAddress(
        new ServerAddress(url.host(), url.port()), url.credentials().map(Proxies::credentials));
  }

  private static HttpCredentials.Basic credentials(Login.Basic basic) {
    return new HttpCredentials.Basic(inline(basic.user()).reveal(), inline(basic.password()));
  }

  /** What stands in a URL stands nowhere else. */
  private static Secret inline(Value value) {
    return switch (value) {
      case Value.Inline(Secret secret) -> secret;
      case Value.InFile file ->
          throw new IllegalStateException("not of a URL: " + Arrays.asList(file));
    };
  }
}
