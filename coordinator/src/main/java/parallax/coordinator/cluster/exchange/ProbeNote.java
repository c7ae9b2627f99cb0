package parallax.coordinator.cluster.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.config.observation.Vantage;
import parallax.config.wire.Batch;
import parallax.config.wire.Decoded;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeConnection.State;

/**
 * A stream as its member shows it to the others. While members are replaced one by one, an older
 * one may read what a newer one wrote: later forms only add fields at the end, which are passed
 * over, and words that are not known have a meaning.
 *
 * @param memberId of the start of the member that holds it, see {@code MemberAttributes.id}
 */
record ProbeNote(ProbeConnection connection, String memberId) {
  static final Wire<ProbeNote> WIRE =
      new Wire<>(ProbeNote.class, "parallax.Probe", ProbeNote::pack, ProbeNote::unpack);

  /** Counts up when fields are added. */
  private static final int FORM = 1;

  private static final int MAX_FORM = 1_000_000;
  private static final int MAX_BYTES = 4_096;
  private static final int MAX_DROPS = 64;

  byte[] pack() {
    Packer out = new Packer();
    out.number(FORM).text(memberId).bytes(Batch.encode(connection.vantage()));
    out.number(connection.boot()).text(connection.coordinator()).text(connection.state().name());
    out.number(connection.since().toEpochMilli()).number(connection.heard().toEpochMilli());
    out.text(connection.software());
    write(out, connection.address());
    write(out, connection.credential());
    out.flag(connection.accepted().isPresent());
    connection.accepted().ifPresent(out::number);
    out.number(connection.notSupported().size());
    connection.notSupported().forEach(part -> out.text(part.target()).text(part.what()));
    out.flag(connection.clock().isPresent());
    connection
        .clock()
        .ifPresent(
            clock -> out.number(clock.ahead().toMillis()).number(clock.roundTrip().toMillis()));
    out.flag(connection.spool().isPresent());
    connection.spool().ifPresent(spool -> out.number(spool.observations()).number(spool.bytes()));
    out.number(Math.min(MAX_DROPS, connection.drops().size()));
    connection.drops().entrySet().stream()
        .limit(MAX_DROPS)
        .forEach(
            drop ->
                out.text(drop.getKey().priority().name())
                    .text(drop.getKey().cause().name())
                    .number(drop.getValue()));
    return out.done();
  }

  static ProbeNote unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    int form = in.count(MAX_FORM);
    String memberId = in.text(MAX_BYTES);
    Vantage vantage = vantage(in.bytes(MAX_BYTES));
    long boot = in.number();
    String coordinator = in.text(MAX_BYTES);
    State state = word(State.values(), in.text(MAX_BYTES)).orElse(State.OPEN);
    Instant since = Instant.ofEpochMilli(in.number());
    Instant heard = Instant.ofEpochMilli(in.number());
    String software = in.text(MAX_BYTES);
    ProbeConnection connection =
        new ProbeConnection(
            vantage,
            boot,
            in.flag() ? Optional.of(in.text(MAX_BYTES)) : Optional.empty(),
            in.flag() ? Optional.of(in.text(MAX_BYTES)) : Optional.empty(),
            coordinator,
            since,
            software,
            in.flag() ? Optional.of(in.number()) : Optional.empty(),
            notSupported(in),
            in.flag() ? Optional.of(clock(in)) : Optional.empty(),
            in.flag() ? Optional.of(spool(in)) : Optional.empty(),
            drops(in),
            heard,
            state);
    if (form == FORM) {
      in.end();
    }
    return new ProbeNote(connection, memberId);
  }

  private static Vantage vantage(byte[] bytes) {
    if (Batch.decodeVantage(bytes) instanceof Decoded.Good<Vantage>(var vantage)) {
      return vantage;
    }
    throw new IllegalArgumentException("a stream of nobody");
  }

  private static void write(Packer out, Optional<String> text) {
    out.flag(text.isPresent());
    text.ifPresent(out::text);
  }

  private static List<ProbeFrame.NotSupported> notSupported(Unpacker in) {
    int count = in.count(ProbeConnection.MAX_NOT_SUPPORTED);
    List<ProbeFrame.NotSupported> parts = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      parts.add(new ProbeFrame.NotSupported(in.text(MAX_BYTES), in.text(MAX_BYTES)));
    }
    return parts;
  }

  private static ProbeConnection.Clock clock(Unpacker in) {
    return new ProbeConnection.Clock(
        Duration.ofMillis(in.number()), Duration.ofMillis(in.number()));
  }

  private static ProbeFrame.Spooled spool(Unpacker in) {
    return new ProbeFrame.Spooled(in.number(), in.number());
  }

  private static SortedMap<ProbeFrame.Dropped, Long> drops(Unpacker in) {
    int count = in.count(MAX_DROPS);
    SortedMap<ProbeFrame.Dropped, Long> drops = new TreeMap<>();
    for (int drop = 0; drop < count; drop++) {
      Optional<Priority> priority = word(Priority.values(), in.text(MAX_BYTES));
      Optional<DropCause> cause = word(DropCause.values(), in.text(MAX_BYTES));
      long dropped = in.number();
      priority
          .flatMap(known -> cause.map(why -> new ProbeFrame.Dropped(known, why)))
          .ifPresent(kind -> drops.put(kind, dropped));
    }
    return drops;
  }

  private static <W extends Enum<W>> Optional<W> word(W[] words, String written) {
    return Stream.of(words).filter(word -> word.name().equals(written)).findFirst();
  }
}
