package parallax.config.wire.observation;

import java.util.List;
import java.util.Optional;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RegistrationSeen;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Observed;

/**
 * What a check saw beside its outcome. Lists and texts somewhat beyond what {@link Facts} keeps are
 * cut by it, as those of a newer probe may be; far beyond, they are refused.
 */
final class FactsWire {
  /** Items of one list. */
  static final int MAX_ITEMS = 4 * Facts.MAX_ANSWERS;

  /** UTF-16 code units of one text. */
  static final int MAX_TEXT = 2_048;

  /** UTF-16 code units of an address or of a version, which {@link Facts} leaves as they are. */
  private static final int MAX_WORD = 64;

  private FactsWire() {}

  /** Empty for no facts, which are most of them. */
  static Optional<Observed.Facts> write(Facts facts) {
    if (facts.equals(Facts.NONE)) {
      return Optional.empty();
    }
    Observed.Facts.Builder out = Observed.Facts.newBuilder().setRedirects(facts.redirects());
    facts.address().ifPresent(out::setAddress);
    facts.httpStatus().ifPresent(out::setHttpStatus);
    facts.httpVersion().ifPresent(out::setHttpVersion);
    facts.tlsVersion().ifPresent(out::setTlsVersion);
    facts.certificateExpiry().map(Times::write).ifPresent(out::setCertificateExpiry);
    facts.issuer().ifPresent(out::setIssuer);
    facts.bodyBytes().ifPresent(out::setBodyBytes);
    out.addAllAnswers(facts.answers());
    out.addAllCanonicalNames(facts.canonicalNames());
    facts.signatureExpiry().map(Times::write).ifPresent(out::setSignatureExpiry);
    facts.registration().map(FactsWire::registration).ifPresent(out::setRegistration);
    facts.routes().forEach(route -> out.addRoutes(RoutesWire.write(route)));
    facts.chain().map(SeenWire::write).ifPresent(out::setChain);
    facts.walk().map(SeenWire::write).ifPresent(out::setWalk);
    facts.parts().ifPresent(parts -> PartsWire.write(parts, out));
    facts.reach().map(ReachWire::write).ifPresent(out::setReach);
    return Optional.of(out.build());
  }

  private static Observed.Facts.Registration registration(RegistrationSeen seen) {
    Observed.Facts.Registration.Builder out =
        Observed.Facts.Registration.newBuilder()
            .setDomain(seen.domain())
            .setRegistry(seen.registry())
            .setAsOf(Times.write(seen.asOf()));
    seen.registrar().ifPresent(out::setRegistrar);
    seen.contact().ifPresent(out::setContact);
    seen.expiry().map(Times::write).ifPresent(out::setExpiry);
    return out.build();
  }

  static Facts read(Observed.Facts in) {
    return new Facts(
        word(in.hasAddress(), "address", in.getAddress()),
        in.hasHttpStatus() ? Optional.of(in.getHttpStatus()) : Optional.empty(),
        word(in.hasHttpVersion(), "http_version", in.getHttpVersion()),
        word(in.hasTlsVersion(), "tls_version", in.getTlsVersion()),
        Times.readIf(in.hasCertificateExpiry(), "certificate_expiry", in.getCertificateExpiry()),
        text(in.hasIssuer(), "issuer", in.getIssuer()),
        Bounds.number("redirects", in.getRedirects(), Integer.MAX_VALUE),
        in.hasBodyBytes() ? Optional.of(in.getBodyBytes()) : Optional.empty(),
        texts("answers", in.getAnswersList()),
        texts("canonical_names", in.getCanonicalNamesList()),
        Times.readIf(in.hasSignatureExpiry(), "signature_expiry", in.getSignatureExpiry()),
        in.hasRegistration() ? Optional.of(registration(in.getRegistration())) : Optional.empty(),
        Bounds.items("routes", in.getRoutesList(), MAX_ITEMS).stream()
            .flatMap(route -> RoutesWire.read(route).stream())
            .toList(),
        in.hasChain() ? Optional.of(SeenWire.read(in.getChain())) : Optional.empty(),
        in.hasWalk() ? Optional.of(SeenWire.read(in.getWalk())) : Optional.empty(),
        PartsWire.read(in),
        in.hasReach() ? Optional.of(ReachWire.read(in.getReach())) : Optional.empty());
  }

  private static RegistrationSeen registration(Observed.Facts.Registration in) {
    Bounds.require("as_of", in.hasAsOf());
    return new RegistrationSeen(
        Bounds.text("domain", in.getDomain(), MAX_TEXT),
        Bounds.text("registry", in.getRegistry(), MAX_TEXT),
        text(in.hasRegistrar(), "registrar", in.getRegistrar()),
        text(in.hasContact(), "contact", in.getContact()),
        Times.readIf(in.hasExpiry(), "expiry", in.getExpiry()),
        Times.read("as_of", in.getAsOf()));
  }

  private static Optional<String> word(boolean set, String field, String value) {
    return set ? Optional.of(Bounds.text(field, value, MAX_WORD)) : Optional.empty();
  }

  static Optional<String> text(boolean set, String field, String value) {
    return set ? Optional.of(Bounds.text(field, value, MAX_TEXT)) : Optional.empty();
  }

  static List<String> texts(String field, List<String> values) {
    return Bounds.texts(field, values, MAX_ITEMS, MAX_TEXT);
  }
}
