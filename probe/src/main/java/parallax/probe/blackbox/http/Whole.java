package parallax.probe.blackbox.http;

import java.util.function.Consumer;
import parallax.probe.http.Answer;

/** Takes an answer as it is, with its body. */
final class Whole implements Answer.Listener {
  private final Consumer<Answer> whenAnswered;

  Whole(Consumer<Answer> whenAnswered) {
    this.whenAnswered = whenAnswered;
  }

  @Override
  public boolean wantsBody(Answer.Head head) {
    return true;
  }

  @Override
  public boolean keepsBody(Answer.Head head) {
    return true;
  }

  @Override
  public void answered(Answer answer) {
    whenAnswered.accept(answer);
  }
}
