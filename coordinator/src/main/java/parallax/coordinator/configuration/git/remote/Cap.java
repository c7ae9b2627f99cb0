package parallax.coordinator.configuration.git.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/** Ends one fetch when its pack is larger than allowed, or when somebody calls it off. */
public final class Cap {
  /** {@code PACK}, the version, the number of objects: 4 bytes each. */
  private static final int PACK_HEADER = 12;

  private static final int COUNT_AT = 8;

  private final GitLimits limits;
  private volatile boolean calledOff;
  private volatile Optional<String> excess = Optional.empty();

  Cap(GitLimits limits) {
    this.limits = limits;
  }

  void callOff() {
    calledOff = true;
  }

  boolean isCalledOff() {
    return calledOff;
  }

  /** What was too large. */
  Optional<String> excess() {
    return excess;
  }

  /** Receives through this cap. */
  public ObjectInserter over(ObjectInserter inserter) {
    return new Capped(inserter);
  }

  private final class Capped extends ObjectInserter.Filter {
    private final ObjectInserter inserter;

    Capped(ObjectInserter inserter) {
      this.inserter = inserter;
    }

    @Override
    protected ObjectInserter delegate() {
      return inserter;
    }

    @Override
    public PackParser newPackParser(InputStream in) throws IOException {
      return inserter.newPackParser(new CappedStream(in));
    }
  }

  private final class CappedStream extends FilterInputStream {
    private long seen;
    private long objects;

    CappedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      for (int at = 0; at < count && seen + at < PACK_HEADER; at++) {
        if (seen + at >= COUNT_AT) {
          objects = objects << 8 | Byte.toUnsignedInt(into[offset + at]);
        }
      }
      seen += Math.max(count, 0);
      judge();
      return count;
    }

    private void judge() throws IOException {
      if (calledOff) {
        throw new IOException("called off");
      }
      if (seen > limits.bytes()) {
        excess = Optional.of("more than " + limits.bytes() / 1024 + " KiB are to be fetched");
      } else if (seen >= PACK_HEADER && objects > limits.objects()) {
        excess = Optional.of(objects + " objects are to be fetched, more than " + limits.objects());
      }
      if (excess.isPresent()) {
        throw new IOException(excess.get());
      }
    }
  }
}
