package parallax.config.wire.observation;

import java.util.List;
import java.util.Optional;
import parallax.config.observation.Facts.RouteRole;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Facts.RouteSight;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Observed;

/** Routes that a target stands on. */
final class RoutesWire {
  private static final EnumWords<RouteRole, Observed.Facts.RouteRole> ROLES =
      new EnumWords<>(RouteRole.class, Observed.Facts.RouteRole.class, "ROUTE_ROLE_");

  private RoutesWire() {}

  static Observed.Facts.Route write(RouteSeen route) {
    Observed.Facts.Route.Builder out =
        Observed.Facts.Route.newBuilder()
            .setPrefix(route.prefix())
            .setRole(ROLES.write(route.role()))
            .addAllAddresses(route.addresses());
    route.origins().forEach(origin -> out.addOrigins(origin.intValue()));
    route.sight().map(RoutesWire::sight).ifPresent(out::setSight);
    return out.build();
  }

  private static Observed.Facts.RouteSight sight(RouteSight sight) {
    Observed.Facts.RouteSight.Builder out =
        Observed.Facts.RouteSight.newBuilder()
            .setReach(sight.reach())
            .setSeeing(sight.seeing())
            .setKnown(sight.known())
            .setSince(Times.write(sight.since()));
    sight.origin().ifPresent(origin -> out.setOrigin(origin.intValue()));
    sight.coveredBy().ifPresent(out::setCoveredBy);
    sight.firstLoss().map(Times::write).ifPresent(out::setFirstLoss);
    return out.build();
  }

  /** Empty when it stands in a role that this version does not know. */
  static Optional<RouteSeen> read(Observed.Facts.Route in) {
    List<Long> origins =
        Bounds.items("origins", in.getOriginsList(), FactsWire.MAX_ITEMS).stream()
            .map(Integer::toUnsignedLong)
            .toList();
    return ROLES
        .read(in.getRole())
        .map(
            role ->
                new RouteSeen(
                    Bounds.text("prefix", in.getPrefix(), FactsWire.MAX_TEXT),
                    origins,
                    role,
                    FactsWire.texts("addresses", in.getAddressesList()),
                    in.hasSight() ? Optional.of(sight(in.getSight())) : Optional.empty()));
  }

  private static RouteSight sight(Observed.Facts.RouteSight in) {
    Bounds.require("since", in.hasSince());
    return new RouteSight(
        Bounds.text("reach", in.getReach(), FactsWire.MAX_TEXT),
        Bounds.number("seeing", in.getSeeing(), Integer.MAX_VALUE),
        Bounds.number("known", in.getKnown(), Integer.MAX_VALUE),
        in.hasOrigin() ? Optional.of(Integer.toUnsignedLong(in.getOrigin())) : Optional.empty(),
        FactsWire.text(in.hasCoveredBy(), "covered_by", in.getCoveredBy()),
        Times.read("since", in.getSince()),
        Times.readIf(in.hasFirstLoss(), "first_loss", in.getFirstLoss()));
  }
}
