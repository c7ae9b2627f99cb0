package parallax.probe.blackbox.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCrypt;
import parallax.config.secret.Secret;

/**
 * Whether passwords are those that were hashed. What was found out is remembered for a while, by a
 * hash that is of use in this process alone. A user that there is not takes as long as some that
 * there are. Safe for use by many threads.
 */
final class Passwords {
  /** Right ones that are remembered, and wrong ones: neither push out the others. */
  static final int MAX_REMEMBERED = 100;

  private static final String MAC = "HmacSHA256";
  private static final int SALT = 32;

  private final SecretKeySpec salt;
  private final Map<String, Boolean> right = remembered();
  private final Map<String, Boolean> wrong = remembered();

  Passwords() {
    byte[] random = new byte[SALT];
    new SecureRandom().nextBytes(random);
    salt = new SecretKeySpec(random, MAC);
  }

  private static Map<String, Boolean> remembered() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > MAX_REMEMBERED;
      }
    };
  }

  /**
   * Somebody who wants to come in.
   *
   * @param password a character for each byte
   * @param users those there are, at least one
   */
  record Login(String user, Secret password, Map<String, PasswordHash> users) {
    private boolean isOfSomebody() {
      return users.containsKey(user);
    }
  }

  /** What is known already; takes no time. */
  Optional<Boolean> known(Login login) {
    String key = key(login);
    synchronized (right) {
      if (right.containsKey(key)) {
        return Optional.of(true);
      }
      return wrong.containsKey(key) ? Optional.of(false) : Optional.empty();
    }
  }

  /** Whether they may; takes from some milliseconds to many seconds of a processor. */
  boolean verify(Login login) {
    boolean same = BCrypt.checkpw(octets(login.password()), hash(login).text().reveal());
    boolean good = same && login.isOfSomebody();
    String key = key(login);
    synchronized (right) {
      (good ? right : wrong).put(key, true);
    }
    return good;
  }

  private static byte[] octets(Secret password) {
    return password.reveal().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Of the user; for a name that there is not always the same one of others. */
  private PasswordHash hash(Login login) {
    PasswordHash own = login.users().get(login.user());
    if (own != null) {
      return own;
    }
    byte[] name = login.user().getBytes(StandardCharsets.UTF_8);
    int choice = Math.floorMod(Arrays.hashCode(code(name)), login.users().size());
    return login.users().values().stream().skip(choice).findFirst().orElseThrow();
  }

  private String key(Login login) {
    byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
    byte[] hash = hash(login).text().reveal().getBytes(StandardCharsets.US_ASCII);
    byte[] password = octets(login.password());
    ByteBuffer whole =
        ByteBuffer.allocate(1 + 2 * Integer.BYTES + user.length + hash.length + password.length);
    // The hash may be that of another, of whom nothing is to be believed.
    whole.put((byte) (login.isOfSomebody() ? 1 : 0));
    whole.putInt(user.length).put(user).putInt(hash.length).put(hash).put(password);
    return HexFormat.of().formatHex(code(whole.array()));
  }

  /** By which nobody outside can tell what it is of. */
  private byte[] code(byte[] text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(salt);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
