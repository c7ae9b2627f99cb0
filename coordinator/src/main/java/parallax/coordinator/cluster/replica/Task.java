package parallax.coordinator.cluster.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.Parcel;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.shard.Page;
import parallax.coordinator.cluster.shard.Position;
import parallax.coordinator.cluster.shard.Pulled;
import parallax.coordinator.cluster.shard.ShardBook;
import parallax.coordinator.cluster.shard.Taken;

/** What a book is asked to do. */
sealed interface Task {
  /** Names of targets in one task. */
  int MAX_TARGETS = 20_000;

  int MAX_TEXT_BYTES = 1_024;
  int MAX_BYTES = 64 * 1024 * 1024;

  /** Changes the book, in the same way on all its replicas. */
  sealed interface Changing extends Task {
    /**
     * Does it.
     *
     * @param bounded see {@link ShardBook#take}
     */
    Answer on(ShardBook book, boolean bounded);
  }

  /** Reads the book of the owner. */
  sealed interface Reading extends Task {
    Answer on(ShardBook book);
  }

  /** See {@link ShardBook#take}. */
  record Take(Parcel parcel) implements Changing {
    @Override
    public Answer on(ShardBook book, boolean bounded) {
      Taken taken = book.take(parcel.items(), bounded);
      return Answer.of(taken.pack(book.waiting()));
    }

    /** How many observations wait in the journal. */
    static int waiting(Answer answer) {
      return answer.read(Taken::waiting).orElse(0);
    }

    /** Whether the journal had room for all. */
    static boolean fitted(Answer answer) {
      return answer.read(Taken::unpack).filter(taken -> taken.full() == 0).isPresent();
    }
  }

  /** See {@link ShardBook#admit}. */
  record Admit(long reader) implements Changing {
    @Override
    public Answer on(ShardBook book, boolean bounded) {
      return book.admit(reader) ? Answer.DONE : Answer.REFUSED;
    }
  }

  /** See {@link ShardBook#confirm}. */
  record Confirm(long reader, Position upTo) implements Changing {
    @Override
    public Answer on(ShardBook book, boolean bounded) {
      return book.confirm(reader, upTo) ? Answer.DONE : Answer.REFUSED;
    }
  }

  /** See {@link ShardBook#trim}; what a backup is told when its owner did a {@link Confirm}. */
  record Trim(long number, Item.Id last) implements Changing {
    @Override
    public Answer on(ShardBook book, boolean bounded) {
      book.trim(number, last);
      return Answer.DONE;
    }
  }

  /** See {@link ShardBook#forget}. */
  record Forget(List<String> targets) implements Changing {
    public Forget {
      targets = List.copyOf(targets);
    }

    @Override
    public Answer on(ShardBook book, boolean bounded) {
      book.forget(targets);
      return Answer.DONE;
    }
  }

  /** See {@link ShardBook#pull}. */
  record Pull(long reader, Position from, int maxBytes) implements Reading {
    @Override
    public Answer on(ShardBook book) {
      Optional<Pulled> pulled = book.pull(reader, from, maxBytes);
      return pulled.map(found -> Answer.of(found.pack())).orElse(Answer.REFUSED);
    }
  }

  /** See {@link ShardBook#held}. */
  record Held(long reader, long afterOrder, int maxBytes) implements Reading {
    @Override
    public Answer on(ShardBook book) {
      Optional<Page> page = book.held(reader, afterOrder, maxBytes);
      return page.map(found -> Answer.of(found.pack())).orElse(Answer.REFUSED);
    }
  }

  static void write(Packer out, Task task) {
    switch (task) {
      case Take(Parcel parcel) -> out.number(1).bytes(parcel.pack());
      case Admit(long reader) -> out.number(2).number(reader);
      case Confirm(long reader, Position upTo) -> out.number(3).number(reader).bytes(upTo.pack());
      case Forget(List<String> targets) -> {
        out.number(4).number(targets.size());
        targets.forEach(out::text);
      }
      case Pull(long reader, Position from, int maxBytes) ->
          out.number(5).number(reader).bytes(from.pack()).number(maxBytes);
      case Held(long reader, long afterOrder, int maxBytes) ->
          out.number(6).number(reader).number(afterOrder).number(maxBytes);
      case Trim(long number, Item.Id last) ->
          out.number(7)
              .number(number)
              .text(last.probe())
              .number(last.boot())
              .number(last.sequence());
    }
  }

  static Task read(Unpacker in) {
    int kind = in.count(7);
    return switch (kind) {
      case 1 -> new Take(Parcel.unpack(in.bytes(MAX_BYTES)));
      case 2 -> new Admit(in.number());
      case 3 -> new Confirm(in.number(), position(in));
      case 4 -> new Forget(targets(in));
      case 5 -> new Pull(in.number(), position(in), in.count(MAX_BYTES));
      case 6 -> new Held(in.number(), in.number(), in.count(MAX_BYTES));
      case 7 ->
          new Trim(in.number(), new Item.Id(in.text(MAX_TEXT_BYTES), in.number(), in.number()));
      default -> throw new IllegalArgumentException("a task that this version does not know");
    };
  }

  private static Position position(Unpacker in) {
    return Position.unpack(in.bytes(MAX_TEXT_BYTES));
  }

  private static List<String> targets(Unpacker in) {
    int count = in.count(MAX_TARGETS);
    List<String> targets = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      targets.add(in.text(MAX_TEXT_BYTES));
    }
    return targets;
  }
}
