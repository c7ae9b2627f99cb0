package parallax.deploy.check.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.dns.vantage.SideBySide.Written;
import parallax.probe.dns.vantage.Vantage;
import parallax.probe.dns.vantage.line.Identity;

final class ResolverTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1                       | udp 192.0.2.1:53
          192.0.2.1:5353                  | udp 192.0.2.1:5353
          2001:db8::53                    | udp [2001:db8::53]:53
          [2001:db8::53]:5353             | udp [2001:db8::53]:5353
          dns.example                     | udp dns.example:53
          udp://192.0.2.1                 | udp 192.0.2.1:53
          tcp://192.0.2.1:5353            | tcp 192.0.2.1:5353
          tls://dns.example               | tls dns.example:853 as dns.example
          tls://192.0.2.1:853/            | tls 192.0.2.1:853 as 192.0.2.1
          TLS://DNS.Example:8853          | tls dns.example:8853 as dns.example
          https://dns.example/dns-query   | https dns.example:443/dns-query as dns.example
          https://dns.example             | https dns.example:443/dns-query as dns.example
          https://dns.example:8443/q?x=1  | https dns.example:8443/q?x=1 as dns.example
          https://dns.example/q{?dns}     | https dns.example:443/q as dns.example
          https://[2001:db8::53]/dns      | https [2001:db8::53]:443/dns as 2001:db8::53
          """)
  void everyFormSaysWhereAndHow(String text, String expected) {
    assertThat(ResolverText.parse(text))
        .isInstanceOfSatisfying(
            ResolverText.Good.class,
            good -> {
              assertThat(words(good.resolver())).isEqualTo(expected);
              assertThat(good.resolver().name()).isEqualTo(text);
            });
  }

  private static String words(Written resolver) {
    String server = resolver.server().toString();
    return switch (resolver.way()) {
      case Vantage.Udp() -> "udp " + server;
      case Vantage.Tcp() -> "tcp " + server;
      case Vantage.Tls(Identity identity) -> "tls " + server + " as " + name(identity);
      case Vantage.Https(Identity identity, String path) ->
          "https " + server + path + " as " + name(identity);
    };
  }

  private static String name(Identity identity) {
    return switch (identity) {
      case Identity.ByName(String name) -> name;
      case Identity.ByKey _ -> "a key";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | write 192.0.2.1
          192.0.2.1:0           | write 192.0.2.1
          192.0.2.1:99999       | write 192.0.2.1
          two words             | write 192.0.2.1
          quic://dns.example    | the scheme quic is no way to a resolver
          http://dns.example/q  | the scheme http is no way to a resolver
          tls://dns.example/q   | only https:// has a path
          tcp://192.0.2.1/x     | only https:// has a path
          tls://                | the host is missing
          tls://dns.example:0   | a port is a number from 1 to 65535
          https://me@dns.example/q | user
          https://dns.example/q#x  | fragment
          """)
  void everythingElseIsRefusedInWords(String text, String why) {
    assertThat(ResolverText.parse(text))
        .isInstanceOfSatisfying(
            ResolverText.Bad.class,
            bad -> assertThat(bad.why()).startsWith("'" + text + "': ").contains(why));
  }
}
