package parallax.coordinator.cluster.replica;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.cluster.shard.ShardBook;

/** Reads a book where its owner has it. */
final class Lookup implements EntryProcessor<Integer, ShardBook, Answer>, ReadOnly {
  static final Wire<Lookup> WIRE =
      new Wire<>(Lookup.class, "parallax.Lookup", Lookup::pack, Lookup::unpack);

  private static final long serialVersionUID = 1;

  private final transient Task.Reading task;

  Lookup(Task.Reading task) {
    this.task = task;
  }

  @Override
  public Answer process(Map.Entry<Integer, ShardBook> entry) {
    return Optional.ofNullable(entry.getValue()).map(task::on).orElse(Answer.REFUSED);
  }

  @Override
  public @Nullable EntryProcessor<Integer, ShardBook, Answer> getBackupProcessor() {
    return null;
  }

  private byte[] pack() {
    Packer out = new Packer();
    Task.write(out, task);
    return out.done();
  }

  private static Lookup unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    if (Task.read(in) instanceof Task.Reading task) {
      in.end();
      return new Lookup(task);
    }
    throw new IllegalArgumentException("a look that changes something");
  }
}
