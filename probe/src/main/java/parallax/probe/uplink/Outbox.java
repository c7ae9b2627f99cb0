package parallax.probe.uplink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.fault.Steps;
import parallax.config.observation.Observation;
import parallax.config.wire.Batch;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.probe.check.NanoSource;
import parallax.probe.spool.Appended;
import parallax.probe.spool.Slice;
import parallax.probe.spool.Spool;
import parallax.probe.uplink.session.UplinkInput.Sent;

/**
 * What is to be handed over: observations go in, frames come out, and what was acknowledged is
 * forgotten. Numbers the observations of this run itself, in the order in which they came. Not
 * thread-safe; may wait for the disk.
 */
final class Outbox implements AutoCloseable {
  private final Spool spool;
  private final Duration syncEvery;
  private final NanoSource nanos;
  private final Steps steps;
  private final Unspooled unspooled;
  private final Priorities priorities = new Priorities();
  private long sequence;
  private boolean unsynced;
  private long unsyncedSince;

  /** A frame of observations of one run, ready to be sent. */
  static final class Parcel {
    private final List<Sent> content;
    private final byte[] frame;

    Parcel(List<Sent> content, byte[] frame) {
      this.content = List.copyOf(content);
      this.frame = frame;
    }

    /** What it will be once it is sent: stretches of numbers without gaps. */
    List<Sent> content() {
      return content;
    }

    /** Observations in it. */
    int count() {
      return content.stream().mapToInt(Sent::count).sum();
    }

    byte[] frame() {
      return frame;
    }
  }

  /** A run: its number, and who looks, encoded. */
  static final class Origin {
    private final long boot;
    private final byte[] vantage;

    Origin(long boot, byte[] vantage) {
      this.boot = boot;
      this.vantage = vantage;
    }
  }

  Outbox(Spool spool, Duration syncEvery, Origin origin, NanoSource nanos, Steps steps) {
    this.spool = spool;
    this.syncEvery = syncEvery;
    this.nanos = nanos;
    this.steps = steps;
    this.unspooled = new Unspooled(origin.boot, origin.vantage);
  }

  void put(Observation observation) {
    steps.passed("probe.made");
    Priority priority = priorities.of(observation);
    byte[] bytes = Batch.encode(observation);
    switch (spool.append(sequence, priority, bytes)) {
      case Appended.Kept _ -> {
        steps.passed("probe.appended");
        unsyncedSince = unsynced ? unsyncedSince : nanos.nanos();
        unsynced = true;
      }
      case Appended.Refused(DropCause cause) ->
          unspooled.add(sequence, new Dropped(priority, cause), bytes);
    }
    sequence++;
  }

  /** Makes what was put in safe from a loss of power, when it is time to. */
  void syncWhenDue() {
    if (unsynced && nanos.nanos() - unsyncedSince >= syncEvery.toNanos()) {
      spool.sync();
      unsynced = false;
      steps.passed("probe.synced");
    }
  }

  /** A new stream begins. */
  void begin() {
    spool.restart();
    unspooled.restart();
  }

  /** A frame of at most so many new observations. */
  Optional<Parcel> live(int most, Limits limits) {
    if (most < 1) {
      return Optional.empty();
    }
    return unspooled
        .next(most, limits)
        .or(() -> spool.live(most, room(limits)).map(slice -> parcel(slice, limits)));
  }

  /** The same, of older ones. */
  Optional<Parcel> backlog(int most, Limits limits) {
    return most < 1
        ? Optional.empty()
        : spool.backlog(most, room(limits)).map(slice -> parcel(slice, limits));
  }

  private static int room(Limits limits) {
    return limits.batchBytes() - Batch.HEAD_ROOM;
  }

  private static Parcel parcel(Slice slice, Limits limits) {
    Batch batch =
        new Batch(slice.boot(), slice.origin(), limits.batchBytes(), limits.batchObservations());
    for (Slice.Entry entry : slice.entries()) {
      if (!batch.add(entry.sequence(), entry.bytes())) {
        throw new IllegalStateException(
            "a slice of " + slice.entries().size() + " observations does not fit into a frame");
      }
    }
    return new Parcel(
        slice.stretches().stream()
            .map(each -> new Sent(slice.boot(), each.first(), each.last()))
            .toList(),
        batch.frame());
  }

  /** What was sent of a run from {@code first} to {@code last} is safe elsewhere. */
  void acknowledge(long boot, long first, long last) {
    steps.passed("probe.acked");
    spool.acknowledge(boot, first, last);
    unspooled.acknowledge(boot, first, last);
    steps.passed("probe.trimmed");
  }

  /**
   * What was never handed over, since the start; never less than before.
   *
   * @param beforeIt what did not even get here, by priority
   */
  SortedMap<Dropped, Long> drops(Map<Priority, Long> beforeIt) {
    SortedMap<Dropped, Long> drops = new TreeMap<>(spool.drops());
    beforeIt.forEach(
        (priority, count) -> drops.merge(new Dropped(priority, DropCause.BOUND), count, Long::sum));
    unspooled.excused().forEach((kind, count) -> drops.merge(kind, -count, Long::sum));
    drops.values().removeIf(count -> count <= 0);
    return drops;
  }

  Spool.Fill fill() {
    return spool.fill();
  }

  /** Syncs and lets go of the files. */
  @Override
  public void close() {
    spool.close();
  }
}
