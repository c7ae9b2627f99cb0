package parallax.probe.blackbox.http;

import com.google.re2j.Pattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import parallax.probe.blackbox.look.ProbeLog;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.HttpModule.BodyRules;
import parallax.probe.blackbox.module.HttpModule.Coding;
import parallax.probe.blackbox.module.HttpModule.Condition;

/** A body as far as it was read, unpacked. */
final class Contents {
  /** More of a body that matters is not kept, packed or unpacked. */
  static final int MAX_KEPT = 10 << 20;

  private static final int STEP = 16 * 1024;

  private final byte[] bytes;
  private final long size;
  private final Optional<String> trouble;

  private Contents(byte[] bytes, long size, Optional<String> trouble) {
    this.bytes = bytes;
    this.size = size;
    this.trouble = trouble;
  }

  /** Of an answer whose body nobody may read, as of a redirect that is not followed. */
  static Contents closed() {
    return new Contents(new byte[0], 0, Optional.of("read on closed response body"));
  }

  static Contents of(Journey.End end, HttpModule.Expectations expect) {
    byte[] raw = HttpProber.bytes(end.answer());
    long read = end.answer().body().map(body -> body.size()).orElse(0L);
    long limit = expect.bodyLimit() > 0 ? expect.bodyLimit() : Long.MAX_VALUE;
    Optional<String> cut =
        end.cut()
            .or(() -> end.tooLarge() ? Optional.of("the body is too large") : Optional.empty());
    boolean packed =
        switch (expect.coding()) {
          case GZIP, DEFLATE, BR -> true;
          case UNSAID, IDENTITY -> false;
        };
    Contents contents = packed ? unpacked(raw, expect.coding(), cut) : new Contents(raw, read, cut);
    return contents.size > limit
        ? new Contents(
            Arrays.copyOf(contents.bytes, (int) Math.min(contents.bytes.length, limit)),
            limit,
            Optional.of("http: request body too large"))
        : contents;
  }

  private static Contents unpacked(byte[] raw, Coding coding, Optional<String> cut) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Inflater inflater = new Inflater(true);
    try (InputStream in = unpacking(new ByteArrayInputStream(raw), coding, inflater)) {
      byte[] step = new byte[STEP];
      int count = in.read(step);
      while (count >= 0) {
        out.write(step, 0, count);
        if (out.size() > MAX_KEPT) {
          return new Contents(
              out.toByteArray(), out.size(), Optional.of("unpacked, the body is too large"));
        }
        count = in.read(step);
      }
      return new Contents(out.toByteArray(), out.size(), cut);
    } catch (IOException broken) {
      return new Contents(
          out.toByteArray(), out.size(), Optional.of(coding + ": " + broken.getMessage()));
    } finally {
      inflater.end();
    }
  }

  private static InputStream unpacking(InputStream raw, Coding coding, Inflater inflater)
      throws IOException {
    return switch (coding) {
      case GZIP -> new GZIPInputStream(raw);
      case DEFLATE -> new InflaterInputStream(raw, inflater);
      case BR -> new BrotliInputStream(raw);
      case UNSAID, IDENTITY -> raw;
    };
  }

  /** In bytes. */
  long size() {
    return size;
  }

  /** Why it is not all of it. */
  Optional<String> trouble() {
    return trouble;
  }

  boolean matches(BodyRules rules, ProbeLog log) {
    if (trouble.isPresent()) {
      log.error("Error reading HTTP body", "err", trouble.get());
      return false;
    }
    for (Pattern pattern : rules.fatal()) {
      if (pattern.matcher(bytes).find()) {
        log.error("Body matched regular expression", "regexp", pattern);
        return false;
      }
    }
    for (Pattern pattern : rules.needed()) {
      if (!pattern.matcher(bytes).find()) {
        log.error("Body did not match regular expression", "regexp", pattern);
        return false;
      }
    }
    return true;
  }

  boolean meets(BodyRules rules, ProbeLog log) {
    if (trouble.isPresent()) {
      log.error("Error reading HTTP body", "err", trouble.get());
      return false;
    }
    return meets(rules.fatalCondition(), false, log) && meets(rules.neededCondition(), true, log);
  }

  private boolean meets(Optional<Condition> condition, boolean wanted, ProbeLog log) {
    if (condition.isEmpty()) {
      return true;
    }
    try {
      boolean holds = condition.get().holds(bytes);
      if (holds != wanted) {
        log.error(
            holds ? "Body matched CEL expression" : "Body did not match CEL expression",
            "expression",
            condition.get().text());
      }
      return holds == wanted;
    } catch (IllegalArgumentException e) {
      log.error("Error evaluating CEL expression", "err", String.valueOf(e.getMessage()));
      return false;
    }
  }
}
