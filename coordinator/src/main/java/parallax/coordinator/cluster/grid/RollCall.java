package parallax.coordinator.cluster.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;

/** Asks the member that owns a key whether it has another in its list; touches no entry. */
final class RollCall
    implements EntryProcessor<Integer, Object, Boolean>, ReadOnly, HazelcastInstanceAware {
  static final Wire<RollCall> WIRE =
      new Wire<>(RollCall.class, "parallax.RollCall", RollCall::pack, RollCall::unpack);

  private static final long serialVersionUID = 1;

  private final transient UUID member;
  private transient Optional<HazelcastInstance> here = Optional.empty();

  /**
   * A question.
   *
   * @param member as the cluster numbers it, anew whenever it joins
   */
  RollCall(UUID member) {
    this.member = member;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance hazelcast) {
    here = Optional.of(hazelcast);
  }

  @Override
  public Boolean process(Map.Entry<Integer, Object> entry) {
    return here.orElseThrow().getCluster().getMembers().stream()
        .anyMatch(each -> each.getUuid().equals(member));
  }

  @Override
  public @Nullable EntryProcessor<Integer, Object, Boolean> getBackupProcessor() {
    return null;
  }

  private byte[] pack() {
    return new Packer()
        .number(member.getMostSignificantBits())
        .number(member.getLeastSignificantBits())
        .done();
  }

  private static RollCall unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    RollCall call = new RollCall(new UUID(in.number(), in.number()));
    in.end();
    return call;
  }
}
