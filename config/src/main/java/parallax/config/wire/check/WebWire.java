package parallax.config.wire.check;

import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.check.http.PageRules;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Assigned;

/** What an OpenID provider says of itself; a page with all that it loads. */
final class WebWire {
  private static final EnumWords<PageRules.Weight, Assigned.Page.Weight> WEIGHTS =
      new EnumWords<>(PageRules.Weight.class, Assigned.Page.Weight.class, "WEIGHT_");

  private WebWire() {}

  static Assigned.Openid write(HttpSpec.Openid spec) {
    Assigned.Openid.Builder out =
        Assigned.Openid.newBuilder()
            .setIssuer(spec.issuer().toString())
            .setVersion(HttpWire.VERSIONS.write(spec.version()))
            .setTls(TlsWire.write(spec.tls()))
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.proxy().map(HttpWire::write).ifPresent(out::setProxy);
    return out.build();
  }

  static HttpSpec.Openid read(Assigned.Openid in) {
    return new HttpSpec.Openid(
        Parts.uri("issuer", in.getIssuer()),
        Bounds.known("version", HttpWire.VERSIONS.read(in.getVersion())),
        TlsWire.read(in.getTls()),
        in.hasProxy() ? Optional.of(HttpWire.read(in.getProxy())) : Optional.empty(),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  static Assigned.Page write(HttpSpec.Page spec) {
    PageRules rules = spec.rules();
    Assigned.Page.Builder out =
        Assigned.Page.newBuilder()
            .setPage(HttpWire.write(spec.page()))
            .setSameHost(rules.sameHost())
            .setMaxResources(rules.maxResources())
            .setMaxBytes(rules.maxBytes())
            .setBlocking(WEIGHTS.write(rules.blocking()))
            .setOthers(WEIGHTS.write(rules.others()));
    spec.pace().map(Times::nanos).ifPresent(out::setPaceNs);
    return out.build();
  }

  static HttpSpec.Page read(Assigned.Page in) {
    return new HttpSpec.Page(
        HttpWire.read(in.getPage()),
        new PageRules(
            in.getSameHost(),
            Bounds.number("max_resources", in.getMaxResources(), PageRules.MAX_RESOURCES),
            in.getMaxBytes(),
            Bounds.known("blocking", WEIGHTS.read(in.getBlocking())),
            Bounds.known("others", WEIGHTS.read(in.getOthers()))),
        Parts.durationIf(in.hasPaceNs(), "pace", in.getPaceNs()));
  }
}
