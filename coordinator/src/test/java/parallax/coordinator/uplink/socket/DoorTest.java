package parallax.coordinator.uplink.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DoorTest {
  private static final long SECOND = 1_000_000_000L;
  private final Door door = new Door(new Door.Limits(10, 3, 2));

  @Test
  void oneAddressHasOnlySoManySocketsAndAllTogetherHave() {
    for (int number = 0; number < 3; number++) {
      assertThat(door.enter("192.0.2.1", 0)).isTrue();
    }
    assertThat(door.enter("192.0.2.1", 0)).isFalse();
    for (int number = 2; number < 9; number++) {
      assertThat(door.enter("192.0.2." + number, 0)).isTrue();
    }
    assertThat(door.enter("192.0.2.99", 0)).isFalse();
    door.leave("192.0.2.1", 0);
    assertThat(door.enter("192.0.2.99", 0)).isTrue();
    assertThat(door.enter("192.0.2.1", 0)).isFalse();
  }

  @Test
  void handshakesComeBackWithTime() {
    assertThat(door.enter("192.0.2.1", 0)).isTrue();
    assertThat(door.mayShakeHands("192.0.2.1", 0)).isTrue();
    assertThat(door.mayShakeHands("192.0.2.1", 0)).isTrue();
    assertThat(door.mayShakeHands("192.0.2.1", 0)).isFalse();
    door.leave("192.0.2.1", 0);
    // Coming again does not bring any back.
    assertThat(door.enter("192.0.2.1", 0)).isTrue();
    assertThat(door.mayShakeHands("192.0.2.1", 0)).isFalse();
    assertThat(door.mayShakeHands("192.0.2.1", SECOND / 2)).isTrue();
    assertThat(door.mayShakeHands("192.0.2.1", SECOND / 2)).isFalse();
  }

  @Test
  void oneNetworkOfIpv6IsOneVisitor() {
    for (int number = 0; number < 3; number++) {
      assertThat(door.enter("2001:db8::" + number, 0)).isTrue();
    }
    assertThat(door.enter("2001:db8::ffff", 0)).isFalse();
    assertThat(door.enter("2001:db8:0:1::1", 0)).isTrue();
  }

  @Test
  void visitorsThatWereHereOnceAreForgotten() {
    for (int number = 0; number < 100_000; number++) {
      String address = "198.51." + number / 256 % 256 + "." + number % 256;
      assertThat(door.enter(address, number * SECOND)).isTrue();
      door.leave(address, number * SECOND);
      assertThat(door.remembered()).isLessThan(30);
    }
  }
}
