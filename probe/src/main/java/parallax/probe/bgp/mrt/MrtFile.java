package parallax.probe.bgp.mrt;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Opens files as archives offer them: plain, gzip as RIS does, bzip2 as RouteViews does. */
public final class MrtFile {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BZIP2 = {'B', 'Z', 'h'};

  private MrtFile() {}

  /**
   * The content of a file, unpacked while it is read. What it is, its first bytes say, not its
   * name.
   *
   * @throws IOException when there is no such file, or it cannot be read
   */
  public static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.mark(BZIP2.length);
      byte[] first = in.readNBytes(BZIP2.length);
      in.reset();
      if (Arrays.equals(BZIP2, first)) {
        return new Guarded(new BZip2CompressorInputStream(in, true));
      }
      boolean gzip = first.length > 1 && Arrays.equals(GZIP, Arrays.copyOf(first, GZIP.length));
      return gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    } catch (IOException broken) {
      in.close();
      throw broken;
    }
  }

  /** Damage is an {@link IOException} here, whatever the library throws. */
  private static final class Guarded extends FilterInputStream {
    Guarded(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      try {
        return super.read(bytes, from, count);
      } catch (RuntimeException damage) {
        throw new IOException("not bzip2: " + damage.getMessage(), damage);
      }
    }
  }
}
