package parallax.coordinator.cluster.grid;

import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import parallax.coordinator.cluster.pack.Wire;

/** A type in Hazelcast's Compact form: one field, whose bytes the type itself writes and reads. */
final class WireSerializer<T> implements CompactSerializer<T> {
  private static final String BODY = "body";

  private final Wire<T> wire;

  WireSerializer(Wire<T> wire) {
    this.wire = wire;
  }

  @Override
  public T read(CompactReader in) {
    byte[] bytes = in.readArrayOfInt8(BODY);
    if (bytes == null) {
      throw new IllegalArgumentException(wire.name() + " without a body");
    }
    return wire.read().apply(bytes);
  }

  @Override
  public void write(CompactWriter out, T value) {
    out.writeArrayOfInt8(BODY, wire.write().apply(value));
  }

  @Override
  public String getTypeName() {
    return wire.name();
  }

  @Override
  public Class<T> getCompactClass() {
    return wire.type();
  }
}
