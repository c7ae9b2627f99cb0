package parallax.coordinator.picture;

import java.time.Duration;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** The words of a picture, in the languages in which people are told. */
public enum Vocabulary {
  ENGLISH("en", "Verdict", "First sign", "Opened", "Confirmed", "Over", "Not over after all") {
    @Override
    public String of(TargetState state) {
      return state.name();
    }

    @Override
    public String told(String receiver) {
      return receiver + " was told";
    }

    @Override
    public String acknowledged(String who) {
      return "Acknowledged by " + who;
    }
  },
  JAPANESE("ja", "判定", "最初の兆候", "検知", "確認", "復旧", "再発") {
    @Override
    public String of(TargetState state) {
      return switch (state) {
        case UP -> "正常";
        case DEGRADED -> "一部異常";
        case DOWN -> "停止";
        case UNKNOWN -> "不明";
      };
    }

    @Override
    public String told(String receiver) {
      return receiver + " に通知";
    }

    @Override
    public String acknowledged(String who) {
      return who + " が対応を表明";
    }
  };

  private final String tag;
  private final String verdict;
  private final String onset;
  private final String opened;
  private final String confirmed;
  private final String over;
  private final String reopened;

  Vocabulary(
      String tag,
      String verdict,
      String onset,
      String opened,
      String confirmed,
      String over,
      String reopened) {
    this.tag = tag;
    this.verdict = verdict;
    this.onset = onset;
    this.opened = opened;
    this.confirmed = confirmed;
    this.over = over;
    this.reopened = reopened;
  }

  /** The language, RFC 5646. */
  public String tag() {
    return tag;
  }

  /** What is held to be true, and of which target. */
  public String verdict(String target) {
    return verdict + ": " + target;
  }

  public String onset() {
    return onset;
  }

  public String opened() {
    return opened;
  }

  public String confirmed() {
    return confirmed;
  }

  public String over() {
    return over;
  }

  public String reopened() {
    return reopened;
  }

  /** A length of time in its two largest units. */
  public String of(Duration length) {
    return Say.in(Language.of(tag).orElseThrow()).core().of(length);
  }

  /** A state in a word. */
  public abstract String of(TargetState state);

  /** Who was told. */
  public abstract String told(String receiver);

  /** Who takes care of it. */
  public abstract String acknowledged(String who);
}
