package parallax.bench.compare.score;

/** What is counted. */
public enum Counter {
  TARGET_DAYS,
  CHECKS_SCHEDULED,
  CHECKS_ASKED,

  /** Published service incidents with no true event that carried the label GLOBAL. */
  FALSE_GLOBALS,
  /** Published service incidents with no true event and any other label. */
  FALSE_PARTIALS,

  /** GLOBAL events of at least {@link Scorer#LONG_GLOBAL}. */
  LONG_GLOBALS,
  MISSED_GLOBALS,
  PARTIALS,
  PARTIALS_FOUND,
  REGIONALS,
  REGIONALS_FOUND,

  /** True events for which there was a published incident. */
  EVENTS_FOUND,
  WRONG_SCOPES,
  PAGES_OF_EVENTS,

  NOTICES,
  /** Notices at a time at which nothing was wrong on our side. */
  FALSE_NOTICES,
  PROBE_FAULTS,
  PROBE_FAULTS_NAMED,
  REGION_FAULTS,
  REGION_FAULTS_NAMED,
  NETWORK_FAULTS,
  NETWORK_FAULTS_NAMED
}
