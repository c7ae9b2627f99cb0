package parallax.config.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.check.RouteWatchingWire;
import parallax.config.wire.check.TargetWire;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Times;
import parallax.config.wire.observation.CheckWords;
import parallax.uplink.v1.Assigned;
import parallax.uplink.v1.Uplink;

/** Frames of a coordinator as bytes, both ways. */
public final class CoordinatorFrames {
  private static final EnumWords<Refused.Why, Uplink.Refused.Why> WHYS =
      new EnumWords<>(Refused.Why.class, Uplink.Refused.Why.class, "WHY_");

  /** What a part needs beside its targets: two tags with lengths, three numbers. */
  private static final int PART_BYTES = 2 * 6 + 3 * 11;

  /** What a target needs beside itself: its tag and its length. */
  private static final int TARGET_BYTES = 6;

  private CoordinatorFrames() {}

  /** The bytes of {@code frame}; the same for equal frames. */
  public static byte[] encode(CoordinatorFrame frame) {
    Uplink.FromCoordinator.Builder out = Uplink.FromCoordinator.newBuilder();
    switch (frame) {
      case CoordinatorFrame.Welcome welcome -> out.setWelcome(welcome(welcome));
      case CoordinatorFrame.Assignment part ->
          part(out.getAssignmentBuilder(), part).addAllTargets(written(part.targets()));
      case CoordinatorFrame.Ack(long boot, long first, long sequence) ->
          out.getAckBuilder().setBoot(boot).setFirstSequence(first).setSequence(sequence);
      case CoordinatorFrame.LookAgain again ->
          out.getLookAgainBuilder()
              .setTarget(again.target().value())
              .setCheck(CheckWords.write(again.check()))
              .setAfterNs(Times.nanos(again.after()));
      case CoordinatorFrame.Ping ping ->
          out.getPingBuilder().setId(ping.id()).setSent(Times.write(ping.sent()));
      case Refused(Refused.Why why, String text) ->
          out.getRefusedBuilder().setWhy(WHYS.write(why)).setText(Framing.words(text));
      case CoordinatorFrame.Limits limits ->
          out.getLimitsBuilder()
              .setMaxBatchBytes(limits.batchBytes())
              .setMaxBatchObservations(limits.batchObservations())
              .setMaxObservationsPerSecond(limits.perSecond())
              .setMaxUnacknowledged(limits.unacknowledged());
    }
    return out.build().toByteArray();
  }

  private static Uplink.Welcome welcome(CoordinatorFrame.Welcome welcome) {
    return Uplink.Welcome.newBuilder()
        .setVersion(welcome.version())
        .setMaxBatchBytes(welcome.limits().batchBytes())
        .setMaxBatchObservations(welcome.limits().batchObservations())
        .setMaxObservationsPerSecond(welcome.limits().perSecond())
        .setMaxUnacknowledged(welcome.limits().unacknowledged())
        .build();
  }

  private static Uplink.Assignment.Builder part(
      Uplink.Assignment.Builder out, CoordinatorFrame.Assignment part) {
    part.routes().ifPresent(routes -> out.setRoutes(RouteWatchingWire.write(routes)));
    return out.setRevision(part.revision()).setPart(part.part()).setParts(part.parts());
  }

  private static List<Assigned.Target> written(List<Target> targets) {
    return targets.stream().map(TargetWire::write).toList();
  }

  /**
   * The frames of an assignment without a word about routes.
   *
   * @see #assignment(AssignmentParts.Whole, int)
   */
  public static List<byte[]> assignment(long revision, List<Target> targets, int maxBytes) {
    return assignment(new AssignmentParts.Whole(revision, targets, List.of()), maxBytes);
  }

  /**
   * The frames of a whole assignment, none of more than {@code maxBytes} unless a single target is
   * larger, or what is said about routes.
   *
   * @param whole what is not supported of it is not written
   * @param maxBytes at most {@link WireLimits#MAX_COORDINATOR_FRAME_BYTES}
   */
  public static List<byte[]> assignment(AssignmentParts.Whole whole, int maxBytes) {
    List<List<Assigned.Target>> parts = new ArrayList<>();
    List<Assigned.Target> part = new ArrayList<>();
    parts.add(part);
    int bytes =
        PART_BYTES
            + whole
                .routes()
                .map(routes -> TARGET_BYTES + RouteWatchingWire.write(routes).getSerializedSize())
                .orElse(0);
    for (Assigned.Target target : written(whole.targets())) {
      int size = TARGET_BYTES + target.getSerializedSize();
      boolean full = bytes + size > maxBytes || part.size() == WireLimits.MAX_TARGETS;
      if (full && !part.isEmpty()) {
        part = new ArrayList<>();
        parts.add(part);
        bytes = PART_BYTES;
      }
      part.add(target);
      bytes += size;
    }
    List<byte[]> frames = new ArrayList<>(parts.size());
    for (int index = 0; index < parts.size(); index++) {
      CoordinatorFrame.Assignment head =
          new CoordinatorFrame.Assignment(
              whole.revision(),
              index,
              parts.size(),
              List.of(),
              index == 0 ? whole.routes() : Optional.empty(),
              List.of());
      Uplink.FromCoordinator.Builder out = Uplink.FromCoordinator.newBuilder();
      part(out.getAssignmentBuilder(), head).addAllTargets(parts.get(index));
      frames.add(out.build().toByteArray());
    }
    return frames;
  }

  /** Never throws, whatever the bytes are. */
  public static Decoded<CoordinatorFrame> decode(byte[] bytes) {
    return Framing.decode(
        Uplink.FromCoordinator.parser(),
        bytes,
        WireLimits.MAX_COORDINATOR_FRAME_BYTES,
        CoordinatorFrames::read);
  }

  private static Decoded<CoordinatorFrame> read(Uplink.FromCoordinator in) {
    return switch (in.getFrameCase()) {
      case WELCOME -> new Decoded.Good<>(welcome(in.getWelcome()));
      case ASSIGNMENT -> new Decoded.Good<>(assignment(in.getAssignment()));
      case ACK -> new Decoded.Good<>(ack(in.getAck()));
      case LOOK_AGAIN -> lookAgain(in.getLookAgain());
      case PING -> new Decoded.Good<>(ping(in.getPing()));
      case REFUSED -> new Decoded.Good<>(refused(in.getRefused()));
      case LIMITS -> new Decoded.Good<>(limits(in.getLimits()));
      case FRAME_NOT_SET -> new Decoded.Newer<>("a frame of a newer coordinator");
    };
  }

  private static CoordinatorFrame welcome(Uplink.Welcome in) {
    return new CoordinatorFrame.Welcome(
        Bounds.number("version", in.getVersion(), Integer.MAX_VALUE),
        new CoordinatorFrame.Limits(
            in.getMaxBatchBytes(),
            in.getMaxBatchObservations(),
            in.getMaxObservationsPerSecond(),
            in.getMaxUnacknowledged()));
  }

  private static CoordinatorFrame limits(Uplink.Limits in) {
    return new CoordinatorFrame.Limits(
        in.getMaxBatchBytes(),
        in.getMaxBatchObservations(),
        in.getMaxObservationsPerSecond(),
        in.getMaxUnacknowledged());
  }

  private static CoordinatorFrame assignment(Uplink.Assignment in) {
    List<Target> targets = new ArrayList<>(in.getTargetsCount());
    List<ProbeFrame.NotSupported> notSupported = new ArrayList<>();
    for (Assigned.Target message :
        Bounds.items("targets", in.getTargetsList(), WireLimits.MAX_TARGETS)) {
      TargetWire.ReadTarget read = TargetWire.read(message);
      read.target().ifPresent(targets::add);
      String name = Framing.words(read.name());
      for (String what : read.notSupported()) {
        notSupported.add(new ProbeFrame.NotSupported(name, Framing.words(what)));
      }
    }
    Optional<RouteWatching> routes = Optional.empty();
    if (in.hasRoutes()) {
      RouteWatchingWire.Read read = RouteWatchingWire.read(in.getRoutes());
      routes = read.watching();
      for (String what : read.notSupported()) {
        notSupported.add(new ProbeFrame.NotSupported("", Framing.words("routes: " + what)));
      }
    }
    return new CoordinatorFrame.Assignment(
        in.getRevision(),
        Bounds.number("part", in.getPart(), WireLimits.MAX_PARTS),
        Bounds.number("parts", in.getParts(), WireLimits.MAX_PARTS),
        targets,
        routes,
        notSupported);
  }

  private static CoordinatorFrame ack(Uplink.Ack in) {
    return new CoordinatorFrame.Ack(in.getBoot(), in.getFirstSequence(), in.getSequence());
  }

  private static Decoded<CoordinatorFrame> lookAgain(Uplink.LookAgain in) {
    Optional<CheckKind> kind = CheckWords.read(in.getCheck());
    if (kind.isEmpty()) {
      return new Decoded.Newer<>("look again with check " + in.getCheckValue());
    }
    return new Decoded.Good<>(
        new CoordinatorFrame.LookAgain(
            new TargetName(Bounds.text("target", in.getTarget(), TargetName.MAX_LENGTH)),
            kind.get(),
            Times.duration("after", in.getAfterNs())));
  }

  private static CoordinatorFrame ping(Uplink.Ping in) {
    Bounds.require("sent", in.hasSent());
    return new CoordinatorFrame.Ping(in.getId(), Times.read("sent", in.getSent()));
  }

  private static CoordinatorFrame refused(Uplink.Refused in) {
    return new Refused(
        WHYS.read(in.getWhy()).orElse(Refused.Why.UNSPECIFIED), Framing.words(in.getText()));
  }
}
