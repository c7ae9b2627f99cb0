package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.check.CheckCommand;
import parallax.deploy.endtoend.Certificates;
import parallax.deploy.endtoend.Programs;
import picocli.CommandLine;

/** Resolvers beside each other and beside the source, as {@code check} shows them. */
final class ResolversIT {
  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final List<String> DATES = List.of("20240101000000Z", "20990101000000Z");

  @TempDir static Path folder;

  private static Optional<NameLab> started = Optional.empty();
  private static Optional<OtherResolver> beside = Optional.empty();
  private static Optional<Path> authority = Optional.empty();

  @BeforeAll
  static void up() throws IOException {
    NameLab lab = new NameLab(folder.resolve("lab"));
    started = Optional.of(lab);
    Assumptions.assumeTrue(lab.hasResolver(), "no resolver without root");
    Certificates certificates = new Certificates(folder.resolve("pki"));
    Certificates.Pair ours = certificates.authority("ours");
    InetSocketAddress at = lab.at("0.54");
    Certificates.Pair server =
        certificates.signed("server", ours, "IP:" + at.getAddress().getHostAddress(), DATES);
    authority = Optional.of(ours.certificate());
    beside =
        Optional.of(
            new OtherResolver(
                folder.resolve("other"), at, lab.at("0.53"), server.certificate(), server.key()));
    Awaitility.await()
        .atMost(WHILE)
        .until(() -> words("control.so", other().plain()).contains(" agrees "));
  }

  @AfterAll
  static void down() throws IOException {
    beside.ifPresent(OtherResolver::close);
    if (started.isPresent()) {
      started.get().close();
    }
  }

  private static NameLab lab() {
    return started.orElseThrow();
  }

  private static OtherResolver other() {
    return beside.orElseThrow();
  }

  private static String good() {
    InetSocketAddress at = lab().at("0.53");
    return at.getAddress().getHostAddress() + ":" + at.getPort();
  }

  @Test
  void everyWayIsShownAndWhoeverSaysSomethingElseDiffers() {
    String own = lab().at("7.1").getAddress().getHostAddress();
    List<String> asked =
        List.of(good(), "tcp://" + good(), other().plain(), other().tls(), other().https());
    JsonObject dns = dns("healthy.test", asked);
    assertThat(dns.getString("question")).isEqualTo("www.healthy.test A");
    assertThat(dns.getJsonObject("source").getJsonArray("answers")).containsExactly(own);
    assertThat(resolvers(dns)).extracting(one -> one.getString("resolver")).isEqualTo(asked);
    assertThat(resolvers(dns))
        .extracting(one -> one.getString("over") + " " + one.getString("state"))
        .containsExactly("udp agrees", "tcp agrees", "udp differs", "tls differs", "https differs");
    assertThat(resolvers(dns))
        .extracting(one -> one.getJsonArray("answers").getString(0))
        .containsExactly(own, own, "203.0.113.66", "203.0.113.66", "203.0.113.66");
    assertThat(resolvers(dns))
        .allSatisfy(one -> assertThat(one.getDouble("ms")).isBetween(0.0, 5_000.0));
    assertThat(words("healthy.test", String.join(",", asked)).lines())
        .anyMatch(line -> line.equals("    www.healthy.test A at the source: " + own))
        .anyMatch(line -> line.matches("    " + good() + " +agrees +" + own + ", good for .*ms"))
        .anyMatch(
            line ->
                line.matches(
                    "    " + other().tls() + " +differs +203.0.113.66, good for 300 s  .*ms"));
  }

  @Test
  void whoRepeatsThePastIsOutdatedOrStale() throws IOException {
    List<String> asked = List.of(good(), other().plain());
    assertThat(states("notion.so", asked)).containsExactly("agrees", "agrees");
    lab().script("hold", "notion.so");
    try {
      Awaitility.await().atMost(WHILE).untilAsserted(() -> assertPast(dns("notion.so", asked)));
    } finally {
      lab().script("release", "notion.so");
    }
  }

  private static void assertPast(JsonObject dns) {
    assertThat(dns.getJsonObject("source").getString("rcode")).isEqualTo("NXDOMAIN");
    JsonObject cached = resolvers(dns).getFirst();
    assertThat(cached.getString("state")).as(dns.encode()).isEqualTo("outdated");
    assertThat(cached.getString("detail"))
        .isEqualTo("from its cache, of a zone that is not delegated any more");
    assertThat(cached.getLong("ttlSeconds")).isLessThanOrEqualTo(60);
    JsonObject stale = resolvers(dns).getLast();
    assertThat(stale.getString("state")).as(dns.encode()).isEqualTo("stale");
    assertThat(stale.getJsonArray("hints").getJsonObject(0).getInteger("code")).isEqualTo(3);
  }

  @Test
  void aZoneThatDoesNotValidateFailsWithAHint() {
    JsonObject dns = dns("expired.test", List.of(good()));
    assertThat(resolvers(dns).getFirst().getString("state")).isEqualTo("fails");
    assertThat(resolvers(dns).getFirst().getJsonArray("hints")).isNotEmpty();
    assertThat(resolvers(dns).getFirst().getString("rcode")).isEqualTo("SERVFAIL");
  }

  @Test
  void whoCannotBeAskedSaysWhy() {
    String closed = lab().at("9.9").getAddress().getHostAddress() + ":" + Programs.freePort();
    String stranger = "https://other.test:" + other().https().replaceAll(".*:(\\d+)/.*", "$1");
    assertThat(words("healthy.test", closed + ",tls://" + closed + "," + stranger).lines())
        .anyMatch(line -> line.matches("    " + closed + " +down +name server port.*"))
        .anyMatch(line -> line.matches("    tls://" + closed + " +down +connection refused.*"))
        .anyMatch(line -> line.matches("    " + stranger + " +not found .*"));
    Ran untrusted = run(false, "healthy.test", List.of("--resolver", other().tls()));
    assertThat(untrusted.out()).contains("certificate").containsPattern(other().tls() + " +down");
  }

  private static List<String> states(String domain, List<String> asked) {
    return resolvers(dns(domain, asked)).stream().map(one -> one.getString("state")).toList();
  }

  private static List<JsonObject> resolvers(JsonObject dns) {
    return dns.getJsonArray("resolvers").stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject dns(String domain, List<String> asked) {
    List<String> options = new ArrayList<>(List.of("--json"));
    asked.forEach(one -> options.addAll(List.of("--resolver", one)));
    JsonArray layers = new JsonObject(run(true, domain, options).out()).getJsonArray("layers");
    return layers.stream()
        .map(JsonObject.class::cast)
        .filter(layer -> layer.getString("layer").equals("DNS"))
        .findFirst()
        .orElseThrow();
  }

  private static String words(String domain, String asked) {
    return run(true, domain, List.of("--resolver", asked)).out();
  }

  private record Ran(int status, String out, String err) {}

  private static Ran run(boolean trusting, String domain, List<String> more) {
    List<String> arguments = new ArrayList<>(lab().options());
    arguments.addAll(more);
    // Without a resolver that speaks TLS the file would be for nothing.
    if (trusting && more.stream().anyMatch(one -> one.matches(".*(tls|https)://.*"))) {
      arguments.addAll(List.of("--ca", authority.orElseThrow().toString()));
    }
    // Nobody listens there, but names come first.
    arguments.add("tcp://www." + domain + ":1");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new CheckCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }
}
