package parallax.coordinator.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.observation.ProbeName;

/**
 * The tokens of probes, on record. Blocking; every method throws {@link
 * parallax.coordinator.store.StoreException} when the record cannot be read or written, and nothing
 * of the call is then done.
 */
public interface Credentials extends AutoCloseable {
  /** Tokens of one probe that may be valid at once: the old one and the new one. */
  int MAX_VALID = 2;

  /** Tokens that may be valid at once, of all probes. */
  int MAX_ALL = 10_000;

  /** A token for {@code probe}; audited. */
  Created create(ProbeName probe, Optional<Instant> expires, By by);

  /** Takes a token back; audited. It counts no more at any member within 10 seconds. */
  TakenBack revoke(String id, By by);

  /** All of a probe, or of all probes, the oldest first; at most {@link #MAX_ALL}. */
  List<Credential> list(Optional<ProbeName> probe);

  /** Those that are valid, with their hashes; at most {@link #MAX_ALL}. */
  List<Known> valid(Instant now);

  /** Notes when tokens were used, by id. */
  void used(SortedMap<String, Instant> times);

  @Override
  void close();

  /**
   * Who does something, and when.
   *
   * @param who for the audit log
   */
  record By(String who, Instant at) {}

  /**
   * A valid token as it is recognised.
   *
   * @param hash SHA-256 of the token, in hexadecimal
   */
  record Known(Credential credential, String hash) {}

  /** What became of a wish for a token. */
  sealed interface Created {
    /** Here it is; it is never shown again. */
    record New(Credential credential, Token token) implements Created {}

    /** The probe has {@link #MAX_VALID} already: one must be revoked before. */
    record TooMany(List<Credential> valid) implements Created {
      public TooMany {
        valid = List.copyOf(valid);
      }
    }

    /** There are {@link #MAX_ALL} already. */
    record Full() implements Created {}
  }

  /** What became of a token that was to be taken back. */
  sealed interface TakenBack {
    record Done(Credential credential) implements TakenBack {}

    /** It had been before, or is too old to count anyway. */
    record Before(Credential credential) implements TakenBack {}

    /** There is none of that id. */
    record Unknown() implements TakenBack {}
  }
}
