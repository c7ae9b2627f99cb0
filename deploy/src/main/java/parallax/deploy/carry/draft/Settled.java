package parallax.deploy.carry.draft;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.problem.Place;
import parallax.config.problem.Problem;
import parallax.config.secret.SecretSource;

/**
 * A configuration that the reader of configurations takes, and what it is not.
 *
 * @param yaml as it is written; loads without a problem when {@code refused} is empty
 * @param notes in the order of their places
 * @param refused what is still wrong, though everything was left out that could be
 */
public record Settled(
    String yaml, int targets, int receivers, List<Note> notes, List<Problem> refused) {
  /** Each round leaves something out or ends. */
  private static final int MAX_ROUNDS = 100;

  /** A target, a receiver or a route by itself. */
  private static final int ITEM = 2;

  private static final Path NAME = Path.of("imported.yaml");

  /** Without these a target is none. */
  private static final Set<String> ESSENTIAL = Set.of("name", "url", "heartbeat", "steps");

  public Settled {
    notes = List.copyOf(notes);
    refused = List.copyOf(refused);
  }

  /** Asks the reader until it takes what is left. */
  public static Settled of(Draft draft, List<String> head) {
    List<Note> notes = new ArrayList<>(draft.notes());
    Part.Keys root = draft.whole();
    List<Problem> refused = List.of();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Writer.Written written = Writer.write(root, head);
      byte[] bytes = written.text().getBytes(StandardCharsets.UTF_8);
      switch (ConfigurationLoader.parse(NAME, bytes, SecretSource.unresolved())) {
        case Loaded.Valid(var configuration, var _) -> {
          notes.sort(
              Comparator.comparing(Note::place, Comparator.comparing(Place::file))
                  .thenComparingInt(note -> note.place().line())
                  .thenComparingInt(note -> note.place().column()));
          return new Settled(
              written.text(),
              configuration.targets().size(),
              configuration.receivers().size(),
              notes,
              List.of());
        }
        case Loaded.Invalid(var problems) -> {
          refused = problems;
          Optional<Part.Keys> less = without(root, written, problems, notes);
          if (less.isEmpty()) {
            return new Settled(written.text(), 0, 0, notes, problems);
          }
          root = less.get();
        }
      }
    }
    return new Settled("", 0, 0, notes, refused);
  }

  /** Without what the problems are about; empty when that is nowhere in it. */
  private static Optional<Part.Keys> without(
      Part.Keys root, Writer.Written written, List<Problem> problems, List<Note> notes) {
    Set<List<Integer>> done = new HashSet<>();
    Part changed = root;
    List<List<Integer>> gone = new ArrayList<>();
    for (Problem problem : problems) {
      boolean inside = problem.line() >= 1 && problem.line() <= written.lines().size();
      List<Integer> way = inside ? written.lines().get(problem.line() - 1) : List.of();
      if (way.isEmpty()) {
        continue;
      }
      List<Integer> victim = victim(root, way);
      if (!done.add(victim)) {
        continue;
      }
      Part there = at(root, victim);
      Note note =
          new Note(
              Note.Kind.LEFT_OUT,
              there.origin(),
              nameOf(root, victim),
              told(root, victim, problem));
      if (there instanceof Part.Word word && word.otherwise().isPresent()) {
        String other = word.otherwise().get();
        changed =
            replaced(
                changed,
                victim,
                new Part.Word(word.origin(), other, word.plain(), Optional.empty()));
        note =
            new Note(
                Note.Kind.LOOK,
                note.place(),
                note.subject(),
                note.message() + "; " + other + " is written instead");
      } else {
        gone.add(victim);
      }
      notes.add(note);
      changed = remarked(changed, victim, note);
    }
    if (done.isEmpty()) {
      return Optional.empty();
    }
    gone.removeIf(way -> gone.stream().anyMatch(other -> isInside(way, other)));
    // From the last one on, so that the ways to the others stay what they are.
    gone.sort(Settled::later);
    for (List<Integer> way : gone) {
      changed = removed(changed, way);
    }
    return Optional.of((Part.Keys) changed);
  }

  /** The smallest part that can be left out with what stands at {@code way}. */
  private static List<Integer> victim(Part.Keys root, List<Integer> way) {
    if (way.size() <= ITEM) {
      return way;
    }
    String section = root.entries().get(way.getFirst()).key();
    Part item = at(root, way.subList(0, ITEM));
    String key = item instanceof Part.Keys keys ? keys.entries().get(way.get(ITEM)).key() : "";
    boolean word = at(root, way) instanceof Part.Word it && it.otherwise().isPresent();
    boolean whole =
        switch (section) {
          case "targets" -> ESSENTIAL.contains(key) && !word;
          case "routes" -> !key.equals("to") || way.size() == ITEM + 1;
          case "receivers" -> true;
          default -> false;
        };
    return whole ? way.subList(0, ITEM) : way;
  }

  private static String told(Part.Keys root, List<Integer> way, Problem problem) {
    StringBuilder keys = new StringBuilder();
    Part part = root;
    for (int depth = 0; depth < way.size(); depth++) {
      if (part instanceof Part.Keys mapping && (depth == 0 ? way.size() == 1 : depth >= ITEM)) {
        keys.append(keys.isEmpty() ? "" : ".").append(mapping.entries().get(way.get(depth)).key());
      }
      part = part.at(way.get(depth));
    }
    return keys.isEmpty() ? problem.message() : keys + ": " + problem.message();
  }

  private static String nameOf(Part.Keys root, List<Integer> way) {
    Part item = way.size() >= ITEM ? at(root, way.subList(0, ITEM)) : root;
    return item instanceof Part.Keys keys
        ? keys.entries().stream()
            .filter(entry -> entry.key().equals("name"))
            .map(Part.Entry::value)
            .filter(Part.Word.class::isInstance)
            .map(name -> ((Part.Word) name).text())
            .findFirst()
            .orElse("")
        : "";
  }

  private static Part at(Part root, List<Integer> way) {
    Part part = root;
    for (int index : way) {
      part = part.at(index);
    }
    return part;
  }

  private static boolean isInside(List<Integer> way, List<Integer> other) {
    return way.size() > other.size() && way.subList(0, other.size()).equals(other);
  }

  private static int later(List<Integer> one, List<Integer> other) {
    for (int depth = 0; depth < Math.min(one.size(), other.size()); depth++) {
      int order = Integer.compare(other.get(depth), one.get(depth));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(other.size(), one.size());
  }

  private static Part remarked(Part root, List<Integer> way, Note note) {
    if (way.size() <= ITEM || !(at(root, way.subList(0, ITEM)) instanceof Part.Keys item)) {
      return root;
    }
    String start = note.kind() == Note.Kind.LOOK ? "Have a look: " : "Not carried over: ";
    return replaced(root, way.subList(0, ITEM), item.remarked(start + note.message()));
  }

  private static Part replaced(Part root, List<Integer> way, Part by) {
    return changed(root, way, Optional.of(by));
  }

  private static Part removed(Part root, List<Integer> way) {
    return changed(root, way, Optional.empty());
  }

  private static Part changed(Part part, List<Integer> way, Optional<Part> by) {
    if (way.isEmpty()) {
      return by.orElse(part);
    }
    int index = way.getFirst();
    Optional<Part> inner =
        way.size() == 1
            ? by
            : Optional.of(changed(part.at(index), way.subList(1, way.size()), by))
                .filter(left -> left instanceof Part.Word || left.size() > 0);
    return switch (part) {
      case Part.Word word -> word;
      case Part.Rows rows -> {
        List<Part> parts = new ArrayList<>(rows.parts());
        inner.ifPresentOrElse(it -> parts.set(index, it), () -> parts.remove(index));
        yield new Part.Rows(rows.origin(), parts);
      }
      case Part.Keys keys -> {
        List<Part.Entry> entries = new ArrayList<>(keys.entries());
        String key = entries.get(index).key();
        inner.ifPresentOrElse(
            it -> entries.set(index, new Part.Entry(key, it)), () -> entries.remove(index));
        yield new Part.Keys(keys.origin(), entries, keys.remarks());
      }
    };
  }
}
