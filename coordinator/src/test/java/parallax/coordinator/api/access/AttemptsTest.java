package parallax.coordinator.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.access.Access;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;

/** How often somebody may try, which proxies are believed, what cookies say. */
final class AttemptsTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void tenAMinuteOfOneNetworkAndNobodyElseIsHeldUp() {
    Attempts attempts = new Attempts(nanos::get, 10, Duration.ofSeconds(6));
    for (int count = 0; count < 10; count++) {
      assertThat(attempts.ask("a")).isEmpty();
    }
    assertThat(attempts.ask("a")).contains(Duration.ofSeconds(6));
    assertThat(attempts.ask("b")).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(attempts.ask("a")).isEmpty();
    assertThat(attempts.ask("a")).isPresent();
    int taken = 0;
    for (int second = 0; second < 600; second++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      taken += attempts.ask("a").isEmpty() ? 1 : 0;
    }
    assertThat(taken).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.10/32, 192.0.2.10, true",
    "192.0.2.10/32, 192.0.2.11, false",
    "192.0.2.0/25, 192.0.2.127, true",
    "192.0.2.0/25, 192.0.2.128, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "192.0.2.0/24, localhost, false",
    "192.0.2.0/24, '', false"
  })
  void anAddressIsInANetworkOrNot(String network, String address, boolean is) {
    assertThat(Ways.isAmong(List.of(network), Optional.of(address))).isEqualTo(is);
  }

  @Test
  void ofCookiesOfOneNameTheFirstCountsAndTooMuchIsNotRead() {
    assertThat(Cookies.value("a=1; parallax=x.y; parallax=z", "parallax")).contains("x.y");
    assertThat(Cookies.value("xparallax=1; parallax-form=2", "parallax")).isEmpty();
    assertThat(Cookies.value("parallax", "parallax")).isEmpty();
    String many = "a=1; ".repeat(Cookies.MAX_HEADER) + "parallax=x";
    assertThat(Cookies.value(many, "parallax")).isEmpty();
    assertThat(Cookies.set("n", "v", true, Duration.ofSeconds(5)))
        .isEqualTo("__Host-n=v; Path=/; Max-Age=5; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void whatEverybodyMayReadElsewhereIsWarnedOf() {
    assertThat(OpenDoor.isOpen(Access.NONE, "0.0.0.0")).isTrue();
    assertThat(OpenDoor.isOpen(Access.NONE, "monitor.example")).isTrue();
    assertThat(OpenDoor.isOpen(Access.NONE, "127.0.0.1")).isFalse();
    assertThat(OpenDoor.isOpen(Access.NONE, "::1")).isFalse();
    Access tokens =
        Access.of(List.of(new ApiToken("a", Secret.of("0123456789abcdef"), Role.VIEWER)));
    assertThat(OpenDoor.isOpen(tokens, "0.0.0.0")).isFalse();
  }
}
