package parallax.deploy.carry.gatus;

import java.util.List;
import java.util.Optional;
import parallax.config.problem.Place;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Request;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.GoText;

/** The {@code client} of an endpoint. */
final class GatusClient {
  private final Draft draft;
  private final Sheet target;
  private final Request request;

  GatusClient(Draft draft, Sheet target, Request request) {
    this.draft = draft;
    this.target = target;
    this.request = request;
  }

  void read(Table client, boolean web) {
    client
        .text("timeout")
        .flatMap(GoText::duration)
        .ifPresent(time -> request.duration("timeout", time, client.placeOf("timeout")));
    if (client.isTrue("insecure")) {
      draft.leftOut(
          target,
          client.placeOf("insecure"),
          "'insecure': certificates are always verified; name the CA under 'tls: ca:'");
    }
    if (client.isTrue("ignore-redirect") && web) {
      Place place = client.placeOf("ignore-redirect");
      request.http(place).plain("redirects", "0", place);
    }
    client
        .text("network")
        .filter(network -> List.of("ip4", "ip6").contains(network))
        .ifPresent(it -> target.text("ip", "ipv" + it.substring(2), client.placeOf("network")));
    client.text("dns-resolver").ifPresent(it -> resolver(it, client.placeOf("dns-resolver")));
    client
        .text("proxy-url")
        .ifPresent(
            it -> {
              Place place = client.placeOf("proxy-url");
              request.http(place).at("proxy", place).text("url", it, place);
            });
    client.table("oauth2").ifPresent(this::oauth);
    client.table("tls").ifPresent(this::tls);
    client.rest(draft, target, "client.");
  }

  private void resolver(String written, Place place) {
    if (written.startsWith("udp://") || !written.contains("://")) {
      target.at("dns", place).more("resolvers", written.replaceFirst("^udp://", ""), place);
    } else {
      target.at("dns", place).more("resolvers", written.replaceFirst("^[a-z]+://", ""), place);
      draft.look(target, place, "the resolver is asked by UDP, and by TCP where that is cut short");
    }
  }

  private void oauth(Table oauth) {
    Sheet sheet =
        request.clientCredentials(
            oauth.text("token-url").orElse(""),
            oauth.text("client-id").orElse(""),
            oauth.text("client-secret").orElse(""),
            oauth.place());
    oauth.leaves("scopes").forEach(scope -> sheet.more("scopes", scope.text(), scope.place()));
    oauth.rest(draft, target, "client.oauth2.");
  }

  private void tls(Table tls) {
    Optional<String> chain = tls.text("certificate-file");
    Optional<String> key = tls.text("private-key-file");
    chain.ifPresent(it -> request.tls(tls.place()).text("cert", it, tls.place()));
    key.ifPresent(it -> request.tls(tls.place()).text("key", it, tls.place()));
    // TLS 1.3 has no renegotiation (RFC 8446 section 4.1.2).
    tls.ignore("renegotiation");
    tls.rest(draft, target, "client.tls.");
  }
}
