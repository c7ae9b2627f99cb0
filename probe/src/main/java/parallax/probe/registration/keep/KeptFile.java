package parallax.probe.registration.keep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.probe.registration.Limits;

/**
 * One list: the copy that is shipped until a newer one was downloaded, by this run or one before. A
 * newer one that cannot be read or has lost much of what was known is not believed. Reads and
 * writes a file, so not for event loops but for {@link #offer} and the first {@link #known}. Safe
 * for use by many threads.
 */
public final class KeptFile<T> {
  /** So much of what is known a newer list must have, in percent of its entries. */
  static final int LEAST_PERCENT = 80;

  private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);

  private final Kind<T> kind;
  private final Optional<Path> folder;
  private final AtomicReference<Optional<Known<T>>> known = new AtomicReference<>(Optional.empty());

  /**
   * What a list is.
   *
   * @param name of the file
   * @param shipped the copy that comes with Parallax
   * @param read empty when the bytes are not the whole of such a list
   * @param size how many entries it has
   */
  public record Kind<T>(
      String name,
      Supplier<T> shipped,
      Function<byte[], Optional<T>> read,
      ToIntFunction<T> size) {}

  /**
   * A list.
   *
   * @param asOf when it was downloaded; empty: it is the one that is shipped
   */
  public record Known<T>(T value, Optional<Instant> asOf) {}

  /**
   * Nothing is read yet.
   *
   * @param folder where newer ones are kept; empty: they are not
   */
  public KeptFile(Kind<T> kind, Optional<Path> folder) {
    this.kind = kind;
    this.folder = folder;
  }

  /** Whether {@link #known} answers at once. */
  public boolean isLoaded() {
    return known.get().isPresent();
  }

  /** The newest that is believed. */
  public Known<T> known() {
    return known.get().orElseGet(this::load);
  }

  private synchronized Known<T> load() {
    Optional<Known<T>> already = known.get();
    if (already.isPresent()) {
      return already.get();
    }
    Known<T> shipped = new Known<>(kind.shipped().get(), Optional.empty());
    Known<T> found = folder.flatMap(in -> kept(in, shipped)).orElse(shipped);
    known.set(Optional.of(found));
    return found;
  }

  private Optional<Known<T>> kept(Path in, Known<T> shipped) {
    Path file = in.resolve(kind.name());
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > Limits.MAX_ANSWER_BYTES) {
        return Optional.empty();
      }
      Instant asOf = Files.getLastModifiedTime(file).toInstant();
      return believed(Files.readAllBytes(file), shipped)
          .map(value -> new Known<>(value, Optional.of(asOf)));
    } catch (IOException e) {
      LOG.warn("file={} unreadable={}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<T> believed(byte[] bytes, Known<T> before) {
    long least = (long) kind.size().applyAsInt(before.value()) * LEAST_PERCENT / 100;
    return kind.read().apply(bytes).filter(value -> kind.size().applyAsInt(value) >= least);
  }

  /**
   * Takes {@code bytes} for a newer list if they are one.
   *
   * @return whether they are
   */
  public synchronized boolean offer(byte[] bytes, Instant now) {
    Optional<T> newer =
        bytes.length > Limits.MAX_ANSWER_BYTES ? Optional.empty() : believed(bytes, known());
    newer.ifPresent(
        value -> {
          known.set(Optional.of(new Known<>(value, Optional.of(now))));
          folder.ifPresent(in -> keep(in, bytes, now));
          LOG.info("list={} entries={} as_of={}", kind.name(), kind.size().applyAsInt(value), now);
        });
    return newer.isPresent();
  }

  /** Whole or not at all. */
  private void keep(Path in, byte[] bytes, Instant now) {
    try {
      Files.createDirectories(in);
      Path part = in.resolve(kind.name() + ".part");
      Files.write(part, bytes);
      Files.setLastModifiedTime(part, FileTime.from(now));
      Files.move(
          part,
          in.resolve(kind.name()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("list={} kept=false why={}", kind.name(), e.getMessage());
    }
  }
}
