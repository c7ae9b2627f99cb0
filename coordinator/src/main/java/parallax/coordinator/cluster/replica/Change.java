package parallax.coordinator.cluster.replica;

import com.hazelcast.map.EntryProcessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.Parcel;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.cluster.shard.BookLimits;
import parallax.coordinator.cluster.shard.Position;
import parallax.coordinator.cluster.shard.ShardBook;

/**
 * Changes a book on its owner, and then, told what the owner found, each backup's. The backup does
 * the same anew rather than copy the result: so one that missed a change before has this one in
 * full when it acknowledges it. Only numbers of the journal it has to see for itself.
 */
final class Change implements EntryProcessor<Integer, ShardBook, Answer> {
  private static final long serialVersionUID = 1;
  private static final Task.Changing NOTHING = new Task.Take(Parcel.of(List.of()));

  private final transient Task.Changing task;
  private final transient BookLimits limits;

  /** The member that owns the book: where this runs, or for a backup where it ran. */
  private final transient long owner;

  private final transient boolean backup;
  private transient boolean bounded;
  private transient Task.Changing backupTask;

  private Change(
      Task.Changing task, BookLimits limits, long owner, boolean backup, boolean bounded) {
    this.task = task;
    this.backupTask = task;
    this.limits = limits;
    this.owner = owner;
    this.backup = backup;
    this.bounded = bounded;
  }

  /**
   * A change, to be sent to the owner.
   *
   * @param member this one, in case that it is the owner
   */
  static Change of(Task.Changing task, BookLimits limits, long member) {
    return new Change(task, limits, member, false, true);
  }

  /** How it is told; for an owner it is read as its own. */
  static Wire<Change> wire(BookLimits limits, long member) {
    return new Wire<>(
        Change.class, "parallax.Change", Change::pack, bytes -> unpack(bytes, limits, member));
  }

  @Override
  public Answer process(Map.Entry<Integer, ShardBook> entry) {
    ShardBook book = Optional.ofNullable(entry.getValue()).orElseGet(() -> new ShardBook(limits));
    book.ownedBy(owner);
    if (task instanceof Task.Confirm(long _, Position upTo)) {
      backupTask = trimming(book, upTo);
    }
    Answer answer = task.on(book, bounded);
    if (answer.isRefused()) {
      backupTask = NOTHING;
    }
    if (!backup && task instanceof Task.Take) {
      bounded = !Task.Take.fitted(answer);
    }
    entry.setValue(book);
    return answer;
  }

  /** What backups are to forget when the owner does. */
  private Task.Changing trimming(ShardBook book, Position upTo) {
    Optional<Item.Id> last =
        upTo.incarnation() == book.incarnation() ? book.at(upTo.number()) : Optional.empty();
    return last.<Task.Changing>map(id -> new Task.Trim(upTo.number(), id)).orElse(NOTHING);
  }

  @Override
  public Change getBackupProcessor() {
    return new Change(backupTask, limits, owner, true, bounded);
  }

  private byte[] pack() {
    Packer out = new Packer();
    out.flag(backup).number(backup ? owner : 0).flag(bounded);
    Task.write(out, task);
    return out.done();
  }

  private static Change unpack(byte[] bytes, BookLimits limits, long member) {
    Unpacker in = new Unpacker(bytes);
    boolean backup = in.flag();
    long owner = in.number();
    boolean bounded = in.flag();
    if (Task.read(in) instanceof Task.Changing task) {
      in.end();
      return new Change(task, limits, backup ? owner : member, backup, bounded);
    }
    throw new IllegalArgumentException("a change that changes nothing");
  }
}
