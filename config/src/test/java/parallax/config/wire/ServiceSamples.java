package parallax.config.wire;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.check.CheckSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Login;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Protocol.MailKind;
import parallax.config.check.service.Security;
import parallax.config.secret.Secret;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** A target for each protocol of a service. */
final class ServiceSamples {
  private static final Optional<Login> LOGIN =
      Optional.of(new Login("parallax", Secret.of("open sesame")));

  private static final Patience ANY = Patience.ANY;

  private ServiceSamples() {}

  static Map<String, CoordinatorFrame> frames() {
    return Map.of(
        "assignment-services", frame(9, targets()),
        "assignment-services-over-http", frame(10, overHttp()),
        "assignment-addresses", frame(11, chosen()));
  }

  private static CoordinatorFrame frame(long version, List<Target> targets) {
    return new CoordinatorFrame.Assignment(version, 0, 1, targets, List.of());
  }

  /** A target for each choice among the addresses of a name. */
  private static List<Target> chosen() {
    Naming each = new Naming(List.of(), Naming.AddressFamily.ANY, new Naming.Choice.Each());
    return List.of(
        target("each", each), target("only", Naming.SYSTEM.only("only.example", "2001:db8::7")));
  }

  private static Target target(String name, Naming naming) {
    CheckSpec spec =
        new TcpSpec(new ServerAddress(name + ".example", 443), naming, Duration.ofSeconds(10));
    return target(name, spec);
  }

  private static List<Target> targets() {
    Patience patience =
        new Patience(Optional.of(Duration.ofMillis(300)), Optional.of(Duration.ofSeconds(2)));
    TreeMap<String, Protocol> protocols =
        new TreeMap<>(
            Map.of(
                "mail",
                new Protocol.Mail(
                    MailKind.SMTP,
                    Optional.of("probe.example"),
                    new TreeSet<>(List.of("SIZE", "AUTH PLAIN"))),
                "files",
                new Protocol.Ftp(LOGIN),
                "gate",
                new Protocol.Ssh(
                    new TreeSet<>(List.of("ssh-ed25519")),
                    new TreeSet<>(List.of("SHA256:" + "A".repeat(43)))),
                "chat",
                new Protocol.Xmpp("chat.example"),
                "queue",
                new Protocol.Amqp(),
                "things",
                new Protocol.Mqtt(Optional.empty()),
                "cache",
                new Protocol.Redis(LOGIN),
                "record",
                new Protocol.Postgres("parallax", Optional.of("shop")),
                "old-record",
                new Protocol.MySql("parallax"),
                "people",
                new Protocol.Ldap()));
    List<Security> ways = List.of(Security.values());
    List<Target> targets = new ArrayList<>();
    protocols.forEach(
        (name, protocol) -> {
          Security security = ways.get(targets.size() % ways.size());
          targets.add(target(name, protocol, security, patience));
        });
    return targets;
  }

  /** A target for each of the protocols that came later, over HTTP. */
  private static List<Target> overHttp() {
    Protocol.Header header = new Protocol.Header("x-key", Secret.of("open sesame"));
    return List.of(
        target("cart", new Protocol.Grpc("shop.v1.Cart", List.of(header)), Security.TLS, ANY),
        target("all", new Protocol.Grpc("", List.of()), Security.CLEAR, ANY),
        target(
            "prices",
            new Protocol.WebSocket(
                "/live?of=all",
                List.of(header),
                Optional.of("prices.v2"),
                Optional.of(new Payload(Secret.of("ping"), false)),
                Optional.of(new Answer.Matching(Pattern.compile("^pong")))),
            Security.TLS,
            ANY),
        target(
            "beats",
            new Protocol.WebSocket(
                "/",
                List.of(),
                Optional.empty(),
                Optional.of(new Payload(Secret.of("0aff"), true)),
                Optional.of(new Answer.Beginning("0a"))),
            Security.CLEAR,
            ANY),
        target(
            "open",
            new Protocol.WebSocket(
                "/", List.of(), Optional.empty(), Optional.empty(), Optional.empty()),
            Security.CLEAR,
            ANY));
  }

  private static Target target(
      String name, Protocol protocol, Security security, Patience patience) {
    CheckSpec spec =
        new CheckSpec.ServiceSpec(
            new ServerAddress(name + ".example", 4_242),
            protocol,
            security,
            TlsPolicy.DEFAULT,
            patience,
            Naming.SYSTEM,
            Duration.ofSeconds(10));
    return target(name, spec);
  }

  private static Target target(String name, CheckSpec spec) {
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(30),
        List.of(),
        List.of(spec));
  }
}
