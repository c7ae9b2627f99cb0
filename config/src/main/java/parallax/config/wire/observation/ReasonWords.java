package parallax.config.wire.observation;

import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.uplink.v1.Observed;

/** Reasons, among them those that a newer probe knows and this version does not. */
final class ReasonWords {
  private static final EnumWords<Reason, Observed.Reason> WORDS =
      new EnumWords<>(Reason.class, Observed.Reason.class, "REASON_");

  /** Longer details are refused; what is longer than a finding keeps is cut by it. */
  private static final int MAX_DETAIL = 4 * Finding.MAX_DETAIL;

  private ReasonWords() {}

  static Observed.Finding write(Finding finding) {
    return Observed.Finding.newBuilder()
        .setReason(WORDS.write(finding.reason()))
        .setDetail(finding.detail())
        .build();
  }

  /** A finding about the target. */
  static Finding readOfTarget(Observed.Finding finding, Layer layer) {
    return read(finding, generalOf(layer));
  }

  /** A finding about the probe itself. */
  static Finding readOfProbe(Observed.Finding finding) {
    return read(finding, Reason.PROBE_INTERNAL_ERROR);
  }

  private static Finding read(Observed.Finding finding, Reason general) {
    String detail = Bounds.text("detail", finding.getDetail(), MAX_DETAIL);
    return WORDS
        .read(finding.getReason())
        .map(reason -> new Finding(reason, detail))
        .orElseGet(() -> new Finding(general, newer(finding.getReasonValue(), detail)));
  }

  private static String newer(int number, String detail) {
    String words = "reason " + number + " of a newer probe";
    return detail.isEmpty() ? words : words + ": " + detail;
  }

  /** The least particular thing that can be said of a layer. */
  static Reason generalOf(Layer layer) {
    return switch (layer) {
      case REGISTRATION -> Reason.REGISTRATION_UNKNOWN_STATE;
      case DELEGATION -> Reason.DELEGATION_PARTIAL;
      case BGP -> Reason.ROUTE_PARTIAL;
      case DNS_AUTH -> Reason.NAME_SERVERS_RCODE;
      case DNS -> Reason.DNS_RCODE;
      case TCP -> Reason.HOST_UNREACHABLE;
      case TLS -> Reason.TLS_HANDSHAKE;
      case HTTP -> Reason.HTTP_MALFORMED;
      case CONTENT -> Reason.BODY_NO_MATCH;
    };
  }
}
