package parallax.deploy.carry.draft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import parallax.config.problem.Place;

/** What is gathered from somebody else's configuration. Not thread-safe. */
public final class Draft {
  /** The most notes that are kept. */
  public static final int MAX_NOTES = 10_000;

  /** The label by which routes tell targets apart, where theirs name receivers at each target. */
  public static final String NOTIFY = "notify";

  private final Path file;
  private final Sheet root;
  private final List<Sheet> targets = new ArrayList<>();
  private final List<Sheet> receivers = new ArrayList<>();
  private final Map<Sheet, SortedSet<String>> told = new LinkedHashMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final Set<String> noted = new HashSet<>();
  private final Names targetNames = new Names();
  private final Names receiverNames = new Names();
  private final Secrets secrets;

  /**
   * @param prefix of the names that secrets get
   */
  public Draft(Path file, String prefix) {
    this.file = file;
    this.root = new Sheet(Place.startOf(file));
    this.secrets = new Secrets(prefix, this);
  }

  public Secrets secrets() {
    return secrets;
  }

  /** A new target; its name is made unique. */
  public Sheet target(String name, Place place) {
    Sheet sheet = new Sheet(place).text("name", targetNames.target(name), place);
    targets.add(sheet);
    return sheet;
  }

  /** A new receiver; its name is made unique. */
  public Sheet receiver(String name, Place place) {
    Sheet sheet = new Sheet(place).text("name", receiverNames.receiver(name), place);
    receivers.add(sheet);
    return sheet;
  }

  /** The mapping at the top with that key, as in {@code smtp}. */
  public Sheet top(String key, Place place) {
    return root.at(key, place);
  }

  /** Who is told of a target, by name. */
  public void tell(Sheet target, SortedSet<String> names) {
    told.put(target, names);
  }

  /** A target that cannot be after all. */
  public void drop(Sheet target) {
    targets.remove(target);
    told.remove(target);
  }

  /** Notes something; of what is said of many targets in the same words the first time counts. */
  public void note(Note.Kind kind, Place place, String subject, String message) {
    if (notes.size() < MAX_NOTES && noted.add(kind + " " + place + " " + message)) {
      notes.add(new Note(kind, place, subject, message));
    }
  }

  /** What does not come along, in a comment above the target as well. */
  public void leftOut(Sheet item, Place place, String message) {
    note(Note.Kind.LEFT_OUT, place, nameOf(item), message);
    item.remark("Not carried over: " + message);
  }

  /** What comes along, and means something slightly different. */
  public void look(Sheet item, Place place, String message) {
    note(Note.Kind.LOOK, place, nameOf(item), message);
    item.remark("Have a look: " + message);
  }

  /** What does not come along, of the file as a whole. */
  public void leftOut(Place place, String message) {
    note(Note.Kind.LEFT_OUT, place, "", message);
  }

  private static String nameOf(Sheet item) {
    return item.read("name").orElse("");
  }

  List<Note> notes() {
    return List.copyOf(notes);
  }

  /** All of it: the version, then targets, receivers and the routes between them. */
  Part.Keys whole() {
    Sheet all = new Sheet(Place.startOf(file)).plain("version", "1", Place.startOf(file));
    Map<String, SortedSet<String>> groups = groups();
    targets.forEach(target -> all.add("targets", target));
    receivers.forEach(receiver -> all.add("receivers", receiver));
    groups.forEach((label, names) -> all.add("routes", route(label, names)));
    List<Part.Entry> entries = new ArrayList<>(all.done().entries());
    entries.addAll(root.done().entries());
    return new Part.Keys(Place.startOf(file), entries, List.of());
  }

  /** Where all targets have the same receivers, one route is enough and nothing is labelled. */
  private Map<String, SortedSet<String>> groups() {
    Map<String, SortedSet<String>> groups = new TreeMap<>();
    if (receivers.isEmpty()) {
      return groups;
    }
    boolean same = told.size() == targets.size() && told.values().stream().distinct().count() == 1;
    told.forEach(
        (target, names) -> {
          if (!names.isEmpty()) {
            String label = String.join("+", names);
            if (!same) {
              target.at("labels", target.origin()).text(NOTIFY, label, target.origin());
            }
            groups.put(same ? "" : label, names);
          }
        });
    return groups;
  }

  private Sheet route(String label, SortedSet<String> names) {
    Sheet route = new Sheet(Place.startOf(file));
    if (!label.isEmpty()) {
      route.at("match", Place.startOf(file)).text(NOTIFY, label, Place.startOf(file));
    }
    names.forEach(name -> route.more("to", name, Place.startOf(file)));
    return route;
  }
}
