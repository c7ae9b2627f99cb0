package parallax.config.wire.observation;

import java.util.Optional;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Observed;

/** Certificates that were sent, and the way from the root. */
final class SeenWire {
  private static final EnumWords<WalkSeen.Answer, Observed.Facts.WalkAnswer> ANSWERS =
      new EnumWords<>(WalkSeen.Answer.class, Observed.Facts.WalkAnswer.class, "WALK_ANSWER_");

  private SeenWire() {}

  static Observed.Facts.CertificateChain write(ChainSeen chain) {
    Observed.Facts.CertificateChain.Builder out =
        Observed.Facts.CertificateChain.newBuilder().setMore(chain.more());
    chain.certificates().forEach(each -> out.addCertificates(write(each)));
    chain.fault().ifPresent(out::setFault);
    return out.build();
  }

  private static Observed.Facts.Certificate write(ChainSeen.Certificate certificate) {
    return Observed.Facts.Certificate.newBuilder()
        .setSubject(certificate.subject())
        .setIssuer(certificate.issuer())
        .addAllNames(certificate.names())
        .setMoreNames(certificate.moreNames())
        .setNotBefore(Times.write(certificate.notBefore()))
        .setNotAfter(Times.write(certificate.notAfter()))
        .setKey(certificate.key())
        .setSignature(certificate.signature())
        .build();
  }

  static Observed.Facts.DnsWalk write(WalkSeen walk) {
    Observed.Facts.DnsWalk.Builder out =
        Observed.Facts.DnsWalk.newBuilder().setZone(walk.zone()).setQueries(walk.queries());
    for (WalkSeen.Step step : walk.steps()) {
      Observed.Facts.WalkStep.Builder one =
          Observed.Facts.WalkStep.newBuilder().setZone(step.zone()).setMore(step.more());
      step.servers().forEach(server -> one.addServers(write(server)));
      out.addSteps(one);
    }
    walk.fault().ifPresent(out::setFault);
    return out.build();
  }

  private static Observed.Facts.WalkServer write(WalkSeen.Server server) {
    return Observed.Facts.WalkServer.newBuilder()
        .setName(server.name())
        .setAddress(server.address())
        .setAnswer(ANSWERS.write(server.answer()))
        .setSaid(server.said())
        .setTookNs(Times.nanos(server.took()))
        .build();
  }

  static ChainSeen read(Observed.Facts.CertificateChain in) {
    return new ChainSeen(
        Bounds.items("certificates", in.getCertificatesList(), FactsWire.MAX_ITEMS).stream()
            .map(SeenWire::certificate)
            .toList(),
        Bounds.number("more", in.getMore(), FactsWire.MAX_ITEMS),
        FactsWire.text(in.hasFault(), "fault", in.getFault()));
  }

  private static ChainSeen.Certificate certificate(Observed.Facts.Certificate in) {
    Bounds.require("not_before", in.hasNotBefore());
    Bounds.require("not_after", in.hasNotAfter());
    return new ChainSeen.Certificate(
        Bounds.text("subject", in.getSubject(), FactsWire.MAX_TEXT),
        Bounds.text("issuer", in.getIssuer(), FactsWire.MAX_TEXT),
        FactsWire.texts("names", in.getNamesList()),
        Bounds.number("more_names", in.getMoreNames(), Integer.MAX_VALUE / 2),
        Times.read("not_before", in.getNotBefore()),
        Times.read("not_after", in.getNotAfter()),
        Bounds.text("key", in.getKey(), FactsWire.MAX_TEXT),
        Bounds.text("signature", in.getSignature(), FactsWire.MAX_TEXT));
  }

  static WalkSeen read(Observed.Facts.DnsWalk in) {
    return new WalkSeen(
        Bounds.text("zone", in.getZone(), FactsWire.MAX_TEXT),
        Bounds.items("steps", in.getStepsList(), FactsWire.MAX_ITEMS).stream()
            .map(SeenWire::step)
            .toList(),
        FactsWire.text(in.hasFault(), "fault", in.getFault()),
        Bounds.number("queries", in.getQueries(), Integer.MAX_VALUE));
  }

  private static WalkSeen.Step step(Observed.Facts.WalkStep in) {
    return new WalkSeen.Step(
        Bounds.text("zone", in.getZone(), FactsWire.MAX_TEXT),
        Bounds.items("servers", in.getServersList(), FactsWire.MAX_ITEMS).stream()
            .flatMap(server -> server(server).stream())
            .toList(),
        Bounds.number("more", in.getMore(), Integer.MAX_VALUE / 2));
  }

  /** Empty when it answered in a way that this version does not know. */
  private static Optional<WalkSeen.Server> server(Observed.Facts.WalkServer in) {
    return ANSWERS
        .read(in.getAnswer())
        .map(
            answer ->
                new WalkSeen.Server(
                    Bounds.text("name", in.getName(), FactsWire.MAX_TEXT),
                    Bounds.text("address", in.getAddress(), FactsWire.MAX_TEXT),
                    answer,
                    Bounds.text("said", in.getSaid(), FactsWire.MAX_TEXT),
                    Times.duration("took_ns", in.getTookNs())));
  }
}
