package parallax.probe.registration.date;

/** In which order a registry writes the numbers of a day whose year does not come first. */
public enum DateOrder {
  /** 31/12/2030. */
  DAY_FIRST,
  /** 12/31/2030. */
  MONTH_FIRST,
  /** 30-12-31: only ever with two digits of the year. */
  YEAR_FIRST,
  /** Not known: told by a number above twelve, or not at all. */
  UNKNOWN
}
