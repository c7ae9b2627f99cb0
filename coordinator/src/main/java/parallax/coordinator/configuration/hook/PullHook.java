package parallax.coordinator.configuration.hook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.secret.Secret;
import parallax.coordinator.metrics.Tally;

/**
 * Lets whoever knows a secret have the configuration asked for at once. The secret is shown by an
 * HMAC-SHA256 of the body (RFC 2104), as the header of GitLab, or as a bearer token (RFC 6750). It
 * takes the same time however much of it is right. Any thread may call it.
 */
public final class PullHook {
  /** A secret that is shorter could be found by trying. */
  public static final int MIN_SECRET = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String SIGNED = "sha256=";
  private static final String BEARER = "bearer ";
  private static final Logger LOG = LoggerFactory.getLogger(PullHook.class);

  private final Secret secret;
  private final Runnable pull;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final Tally knocks =
      new Tally(
          "parallax_config_webhooks_total",
          "Who asked by HTTP for a newer configuration: taken or refused.",
          "outcome");

  /**
   * A hook.
   *
   * @param pull asks for the configuration soon; must not block
   * @throws IllegalArgumentException when the secret is shorter than {@link #MIN_SECRET}
   */
  public PullHook(Secret secret, Runnable pull) {
    if (secret.reveal().length() < MIN_SECRET) {
      throw new IllegalArgumentException(
          "a secret of less than " + MIN_SECRET + " characters can be guessed");
    }
    this.secret = secret;
    this.pull = pull;
    knocks.add(0, "taken");
    knocks.add(0, "refused");
  }

  /** Whether this one knows the secret; the configuration is then asked for. */
  public boolean admits(Knock knock) {
    boolean known =
        knock.signature().filter(text -> isSignature(text, knock.body())).isPresent()
            || knock.token().filter(this::isSecret).isPresent()
            || knock.authorization().flatMap(PullHook::bearer).filter(this::isSecret).isPresent();
    knocks.count(known ? "taken" : "refused");
    if (known) {
      warned.set(false);
      pull.run();
    } else if (!warned.getAndSet(true)) {
      LOG.warn("configuration=hook_refused why=\"the secret or the signature is wrong\"");
    }
    return known;
  }

  /** How many were taken and refused. */
  public Tally tally() {
    return knocks;
  }

  private static Optional<String> bearer(String authorization) {
    boolean is = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    return is ? Optional.of(authorization.substring(BEARER.length()).strip()) : Optional.empty();
  }

  /** Both are signed with the secret itself: what is compared has one length and tells nothing. */
  private boolean isSecret(String shown) {
    return MessageDigest.isEqual(signature(bytes(shown)), signature(bytes(secret.reveal())));
  }

  private boolean isSignature(String text, ByteBuffer body) {
    if (!text.startsWith(SIGNED)) {
      return false;
    }
    try {
      byte[] shown = HexFormat.of().parseHex(text.substring(SIGNED.length()).strip());
      return MessageDigest.isEqual(signature(body.duplicate()), shown);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] signature(ByteBuffer of) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update(of);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
