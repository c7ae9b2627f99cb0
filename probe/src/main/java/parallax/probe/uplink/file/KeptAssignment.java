package parallax.probe.uplink.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.ProbeName;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.wire.AssignmentParts;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.Decoded;
import parallax.config.wire.WireLimits;

/**
 * The last whole assignment, on disk: a probe that starts works by it before any coordinator
 * answers. The file can hold credentials of checks, so nobody but its owner may read it.
 *
 * <p>A line of text that says what it is; the version of the program, the probe, the revision, the
 * number of frames, and each frame with its length, as {@code DataOutput} writes them; the CRC-32C
 * of all that.
 */
public final class KeptAssignment {
  private static final Logger LOG = LoggerFactory.getLogger(KeptAssignment.class);
  private static final String MAGIC = "parallax assignment 1\n";
  private static final int CHECKSUM = Integer.BYTES;

  /** No larger file is read, and none is written. */
  static final int MAX_BYTES = 64 * 1024 * 1024;

  private static final int MAX_FRAME = WireLimits.MAX_COORDINATOR_FRAME_BYTES;

  private final Path file;
  private final ProbeName probe;
  private final String software;

  /**
   * @param software version of this program
   */
  public KeptAssignment(Path file, ProbeName probe, String software) {
    this.file = file;
    this.probe = probe;
    this.software = software;
  }

  /**
   * What is kept.
   *
   * @param revision empty when another version kept it, which may have understood less: then it is
   *     asked for anew
   * @param routes how routes are watched; empty: nobody is listened to
   */
  public record Kept(
      Optional<Long> revision, List<Target> targets, Optional<RouteWatching> routes) {
    public static final Kept NOTHING = new Kept(Optional.empty(), List.of(), Optional.empty());

    public Kept {
      targets = List.copyOf(targets);
    }
  }

  /** What is kept for this probe. A file that is damaged is set aside, and logged. */
  public Kept read() {
    if (!Files.exists(file)) {
      return Kept.NOTHING;
    }
    try {
      return parse(PrivateFile.read(file, MAX_BYTES));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("assignment_file={} readable=false why=\"{}\"", file, e.getMessage());
      setAside();
      return Kept.NOTHING;
    }
  }

  private void setAside() {
    try {
      PrivateFile.setAside(file);
    } catch (IOException e) {
      LOG.warn("assignment_file={} set_aside=false why=\"{}\"", file, e.toString());
    }
  }

  private Kept parse(byte[] bytes) throws IOException {
    int length = bytes.length - CHECKSUM;
    if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
      throw new IOException("the checksum is wrong");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    if (!in.readUTF().equals(MAGIC)) {
      throw new IOException("not an assignment of this form");
    }
    String writtenBy = in.readUTF();
    String writtenFor = in.readUTF();
    long revision = in.readLong();
    int frames = in.readInt();
    AssignmentParts parts = AssignmentParts.NONE;
    for (int index = 0; index < Math.min(frames, WireLimits.MAX_PARTS); index++) {
      parts = parts.plus(part(in));
    }
    AssignmentParts.Whole whole =
        parts.whole().orElseThrow(() -> new IOException("a part is missing"));
    if (!writtenFor.equals(probe.value())) {
      LOG.warn("assignment_file={} of={} used=false", file, writtenFor);
      return Kept.NOTHING;
    }
    return new Kept(
        writtenBy.equals(software) ? Optional.of(revision) : Optional.empty(),
        whole.targets(),
        whole.routes());
  }

  private static CoordinatorFrame.Assignment part(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_FRAME) {
      throw new IOException("a part of " + length + " bytes");
    }
    byte[] frame = new byte[length];
    in.readFully(frame);
    if (CoordinatorFrames.decode(frame) instanceof Decoded.Good<CoordinatorFrame>(var good)
        && good instanceof CoordinatorFrame.Assignment part) {
      return part;
    }
    throw new IOException("a part is not what it should be");
  }

  /**
   * Keeps it for the next start.
   *
   * @return whether that was possible; when not, that was logged and the one before is still there
   */
  public boolean write(AssignmentParts.Whole assignment) {
    try {
      byte[] bytes = bytes(assignment);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(bytes.length + " bytes, at most " + MAX_BYTES);
      }
      PrivateFile.replace(file, bytes);
      return true;
    } catch (IOException e) {
      LOG.warn(
          "assignment_file={} written=false revision={} why=\"{}\"",
          file,
          assignment.revision(),
          e.toString());
      return false;
    }
  }

  private byte[] bytes(AssignmentParts.Whole assignment) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(MAGIC);
    out.writeUTF(software);
    out.writeUTF(probe.value());
    out.writeLong(assignment.revision());
    List<byte[]> frames = CoordinatorFrames.assignment(assignment, MAX_FRAME);
    out.writeInt(frames.size());
    for (byte[] frame : frames) {
      out.writeInt(frame.length);
      out.write(frame);
    }
    byte[] content = bytes.toByteArray();
    out.writeInt(checksum(content, content.length));
    return bytes.toByteArray();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }
}
