package parallax.probe.registration.keep;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.probe.registration.Limits;
import parallax.probe.registration.lookup.line.Validators;

/**
 * One list: the copy that is shipped until a newer one was downloaded, by this run or one before. A
 * newer one that cannot be read or has lost much of what was known is not believed. Reads and
 * writes a file, so not for event loops, but for {@link #isLoaded} and a {@link #known} after it.
 * Safe for use by many threads.
 */
public final class KeptFile<T> {
  /** So much of what is known a newer list must have, in percent of its entries. */
  static final int LEAST_PERCENT = 80;

  /** A list that nobody confirmed for so long is told to be old. */
  public static final Duration OLD = Duration.ofDays(14);

  private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);

  private final Kind<T> kind;
  private final Optional<Shelf> shelf;
  private final AtomicReference<Optional<Known<T>>> known = new AtomicReference<>(Optional.empty());

  /**
   * What a list is.
   *
   * @param name of the file
   * @param shipped the copy that comes with Parallax
   * @param read empty when the bytes are not the whole of such a list
   * @param size how many entries it has
   * @param published when it was made, where it says so
   */
  public record Kind<T>(
      String name,
      Supplier<T> shipped,
      Function<byte[], Optional<T>> read,
      ToIntFunction<T> size,
      Function<T, Optional<Instant>> published) {}

  /**
   * A list.
   *
   * @param asOf when it was the newest: downloaded or confirmed then; of the shipped one, when it
   *     was made, where that is known
   * @param validators of the one that was downloaded; empty: it is the one that is shipped
   */
  public record Known<T>(T value, Optional<Instant> asOf, Optional<Validators> validators) {
    /** Whether much may have changed since; a time ahead of {@code now} tells nothing. */
    public boolean isOld(Instant now) {
      return asOf.filter(at -> at.isAfter(now.minus(OLD)) && !at.isAfter(now)).isEmpty();
    }
  }

  /**
   * Nothing is read yet.
   *
   * @param folder where newer ones are kept; empty: they are not
   */
  public KeptFile(Kind<T> kind, Optional<Path> folder) {
    this.kind = kind;
    this.shelf = folder.map(Shelf::new);
  }

  String name() {
    return kind.name();
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
    T shipped = kind.shipped().get();
    Optional<Instant> published = kind.published().apply(shipped);
    Known<T> found =
        shelf
            .flatMap(this::kept)
            .filter(kept -> published.isEmpty() || kept.asOf().equals(later(kept, published.get())))
            .orElseGet(() -> new Known<>(shipped, published, Optional.empty()));
    known.set(Optional.of(found));
    return found;
  }

  /** A new release may ship a newer list than an old one has kept. */
  private Optional<Instant> later(Known<T> kept, Instant published) {
    return kept.asOf().filter(at -> at.isAfter(published)).or(() -> Optional.of(published));
  }

  private Optional<Known<T>> kept(Shelf in) {
    try {
      return in.read(kind.name())
          .flatMap(
              copy ->
                  kind.read()
                      .apply(copy.body().getBytes())
                      .map(
                          value ->
                              new Known<>(
                                  value,
                                  Optional.of(copy.asOf()),
                                  Optional.of(copy.validators()))));
    } catch (IOException e) {
      LOG.warn("list={} folder={} unreadable={}", kind.name(), in.folder(), e.toString());
      return Optional.empty();
    }
  }

  /**
   * Takes {@code bytes} for the newest list if they are one.
   *
   * @return why they are not; empty when they are
   */
  synchronized Optional<String> offer(Buffer bytes, Validators validators, Instant now) {
    if (bytes.length() > Limits.MAX_ANSWER_BYTES) {
      return Optional.of("longer than " + Limits.MAX_ANSWER_BYTES + " bytes");
    }
    Optional<T> read = kind.read().apply(bytes.getBytes());
    if (read.isEmpty()) {
      return Optional.of("not the whole of such a list");
    }
    T newer = read.get();
    T before = known().value();
    int entries = kind.size().applyAsInt(newer);
    int were = kind.size().applyAsInt(before);
    if (entries < (long) were * LEAST_PERCENT / 100) {
      return Optional.of("only " + entries + " entries where " + were + " were known");
    }
    Optional<Instant> made = kind.published().apply(newer);
    Optional<Instant> wasMade = kind.published().apply(before);
    if (made.isPresent() && wasMade.filter(at -> at.isAfter(made.get())).isPresent()) {
      return Optional.of("made " + made.get() + ", before the one that is known");
    }
    known.set(Optional.of(new Known<>(newer, Optional.of(now), Optional.of(validators))));
    shelf.ifPresent(on -> keep(on, new Shelf.Copy(now, validators, bytes)));
    LOG.info("list={} entries={} as_of={}", kind.name(), entries, now);
    return Optional.empty();
  }

  /** The downloaded list that is known is still the newest. */
  synchronized void confirm(Instant now) {
    Known<T> still = known();
    known.set(Optional.of(new Known<>(still.value(), Optional.of(now), still.validators())));
    shelf.ifPresent(
        on -> {
          try {
            on.read(kind.name())
                .filter(copy -> still.validators().equals(Optional.of(copy.validators())))
                .ifPresent(copy -> keep(on, new Shelf.Copy(now, copy.validators(), copy.body())));
          } catch (IOException e) {
            LOG.warn("list={} kept=false why={}", kind.name(), e.toString());
          }
        });
    LOG.info("list={} unchanged=true as_of={}", kind.name(), now);
  }

  private void keep(Shelf on, Shelf.Copy copy) {
    try {
      on.write(kind.name(), copy);
    } catch (IOException e) {
      LOG.warn("list={} kept=false why={}", kind.name(), e.toString());
    }
  }
}
