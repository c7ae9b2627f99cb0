package parallax.bench.compare.run;

import java.util.List;

/** One that hears of results and raises alarms. All times are milliseconds of virtual time. */
public interface Listener {
  /** Virtual time begins. */
  default void start(long now, Asking asking) {}

  /** A sign of life of a probe arrives. */
  default void heard(int probe, long now, Asking asking) {}

  /** A result arrives. */
  void seen(Look look, long now, Asking asking);

  /** When {@link #tick} wants to be called; {@link Alarm#NEVER} when it does not. */
  default long due() {
    return Alarm.NEVER;
  }

  /** Time passed. */
  default void tick(long now, Asking asking) {}

  /** All alarms so far, in the order in which they were raised. */
  List<Alarm> alarms();
}
