package parallax.deploy.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.ServerAddress;
import parallax.config.routes.SourceSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Where a probe listens to routers, as it is written on a command line. */
final class RouteOptionsTest {
  /** Nothing but the options. */
  @Command
  static final class Alone {
    @Mixin private RouteOptions routes = new RouteOptions();
  }

  private static List<SourceSpec> sources(String... arguments) {
    Alone alone = new Alone();
    new CommandLine(alone).parseArgs(arguments);
    return alone.routes.sources();
  }

  @Test
  void withoutAnyNoPortIsOpened() {
    assertThat(sources()).isEmpty();
  }

  @Test
  void stationsAndSessionsAreThisMachinesOwn() {
    assertThat(
            sources(
                "--bmp-listen=0.0.0.0:11019",
                "--bmp-from=192.0.2.0/24,2001:db8::/32",
                "--bgp-listen=[::1]:179",
                "--bgp-asn=64500",
                "--bgp-id=192.0.2.1",
                "--bgp-neighbour=192.0.2.2=64501,2001:db8::2=4200000000"))
        .containsExactly(
            new SourceSpec.BmpStation(
                new ServerAddress("0.0.0.0", 11_019), List.of("192.0.2.0/24", "2001:db8::/32")),
            new SourceSpec.BgpSession(
                new ServerAddress("::1", 179),
                64_500,
                "192.0.2.1",
                List.of(
                    new SourceSpec.Neighbour("192.0.2.2", 64_501),
                    new SourceSpec.Neighbour("2001:db8::2", 4_200_000_000L))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --bmp-listen=example.net:1 | address of this machine
          --bmp-listen=127.0.0.1 | HOST:PORT
          --bmp-from=192.0.2.0/24 | needs --bmp-listen
          --bmp-listen=127.0.0.1:1 --bmp-from=192.0.2.1/24 | no network: 192.0.2.1/24
          --bgp-asn=64500 | need --bgp-listen
          --bgp-listen=127.0.0.1:1 | --bgp-asn must be
          --bgp-listen=127.0.0.1:1 --bgp-asn=1 --bgp-id=a | --bgp-id must be
          --bgp-listen=127.0.0.1:1 --bgp-asn=1 --bgp-id=192.0.2.1 | needs --bgp-neighbour
          --bgp-listen=127.0.0.1:1 --bgp-asn=1 --bgp-id=192.0.2.1 --bgp-neighbour=1 | ADDRESS=ASN
          --bgp-listen=127.0.0.1:1 --bgp-asn=1 --bgp-id=192.0.2.1 --bgp-neighbour=::1=x | ADDRESS=ASN
          """)
  void whatCannotBeMeantIsRefused(String arguments, String why) {
    assertThatThrownBy(() -> sources(arguments.split(" ")))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(why);
  }
}
