package parallax.config.wire.observation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.config.observation.seen.PartsSeen.Spent;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Observed;

/** The requests of which a look is made. */
final class PartsWire {
  private PartsWire() {}

  static void write(PartsSeen seen, Observed.Facts.Builder out) {
    seen.parts().forEach(part -> out.addParts(write(part)));
    out.setMoreParts(seen.more());
  }

  private static Observed.Facts.Part write(Part part) {
    Observed.Facts.Part.Builder out =
        Observed.Facts.Part.newBuilder()
            .setName(part.name())
            .setStartedAfterNs(Times.nanos(part.start()))
            .setSpent(
                Observed.Timings.newBuilder()
                    .setResolveNs(Times.nanos(part.spent().resolve()))
                    .setConnectNs(Times.nanos(part.spent().connect()))
                    .setTlsNs(Times.nanos(part.spent().tls()))
                    .setFirstByteNs(Times.nanos(part.spent().firstByte()))
                    .setTransferNs(Times.nanos(part.spent().transfer())));
    part.status().ifPresent(out::setStatus);
    part.bytes().ifPresent(out::setBytes);
    part.fault().ifPresent(out::setFault);
    return out.build();
  }

  /** Empty where a look was one request only. */
  static Optional<PartsSeen> read(Observed.Facts in) {
    if (in.getPartsCount() == 0 && in.getMoreParts() == 0) {
      return Optional.empty();
    }
    List<Part> parts =
        Bounds.items("parts", in.getPartsList(), FactsWire.MAX_ITEMS).stream()
            .map(PartsWire::read)
            .toList();
    return Optional.of(
        new PartsSeen(
            parts, Bounds.number("more_parts", in.getMoreParts(), Integer.MAX_VALUE / 2)));
  }

  private static Part read(Observed.Facts.Part in) {
    Observed.Timings spent = in.getSpent();
    return new Part(
        Bounds.text("name", in.getName(), FactsWire.MAX_TEXT),
        in.hasStatus() ? Optional.of(in.getStatus()) : Optional.empty(),
        time(in.getStartedAfterNs()),
        new Spent(
            time(spent.getResolveNs()),
            time(spent.getConnectNs()),
            time(spent.getTlsNs()),
            time(spent.getFirstByteNs()),
            time(spent.getTransferNs())),
        in.hasBytes() ? Optional.of(in.getBytes()) : Optional.empty(),
        FactsWire.text(in.hasFault(), "fault", in.getFault()));
  }

  private static Duration time(long nanos) {
    return Times.duration("parts", nanos);
  }
}
