package parallax.deploy.command;

/** What a command's exit status means. */
public enum ExitCode {
  /** The answer is yes. */
  FINE(0),
  /** The answer is no: invalid configuration, check failed, replay mismatch. */
  NO(1),
  /** The command line was wrong. */
  USAGE(2),
  /** There is no answer: the command could not run. */
  COULD_NOT_RUN(3);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
