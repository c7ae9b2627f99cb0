package parallax.config.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Vantage;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.config.wire.ProbeFrame.PassedOver;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.config.wire.observation.ObservationWire;
import parallax.config.wire.observation.VantageWire;
import parallax.uplink.v1.Observed;
import parallax.uplink.v1.Uplink;

/** Frames of a probe as bytes, both ways. */
public final class ProbeFrames {
  private static final EnumWords<Priority, Uplink.Drops.Priority> PRIORITIES =
      new EnumWords<>(Priority.class, Uplink.Drops.Priority.class, "PRIORITY_");
  private static final EnumWords<DropCause, Uplink.Drops.Cause> CAUSES =
      new EnumWords<>(DropCause.class, Uplink.Drops.Cause.class, "CAUSE_");

  private ProbeFrames() {}

  /** The bytes of {@code frame}; the same for equal frames. */
  public static byte[] encode(ProbeFrame frame) {
    Uplink.FromProbe.Builder out = Uplink.FromProbe.newBuilder();
    switch (frame) {
      case ProbeFrame.Hello hello -> out.setHello(hello(hello));
      case ProbeFrame.Observations batch -> out.setObservations(observations(batch));
      case ProbeFrame.AssignmentAccepted accepted -> out.setAssignmentAccepted(accepted(accepted));
      case ProbeFrame.Pong pong -> out.setPong(pong(pong));
      case ProbeFrame.Drops drops -> out.setDrops(drops(drops));
      case ProbeFrame.Bye(String why) -> out.getByeBuilder().setWhy(Framing.words(why));
    }
    return out.build().toByteArray();
  }

  private static Uplink.Hello hello(ProbeFrame.Hello hello) {
    Uplink.Hello.Builder out =
        Uplink.Hello.newBuilder()
            .setOldestVersion(hello.versions().oldest())
            .setNewestVersion(hello.versions().newest())
            .setVantage(VantageWire.write(hello.vantage()))
            .setSoftware(Framing.words(hello.software()))
            .setBoot(hello.boot())
            .setClock(Times.write(hello.clock()));
    hello.assignment().ifPresent(out::setAssignment);
    return out.build();
  }

  private static Uplink.Observations observations(ProbeFrame.Observations batch) {
    long first = batch.observations().getFirst().id().sequence();
    Uplink.Observations.Builder out =
        Uplink.Observations.newBuilder()
            .setBoot(batch.boot())
            .setVantage(VantageWire.write(batch.vantage()))
            .setFirstSequence(first);
    boolean gaps = batch.lastSequence() - first != batch.observations().size() - 1;
    for (Observation observation : batch.observations()) {
      if (gaps) {
        out.addOffsets(Math.toIntExact(observation.id().sequence() - first));
      }
      out.addObservations(ObservationWire.write(observation));
    }
    return out.build();
  }

  private static Uplink.AssignmentAccepted accepted(ProbeFrame.AssignmentAccepted accepted) {
    Uplink.AssignmentAccepted.Builder out =
        Uplink.AssignmentAccepted.newBuilder().setRevision(accepted.revision());
    accepted.notSupported().stream()
        .limit(WireLimits.MAX_NOT_SUPPORTED)
        .forEach(
            part ->
                out.addNotSupportedBuilder()
                    .setTarget(Framing.words(part.target()))
                    .setWhat(Framing.words(part.what())));
    return out.build();
  }

  private static Uplink.Pong pong(ProbeFrame.Pong pong) {
    Uplink.Pong.Builder out =
        Uplink.Pong.newBuilder()
            .setId(pong.id())
            .setReceived(Times.write(pong.received()))
            .setSent(Times.write(pong.sent()));
    pong.spooled()
        .ifPresent(
            waiting ->
                out.getSpooledBuilder()
                    .setObservations(waiting.observations())
                    .setBytes(waiting.bytes()));
    return out.build();
  }

  private static Uplink.Drops drops(ProbeFrame.Drops drops) {
    Uplink.Drops.Builder out = Uplink.Drops.newBuilder().setBoot(drops.boot());
    drops
        .counts()
        .forEach(
            (kind, count) ->
                out.addDropsBuilder()
                    .setPriority(PRIORITIES.write(kind.priority()))
                    .setCause(CAUSES.write(kind.cause()))
                    .setCount(count));
    return out.build();
  }

  /** Never throws, whatever the bytes are. */
  public static Decoded<ProbeFrame> decode(byte[] bytes) {
    return Framing.decode(
        Uplink.FromProbe.parser(), bytes, WireLimits.MAX_PROBE_FRAME_BYTES, ProbeFrames::read);
  }

  private static Decoded<ProbeFrame> read(Uplink.FromProbe in) {
    return switch (in.getFrameCase()) {
      case HELLO -> new Decoded.Good<>(hello(in.getHello()));
      case OBSERVATIONS -> new Decoded.Good<>(observations(in.getObservations()));
      case ASSIGNMENT_ACCEPTED -> new Decoded.Good<>(accepted(in.getAssignmentAccepted()));
      case PONG -> new Decoded.Good<>(pong(in.getPong()));
      case DROPS -> new Decoded.Good<>(drops(in.getDrops()));
      case BYE -> new Decoded.Good<>(new ProbeFrame.Bye(Framing.words(in.getBye().getWhy())));
      case FRAME_NOT_SET -> new Decoded.Newer<>("a frame of a newer probe");
    };
  }

  private static ProbeFrame hello(Uplink.Hello in) {
    Bounds.require("clock", in.hasClock());
    return new ProbeFrame.Hello(
        new Versions(in.getOldestVersion(), in.getNewestVersion()),
        VantageWire.read(in.getVantage()),
        Framing.words(in.getSoftware()),
        in.getBoot(),
        Times.read("clock", in.getClock()),
        in.hasAssignment() ? Optional.of(in.getAssignment()) : Optional.empty());
  }

  private static ProbeFrame observations(Uplink.Observations in) {
    Vantage vantage = VantageWire.read(in.getVantage());
    List<Observed.Observation> messages =
        Bounds.items("observations", in.getObservationsList(), WireLimits.MAX_BATCH);
    if (messages.isEmpty()
        || (in.getOffsetsCount() != 0 && in.getOffsetsCount() != messages.size())) {
      throw new WireFault(
          Fault.INVALID, in.getOffsetsCount() + " offsets, " + messages.size() + " observations");
    }
    List<Observation> good = new ArrayList<>(messages.size());
    List<PassedOver> passedOver = new ArrayList<>();
    long before = Bounds.count("first_sequence", in.getFirstSequence()) - 1;
    for (int index = 0; index < messages.size(); index++) {
      int offset = in.getOffsetsCount() == 0 ? index : in.getOffsets(index);
      long sequence = in.getFirstSequence() + Bounds.number("offset", offset, Integer.MAX_VALUE);
      if (sequence <= before) {
        throw new WireFault(Fault.INVALID, "sequence numbers do not rise");
      }
      before = sequence;
      ObservationId id = new ObservationId(vantage.probe(), in.getBoot(), sequence);
      try {
        good.add(ObservationWire.read(messages.get(index), id, vantage));
      } catch (WireFault | IllegalArgumentException e) {
        String words = Framing.words(WireFault.wordsOf(e));
        passedOver.add(new PassedOver(sequence, WireFault.faultOf(e), words));
      }
    }
    return new ProbeFrame.Observations(in.getBoot(), vantage, good, passedOver);
  }

  private static ProbeFrame accepted(Uplink.AssignmentAccepted in) {
    return new ProbeFrame.AssignmentAccepted(
        in.getRevision(),
        Bounds.items("not_supported", in.getNotSupportedList(), WireLimits.MAX_NOT_SUPPORTED)
            .stream()
            .map(
                part ->
                    new ProbeFrame.NotSupported(
                        Framing.words(part.getTarget()), Framing.words(part.getWhat())))
            .toList());
  }

  private static ProbeFrame pong(Uplink.Pong in) {
    Bounds.require("received", in.hasReceived());
    Bounds.require("sent", in.hasSent());
    return new ProbeFrame.Pong(
        in.getId(),
        Times.read("received", in.getReceived()),
        Times.read("sent", in.getSent()),
        in.hasSpooled() ? Optional.of(spooled(in.getSpooled())) : Optional.empty());
  }

  private static ProbeFrame.Spooled spooled(Uplink.Pong.Spooled in) {
    return new ProbeFrame.Spooled(
        Bounds.count("observations", in.getObservations()), Bounds.count("bytes", in.getBytes()));
  }

  /** Kinds of drops that this version does not know are passed over. */
  private static ProbeFrame drops(Uplink.Drops in) {
    SortedMap<Dropped, Long> counts = new TreeMap<>();
    for (Uplink.Drops.Drop drop : Bounds.items("drops", in.getDropsList(), WireLimits.MAX_DROPS)) {
      long count = Bounds.count("count", drop.getCount());
      PRIORITIES
          .read(drop.getPriority())
          .flatMap(priority -> CAUSES.read(drop.getCause()).map(c -> new Dropped(priority, c)))
          .ifPresent(kind -> counts.put(kind, count));
    }
    return new ProbeFrame.Drops(in.getBoot(), counts);
  }
}
