package parallax.config.wire.check;

import java.util.List;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.check.http.PageRules;
import parallax.config.check.journey.Capture;
import parallax.config.check.journey.JourneyStep;
import parallax.config.check.journey.JourneyStep.TemplateHeader;
import parallax.config.check.journey.Template;
import parallax.config.secret.Secret;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/**
 * Checks that make several requests: steps, an OpenID provider and its keys, a page with all that
 * it loads.
 */
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

  static Assigned.Journey write(HttpSpec.Journey spec) {
    Assigned.Journey.Builder out =
        Assigned.Journey.newBuilder()
            .setVersion(HttpWire.VERSIONS.write(spec.version()))
            .setTls(TlsWire.write(spec.tls()))
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.steps().forEach(step -> out.addSteps(write(step)));
    spec.proxy().map(HttpWire::write).ifPresent(out::setProxy);
    return out.build();
  }

  private static Assigned.JourneyStep write(JourneyStep step) {
    Assigned.JourneyStep.Builder out =
        Assigned.JourneyStep.newBuilder()
            .setUrl(write(step.url()))
            .setMethod(step.method())
            .addAllHosts(step.hosts())
            .setExpect(ExpectWire.write(step.expect()))
            .setRedirects(step.redirects());
    step.name().ifPresent(out::setName);
    step.headers()
        .forEach(
            header ->
                out.addHeadersBuilder().setName(header.name()).setValue(write(header.value())));
    step.body().map(WebWire::write).ifPresent(out::setBody);
    step.captures().forEach(capture -> out.addCaptures(write(capture)));
    step.timeout().map(Times::nanos).ifPresent(out::setTimeoutNs);
    return out.build();
  }

  private static Assigned.JourneyStep.Template write(Template template) {
    Assigned.JourneyStep.Template.Builder out = Assigned.JourneyStep.Template.newBuilder();
    for (Template.Piece piece : template.pieces()) {
      switch (piece) {
        case Template.Fixed(Secret text) -> out.addPiecesBuilder().setFixed(Parts.write(text));
        case Template.Captured(String name) -> out.addPiecesBuilder().setCaptured(name);
      }
    }
    return out.build();
  }

  private static Assigned.JourneyStep.Capture write(Capture capture) {
    Assigned.JourneyStep.Capture.Builder out =
        Assigned.JourneyStep.Capture.newBuilder().setName(capture.name());
    capture.pattern().ifPresent(pattern -> out.setPattern(pattern.pattern()));
    switch (capture.source()) {
      case Capture.JsonValue(var path) -> out.getJsonBuilder().addAllPath(ExpectWire.path(path));
      case Capture.HeaderValue(String name) -> out.setHeader(name);
      case Capture.CookieValue(String name) -> out.setCookie(name);
      case Capture.BodyText() -> out.setBody(Assigned.JourneyStep.BodyText.getDefaultInstance());
    }
    return out.build();
  }

  static HttpSpec.Journey read(Assigned.Journey in) {
    return new HttpSpec.Journey(
        Bounds.items("steps", in.getStepsList(), JourneyStep.MAX_STEPS).stream()
            .map(WebWire::read)
            .toList(),
        Bounds.known("version", HttpWire.VERSIONS.read(in.getVersion())),
        TlsWire.read(in.getTls()),
        in.hasProxy() ? Optional.of(HttpWire.read(in.getProxy())) : Optional.empty(),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  private static JourneyStep read(Assigned.JourneyStep in) {
    return new JourneyStep(
        Parts.textIf(in.hasName(), "name", in.getName()),
        read(in.getUrl()),
        Parts.text("method", in.getMethod()),
        Bounds.items("headers", in.getHeadersList(), Parts.MAX_ITEMS).stream()
            .map(
                header ->
                    new TemplateHeader(
                        Parts.text("header", header.getName()), read(header.getValue())))
            .toList(),
        in.hasBody() ? Optional.of(read(in.getBody())) : Optional.empty(),
        Parts.sorted("hosts", in.getHostsList()),
        Bounds.items("captures", in.getCapturesList(), Parts.MAX_ITEMS).stream()
            .map(WebWire::read)
            .toList(),
        ExpectWire.read(in.getExpect()),
        Bounds.number("redirects", in.getRedirects(), HttpSpec.MAX_REDIRECTS),
        Parts.durationIf(in.hasTimeoutNs(), "timeout", in.getTimeoutNs()));
  }

  private static Template read(Assigned.JourneyStep.Template in) {
    List<Template.Piece> pieces =
        Bounds.items("pieces", in.getPiecesList(), Template.MAX_PIECES).stream()
            .map(WebWire::read)
            .toList();
    return new Template(pieces);
  }

  private static Template.Piece read(Assigned.JourneyStep.Piece in) {
    return switch (in.getPieceCase()) {
      case FIXED -> new Template.Fixed(Parts.read("fixed", in.getFixed()));
      case CAPTURED -> new Template.Captured(Parts.text("captured", in.getCaptured()));
      case PIECE_NOT_SET -> throw new WireFault(Fault.UNKNOWN_WORD, "text of a newer version");
    };
  }

  private static Capture read(Assigned.JourneyStep.Capture in) {
    return new Capture(
        Parts.text("capture", in.getName()),
        source(in),
        in.hasPattern()
            ? Optional.of(ExpectWire.pattern("pattern", in.getPattern()))
            : Optional.empty());
  }

  private static Capture.Source source(Assigned.JourneyStep.Capture in) {
    return switch (in.getSourceCase()) {
      case JSON -> new Capture.JsonValue(ExpectWire.path(in.getJson().getPathList()));
      case HEADER -> new Capture.HeaderValue(Parts.text("header", in.getHeader()));
      case COOKIE -> new Capture.CookieValue(Parts.text("cookie", in.getCookie()));
      case BODY -> new Capture.BodyText();
      case SOURCE_NOT_SET -> throw new WireFault(Fault.UNKNOWN_WORD, "a place of a newer version");
    };
  }
}
