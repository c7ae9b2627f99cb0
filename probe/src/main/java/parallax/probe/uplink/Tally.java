package parallax.probe.uplink;

/** Counts of one uplink. Not thread-safe. */
final class Tally {
  private long streams;
  private long failures;
  private long framesIn;
  private long framesOut;
  private long newer;
  private long sent;
  private long defective;

  void welcomed() {
    streams++;
  }

  void failed() {
    failures++;
  }

  void came() {
    framesIn++;
  }

  void cameNewer() {
    newer++;
  }

  void said() {
    framesOut++;
  }

  void sent(int observations) {
    sent += observations;
  }

  void defective() {
    defective++;
  }

  UplinkStatus.Counts counts() {
    return new UplinkStatus.Counts(streams, failures, framesIn, framesOut, newer, sent, defective);
  }
}
