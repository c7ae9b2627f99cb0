package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.coordinator.core.notice.Notice;

/** Keys tell which notice it is, to receivers and to whoever reads the record. */
class KeysTest {
  @ParameterizedTest
  @CsvSource({
    "OPENED, 0, 0, ops, x:OPENED:ops",
    "RESOLVED, 2, 0, ops, x:RESOLVED2:ops",
    "REMINDER, 0, 3, ops, x:REMINDER.3:ops",
    "REMINDER, 12, 345, ops, x:REMINDER12.345:ops",
    "CHANGED, 1, 2, team.web-1_x, x:CHANGED1.2:team.web-1_x",
    "OPENED, 0, 0, a.5, x:OPENED:a.5",
    "ESCALATED, 0, 1, 7, x:ESCALATED.1:7",
  })
  void tellTransitionNumberAndReceiver(
      Notice.Kind kind, int reopened, int number, String receiver, String key) {
    Trouble trouble = Trouble.of("x", "shop");
    for (int again = 0; again < reopened; again++) {
      trouble = trouble.again();
    }
    Notice notice =
        new Notice(
            kind,
            trouble.incident(Office.START, true, Optional.empty()),
            number,
            Notice.Along.NOTHING,
            List.of(receiver));
    assertThat(notice.key(receiver)).isEqualTo(key);
    assertThat(Notice.numberIn(key, receiver)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"'', ops", "ops, ops", "x, ops", "x:y:z, ops", "x:KIND.:ops, ops", "a.b:c:d, d"})
  void whatIsNoKeyHasNoNumber(String key, String receiver) {
    assertThat(Notice.numberIn(key, receiver)).isZero();
  }
}
