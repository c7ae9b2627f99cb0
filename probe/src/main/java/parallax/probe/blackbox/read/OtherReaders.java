package parallax.probe.blackbox.read;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;
import parallax.probe.blackbox.module.EchoModule;
import parallax.probe.blackbox.module.GrpcModule;
import parallax.probe.blackbox.module.HttpClientSettings;
import parallax.probe.blackbox.module.IpChoice;
import parallax.probe.blackbox.module.SocketModule;
import parallax.probe.blackbox.module.StreamModule;
import parallax.probe.blackbox.module.Talk;
import parallax.probe.net.Cidr;

/** The parts {@code tcp}, {@code unix}, {@code icmp}, {@code grpc} and {@code websocket}. */
final class OtherReaders {
  /** So that packets stay whole: an echo is at most 64 KiB with its headers. */
  private static final int MAX_PAYLOAD = 65_000;

  private static final int MAX_HOPS = 255;

  /** A message of one service's name with one byte of length before it. */
  private static final int MAX_SERVICE = 120;

  private OtherReaders() {}

  static IpChoice ip(Section section) {
    String family = section.text("preferred_ip_protocol").orElse("");
    if (!List.of("", "ip4", "ip6").contains(family)) {
      section.wrong(
          "preferred_ip_protocol",
          section.take("preferred_ip_protocol").orElseThrow(),
          "must be ip4 or ip6");
    }
    return new IpChoice(!family.equals("ip4"), section.flag("ip_protocol_fallback", true));
  }

  static Optional<InetAddress> source(Section section) {
    Optional<String> text = section.text("source_ip_address").filter(word -> !word.isEmpty());
    Optional<InetAddress> address = text.flatMap(Cidr::literal);
    if (text.isPresent() && address.isEmpty()) {
      section.wrong(
          "source_ip_address",
          section.take("source_ip_address").orElseThrow(),
          "must be an address of this machine, such as 192.0.2.1");
    }
    return address;
  }

  static StreamModule stream(Section section, boolean unix) {
    StreamModule module =
        new StreamModule(
            unix,
            unix ? IpChoice.DEFAULT : ip(section),
            unix ? Optional.empty() : source(section),
            talk(section, true),
            section.flag("tls", false),
            TlsReader.read(section.section("tls_config")));
    section.end();
    return module;
  }

  static EchoModule echo(Section section) {
    EchoModule module =
        new EchoModule(
            ip(section),
            source(section),
            section.whole("payload_size", 0, MAX_PAYLOAD, 0),
            section.flag("dont_fragment", false),
            section.whole("ttl", 0, MAX_HOPS, 64));
    section.end();
    return module;
  }

  static GrpcModule grpc(Section section) {
    String service = section.text("service").orElse("");
    if (service.getBytes(StandardCharsets.UTF_8).length > MAX_SERVICE
        || !StandardCharsets.US_ASCII.newEncoder().canEncode(service)) {
      section.refuse("service", "must be ASCII of at most " + MAX_SERVICE + " characters");
      service = "";
    }
    GrpcModule module =
        new GrpcModule(
            service,
            ClientReader.headers(section, "metadata"),
            section.flag("tls", false),
            TlsReader.read(section.section("tls_config")),
            ip(section));
    section.end();
    return module;
  }

  static SocketModule socket(Section section) {
    Section http = section.section("http_config");
    HttpClientSettings client = ClientReader.read(http);
    http.end();
    boolean proxied = client.proxy().url().isPresent() || client.proxy().fromEnvironment();
    if (proxied || client.login() instanceof HttpClientSettings.Login.ByToken) {
      section.refuse(
          "http_config", "can't have a proxy or oauth2 for a WebSocket; they are not supported");
    }
    SocketModule module =
        new SocketModule(
            client, ClientReader.headers(section, "headers"), talk(section, false), ip(section));
    section.end();
    return module;
  }

  private static Talk talk(Section section, boolean stream) {
    return new Talk(
        section.items("query_response", node -> Optional.of(turn(section, node, stream))));
  }

  private static Talk.Turn turn(Section section, Node node, boolean stream) {
    Section turn = Section.of(section.problems(), "query_response", node);
    Optional<Secret> bytes = octets(turn, "expect_bytes").filter(text -> !text.reveal().isEmpty());
    boolean expects = turn.text("expect").filter(text -> !text.isEmpty()).isPresent();
    if (expects && bytes.isPresent()) {
      turn.refuse("expect_bytes", "and 'expect' can't be given both in one turn; write two");
    }
    boolean startTls = turn.flag("starttls", false);
    if (!stream && (startTls || bytes.isPresent())) {
      turn.refuse(
          startTls ? "starttls" : "expect_bytes", "is not for a WebSocket, which has messages");
    }
    List<Talk.Label> labels = new ArrayList<>();
    turn.items(
        "labels",
        item -> {
          Section label = Section.of(section.problems(), "labels", item);
          Optional<String> name = label.text("name");
          if (name.filter(word -> word.matches("[a-zA-Z_][a-zA-Z0-9_]*")).isEmpty()) {
            label.refuse("name", "must be the name of a label, such as version");
          }
          labels.add(new Talk.Label(name.orElse(""), label.text("value").orElse("")));
          label.end();
          return Optional.empty();
        });
    Talk.Turn read =
        new Talk.Turn(
            expects ? turn.pattern("expect") : Optional.empty(),
            bytes,
            labels,
            octets(turn, "send").orElse(Secret.of("")),
            turn.take("send").filter(OtherReaders::isBinary).isPresent(),
            startTls);
    turn.end();
    return read;
  }

  private static boolean isBinary(Node node) {
    return node instanceof Node.Leaf leaf && leaf.binary();
  }

  private static Optional<Secret> octets(Section section, String key) {
    return section
        .take(key)
        .flatMap(
            node -> {
              if (node instanceof Node.Leaf leaf) {
                return Optional.of(Secret.of(leaf.octets()));
              }
              section
                  .problems()
                  .error(node.place(), "'" + key + "' must be text; found " + Node.kind(node));
              return Optional.empty();
            });
  }
}
