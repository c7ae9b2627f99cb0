package parallax.deploy.carry.blackbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.config.problem.Place;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Request;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Service;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;

/** What a module says of one target, by prober. */
final class Modules {
  private static final String ANSWERS = "validate_answer_rrs";

  private final Draft draft;
  private final Sheet target;
  private final Request request;
  private final Probed probed;

  Modules(Draft draft, Sheet target, Request request, Probed probed) {
    this.draft = draft;
    this.target = target;
    this.request = request;
    this.probed = probed;
  }

  /** False when the target is not carried over. */
  boolean kind(String prober, Table module) {
    Table settings = module.table(prober).orElseGet(() -> Table.of(nothing(module)));
    boolean there =
        switch (prober) {
          case "http" -> new HttpModule(draft, target, request).read(settings, address(settings));
          case "tcp" -> tcp(settings);
          case "dns" -> dns(settings);
          case "icmp" -> url("icmp://" + probed.target(), Optional.empty());
          case "grpc" -> grpc(settings);
          case "websocket" -> socket(settings);
          default -> false;
        };
    if (!there) {
      draft.drop(target);
      draft.leftOut(probed.place(), "module '" + probed.module() + "' is of no prober known here");
      return false;
    }
    family(settings);
    settings.rest(draft, target, prober + ".");
    return true;
  }

  /** What stands in for a target goes by TLS where the module asks for that. */
  private String address(Table http) {
    boolean tls = http.isTrue("fail_if_not_ssl") || http.take("tls_config").isPresent();
    return probed.standIn() && tls ? "https://" + probed.target() : probed.target();
  }

  private static Node nothing(Table module) {
    return new Node.Fields(module.place(), List.of());
  }

  private boolean url(String url, Optional<String> otherwise) {
    return request.url(url, otherwise, probed.place());
  }

  private boolean tcp(Table settings) {
    boolean tls = settings.isTrue("tls");
    List<Node> talk = settings.nodes("query_response");
    Optional<Service> service = Service.byTalk(words(talk));
    String place = withPort(service.map(it -> it.port(tls)).orElse(tls ? 443 : 80));
    String plain = (tls ? "tls://" : "tcp://") + place;
    boolean there =
        url(
            service.map(it -> it.scheme(tls) + "://" + place).orElse(plain),
            service.map(_ -> plain));
    if (!talk.isEmpty() && service.isEmpty()) {
      left(settings, "query_response", "what is said and heard over the connection");
    }
    if (tls) {
      tls(settings);
    } else {
      settings.ignore("tls_config");
    }
    return there;
  }

  private String withPort(int standard) {
    boolean port = probed.target().matches(".*:[0-9]+");
    return port || !probed.standIn() ? probed.target() : probed.target() + ":" + standard;
  }

  private static String words(List<Node> talk) {
    return talk.stream()
        .map(Table::of)
        .flatMap(turn -> Stream.of("expect", "send").flatMap(key -> turn.text(key).stream()))
        .collect(Collectors.joining("\n"));
  }

  private boolean dns(Table settings) {
    String name = settings.text("query_name").orElse("");
    String type = settings.text("query_type").orElse("ANY");
    boolean there =
        url("dns://" + probed.target() + "/" + (name.isEmpty() ? "." : name), Optional.empty());
    Sheet dns = target.at("dns", settings.placeOf("query_type"));
    dns.more("types", type, settings.placeOf("query_type"));
    if (!settings.text("transport_protocol").orElse("udp").equals("udp")) {
      left(
          settings, "transport_protocol", "it is asked by UDP, and by TCP where that is cut short");
    }
    boolean usual =
        settings.leaves("valid_rcodes").stream().allMatch(code -> code.text().equals("NOERROR"));
    if (!usual) {
      left(settings, "valid_rcodes", "only an answer is fine");
    }
    for (String section : List.of(ANSWERS, "validate_authority_rrs", "validate_additional_rrs")) {
      if (settings.take(section).isPresent()) {
        left(settings, section, "write the answers that are expected under 'dns: expect:'");
      }
    }
    settings.ignore("query_class", "recursion_desired", "dns_over_tls");
    return there;
  }

  private boolean grpc(Table settings) {
    boolean tls = settings.isTrue("tls");
    boolean there =
        url((tls ? "grpcs://" : "grpc://") + withPort(tls ? 443 : 80), Optional.empty());
    settings
        .text("service")
        .filter(name -> !name.isEmpty())
        .ifPresent(
            name -> {
              Place at = settings.placeOf("service");
              target.at("service", at).text("name", name, at);
            });
    tls(settings);
    return there;
  }

  private boolean socket(Table settings) {
    String address = probed.target();
    boolean there = url(address.contains("://") ? address : "ws://" + address, Optional.empty());
    said(settings);
    settings
        .table("headers")
        .ifPresent(
            headers ->
                headers
                    .all()
                    .forEach(
                        field ->
                            headers
                                .text(field.key())
                                .ifPresent(
                                    it ->
                                        target
                                            .at("service", field.place())
                                            .at("headers", field.place())
                                            .text(field.key(), it, field.place()))));
    settings
        .table("http_config")
        .ifPresent(client -> new HttpModule(draft, target, request).client(client));
    return there;
  }

  /** A message and the first that comes are all that a look has; a greeting may come first. */
  private void said(Table settings) {
    List<Table> turns = settings.nodes("query_response").stream().map(Table::of).toList();
    if (turns.isEmpty()) {
      return;
    }
    Place at = settings.placeOf("query_response");
    Optional<String> greeting = turns.getFirst().text("expect");
    Optional<String> send = turns.getFirst().text("send");
    boolean asks = greeting.isEmpty() && send.isPresent();
    Optional<String> answer = asks && turns.size() > 1 ? turns.get(1).text("expect") : greeting;
    answer.ifPresent(it -> target.at("service", at).text("expect", it, at));
    if (asks) {
      send.ifPresent(it -> target.at("service", at).text("send", it, at));
    }
    boolean answers = turns.size() > 1 && turns.get(1).text("send").isPresent();
    boolean more = asks ? turns.size() > 2 || answers : turns.size() > 1 || send.isPresent();
    if (more) {
      left(settings, "query_response", "what is said after the first message that comes");
    }
  }

  private void tls(Table settings) {
    settings.table("tls_config").ifPresent(tls -> HttpModule.tls(draft, target, request, tls));
  }

  /** Here an address of the other family does unless it is ruled out. */
  private void family(Table settings) {
    Place place = settings.placeOf("preferred_ip_protocol");
    String preferred = settings.text("preferred_ip_protocol").orElse("ip6");
    if (settings.isFalse("ip_protocol_fallback")) {
      target.text("ip", preferred.equals("ip4") ? "ipv4" : "ipv6", place);
    }
    settings.ignore("ip_protocol_fallback", "preferred_ip_protocol");
    if (settings.text("source_ip_address").isPresent()) {
      left(settings, "source_ip_address", "where a probe leaves from is said on its machine");
    }
  }

  private void left(Table settings, String key, String why) {
    BlackboxImport.leftOut(draft, target, settings, key, why);
  }
}
