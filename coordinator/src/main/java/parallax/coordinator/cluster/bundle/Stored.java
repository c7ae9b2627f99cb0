package parallax.coordinator.cluster.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;

/**
 * What the map of bundles holds: under {@link #HEAD} which revision there is, under a revision its
 * files.
 */
sealed interface Stored {
  long HEAD = 0;

  /**
   * The newest bundle.
   *
   * @param active whether all are to apply it
   */
  record Head(long revision, boolean active) implements Stored {}

  /** A bundle, compressed when it was made. */
  final class Body implements Stored {
    private final byte[] packed;

    private Body(byte[] packed) {
      this.packed = packed;
    }

    /** Throws {@link IllegalArgumentException} when the bundle is too large. */
    static Body of(Bundle bundle) {
      Packer out = new Packer();
      out.number(bundle.revision()).text(bundle.commit()).number(bundle.files().size());
      bundle.files().forEach((path, text) -> out.text(path).text(text));
      byte[] packed = compress(out.done());
      if (out.size() > Bundle.MAX_BYTES || packed.length > Bundle.MAX_PACKED_BYTES) {
        throw new IllegalArgumentException(
            "a configuration of " + out.size() + " bytes, at most " + Bundle.MAX_BYTES);
      }
      return new Body(packed);
    }

    /** Throws {@link IllegalArgumentException} when it cannot be a bundle. */
    Bundle bundle() {
      Unpacker in = new Unpacker(inflate(packed));
      long revision = in.number();
      String commit = in.text(Bundle.MAX_BYTES);
      int count = in.count(Bundle.MAX_FILES);
      SortedMap<String, String> files = new TreeMap<>();
      for (int file = 0; file < count; file++) {
        files.put(in.text(Bundle.MAX_BYTES), in.text(Bundle.MAX_BYTES));
      }
      in.end();
      return new Bundle(revision, commit, files);
    }
  }

  Wire<Head> HEAD_WIRE =
      new Wire<>(
          Head.class,
          "parallax.BundleHead",
          head -> new Packer().number(head.revision()).flag(head.active()).done(),
          bytes -> head(new Unpacker(bytes)));

  Wire<Body> BODY_WIRE =
      new Wire<>(Body.class, "parallax.BundleBody", body -> body.packed, Body::new);

  private static Head head(Unpacker in) {
    Head head = new Head(in.number(), in.flag());
    in.end();
    return head;
  }

  private static byte[] compress(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      try (DeflaterOutputStream packing = new DeflaterOutputStream(out, deflater)) {
        packing.write(plain);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] packed) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      byte[] plain = in.readNBytes(Bundle.MAX_BYTES + 1);
      if (plain.length > Bundle.MAX_BYTES) {
        throw new IllegalArgumentException("a bundle of more than " + Bundle.MAX_BYTES + " bytes");
      }
      return plain;
    } catch (IOException e) {
      throw new IllegalArgumentException("not a bundle", e);
    }
  }
}
