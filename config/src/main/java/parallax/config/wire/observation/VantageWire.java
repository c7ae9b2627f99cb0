package parallax.config.wire.observation;

import java.util.Optional;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Label;
import parallax.config.target.Region;
import parallax.config.wire.field.Bounds;
import parallax.uplink.v1.Observed;

/** Who looks, and from where. */
public final class VantageWire {
  private VantageWire() {}

  public static Observed.Vantage write(Vantage vantage) {
    Observed.Vantage.Builder out =
        Observed.Vantage.newBuilder()
            .setProbe(vantage.probe().value())
            .setRegion(vantage.region().value());
    vantage.asn().ifPresent(asn -> out.setAsn(asn.intValue()));
    return out.build();
  }

  public static Vantage read(Observed.Vantage vantage) {
    return new Vantage(
        new ProbeName(Bounds.text("probe", vantage.getProbe(), Label.MAX_LENGTH)),
        new Region(Bounds.text("region", vantage.getRegion(), Label.MAX_LENGTH)),
        vantage.hasAsn()
            ? Optional.of(Integer.toUnsignedLong(vantage.getAsn()))
            : Optional.empty());
  }
}
