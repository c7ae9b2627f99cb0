package parallax.coordinator.cluster.time;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Wire;

/** Asks the member that owns a key what its clock shows, in microseconds; touches no entry. */
final class TimeCall
    implements EntryProcessor<Integer, Object, Long>, ReadOnly, HazelcastInstanceAware {
  static final Wire<TimeCall> WIRE =
      new Wire<>(TimeCall.class, "parallax.TimeCall", TimeCall::pack, _ -> new TimeCall());

  /** Under which a member keeps its clock for those who ask. */
  static final String CLOCK = "parallax.clock";

  private static final long serialVersionUID = 1;
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000;

  private transient Optional<HazelcastInstance> here = Optional.empty();

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcast) {
    here = Optional.of(hazelcast);
  }

  /** Nothing when the member has no clock to show yet. */
  @Override
  public @Nullable Long process(Map.Entry<Integer, Object> entry) {
    return here.map(hazelcast -> hazelcast.getUserContext().get(CLOCK)).stream()
        .filter(InstantSource.class::isInstance)
        .map(clock -> micros(((InstantSource) clock).instant()))
        .findFirst()
        .orElse(null);
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * MICROS + at.getNano() / NANOS;
  }

  /** The instant of an answer. */
  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS);
  }

  @Override
  public @Nullable EntryProcessor<Integer, Object, Long> getBackupProcessor() {
    return null;
  }

  private byte[] pack() {
    return new Packer().done();
  }
}
