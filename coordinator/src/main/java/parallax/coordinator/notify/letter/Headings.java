package parallax.coordinator.notify.letter;

import java.util.List;

/** What renderers say around the texts of a letter, in its language. */
public final class Headings {
  private final Texts texts;

  private Headings(Texts texts) {
    this.texts = texts;
  }

  public static Headings of(Letter.Language language) {
    return new Headings(Texts.of(language));
  }

  /** Over {@link Letter#evidence()}. */
  public String evidence() {
    return texts.say("heading.evidence");
  }

  /** Over {@link Letter#against()}. */
  public String against() {
    return texts.say("heading.against");
  }

  /** Over {@link Letter#members()}. */
  public String members() {
    return texts.say("heading.members");
  }

  /** The members in one text, with how many more there are. */
  public String members(Letter letter) {
    List<String> members = letter.members();
    String named = texts.list(members, members.size());
    return letter.moreMembers() > 0
        ? named + texts.say("list.separator") + more(letter.moreMembers())
        : named;
  }

  /** How many more there are. */
  public String more(int more) {
    return texts.say("heading.more", "more", String.valueOf(more));
  }

  /** On a button. */
  public String acknowledge() {
    return texts.say("heading.acknowledge");
  }

  public String grade(Letter.Grade grade) {
    return texts.say("heading.grade." + grade.name());
  }
}
