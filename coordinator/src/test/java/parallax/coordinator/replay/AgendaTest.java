package parallax.coordinator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AgendaTest {
  @Test
  void whatIsPlannedForTheSameMomentHappensAsItWasPlanned() {
    Agenda<String> agenda = new Agenda<>();
    agenda.plan(20, "late");
    agenda.plan(10, "first");
    agenda.plan(10, "second");
    assertThat(agenda.nextMs()).isEqualTo(10);
    assertThat(agenda.take()).isEqualTo("first");
    assertThat(agenda.take()).isEqualTo("second");
    assertThat(agenda.take()).isEqualTo("late");
    assertThat(agenda.nextMs()).isEqualTo(Long.MAX_VALUE);
  }
}
