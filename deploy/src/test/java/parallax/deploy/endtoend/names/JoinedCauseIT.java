package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import parallax.deploy.check.CheckCommand;
import parallax.deploy.endtoend.Product;
import parallax.deploy.endtoend.Webhook;
import parallax.probe.dns.wire.Exchanged;
import picocli.CommandLine;

/**
 * A delegation that is gone and what the registry says, joined to one incident with one cause,
 * while resolvers and users notice nothing yet.
 */
final class JoinedCauseIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  /** The whole answer of JPRS for a name that it does not have. */
  private static final String NO_MATCH =
      """
      [ JPRS database provides information on network administration. Its use is    ]
      [ restricted to network administration purposes. For further information,     ]
      [ use 'whois -h whois.jprs.jp help'. To suppress Japanese output, add'/e'     ]
      [ at the end of command, e.g. 'whois -h whois.jprs.jp xxx/e'.                 ]

      No match!!

      With JPRS WHOIS, you can query the following domain name information
      sponsored by JPRS.
          - All of registered JP domain name
          - gTLD domain name of which sponsoring registrar is JPRS
      Detail: http://jprs.jp/about/dom-search/jprs-whois/ (only in Japanese)

      For IP address information, please refer to the following WHOIS servers:
          - JPNIC WHOIS (whois.nic.ad.jp)
          - APNIC WHOIS (whois.apnic.net)
          - RIPE WHOIS (whois.ripe.net)

      """;

  @TempDir Path folder;

  private NameLab lab;
  private Registries registries;
  private Webhook webhook;
  private ServerSocket service;
  private final List<Product> running = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    lab = new NameLab(folder.resolve("lab"));
    registries = new Registries(folder);
    webhook = new Webhook();
    // Where every www of the lab is.
    service = new ServerSocket();
    service.bind(new InetSocketAddress(lab.at("7.1").getAddress(), 0));
    accept(service);
    Assumptions.assumeTrue(lab.hasResolver(), "no resolver without root");
  }

  @AfterEach
  void stop() throws IOException {
    running.forEach(Product::close);
    service.close();
    webhook.close();
    registries.close();
    lab.close();
  }

  @Test
  void aHoldOfTheRegistryIsTheCauseWithWhomToWriteTo() throws IOException {
    registries.record("notion.so", "active");
    registries.record("control.so", "active");
    Product product = up("notion.so", "control.so");
    registries.record("notion.so", "server hold");
    lab.script("hold", "notion.so");
    JsonObject cause = toldCause(product, "notion.so");
    assertThat(cause.getString("code")).isEqualTo("REGISTRATION_SERVER_HOLD");
    assertThat(cause.getString("culprit")).isEqualTo("registry:127.0.0.1");
    assertThat(cause.getString("detail"))
        .contains("server hold", "registrar Reidai Names", "abuse@reidai.example");
    assertThat(product.verdict("control.so").getString("state")).isEqualTo("UP");
  }

  @Test
  void aHoldOfTheRegistrarIsItsDoing() throws IOException {
    registries.record("notion.so", "active");
    Product product = up("notion.so");
    registries.record("notion.so", "client hold");
    lab.script("hold", "notion.so");
    JsonObject cause = toldCause(product, "notion.so");
    assertThat(cause.getString("code")).isEqualTo("REGISTRATION_CLIENT_HOLD");
    assertThat(cause.getString("culprit")).isEqualTo("registrar:Reidai Names");
    assertThat(cause.getString("detail")).contains("abuse@reidai.example");
  }

  @Test
  void aDomainThatItsRegistryDoesNotHaveAnyMoreIsDeleted() throws IOException {
    registries.record("notion.so", "active");
    Product product = up("notion.so");
    registries.forget("notion.so");
    lab.script("hold", "notion.so");
    JsonObject cause = toldCause(product, "notion.so");
    assertThat(cause.getString("code")).isEqualTo("REGISTRATION_ABSENT");
    assertThat(cause.getString("detail")).contains("it was registered on", "Reidai Names");
  }

  @Test
  void aProvisionalRegistrationThatLapsedOnASaturdayIsASuspension() throws IOException {
    registries.answer("example.or.jp/e", ofJprs("Connected (2099/03/31)", "2016/04/01"));
    registries.answer("control.or.jp/e", ofJprs("Connected (2099/03/31)", "2016/04/01"));
    Product product = up("example.or.jp");
    awaitNextTurnAtJprs();
    registries.answer("example.or.jp/e", ofJprs("Suspended", "2016/10/01"));
    lab.script("hold", "example.or.jp");
    JsonObject cause = toldCause(product, "example.or.jp");
    assertThat(cause.getString("code")).isEqualTo("REGISTRATION_SUSPENDED");
    assertThat(cause.getString("culprit")).isEqualTo("registry:whois.jprs.jp");
    assertThat(cause.getString("detail")).contains("Suspended", "https://jprs.jp/");
  }

  @Test
  void aDomainThatJprsDoesNotHaveAnyMoreIsDeleted() throws IOException {
    registries.answer("example.or.jp/e", ofJprs("Connected (2099/03/31)", "2016/04/01"));
    registries.answer("control.or.jp/e", ofJprs("Connected (2099/03/31)", "2016/04/01"));
    Product product = up("example.or.jp");
    awaitNextTurnAtJprs();
    registries.answer("example.or.jp/e", NO_MATCH);
    lab.script("hold", "example.or.jp");
    JsonObject cause = toldCause(product, "example.or.jp");
    assertThat(cause.getString("code")).isEqualTo("REGISTRATION_ABSENT");
    assertThat(cause.getString("detail")).contains("whois.jprs.jp", "it was registered on");
    JsonObject look = checked("example.or.jp");
    assertThat(look.getBoolean("registered")).isFalse();
    assertThat(look.getString("code")).isEqualTo("REGISTRATION_ABSENT");
    assertThat(look.getString("registry")).isEqualTo("whois.jprs.jp");
  }

  /** What {@code check}, which knows no better time, says of the registration. */
  private JsonObject checked(String domain) {
    InetSocketAddress resolver = lab.at("0.53");
    List<String> arguments = new ArrayList<>(lab.options());
    arguments.addAll(registries.options());
    arguments.addAll(
        List.of(
            "--json",
            "--resolver",
            resolver.getAddress().getHostAddress() + ":" + resolver.getPort(),
            "tcp://www." + domain + ":" + service.getLocalPort()));
    StringWriter out = new StringWriter();
    new CommandLine(new CheckCommand())
        .setOut(new PrintWriter(out))
        .execute(arguments.toArray(String[]::new));
    return new JsonObject(out.toString())
        .getJsonArray("layers").stream()
            .map(JsonObject.class::cast)
            .filter(layer -> layer.getString("layer").equals("REGISTRATION"))
            .findFirst()
            .orElseThrow();
  }

  /** It takes one question in a while; in life the one before is hours ago. */
  private void awaitNextTurnAtJprs() {
    Awaitility.await().atMost(WHILE).until(() -> registries.asked().contains("example.or.jp/e"));
    Awaitility.await()
        .pollDelay(Registries.PAUSE.plusSeconds(2))
        .atMost(Registries.PAUSE.multipliedBy(2))
        .until(() -> true);
  }

  /** Both layouts of an answer of JPRS are alike but for the words in front. */
  private static String ofJprs(String state, String updated) {
    return """
    [ JPRS database provides information on network administration. Its use is    ]
    [ restricted to network administration purposes. For further information,     ]
    [ use 'whois -h whois.jprs.jp help'. To suppress Japanese output, add'/e'     ]
    Domain Information: [ドメイン情報]
    a. [ドメイン名]                 EXAMPLE.OR.JP
    e. [そしきめい]                 れいだいきょうどうくみあい
    f. [組織名]                     例題協同組合
    g. [Organization]               Reidai Business Cooperative
    m. [登録担当者]                 XX00001JP
    p. [ネームサーバ]               ns1.dns.test
    [状態]                          %s
    [登録年月日]                    2016/04/01
    [接続年月日]                    2016/04/01
    [最終更新]                      %s 00:05:01 (JST)
    """
        .formatted(state, updated);
  }

  /**
   * The cause of the one incident there is, by the interface and by the message alike, raised while
   * the resolver still answers and users notice nothing.
   */
  private JsonObject toldCause(Product product, String domain) {
    product.awaitDown(domain, "REGISTRATION", WHILE);
    JsonObject target =
        Awaitility.await("an incident of " + domain)
            .atMost(WHILE)
            .until(() -> product.items("/api/v1/incidents?state=open"), open -> !open.isEmpty())
            .getJsonObject(0);
    assertThat(product.items("/api/v1/incidents?state=open")).as(target.encode()).hasSize(1);
    Awaitility.await().atMost(WHILE).until(() -> !webhook.messages(domain).isEmpty());
    assertThat(lab.resolve("www." + domain))
        .isInstanceOfSatisfying(
            Exchanged.Replied.class,
            replied -> assertThat(replied.message().getRcode()).isEqualTo(Rcode.NOERROR));
    assertThat(webhook.messages(domain)).hasSize(1);
    JsonObject message = webhook.messages(domain).getFirst();
    JsonObject told = message.getJsonObject("incident").getJsonObject("cause");
    JsonObject shown = target.getJsonObject("cause");
    assertThat(told.getString("layer")).isEqualTo("REGISTRATION");
    assertThat(shown.getString("layer")).isEqualTo("REGISTRATION");
    assertThat(shown.getString("reason")).isEqualTo(told.getString("reason"));
    assertThat(shown.getString("culprit")).isEqualTo(told.getString("culprit"));
    return told;
  }

  private Product up(String... domains) throws IOException {
    InetSocketAddress resolver = lab.at("0.53");
    StringBuilder text = new StringBuilder();
    text.append(
        """
        version: 1
        defaults:
          interval: 1s
          timeout: 2s
          dns: {walk: 1s, resolvers: ["%1$s:%2$d"]}
        receivers:
          - {name: hook, webhook: {url: "%3$s"}}
        routes:
          - {to: [hook]}
        targets:
        """
            .formatted(resolver.getAddress().getHostAddress(), resolver.getPort(), webhook.url()));
    for (String domain : domains) {
      text.append(
          "  - {name: \"%1$s\", url: \"tcp://www.%1$s:%2$d\"}\n"
              .formatted(domain, service.getLocalPort()));
    }
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, text);
    List<String> options = new ArrayList<>(lab.options());
    options.addAll(registries.options());
    Product product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"), options);
    running.add(product);
    for (String domain : domains) {
      product.awaitState(domain, "UP", WHILE);
    }
    return product;
  }

  private static void accept(ServerSocket service) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!service.isClosed()) {
                try {
                  service.accept().close();
                } catch (IOException e) {
                  // Closed by the test.
                }
              }
            });
  }
}
