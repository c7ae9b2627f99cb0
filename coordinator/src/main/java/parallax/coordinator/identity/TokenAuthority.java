package parallax.coordinator.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.store.StoreException;

/**
 * Recognises tokens by a copy of the record that is at most {@link #REFRESH} old, and client
 * certificates by the name in them. While the record cannot be read, what was known last stands:
 * probes go on, and nobody could revoke anything then either.
 */
public final class TokenAuthority implements Authority, AutoCloseable {
  /** How often the record is read: what is revoked counts no more after that. */
  public static final Duration REFRESH = Duration.ofSeconds(2);

  /** How often the use of a token is noted at most. */
  public static final Duration NOTED = Duration.ofMinutes(1);

  /** Tokens that are not known make it be read sooner, but not more often than this. */
  static final Duration SOONEST = Duration.ofMillis(250);

  /** How long the bearer of a token that is not known waits for the record. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(TokenAuthority.class);

  private final Credentials credentials;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor reader =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("parallax-tokens").daemon().factory());
  private final Object monitor = new Object();

  private volatile Optional<Copy> copy = Optional.empty();

  /** Guarded by {@link #monitor}: the reading that newcomers wait for. */
  private Optional<CompletableFuture<Optional<Copy>>> awaited = Optional.empty();

  /** Guarded by {@link #monitor}: uses that are not noted yet, by id. */
  private final SortedMap<String, Instant> uses = new TreeMap<>();

  /** Used by the reader's thread alone. */
  private Instant noted = Instant.EPOCH;

  private boolean failing;

  /** What was on record. */
  private record Copy(Map<String, Credentials.Known> byHash, Set<String> ids) {}

  /**
   * Begins to read at once, and again and again.
   *
   * @param credentials not closed with this
   */
  public TokenAuthority(Credentials credentials, InstantSource clock) {
    this.credentials = credentials;
    this.clock = clock;
    reader.setRemoveOnCancelPolicy(true);
    ScheduledFuture<?> _ =
        reader.scheduleWithFixedDelay(this::refresh, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletionStage<Recognised> byToken(String shown) {
    Optional<Token> token = Token.parse(shown);
    if (token.isEmpty()) {
      return CompletableFuture.completedFuture(new Recognised.Nobody());
    }
    String hash = token.get().hash();
    Recognised at = recognise(copy, hash);
    return at instanceof Recognised.Known
        ? CompletableFuture.completedFuture(at)
        : fresh().thenApply(newest -> recognise(newest, hash));
  }

  private Recognised recognise(Optional<Copy> from, String hash) {
    if (from.isEmpty()) {
      return new Recognised.NotNow();
    }
    Credentials.Known known = from.get().byHash().get(hash);
    Instant now = clock.instant();
    if (known == null || !sameText(known.hash(), hash) || !known.credential().isValid(now)) {
      return new Recognised.Nobody();
    }
    Credential credential = known.credential();
    synchronized (monitor) {
      uses.put(credential.id(), now);
    }
    return new Recognised.Known(
        new Identity(credential.probe(), Optional.of(credential.id()), credential.expires()));
  }

  /** In a time that does not tell where they differ. */
  private static boolean sameText(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  /** The copy after the next reading, which is soon; the last one when that takes too long. */
  private CompletableFuture<Optional<Copy>> fresh() {
    synchronized (monitor) {
      if (awaited.isEmpty()) {
        awaited = Optional.of(new CompletableFuture<>());
        try {
          ScheduledFuture<?> _ =
              reader.schedule(this::refresh, SOONEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
          // It is closed: what is known stands.
          return CompletableFuture.completedFuture(copy);
        }
      }
      return awaited
          .get()
          .copy()
          .completeOnTimeout(copy, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void refresh() {
    Optional<CompletableFuture<Optional<Copy>>> waiting;
    synchronized (monitor) {
      waiting = awaited;
      awaited = Optional.empty();
    }
    try {
      read();
      note();
      if (failing) {
        failing = false;
        LOG.info("tokens=readable");
      }
    } catch (StoreException | IllegalArgumentException e) {
      if (!failing) {
        failing = true;
        LOG.warn("tokens=unreadable what_is_known=stands error=\"{}\"", e.getMessage());
      }
    } finally {
      waiting.ifPresent(future -> future.complete(copy));
    }
  }

  private void read() {
    Map<String, Credentials.Known> byHash = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (Credentials.Known known : credentials.valid(clock.instant())) {
      byHash.put(known.hash(), known);
      ids.add(known.credential().id());
    }
    copy = Optional.of(new Copy(byHash, ids));
  }

  private void note() {
    Instant now = clock.instant();
    // A clock that was set back must not keep uses from being noted.
    boolean soon = now.isBefore(noted.plus(NOTED)) && !now.isBefore(noted);
    SortedMap<String, Instant> taken;
    synchronized (monitor) {
      if (soon || uses.isEmpty()) {
        return;
      }
      taken = new TreeMap<>(uses);
      uses.clear();
    }
    noted = now;
    credentials.used(taken);
  }

  @Override
  public Optional<Identity> byCertificate(X509Certificate certificate) {
    return CertificateNames.probe(certificate)
        .map(
            probe ->
                new Identity(
                    probe, Optional.empty(), Optional.of(certificate.getNotAfter().toInstant())));
  }

  @Override
  public boolean isValid(Identity identity, Instant now) {
    boolean over = identity.until().filter(end -> !end.isAfter(now)).isPresent();
    return !over
        && identity
            .credential()
            .map(id -> copy.filter(known -> known.ids().contains(id)).isPresent())
            .orElse(true);
  }

  @Override
  public void close() {
    reader.shutdownNow();
    synchronized (monitor) {
      awaited.ifPresent(future -> future.complete(copy));
      awaited = Optional.empty();
    }
  }
}
