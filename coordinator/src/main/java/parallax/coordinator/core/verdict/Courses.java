package parallax.coordinator.core.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.EvidenceBook;
import parallax.coordinator.core.evidence.Track;

/**
 * The {@link Course} of every probe and kind of check that looks at one target. Immutable. Looks
 * that may still be overtaken by a late one are counted anew from what was settled before them, so
 * the order of arrival does not matter.
 */
public final class Courses {
  private static final Courses NONE = new Courses(List.of());

  private final List<Entry> entries;

  private Courses(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * The course of one probe and kind of check.
   *
   * @param settled by looks that nothing can overtake any more
   * @param now by the looks that are still kept as well
   */
  public record Entry(CheckKind check, ProbeName probe, Course settled, Course now) {
    private boolean isOf(CheckKind kind, ProbeName name) {
      return check == kind && probe.equals(name);
    }
  }

  public static Courses none() {
    return NONE;
  }

  public List<Entry> entries() {
    return entries;
  }

  /**
   * These courses after the book grew.
   *
   * @param first from where a probe that had no course starts
   */
  public Courses after(EvidenceBook.Added added, Course first) {
    Track track = added.track();
    if (track.looks().isEmpty()) {
      return this;
    }
    int at = 0;
    while (at < entries.size() && !entries.get(at).isOf(track.check(), track.probe())) {
      at++;
    }
    Course settled = at < entries.size() ? entries.get(at).settled() : first;
    for (Evidence look : added.settled()) {
      settled = settled.after(look.observation().outcome());
    }
    Course now = settled;
    List<Evidence> looks = track.looks();
    for (int index = looks.size() - 1; index >= 0; index--) {
      now = now.after(looks.get(index).observation().outcome());
    }
    List<Entry> changed = new ArrayList<>(entries.size() + 1);
    changed.addAll(entries);
    Entry entry = new Entry(track.check(), track.probe(), settled, now);
    if (at < changed.size()) {
      changed.set(at, entry);
    } else {
      changed.add(entry);
      Collections.sort(changed, Comparator.comparing(Entry::check).thenComparing(Entry::probe));
    }
    Courses grown = new Courses(Collections.unmodifiableList(changed));
    // A full book lets a track go for a new one.
    return changed.size() > added.book().tracks().size() ? grown.within(added.book()) : grown;
  }

  /** These courses without those of which nothing in {@code book} is left that could tell. */
  public Courses within(EvidenceBook book) {
    List<Entry> kept =
        entries.stream()
            .filter(
                entry ->
                    book.track(entry.check(), entry.probe())
                        .filter(track -> !track.looks().isEmpty())
                        .isPresent())
            .toList();
    return kept.size() == entries.size() ? this : new Courses(kept);
  }

  /** Whether looks of this probe by this kind of check count already. */
  public boolean contains(CheckKind check, ProbeName probe) {
    for (Entry entry : entries) {
      if (entry.isOf(check, probe)) {
        return true;
      }
    }
    return false;
  }

  /** The course of one probe and kind of check. */
  public Course of(CheckKind check, ProbeName probe) {
    for (Entry entry : entries) {
      if (entry.isOf(check, probe)) {
        return entry.now();
      }
    }
    return Course.UNSEEN;
  }
}
