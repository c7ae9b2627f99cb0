package parallax.probe.http.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/**
 * Undoes a content coding (RFC 9110 section 8.4.1): gzip and deflate, one of them once. Nothing was
 * asked for, so a server that compresses anyway is met half-way and never trusted.
 */
public final class ContentDecoding {
  /**
   * Beyond {@link #RATIO_FROM} bytes of output more output than this per byte of input is a bomb.
   */
  static final int MAX_RATIO = 100;

  static final int RATIO_FROM = 64 * 1024;

  private static final int STEP_BYTES = 8192;

  private ContentDecoding() {}

  /** What came of it. */
  public sealed interface Decoded {}

  /** The body without its coding. */
  public record Plain(Body body) implements Decoded {}

  /** It cannot be decoded, or must not. */
  public record Refused(Finding finding) implements Decoded {}

  /** The codings named by the values of a Content-Encoding header, identity left out. */
  public static List<String> codings(List<String> headerValues) {
    if (headerValues.isEmpty()) {
      return List.of();
    }
    return headerValues.stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .map(coding -> coding.startsWith("x-gzip") ? "gzip" : coding)
        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
        .toList();
  }

  /**
   * Decodes {@code body}.
   *
   * @param needed whether somebody will look at the content; when not, an unknown coding is let be
   */
  public static Decoded decode(Body body, List<String> codings, boolean needed) {
    if (codings.isEmpty() || body.size() == 0) {
      return new Plain(body);
    }
    String coding = codings.getFirst();
    if (codings.size() > 1) {
      return undecodable("codings inside each other: " + String.join(", ", codings));
    }
    boolean known = coding.equals("gzip") || coding.equals("deflate");
    if (!known) {
      return needed
          ? undecodable("coding " + coding + ", which was not asked for")
          : new Plain(body);
    }
    return inflate(body, coding);
  }

  private static Decoded inflate(Body body, String coding) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // A declared zlib wrapper (RFC 1950) is sometimes missing; its first byte tells.
    boolean bare = coding.equals("deflate") && (body.bytes()[0] & 0x0F) != 8;
    Inflater inflater = new Inflater(bare);
    ByteArrayInputStream source = new ByteArrayInputStream(body.bytes());
    try (InputStream in =
        coding.equals("gzip")
            ? new GZIPInputStream(source)
            : new InflaterInputStream(source, inflater)) {
      byte[] step = new byte[STEP_BYTES];
      int read = in.read(step);
      while (read >= 0) {
        out.write(step, 0, Math.min(read, BodyWindow.MAX_BYTES - out.size()));
        // By what was taken in so far: the length of a bomb must not disguise it.
        int taken = body.bytes().length - source.available();
        if (out.size() > RATIO_FROM && out.size() / MAX_RATIO > taken) {
          return refused(
              Reason.BODY_DECOMPRESSION_BOMB, taken + " bytes become more than " + out.size());
        }
        if (out.size() >= BodyWindow.MAX_BYTES) {
          return new Plain(new Body(out.toByteArray(), out.size(), false));
        }
        read = in.read(step);
      }
      return new Plain(new Body(out.toByteArray(), out.size(), body.complete()));
    } catch (EOFException cut) {
      return body.complete()
          ? undecodable(coding + " ends too early")
          : new Plain(new Body(out.toByteArray(), out.size(), false));
    } catch (IOException broken) {
      return undecodable(coding + ": " + broken.getMessage());
    } finally {
      inflater.end();
    }
  }

  private static Refused undecodable(String detail) {
    return refused(Reason.BODY_UNDECODABLE, detail);
  }

  private static Refused refused(Reason reason, String detail) {
    return new Refused(new Finding(reason, detail));
  }
}
