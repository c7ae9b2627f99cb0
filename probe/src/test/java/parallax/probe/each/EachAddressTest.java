package parallax.probe.each;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.seen.PartsSeen;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Specs;

/** A name with several addresses, each a server of its own on loopback. */
class EachAddressTest {
  private static final String NAME = "front.test";
  private static final List<String> THREE = List.of("127.0.0.1", "127.0.0.2", "::1");

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of(NAME, THREE));

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
    probe.close();
  }

  /** A server at an address; the first one chooses the port of all. */
  private void serve(String address, int status, Map<String, String> headers) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address, port()), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(address + " " + exchange.getRequestHeaders().getFirst("Host"));
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    servers.add(server);
  }

  private int port() {
    return servers.isEmpty() ? 0 : servers.getFirst().getAddress().getPort();
  }

  private HttpSpec http(AddressFamily family) {
    return Specs.naming(Specs.get("http://" + NAME + ":" + port() + "/"), naming(family));
  }

  private static Naming naming(AddressFamily family) {
    return new Naming(List.of(), family, new Naming.Choice.Each());
  }

  private CheckResult look(CheckSpec spec) {
    return probe.run(spec);
  }

  private static List<String> parts(CheckResult result) {
    return result.facts().parts().map(PartsSeen::parts).orElse(List.of()).stream()
        .map(
            part ->
                part.name()
                    + part.status().map(status -> " " + status).orElse("")
                    + part.fault().map(fault -> " " + fault).orElse(""))
        .toList();
  }

  private static Finding why(CheckResult result) {
    return result.outcome().why().orElseThrow();
  }

  @Test
  void allThatAnswerAreUpAndShownOneByOne() throws IOException {
    for (String address : THREE) {
      serve(address, 204, Map.of());
    }
    CheckResult result = look(http(AddressFamily.ANY));
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(parts(result)).containsExactly("127.0.0.1 204", "::1 204", "127.0.0.2 204");
    assertThat(asked)
        .containsExactlyInAnyOrderElementsOf(
            THREE.stream().map(address -> address + " " + NAME + ":" + port()).toList());
  }

  @Test
  void oneThatRefusesMakesTheTargetDegradedAndIsNamed() throws IOException {
    serve("127.0.0.1", 204, Map.of());
    serve("::1", 204, Map.of());
    CheckResult result = look(http(AddressFamily.ANY));
    assertThat(result.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(result.layer()).isEqualTo(Layer.TCP);
    assertThat(why(result).reason().name()).isEqualTo("CONNECTION_REFUSED");
    assertThat(why(result).detail()).isEqualTo("1 of 3 addresses: 127.0.0.2: connection refused");
    assertThat(result.facts().address()).contains("127.0.0.2");
  }

  @Test
  void oneThatAnswersWronglyIsNamedToo() throws IOException {
    serve("127.0.0.1", 204, Map.of());
    serve("127.0.0.2", 204, Map.of());
    serve("::1", 503, Map.of());
    CheckResult result = look(http(AddressFamily.ANY));
    assertThat(result.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(why(result).reason().name()).isEqualTo("HTTP_STATUS");
    assertThat(why(result).detail()).startsWith("1 of 3 addresses: ::1: unexpected status: 503");
    assertThat(result.facts().httpStatus()).contains(503);
  }

  @Test
  void thatOfTheLowestLayerIsTheReason() throws IOException {
    serve("127.0.0.1", 503, Map.of());
    serve("::1", 204, Map.of());
    CheckResult result = look(http(AddressFamily.ANY));
    assertThat(why(result).reason().name()).isEqualTo("CONNECTION_REFUSED");
    assertThat(why(result).detail())
        .startsWith("2 of 3 addresses: 127.0.0.1: unexpected status: 503")
        .endsWith("127.0.0.2: connection refused");
  }

  @Test
  void whereNoneWorksTheTargetIsDown() throws IOException {
    serve("127.0.0.3", 204, Map.of());
    CheckResult result = look(http(AddressFamily.ANY));
    assertThat(result.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(why(result).detail()).startsWith("all 3 addresses: 127.0.0.1: connection refused");
  }

  @Test
  void familiesCanBeLookedAtApart() throws IOException {
    serve("127.0.0.1", 204, Map.of());
    serve("127.0.0.2", 204, Map.of());
    CheckResult four = look(http(AddressFamily.IPV4));
    assertThat(four.outcome()).isEqualTo(Outcome.up());
    assertThat(parts(four)).hasSize(2);
    CheckResult six = look(http(AddressFamily.IPV6));
    assertThat(six.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(why(six).reason().name()).isEqualTo("CONNECTION_REFUSED");
    assertThat(parts(six)).isEmpty();
  }

  @Test
  void aRedirectElsewhereIsFollowedElsewhere() throws IOException {
    probe.close();
    probe =
        LoopbackProbe.ofOperator(
            Map.of(NAME, List.of("127.0.0.1", "127.0.0.2"), "other.test", List.of("127.0.0.3")));
    serve("127.0.0.3", 204, Map.of());
    Map<String, String> there = Map.of("Location", "http://other.test:" + port() + "/");
    serve("127.0.0.1", 302, there);
    serve("127.0.0.2", 302, there);
    CheckResult result = look(http(AddressFamily.ANY));
    assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.up());
    assertThat(asked.stream().filter(who -> who.startsWith("127.0.0.3"))).hasSize(2);
  }

  @Test
  void noMoreThanSomeAreLookedAt() throws IOException {
    probe.close();
    List<String> many =
        IntStream.rangeClosed(1, 20).mapToObj(number -> "127.0.1." + number).toList();
    probe = LoopbackProbe.ofOperator(Map.of(NAME, many));
    serve("127.0.1.1", 204, Map.of());
    CheckResult result =
        look(
            new TcpSpec(
                new ServerAddress(NAME, port()), naming(AddressFamily.ANY), Duration.ofSeconds(5)));
    assertThat(why(result).detail())
        .startsWith((EachAddress.MAX_ADDRESSES - 1) + " of " + EachAddress.MAX_ADDRESSES);
    assertThat(why(result).detail().length()).isLessThanOrEqualTo(Finding.MAX_DETAIL);
  }

  @Test
  void aNameThatIsNotThereIsWhatItAlwaysWas() {
    CheckResult result =
        look(
            new TcpSpec(
                new ServerAddress("gone.test", 80),
                naming(AddressFamily.ANY),
                Duration.ofSeconds(5)));
    assertThat(why(result).reason().name()).isEqualTo("NXDOMAIN");
    assertThat(result.layer()).isEqualTo(Layer.DNS);
  }

  @Test
  void whereItMayNotConnectIsLeftOut() throws IOException {
    serve("127.0.0.1", 204, Map.of());
    probe.close();
    probe = LoopbackProbe.ofOperator(Map.of(NAME, List.of("127.0.0.1", "169.254.169.254")));
    CheckResult result = look(http(AddressFamily.ANY));
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    probe.close();
    probe = LoopbackProbe.ofOperator(Map.of(NAME, List.of("169.254.169.254")));
    assertThat(why(look(http(AddressFamily.ANY))).reason().name())
        .isEqualTo("PROBE_ADDRESS_FORBIDDEN");
  }
}
