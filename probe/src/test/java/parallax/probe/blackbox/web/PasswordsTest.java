package parallax.probe.blackbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;

final class PasswordsTest {
  /** Of "sesame", by the C library's crypt(3). */
  private static final String HASH = "$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O";

  private final Passwords passwords = new Passwords();

  private static Passwords.Login login(String user, String password, String hash) {
    return new Passwords.Login(
        user, Secret.of(password), Map.of("alice", PasswordHash.of(hash).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2a", "$2b", "$2y"})
  void theRightPasswordIsFoundOutInEveryVersion(String version) {
    assertThat(passwords.verify(login("alice", "sesame", version + HASH))).isTrue();
    assertThat(passwords.verify(login("alice", "Sesame", version + HASH))).isFalse();
  }

  @Test
  void nobodyComesInByThePasswordOfAnother() {
    assertThat(passwords.verify(login("mallory", "sesame", "$2b" + HASH))).isFalse();
    assertThat(passwords.known(login("mallory", "sesame", "$2b" + HASH))).contains(false);
  }

  @Test
  void whatWasFoundOutIsRememberedUntilTheHashIsAnother() {
    Passwords.Login right = login("alice", "sesame", "$2b" + HASH);
    Passwords.Login wrong = login("alice", "", "$2b" + HASH);
    assertThat(passwords.known(right)).isEmpty();
    passwords.verify(right);
    passwords.verify(wrong);
    assertThat(passwords.known(right)).contains(true);
    assertThat(passwords.known(wrong)).contains(false);
    assertThat(passwords.known(login("alice", "sesame", "$2y" + HASH))).isEmpty();
  }

  @Test
  void wrongPasswordsDoNotPushOutRightOnes() {
    Passwords.Login right = login("alice", "sesame", "$2b" + HASH);
    passwords.verify(right);
    for (int tries = 0; tries <= Passwords.MAX_REMEMBERED; tries++) {
      passwords.verify(login("alice", "try " + tries, "$2b" + HASH));
    }
    assertThat(passwords.known(right)).contains(true);
    assertThat(passwords.known(login("alice", "try 0", "$2b" + HASH))).isEmpty();
  }

  /** As in other implementations, what comes after 72 bytes does not count. */
  @Test
  void aLongPasswordIsNoMistake() {
    assertThat(passwords.verify(login("alice", "x".repeat(200), "$2b" + HASH))).isFalse();
  }

  @Test
  void nothingShowsAPasswordOrItsHash() {
    Passwords.Login login = login("alice", "sesame", "$2b" + HASH);
    assertThat(login.toString() + login.users()).doesNotContain("sesame", "abcdefghij");
  }
}
