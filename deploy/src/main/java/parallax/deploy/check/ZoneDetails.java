package parallax.deploy.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.observation.Layer;
import parallax.deploy.terminal.Times;
import parallax.probe.dns.authority.ServerEvidence;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.dnssec.Verdict;
import parallax.probe.dns.zone.DelegationLook;
import parallax.probe.dns.zone.NameServersLook;
import parallax.probe.dns.zone.Signatures;
import parallax.probe.net.AddressText;

/** Shows the looks at a zone: each cut with each server, the zone's servers, the signatures. */
final class ZoneDetails {
  private ZoneDetails() {}

  /** Step by step from the root, what each server said, and how long it took. */
  static Detail of(DelegationLook look) {
    List<String> lines = new ArrayList<>();
    JsonArray walk = new JsonArray();
    for (Step step : look.walk().steps()) {
      lines.add("  servers of " + step.zone());
      JsonArray servers = new JsonArray();
      for (Visit visit : step.visits()) {
        lines.add("    " + visit + time(visit.took()));
        servers.add(json(visit));
      }
      step.homeless().forEach(name -> lines.add("    " + name + ": has no address"));
      walk.add(
          new JsonObject()
              .put("zone", step.zone().toString())
              .put("servers", servers)
              .put(
                  "homeless",
                  new JsonArray(step.homeless().stream().map(Name::toString).toList())));
    }
    JsonObject json = new JsonObject().put("zone", look.walk().zone().toString());
    json.put("ms", millis(look.walk().took()));
    json.put("walk", walk).put("queries", look.walk().queries());
    signatures(look.signatures(), lines, json);
    return new Detail(Layer.DELEGATION, lines, json);
  }

  /** Each server of the zone with the version that it has, and how it can be reached. */
  static Detail of(NameServersLook look) {
    List<String> lines = new ArrayList<>();
    JsonArray servers = new JsonArray();
    for (ServerEvidence server : look.round().map(round -> round.servers()).orElse(List.of())) {
      lines.add("    " + words(server));
      JsonObject one = json(server.soa());
      server.version().ifPresent(version -> one.put("serial", version.getSerial()));
      server.tcp().ifPresent(tcp -> one.put("tcp", tcp.said().words()));
      JsonArray answers = new JsonArray();
      server.targets().forEach(target -> answers.add(target.said().words()));
      servers.add(one.put("answers", answers));
    }
    Duration slowest =
        look.round().stream()
            .flatMap(round -> round.servers().stream())
            .map(server -> server.soa().took())
            .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) < 0 ? other : one);
    JsonObject json = new JsonObject().put("ms", millis(slowest)).put("servers", servers);
    signatures(look.signatures(), lines, json);
    return new Detail(Layer.DNS_AUTH, lines, json);
  }

  private static String words(ServerEvidence server) {
    StringBuilder text = new StringBuilder(server.server().toString()).append(": ");
    text.append(
        server
            .version()
            .map(version -> "serial " + version.getSerial())
            .orElse(server.soa().said().words()));
    server.targets().forEach(target -> text.append(", ").append(target.said().words()));
    server
        .tcp()
        .filter(tcp -> !tcp.said().serves())
        .ifPresent(tcp -> text.append(", over TCP: ").append(tcp.said().words()));
    server.soa().nsid().ifPresent(id -> text.append(", is ").append(id));
    return text + time(server.soa().took());
  }

  private static void signatures(Signatures signatures, List<String> lines, JsonObject json) {
    JsonArray verdicts = new JsonArray();
    for (Signatures.Asked asked : signatures.verdicts()) {
      Verdict verdict = asked.judgement().verdict();
      String kind = verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      String question = asked.name() + " " + Type.string(asked.type());
      lines.add("  signatures of " + question + ": " + kind + ", " + words(verdict));
      verdicts.add(
          new JsonObject()
              .put("question", question)
              .put("verdict", kind)
              .put("detail", words(verdict)));
    }
    if (!verdicts.isEmpty()) {
      json.put("dnssec", verdicts);
    }
    signatures.firstEnd().ifPresent(end -> json.put("signaturesUntil", end.until().toString()));
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Secure(Verdict.Expiry earliest) -> "until " + earliest;
      case Verdict.Insecure(Name zone, Verdict.Unprotected why, String detail) ->
          why + " at " + zone + ": " + detail;
      case Verdict.Bogus bogus -> bogus.toString();
      case Verdict.Indeterminate(Verdict.Gap gap, String detail) -> gap + ": " + detail;
    };
  }

  private static JsonObject json(Visit visit) {
    JsonObject json =
        new JsonObject()
            .put("name", visit.server().host().toString())
            .put("address", AddressText.of(visit.server().address()))
            .put("said", visit.said().words())
            .put("ms", millis(visit.took()));
    visit.nsid().ifPresent(id -> json.put("nsid", id));
    return json;
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }

  private static String time(Duration took) {
    return took.isZero() ? "" : "  " + Times.precise(took);
  }
}
