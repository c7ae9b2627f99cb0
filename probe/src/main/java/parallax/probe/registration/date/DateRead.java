package parallax.probe.registration.date;

/** What reading a date gave. */
public sealed interface DateRead {
  /** It says when. */
  record Told(RegistryDate date) implements DateRead {}

  /** It stands for "none": empty, a dash, "N/A", a pointer to a web page. */
  record Withheld() implements DateRead {}

  /**
   * It may be a date, but which one cannot be told.
   *
   * @param reason for people
   */
  record Unreadable(String reason) implements DateRead {}
}
